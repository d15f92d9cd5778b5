"""What staff see over all their organizations, in a number of statements that does not grow with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.accounts.models import User
from posthub.accounts.policies import is_admin
from posthub.core.collation import alphabetical
from posthub.jobs.models import Job, JobState
from posthub.organizations.models import Organization
from posthub.organizations.queries import organizations_of, with_domain
from posthub.worklist.queries import balls

EXPORT = "organizations.export"
LATE_AFTER = timedelta(hours=24)
SOON = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Client:
    """One row of the portfolio. `ball` is you, others, machine or done; `rank` grows as urgency falls."""

    organization: Any
    plan: str
    ball: str
    count: int
    since: datetime | None
    due: datetime | None  # the first slot that what waits would miss
    next_out: datetime | None
    failed: int
    rank: int
    late: bool
    at_risk: bool

    @property
    def endangered(self) -> bool:
        """A slot may be missed, or work for one has failed."""
        return self.at_risk or self.failed > 0

    @property
    def urgency(self) -> tuple[int, datetime, str]:
        far = self.due or self.since or timezone.now() + timedelta(days=3650)
        return (self.rank, far, self.organization.name)


def portfolio(user: User) -> list[Client]:
    """Every organization of `user`, the most urgent first: three statements whatever their number."""
    organizations = list(
        with_domain(organizations_of(user)).select_related("subscription__plan").order_by("name")
    )
    waiting = balls([organization.pk for organization in organizations])
    failed = failed_by_schema([organization.schema_name for organization in organizations])
    now = timezone.now()
    clients = [
        _client(organization, waiting.get(organization.pk, {}), failed.get(organization.schema_name, 0), now)
        for organization in organizations
    ]
    return sorted(clients, key=lambda client: client.urgency)


def _client(organization: Any, waiting: dict[str, Any], failed: int, now: datetime) -> Client:
    sides = [("you", "staff"), ("others", "client"), ("machine", "machine")]
    ball, side = next(((name, side) for name, side in sides if waiting.get(side)), ("done", ""))
    since, due = waiting.get(f"{side}_since"), waiting.get(f"{side}_due")
    soon = due is not None and due < now + SOON
    late = ball == "you" and ((since is not None and since < now - LATE_AFTER) or soon)
    at_risk = ball == "others" and soon
    ranks = [late, at_risk, bool(failed), ball == "you", ball == "others", ball == "machine", True]
    return Client(
        organization=organization,
        plan=plan_name(organization),
        ball=ball,
        count=waiting.get(side, 0) if side else 0,
        since=since,
        due=due,
        next_out=waiting.get("next_out"),
        failed=failed,
        rank=ranks.index(True),
        late=late,
        at_risk=at_risk or late,
    )


def plan_name(organization: Any) -> str:
    subscription = getattr(organization, "subscription", None)
    return subscription.plan.title if subscription else _("Trial")


def failed_by_schema(schema_names: list[str]) -> dict[str, int]:
    rows = (
        Job.objects.filter(schema_name__in=schema_names, state=JobState.DEAD)
        .order_by()
        .values_list("schema_name")
        .annotate(Count("id"))
    )
    return dict(rows)


def failed_jobs(user: User) -> QuerySet[Job]:
    """Failed jobs of the organizations of `user`; administrators also see those of the installation itself."""
    own = Q(schema_name__in=organizations_of(user).values("schema_name"))
    if is_admin(user):
        own |= Q(schema_name="public")
    jobs = Job.objects.filter(own, state=JobState.DEAD).defer("answers", "payload", "detail")
    return jobs.order_by("cause", "task", "-finished_at")


@dataclass(frozen=True, slots=True)
class FailedGroup:
    """Jobs that failed for the same cause; `jobs` are the newest few, each with its client's name."""

    cause: str
    count: int
    clients: int
    latest: datetime | None
    jobs: list[tuple[Job, str]]

    @property
    def more(self) -> int:
        return self.count - len(self.jobs)


def failed_causes(user: User) -> Any:
    """One row a cause, the most frequent first."""
    return (
        Job.objects.filter(pk__in=failed_jobs(user).order_by().values("pk"))
        .values("cause")
        .annotate(count=Count("id"), clients=Count("schema_name", distinct=True), latest=Max("finished_at"))
        .order_by("-count", "cause")
    )


def failed_groups(user: User, causes: list[dict[str, Any]], *, most: int = 5) -> list[FailedGroup]:
    """The groups of one page, in two statements however many causes and clients they hold."""
    place = Window(RowNumber(), partition_by=F("cause"), order_by=[F("finished_at").desc(), F("id").desc()])
    named = failed_jobs(user).filter(cause__in=[row["cause"] for row in causes])
    newest = list(named.annotate(place=place).filter(place__lte=most).order_by("cause", "place"))
    names = client_names(newest)
    return [
        FailedGroup(
            **row,
            jobs=[
                (job, names.get(job.schema_name, "PostHub")) for job in newest if job.cause == row["cause"]
            ],
        )
        for row in causes
    ]


def client_names(jobs: Iterable[Job]) -> dict[str, str]:
    schemas = {job.schema_name for job in jobs}
    return dict(Organization.objects.filter(schema_name__in=schemas).values_list("schema_name", "name"))


def team(user: User, marketers: QuerySet[User]) -> list[tuple[User, list[Organization]]]:
    """Each marketer with the organizations given to them, in two statements."""
    people = marketers.prefetch_related("assignments__organization").order_by(alphabetical("name"), "email")
    return [
        (
            person,
            sorted(
                (item.organization for item in person.assignments.all() if not item.organization.deleted_at),
                key=lambda organization: organization.name,
            ),
        )
        for person in people
    ]


def export_job(organization: Organization) -> Job | None:
    """The last time that somebody asked for all data."""
    jobs = Job.objects.filter(schema_name=organization.schema_name, task=EXPORT)
    return jobs.defer("answers", "payload", "detail").order_by("-created_at").first()
