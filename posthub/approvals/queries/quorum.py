"""Whose yes is still wanted on one thing, by the rules its organization set."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from posthub.accounts.models import StaffRole, User
from posthub.approvals.models import Decision, Outcome, Reviewer
from posthub.content.models import Topic, Version
from posthub.organizations.models import Assignment, Organization, Quorum, StaffStage
from posthub.organizations.queries import approvers_of


def said_yes(kind: str, object_id: UUID, seen: str, outcome: Outcome) -> set[UUID]:
    """Who has said yes to exactly this content, and it still stands."""
    standing = Decision.objects.filter(
        kind=kind, object_id=object_id, content_hash=seen, outcome=outcome, voided_at=None
    )
    return set(standing.values_list("by_id", flat=True))


def client_agrees(organization: Organization, subject: Any, *, by: User, seen: str) -> bool:
    """Whether with `by` everybody has agreed whose word counts on the client's side."""
    if organization.client_quorum == Quorum.ANYONE:
        return True
    today = timezone.now().astimezone(ZoneInfo(organization.zone)).date()
    members = approvers_of(organization, today=today)
    outside = Reviewer.objects.filter(active=True)
    everyone = {*(member.asked.pk for member in members), *outside.values_list("pk", flat=True)}
    return not everyone - said_yes(subject.KIND, subject.pk, seen, Outcome.AGREED) - {by.pk}


def team_agrees(organization: Organization, subject: Any, *, by: User, seen: str) -> bool:
    """Whether with `by` everybody of the team has looked at it who is to."""
    everyone, both = (
        organization.staff_quorum == Quorum.EVERYONE,
        organization.staff_stage == StaffStage.BOTH,
    )
    if not (everyone or both):
        return True
    checked = said_yes(subject.KIND, subject.pk, seen, Outcome.CHECKED) | {by.pk}
    if everyone:
        assigned = Assignment.objects.filter(organization=organization, marketer__is_active=True)
        if set(assigned.values_list("marketer_id", flat=True)) - checked:
            return False
    return not both or (len(checked) > 1 and _has_leader(checked))


def _has_leader(people: set[UUID]) -> bool:
    leaders = [StaffRole.MANAGER, StaffRole.ADMIN]
    return User.objects.filter(pk__in=people, staff_role__in=leaders).exists()


def waits_for_others(user: User, *, rules: Organization) -> set[UUID]:
    """The things `user` said yes to where somebody else's yes is still wanted; no statement where one is enough."""
    if rules.client_quorum == rules.staff_quorum == Quorum.ANYONE and rules.staff_stage != StaffStage.BOTH:
        return set()
    written = Version.objects.filter(
        Q(blog_post=OuterRef("object_id")) | Q(social_post=OuterRef("object_id")),
        created_at__gt=OuterRef("created_at"),
    )
    changed = Topic.objects.filter(pk=OuterRef("object_id"), updated_at__gt=OuterRef("created_at"))
    said = Decision.objects.filter(
        ~Exists(written),
        ~Exists(changed),
        by_id=user.pk,
        outcome__in=[Outcome.AGREED, Outcome.CHECKED],
        voided_at=None,
    )
    return set(said.values_list("object_id", flat=True))
