"""Mails that jobs send."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from posthub.accounts import mail
from posthub.accounts.models import User
from posthub.core.database import connection
from posthub.jobs.models import Job, JobState
from posthub.jobs.runner import RunningJob
from posthub.jobs.telling import GATHER_SECONDS
from posthub.organizations.policies import may_enter
from posthub.organizations.queries import address_of, current_organization

MOST = 10


def mail_once(job: RunningJob, name: str, *, to: str, language: str, context: Mapping[str, Any]) -> None:
    """One of several: a second attempt of the job goes on with those who have not got theirs yet."""
    job.remember(f"mailed {to}", lambda: mail.send(name, to=to, language=language, context=context))


def mail_failed(job: RunningJob) -> None:
    """What was asked for again meanwhile is not spoken of; nor does anybody hear of an organization they left."""
    organization = current_organization()
    person = User.objects.filter(pk=job.payload["person"], is_active=True).first()
    if person is None or not may_enter(person, organization):
        return
    failed = _failed_for(person, int(job.payload["window"]))
    if not failed:
        return
    lines = [
        {"title": one.title, "cause": one.cause, "url": address_of(organization, one.get_absolute_url())}
        for one in failed[:MOST]
    ]
    context = {
        "organization": organization.name,
        "lines": lines,
        "count": len(failed),
        "more": len(failed) - len(lines),
        "action_url": lines[0]["url"] if len(failed) == 1 else address_of(organization),
    }
    language = person.language or organization.language
    mail_once(job, "work_failed", to=person.email, language=language, context=context)


def _failed_for(person: User, window: int) -> list[Job]:
    start = datetime.fromtimestamp(window * GATHER_SECONDS, UTC)
    # As after a website was mistyped: the same page was filled by another try since.
    anew = Job.objects.filter(
        schema_name=OuterRef("schema_name"),
        task=OuterRef("task"),
        result_url=OuterRef("result_url"),
        created_at__gt=OuterRef("finished_at"),
    ).exclude(result_url="")
    jobs = Job.objects.filter(
        ~Exists(anew),
        schema_name=connection.schema_name,
        asked_by=person,
        state=JobState.DEAD,
        finished_at__gte=start,
        finished_at__lt=start + timedelta(seconds=GATHER_SECONDS),
        retries=None,
    )
    return list(jobs.exclude(title="").defer("answers", "payload", "detail").order_by("finished_at"))
