"""Which organization a host stands for, and whose organizations somebody may see."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.utils import timezone

from posthub.accounts.models import StaffRole, User
from posthub.core.counting import NumberOf
from posthub.core.database import connection
from posthub.core.prepared import Prepared
from posthub.core.tenancy import Tenant, in_schema, url_of
from posthub.organizations.models import (
    Domain,
    Invitation,
    Membership,
    Organization,
    RetiredAddress,
    SchemaMigration,
    SchemaState,
)


def tenant_of_host(host: str) -> Tenant | None:
    left_behind = SchemaMigration.objects.filter(
        schema_name=OuterRef("tenant__schema_name"), state=SchemaState.FAILED
    )
    with in_schema("public"):
        row = (
            Domain.objects.filter(domain=host, tenant__deleted_at__isnull=True)
            .values_list("tenant_id", "tenant__schema_name", Exists(left_behind), "tenant__language")
            .first()
        )
    return Tenant(row[0], row[1], host, in_maintenance=row[2], language=row[3]) if row else None


def count_in_maintenance() -> int:
    """How many organizations the last `migrate_tenants` left behind."""
    return SchemaMigration.objects.filter(state=SchemaState.FAILED).count()


def organizations_of(user: User) -> QuerySet[Organization]:
    """The organizations `user` may enter: their own as supervisor; as staff, by assignment and hierarchy."""
    alive = Organization.objects.filter(deleted_at__isnull=True).exclude(schema_name="public")
    if user.staff_role == StaffRole.ADMIN:
        return alive
    own = Q(memberships__user=user)
    if user.staff_role == StaffRole.MARKETER:
        own |= Q(assignments__marketer=user)
    elif user.staff_role == StaffRole.MANAGER:
        own |= Q(assignments__marketer__manager=user) | Q(assignments__marketer=user)
    return alive.filter(own).distinct()


def entered(user: User, organization_id: UUID) -> tuple[Organization, bool, bool] | None:
    """The organization for somebody who may enter it, whether they are of its own people, and whether their yes
    counts. Asked with every request on its host.
    """
    rows = _entering(str(user.staff_role)).rows(
        user=user.pk, organization=organization_id, today=timezone.now().date()
    )
    if not rows:
        return None
    *values, supervises, approves = rows[0]
    return Organization.from_db("default", ORGANIZATION_COLUMNS, values), supervises, approves


ORGANIZATION_COLUMNS = [field.attname for field in Organization._meta.concrete_fields]


@cache
def _entering(staff_role: str) -> Prepared:
    def build(user: Any, organization: UUID, today: datetime.date) -> QuerySet[Any, Any]:
        somebody = User(pk=user, staff_role=staff_role)
        supervises = Membership.objects.filter(user=somebody, organization=OuterRef("pk"))
        approves = may_approve(somebody, OuterRef("pk"), today=today)
        found = organizations_of(somebody).filter(pk=organization)
        return found.annotate(supervises=Exists(supervises), approves=approves).values_list(
            *ORGANIZATION_COLUMNS, "supervises", "approves"
        )

    return Prepared(build)


_held: ContextVar[Organization | None] = ContextVar("organization", default=None)


def current_organization() -> Organization:
    """The organization whose schema this connection works in."""
    held = _held.get()
    return held if held is not None else Organization.objects.get(schema_name=connection.schema_name)


@contextmanager
def organization_held() -> Iterator[Organization]:
    """Inside, the organization is read once for all who ask: for one transaction over many things."""
    organization = current_organization()
    token = _held.set(organization)
    try:
        yield organization
    finally:
        _held.reset(token)


def address_of(organization: Organization, path: str = "/") -> str:
    """The organization's address in full, from its primary domain."""
    domain = (
        Domain.objects.filter(tenant=organization).order_by("-is_primary").values_list("domain", flat=True)[0]
    )
    return url_of(domain, path)


def with_domain(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    """Each with `domain`, its primary host name, in the same statement."""
    domains = Domain.objects.filter(tenant=OuterRef("pk")).order_by("-is_primary")
    return organizations.annotate(domain=Subquery(domains.values("domain")[:1]))


def marketers_of(user: User) -> QuerySet[User]:
    """Whom `user` may give clients to: an administrator anybody, a manager their own team and themselves."""
    carers = User.objects.filter(is_active=True, staff_role__in=[StaffRole.MARKETER, StaffRole.MANAGER])
    if user.staff_role == StaffRole.ADMIN:
        return carers
    if user.staff_role == StaffRole.MANAGER:
        return carers.filter(Q(manager=user) | Q(pk=user.pk))
    return carers.none()


def carers_of(organization: Organization) -> list[User]:
    """Its marketers and their managers."""
    mine = Q(assignments__organization=organization) | Q(marketers__assignments__organization=organization)
    return list(User.objects.filter(mine, is_active=True).distinct().order_by("email"))


def may_approve(user: Any, organization: Any, *, today: datetime.date) -> Exists:
    """Whether the person's yes counts: their own, or that of somebody they stand in for."""
    own = Q(user=user, approves=True)
    for_another = Q(stands_in=user, approves=True, away_until__gte=today)
    return Exists(Membership.objects.filter(own | for_another, organization=organization))


def approvers_of(organization: Organization, *, today: datetime.date) -> list[Membership]:
    """Who is asked on the client's side: each with `asked`, the person, which may be who stands in for another.

    A stand-in who is a member as well is asked once, in the way they chose.
    """
    rows = organization.memberships.select_related("user", "stands_in").order_by("created_at")
    mine = {row.user_id: row for row in rows}
    asked: dict[Any, Membership] = {}
    for row in rows:
        if not row.approves:
            continue
        away = row.away_until is not None and row.away_until >= today
        person = row.stands_in if away and row.stands_in else row.user
        if person.is_active:
            chosen = mine.get(person.pk, row)
            chosen.asked = person
            asked.setdefault(person.pk, chosen)
    return list(asked.values())


def closed_organizations_of(user: User) -> QuerySet[Organization]:
    """What is to be deleted and can still be kept: by its own people and the administrators."""
    closed = Organization.objects.filter(deleted_at__isnull=False).exclude(schema_name="public")
    return closed if user.staff_role == StaffRole.ADMIN else closed.filter(memberships__user=user)


def count_seats(organization: Organization) -> Combinable:
    """For the plan's gauge: its own people and those who are asked to come."""
    members = Membership.objects.filter(organization=organization)
    return NumberOf(members) + NumberOf(Invitation.objects.filter(organization=organization))


def is_taken(label: str) -> bool:
    return bool(taken_among([label]))


def taken_among(labels: list[str]) -> set[str]:
    """Which of `labels` are somebody's address already, or were until lately, in one statement."""
    hosts = [f"{label}.{settings.BASE_HOST}" for label in labels]
    retired = RetiredAddress.objects.filter(domain__in=hosts, until__gt=timezone.now())
    found = Domain.objects.filter(domain__in=hosts).values_list("domain", flat=True)
    found = found.union(retired.values_list("domain", flat=True))
    return {host.partition(".")[0] for host in found}
