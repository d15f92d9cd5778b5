"""When nobody decides in time: what the organization agreed on beforehand, in the name of who switched it on."""

import datetime
from collections.abc import Iterable
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.utils import timezone

from posthub.accounts.models import User
from posthub.approvals.models import Decision, Outcome
from posthub.approvals.operations.recording import deciding, still_open, unsaved
from posthub.approvals.queries.stopping import why_stopped
from posthub.audit import operations as audit
from posthub.content.models import SocialPost
from posthub.content.operations import posts
from posthub.content.queries import LACKS_PICTURE
from posthub.core.database import connection
from posthub.core.errors import PostHubError
from posthub.lifecycle.machine import advance, locked
from posthub.organizations.models import Fallback, Organization
from posthub.organizations.queries import may_approve

LEAD = datetime.timedelta(hours=1)


def fall_back(organization: Organization, *, within: datetime.timedelta = LEAD) -> dict[UUID, Fallback]:
    """Fill the slots of the next hour by the rule; returns what people have not heard yet of which post's slot.

    What cannot go out stays as it is. Where nothing is to fill them, the rest of the day's slots are told as well.
    """
    by = _who_switched_it_on(organization)
    rule = Fallback(organization.fallback)
    fill = {Fallback.APPROVE: _as_it_is, Fallback.EVERGREEN: _with_reserve}.get(rule) if by else None
    now = timezone.now()
    due = _undecided(now, now + within)
    filled = [post.pk for post in due if fill and by and fill(post, organization, by)]
    if due and fill is None:
        zone = ZoneInfo(organization.zone)
        midnight = datetime.datetime.combine(now.astimezone(zone).date(), datetime.time.max, zone)
        due += _undecided(now + within, midnight)
    empty = _untold(post.pk for post in due if post.pk not in filled)
    SocialPost.objects.filter(pk__in=[*filled, *empty]).update(missed_at=F("scheduled_at"))
    return dict.fromkeys(filled, rule) | dict.fromkeys(empty, Fallback.HOLD)


def _undecided(after: datetime.datetime, until: datetime.datetime) -> list[SocialPost]:
    """What waits for the client, by its slot."""
    waiting = SocialPost.objects.filter(
        state="PENDING_APPROVAL", scheduled_at__gt=after, scheduled_at__lte=until
    )
    return list(waiting.order_by("scheduled_at"))


def _untold(ids: Iterable[UUID]) -> list[UUID]:
    """Those that nobody has decided on in this very moment, and of whose slot nobody was told."""
    waiting = SocialPost.objects.filter(pk__in=list(ids), state="PENDING_APPROVAL")
    told = Q(missed_at__isnull=False, missed_at=F("scheduled_at"))
    return list(waiting.exclude(told).values_list("pk", flat=True))


def _who_switched_it_on(organization: Organization) -> User | None:
    """None where they do not approve here any more: then their rule is nobody's."""
    if organization.fallback_by is None:
        return None
    today = timezone.now().date()
    counts = may_approve(organization.fallback_by, organization, today=today)
    return User.objects.filter(counts, pk=organization.fallback_by, is_active=True).first()


@deciding
def _as_it_is(post: SocialPost, organization: Organization, by: User) -> bool:
    try:
        current = still_open(post, stage=frozenset({"PENDING_APPROVAL"}), seen=post.content_hash)
        if current.lacks_picture or why_stopped(current, organization, by=by, client=True):
            return False
        posts.check_can_go_out(current)
    except PostHubError:
        return False  # decided, changed or held in this very moment
    _decide(current, Fallback.APPROVE, organization, by, current.content_hash)
    posts.approve(current, by=None, seen=current.content_hash)
    return True


@deciding
def _with_reserve(missed: SocialPost, organization: Organization, by: User) -> bool:
    """The post that waits longest in the reserve for this network takes the slot; the other one goes on waiting."""
    taken = SocialPost.objects.filter(scheduled_at=missed.scheduled_at, platform=missed.platform)
    kept = SocialPost.objects.filter(
        state="ON_HOLD", reserve=True, platform=missed.platform, blog_post__state="APPROVED"
    )
    spare = kept.exclude(LACKS_PICTURE).order_by("updated_at").first()
    if spare is None or taken.filter(state="SCHEDULED").exists():
        return False
    spare = advance(locked(spare), "APPROVED")
    spare.wall, spare.zone, spare.scheduled_at = missed.wall, missed.zone, missed.scheduled_at
    spare.reserve = False
    spare.save(update_fields=["wall", "zone", "scheduled_at", "reserve", "updated_at"])
    _decide(spare, Fallback.EVERGREEN, organization, by, spare.content_hash)
    posts.schedule(spare, by=None)
    return True


def _decide(post: SocialPost, rule: Fallback, organization: Organization, by: User, seen: str) -> Decision:
    decision = unsaved(post, Outcome.APPROVED, by=by, seen=seen, batch=uuid4())
    decision.rule = rule
    decision.save(force_insert=True)
    since = organization.fallback_since
    audit.record(
        "post.approved",
        subject=f"post:{post.pk}",
        actor_id=by.pk,
        chain=connection.schema_name,
        detail={"rule": rule, "switched_on": since.isoformat() if since else "", "hash": seen},
    )
    return decision
