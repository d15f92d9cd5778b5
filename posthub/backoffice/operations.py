"""What staff do about work that failed; samples of mails; and what an organization takes along of itself."""

from collections.abc import Iterable
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from posthub.accounts.mail import compose_sample
from posthub.accounts.models import User
from posthub.audit import operations as audit
from posthub.backoffice.queries import EXPORT, export_job
from posthub.core.errors import WrongState
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import enqueue, retry
from posthub.organizations.models import Organization


@transaction.atomic
def retry_failed(job: Job, *, by: User) -> Job:
    """Ask for the same work again, in its own organization's schema; the failed row leaves the list."""
    with in_schema(job.schema_name):
        again = retry(job, by=by)
    dismiss_failed(job, by=by, why="retried")
    return again


def retry_group(jobs: Iterable[Job], *, by: User) -> tuple[int, int]:
    """Ask again for each; how many were, and how many could not be because they are under way or known no more."""
    started = refused = 0
    for job in jobs:
        try:
            retry_failed(job, by=by)
            started += 1
        except WrongState:
            refused += 1
    return started, refused


def dismiss_failed(job: Job, *, by: User, why: str = "dismissed") -> bool:
    """Take a failed job off the list; the row itself stays."""
    gone = bool(Job.objects.filter(pk=job.pk, state=JobState.DEAD).update(state=JobState.CANCELLED))
    if gone:
        audit.record(f"job.{why}", subject=f"job:{job.pk}", actor_id=by.pk, chain=job.schema_name)
    return gone


def send_sample(name: str, *, to: User, language: str) -> None:
    """A mail of the catalogue with made-up contents, marked as such. Raises what the mail server's refusal raises."""
    mail = compose_sample(name, to=to.email, language=language)
    mail.subject = f"[{_('Sample')}] {mail.subject}"
    mail.send()


@transaction.atomic
def ask_for_export(organization: Organization, *, by: User) -> Job:
    """Everything as one file. While one is being made, that is the one: nobody gets a second beside it."""
    audit.hold(organization.schema_name)
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    running = export_job(organization)
    if running is not None and running.active:
        return running
    audit.record(
        "organization.export_asked",
        subject=f"organization:{organization.pk}",
        actor_id=by.pk,
        chain=organization.schema_name,
    )
    where = reverse("backoffice:data_file")
    payload = {"person": str(by.pk)}
    return enqueue(
        EXPORT, key=uuid4().hex, payload=payload, title=_("Your data as a file"), by=by, result_url=where
    )
