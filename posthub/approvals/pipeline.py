"""The worker's side of approvals: asking by mail, reminding, and telling the team in the end."""

import datetime
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from posthub.accounts import mail
from posthub.accounts.models import User
from posthub.approvals import linking
from posthub.approvals.models import Reviewer, ReviewLink, RoundItem
from posthub.approvals.queries import letter, review
from posthub.content.models import SocialPost
from posthub.core.tenancy import in_schema
from posthub.jobs.operations import enqueue
from posthub.jobs.runner import RunningJob
from posthub.organizations.models import Membership, Organization, ReviewMail
from posthub.organizations.queries import address_of, current_organization
from posthub.worklist.models import WaitsOn, WorkItem

QUIET_FROM, QUIET_TO = 20, 7
LONGEST_WAIT = datetime.timedelta(minutes=30)
REMIND_AFTER = [datetime.timedelta(hours=24), datetime.timedelta(hours=48)]
ESCALATE_AFTER = datetime.timedelta(hours=72)


def watch(job: RunningJob) -> None:
    """Start a round in each organization where something waits for the client. One statement over all of them."""
    waiting = Organization.objects.filter(
        Q(work_items__waits_on=WaitsOn.CLIENT), deleted_at__isnull=True
    ).distinct()
    for organization in waiting.exclude(review_mail=ReviewMail.OFF):
        with in_schema(organization.schema_name):
            enqueue("approvals.send_round", key=str(job.job.pk), payload={})


def send_round(job: RunningJob) -> None:
    """One mail about everything new that waits, once the batch is whole; reminders about what was mailed before."""
    organization = current_organization()
    now = timezone.now().astimezone(ZoneInfo(organization.zone))
    if now.hour >= QUIET_FROM or now.hour < QUIET_TO:
        return
    with job.effect():
        fresh = _fresh()
        people = reviewers(organization, today=now.date())
        if fresh and people and _is_time(organization, now):
            linking.open_round(fresh, people, organization=organization, due_at=_first_slot(fresh))
        for link in _standing(organization):
            _remind(link, organization)


def _fresh() -> list[Any]:
    """What waits for the client and was not mailed as it is now, in the order of its days."""
    waiting = [
        *review.subjects("topic").filter(state="DRAFT"),
        *review.subjects("article").filter(state="PENDING_APPROVAL"),
        *review.subjects("post").filter(state="PENDING_APPROVAL"),
    ]
    mailed = set(
        RoundItem.objects.filter(object_id__in=[thing.pk for thing in waiting]).values_list(
            "object_id", "content_hash"
        )
    )
    return sorted(
        (thing for thing in waiting if (thing.pk, thing.content_hash) not in mailed), key=letter.place_of
    )


def _is_time(organization: Organization, now: datetime.datetime) -> bool:
    """Daily: at the chosen hour. Else when nothing is being written any more, or the first has waited long enough."""
    if organization.review_mail == ReviewMail.DAILY:
        return now.hour == organization.review_hour
    writing = WorkItem.objects.filter(organization=organization, waits_on=WaitsOn.MACHINE)
    return not writing.filter(since__gt=timezone.now() - LONGEST_WAIT).exists()


def _first_slot(subjects: Iterable[Any]) -> datetime.datetime | None:
    return max((thing.scheduled_at for thing in subjects if isinstance(thing, SocialPost)), default=None)


def reviewers(organization: Organization, *, today: datetime.date) -> list[Any]:
    """Who is asked: members who approve, whoever stands in for one who is away, and people outside."""
    members = Membership.objects.filter(
        organization=organization, approves=True, user__is_active=True
    ).select_related("user", "stands_in")
    asked: dict[Any, Any] = {}
    for membership in members:
        away = membership.away_until is not None and membership.away_until >= today
        person = membership.stands_in if away and membership.stands_in else membership.user
        asked[person.pk] = person
    return [*asked.values(), *Reviewer.objects.filter(active=True)]


def _standing(organization: Organization) -> list[ReviewLink]:
    sent = ReviewLink.objects.filter(revoked_at=None, sent_at__isnull=False, epoch=organization.link_epoch)
    return list(
        sent.filter(sent_at__lte=timezone.now() - REMIND_AFTER[0], expires_at__gt=timezone.now())
        .select_related("round")
        .prefetch_related("round__items")
    )


def _remind(link: ReviewLink, organization: Organization) -> None:
    """After a day and after two; after three the people who look after the organization are told."""
    if link.sent_at is None or not letter.still_open(link):
        return
    waited = timezone.now() - link.sent_at
    if waited >= ESCALATE_AFTER:
        enqueue("approvals.escalate", key=str(link.round_id), payload={"round": str(link.round_id)})
        return
    number = sum(waited >= after for after in REMIND_AFTER)
    linking.mail_link(link, f"reminder-{number}")


def mail_link(job: RunningJob) -> None:
    """The mail itself. Sent, then noted: after a crash in between it may go out twice, never not at all."""
    link = ReviewLink.objects.select_related("round").filter(pk=job.payload["link"]).first()
    organization = current_organization()
    if link is None or not linking.is_good(link, organization) or linking.person_of(link) is None:
        return
    name = job.payload["name"]
    context = letter.mail_context(link, organization, name)
    if context is None:
        return
    url = address_of(organization, f"/r/{linking.token_of(link)}/")
    mail.send(f"review_{name}", to=link.email, language=link.language, context={**context, "action_url": url})
    with job.effect():
        if link.sent_at is None:
            ReviewLink.objects.filter(pk=link.pk).update(sent_at=timezone.now())


def escalate(job: RunningJob) -> None:
    """Tell the marketer and the manager that nobody decides."""
    organization = current_organization()
    links = list(ReviewLink.objects.filter(round=job.payload["round"]).prefetch_related("round__items"))
    waiting = letter.still_open(links[0]) if links else []
    if not waiting:
        return
    carers = User.objects.filter(
        Q(assignments__organization=organization) | Q(marketers__assignments__organization=organization),
        is_active=True,
    ).distinct()
    for person in carers.order_by("email"):
        context = {
            "organization": organization.name,
            "count": len(waiting),
            "people": ", ".join(str(link) for link in links),
            "action_url": address_of(organization, "/inbox/?tab=others"),
        }
        mail.send(
            "review_escalation",
            to=person.email,
            language=person.language or organization.language,
            context=context,
        )
