from django.contrib import admin

from posthub.ai.models import CallRecord
from posthub.core.admin import ReadOnlyAdmin


@admin.register(CallRecord)
class CallRecordAdmin(ReadOnlyAdmin):
    list_display = ["use", "provider", "schema_name", "outcome", "milliseconds", "created_at"]
    list_filter = ["provider", "outcome", "use"]
    search_fields = ["schema_name", "use"]
    ordering = ["-created_at"]
