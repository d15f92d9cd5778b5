from django.contrib import admin

from posthub.core.admin import ReadOnlyAdmin
from posthub.jobs.models import Job


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["task", "schema_name", "state", "queue", "attempts", "created_at", "finished_at"]
    list_filter = ["state", "queue"]
    search_fields = ["task", "schema_name", "key", "cause"]
    ordering = ["-created_at"]
