"""Raw records. Making, assigning and inviting is done by the product's own screens and operations."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from posthub.core.tenancy import HOSTS
from posthub.organizations import erasure
from posthub.organizations.models import Assignment, Domain, Membership, Organization, SchemaMigration


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    list_display = ["name", "schema_name", "language", "trial_ends", "deleted_at", "created_at"]
    search_fields = ["name", "schema_name"]
    readonly_fields = ["schema_name", "created_at", "updated_at"]

    actions = ["delete_after_the_grace", "keep"]

    @admin.action(description=_("Delete after 30 days"))
    def delete_after_the_grace(self, request: HttpRequest, queryset: QuerySet[Organization]) -> None:
        for organization in queryset.exclude(schema_name="public"):
            erasure.ask_for_deletion(organization, by=request.user, typed=organization.name)

    @admin.action(description=_("Keep: undo the deletion"))
    def keep(self, request: HttpRequest, queryset: QuerySet[Organization]) -> None:
        for organization in queryset:
            erasure.undo_deletion(organization, by=request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A row without its schema would answer every request with an error."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Organization, form: object, change: bool) -> None:
        super().save_model(request, obj, form, change)
        HOSTS.forget()


@admin.register(Domain)
class DomainAdmin(admin.ModelAdmin):
    list_display = ["domain", "tenant", "is_primary"]
    list_select_related = ["tenant"]
    search_fields = ["domain"]
    autocomplete_fields = ["tenant"]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "organization", "created_at"]
    list_select_related = ["user", "organization"]
    autocomplete_fields = ["user", "organization"]
    search_fields = ["user__email", "organization__name"]


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin):
    list_display = ["marketer", "organization", "created_at"]
    list_select_related = ["marketer", "organization"]
    autocomplete_fields = ["marketer", "organization"]
    search_fields = ["marketer__email", "organization__name"]


@admin.register(SchemaMigration)
class SchemaMigrationAdmin(admin.ModelAdmin):
    """Which organizations are in maintenance, and why. Written by `migrate_tenants` alone."""

    list_display = ["schema_name", "state", "error", "milliseconds", "migrated_at"]
    list_filter = ["state"]
    search_fields = ["schema_name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
