from django.contrib import admin

from posthub.audit.models import AuditEntry
from posthub.core.admin import ReadOnlyAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["chain", "number", "at", "action", "subject", "actor_id"]
    search_fields = ["chain", "action", "subject"]
    ordering = ["-at"]
