from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from posthub.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People register by themselves; here their role, manager and access are set."""

    list_display = ["email", "name", "staff_role", "manager", "is_active", "last_login"]
    list_filter = ["staff_role", "is_active"]
    list_select_related = ["manager"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "staff_role", "manager", "language", "is_active", "is_superuser", "last_login"]
    readonly_fields = ["email", "last_login"]
    autocomplete_fields = ["manager"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Tables of many organizations point at people: leaving is done by deactivating."""
        return False
