"""Whoever registered and got no further is reminded, after a day and after three, and then left in peace."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from posthub.content.models import Topic
from posthub.core.tenancy import in_schema
from posthub.jobs.mailing import mail_once
from posthub.jobs.operations import enqueue
from posthub.jobs.runner import RunningJob
from posthub.organizations.models import Membership, Organization
from posthub.organizations.queries import address_of, current_organization

FIRST, LAST, GIVE_UP = timedelta(hours=24), timedelta(hours=72), timedelta(hours=120)


def watch_setups(now: datetime | None = None) -> None:
    """Each of the two is asked for once, however often this runs meanwhile; never within the quiet hours."""
    now = now or timezone.now()
    young = Organization.objects.filter(
        created_at__gt=now - GIVE_UP, created_at__lte=now - FIRST, deleted_at=None
    )
    for organization in young.exclude(schema_name="public"):
        if organization.is_quiet(now.astimezone(ZoneInfo(organization.zone)).hour):
            continue
        last = organization.created_at <= now - LAST
        with in_schema(organization.schema_name):
            if not Topic.objects.exists():
                enqueue("content.mail_setup", key="last" if last else "first", payload={"last": last})


def mail_setup(job: RunningJob) -> None:
    organization = current_organization()
    if Topic.objects.exists():
        return
    context = {
        "organization": organization.name,
        "last": job.payload["last"],
        "action_url": address_of(organization, reverse("company:welcome")),
    }
    members = Membership.objects.filter(organization=organization, user__is_active=True)
    for member in members.select_related("user").order_by("user__email"):
        language = member.user.language or organization.language
        mail_once(job, "setup_waits", to=member.user.email, language=language, context=context)
