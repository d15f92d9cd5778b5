"""The worker's side of approvals: asking by mail, reminding, and telling the team in the end."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from posthub.approvals import linking, operations
from posthub.approvals.mailing import seconds_until_awake
from posthub.approvals.models import Reviewer, ReviewLink, RoundItem
from posthub.approvals.queries import letter, review
from posthub.content.models import SocialPost
from posthub.core.tenancy import in_schema
from posthub.jobs.operations import enqueue
from posthub.jobs.runner import RunningJob
from posthub.organizations.mails import REMINDER
from posthub.organizations.models import Membership, Organization, ReviewMail
from posthub.organizations.queries import approvers_of, current_organization
from posthub.worklist import operations as worklist
from posthub.worklist.models import WaitsOn, WorkItem

LONGEST_WAIT = datetime.timedelta(minutes=30)
REMIND_AFTER = [datetime.timedelta(hours=24), datetime.timedelta(hours=48)]
ESCALATE_AFTER = datetime.timedelta(hours=72)


def watch(job: RunningJob) -> None:
    """Start a round in each organization where something waits for the client. One statement over all of them."""
    worklist.forget_past(timezone.now())
    somebody_wants = Membership.objects.filter(
        organization=OuterRef("pk"), review_mail__in=[ReviewMail.BATCH, ReviewMail.DAILY]
    )
    waiting = Organization.objects.filter(
        ~Q(review_mail=ReviewMail.OFF) | Exists(somebody_wants),
        work_items__waits_on=WaitsOn.CLIENT,
        deleted_at__isnull=True,
    ).distinct()
    for organization in waiting:
        with in_schema(organization.schema_name):
            enqueue("approvals.send_round", key=str(job.job.pk), payload={})


def watch_slots(job: RunningJob) -> None:
    """Where a post goes out within the hour and nobody has decided: what the organization agreed on for then."""
    soon = timezone.now() + operations.LEAD
    due = Organization.objects.filter(
        work_items__waits_on=WaitsOn.CLIENT,
        work_items__kind=SocialPost.KIND,
        work_items__due__gt=timezone.now(),
        work_items__due__lte=soon,
        deleted_at__isnull=True,
    )
    for organization in due.distinct():
        with in_schema(organization.schema_name):
            enqueue("approvals.fall_back", key=str(job.job.pk), payload={})


def fall_back(job: RunningJob) -> None:
    """Who approves and who looks after the organization are told, when their quiet hours are over."""
    with job.effect():
        organization = current_organization()
        became = operations.fall_back(organization)
        if became:
            slots = {str(pk): what.value for pk, what in became.items()}
            wait = seconds_until_awake(organization)
            enqueue("approvals.tell_missed", key=str(job.job.pk), payload={"slots": slots}, delay=wait)


def send_round(job: RunningJob) -> None:
    """Each person gets one mail about everything that is new to them, at their time; then come the reminders."""
    organization = current_organization()
    now = timezone.now().astimezone(ZoneInfo(organization.zone))
    if organization.is_quiet(now.hour):
        return
    with job.effect():
        asked = asked_in(organization, today=now.date())
        whole = _nothing_is_written(organization)
        due = [one.person for one in asked if one.is_time(now, organization, whole=whole)]
        for things, people in _rounds(due):
            linking.open_round(things, people, organization=organization, due_at=_first_slot(things))
        told = {one.person.pk for one in asked if one.reminded and one.mail != ReviewMail.OFF}
        for link in _standing(organization):
            _remind(link, told)


def _rounds(people: list[Any]) -> list[tuple[list[Any], list[Any]]]:
    """What waits for the client and was not mailed to somebody as it is now, with all to whom just that is new."""
    if not people:
        return []
    waiting = sorted(
        [
            *review.subjects("topic").filter(state="DRAFT"),
            *review.subjects("article").filter(state="PENDING_APPROVAL"),
            *review.subjects("post").filter(state="PENDING_APPROVAL"),
        ],
        key=letter.place_of,
    )
    known = RoundItem.objects.filter(object_id__in=[thing.pk for thing in waiting])
    mailed = set(known.values_list("round__links__person_id", "object_id", "content_hash"))
    rounds: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for person in people:
        fresh = tuple(thing for thing in waiting if (person.pk, thing.pk, thing.content_hash) not in mailed)
        rounds[fresh].append(person)
    return [(list(things), those) for things, those in rounds.items() if things]


def _nothing_is_written(organization: Organization) -> bool:
    """Whether the batch is whole; what has been written for too long already is not waited for."""
    writing = WorkItem.objects.filter(organization=organization, waits_on=WaitsOn.MACHINE)
    return not writing.filter(since__gt=timezone.now() - LONGEST_WAIT).exists()


def _first_slot(subjects: Iterable[Any]) -> datetime.datetime | None:
    return max((thing.scheduled_at for thing in subjects if isinstance(thing, SocialPost)), default=None)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked by mail, and when they want it."""

    person: Any
    mail: str
    hour: int
    reminded: bool = True

    def is_time(self, now: datetime.datetime, organization: Organization, *, whole: bool) -> bool:
        """Daily: at the hour they chose, or when the quiet ones end. Else as soon as the batch is whole."""
        if self.mail == ReviewMail.DAILY:
            return now.hour == (organization.quiet_to if organization.is_quiet(self.hour) else self.hour)
        return self.mail == ReviewMail.BATCH and whole


def asked_in(organization: Organization, *, today: datetime.date) -> list[Asked]:
    """Members who approve or stand in for one who is away, each as they chose; people outside as all do."""
    usual, hour = organization.review_mail, organization.review_hour
    members = [
        Asked(one.asked, one.review_mail or usual, one.review_hour or hour, one.wants(REMINDER))
        for one in approvers_of(organization, today=today)
    ]
    return members + [Asked(person, usual, hour) for person in Reviewer.objects.filter(active=True)]


def _standing(organization: Organization) -> list[ReviewLink]:
    sent = ReviewLink.objects.filter(revoked_at=None, sent_at__isnull=False, epoch=organization.link_epoch)
    return list(
        sent.filter(sent_at__lte=timezone.now() - REMIND_AFTER[0], expires_at__gt=timezone.now())
        .select_related("round")
        .prefetch_related("round__items")
    )


def _remind(link: ReviewLink, told: Set[Any]) -> None:
    """After a day and after two; after three the people who look after the organization are told."""
    if link.sent_at is None or not letter.still_open(link):
        return
    waited = timezone.now() - link.sent_at
    if waited >= ESCALATE_AFTER:
        enqueue("approvals.escalate", key=str(link.round_id), payload={"round": str(link.round_id)})
        return
    if link.person_id not in told:
        return  # away by now, or wants no mails any more
    number = sum(waited >= after for after in REMIND_AFTER)
    linking.mail_link(link, f"reminder-{number}")
