"""The worker's side of what an organization takes along."""

from django.urls import reverse
from django.utils.translation import gettext as _

from posthub.accounts import mail
from posthub.accounts.models import User
from posthub.jobs.operations import enqueue
from posthub.jobs.runner import RunningJob
from posthub.organizations import export
from posthub.organizations.queries import address_of, current_organization


def export_everything(job: RunningJob) -> None:
    """All data and files of the organization as one ZIP. A second attempt makes it anew."""
    job.step(_("Collecting everything"), 10)
    export.make_export(current_organization())
    with job.effect():
        # The file lies where it belongs already.
        if "person" in job.payload:
            enqueue("backoffice.mail_export", key=str(job.job.pk), payload=job.payload)


def mail_export(job: RunningJob) -> None:
    """To who asked, in their language; it opens the page of data, never the file itself."""
    organization = current_organization()
    person = User.objects.filter(pk=job.payload["person"], is_active=True).first()
    # The release before asked for the mail of a failure in the same way: of that the job's own mail tells.
    if person is None or job.payload.get("name") == "export_failed":
        return
    found = export.last_export(organization)
    context = {
        "organization": organization.name,
        "until": found.until if found else None,
        "action_url": address_of(organization, reverse("backoffice:data")),
    }
    language = person.language or organization.language
    mail.send("export_ready", to=person.email, language=language, context=context)
