"""Mails about plans and payments: each asked for once, in the transaction that it tells about."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

from posthub.billing.models import BillingDetails, Feature, Interval
from posthub.billing.money import money
from posthub.core.tenancy import in_schema
from posthub.jobs.mailing import mail_once
from posthub.jobs.operations import enqueue
from posthub.jobs.runner import RunningJob
from posthub.organizations.mails import USAGE
from posthub.organizations.models import Membership, Organization
from posthub.organizations.queries import address_of, current_organization

NOTE = (
    "INSERT INTO billing_notice (organization_id, key, at) VALUES (%s, %s, now())"
    " ON CONFLICT (organization_id, key) DO NOTHING RETURNING id"
)
PATHS = {"exit_survey": "/billing/survey/"}


def once(organization: Organization, key: str) -> bool:
    """True for the first who asks; what they do about it stands in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [organization.pk, key])
        return cursor.fetchone() is not None


def mail_supervisors(organization: Organization, name: str, *, key: str, context: dict[str, Any]) -> None:
    """One mail for each of the organization's own people, sent by the queue of mails."""
    with in_schema(organization.schema_name):
        enqueue("billing.mail", key=f"{name}:{key}", payload={"name": name, "context": context})


def send(job: RunningJob) -> None:
    """What `mail_supervisors` asked for, to each of them in their own language."""
    organization, name = current_organization(), job.payload["name"]
    known = {
        **job.payload["context"],
        "organization": organization.name,
        "action_url": address_of(organization, PATHS.get(name, "/billing/")),
    }
    for email, language in recipients(organization, name):
        context = readable(known, language, organization.zone)
        mail_once(job, f"billing_{name}", to=email, language=language, context=context)


def recipients(organization: Organization, name: str) -> Iterator[tuple[str, str]]:
    members = Membership.objects.filter(organization=organization, user__is_active=True).select_related(
        "user"
    )
    seen = set()
    for member in members.order_by("user__email"):
        person = member.user
        seen.add(person.email.lower())
        if name.startswith("quota_") and not member.wants(USAGE):
            continue
        yield person.email, person.language or organization.language
    details = BillingDetails.objects.filter(organization=organization).first()
    if name == "receipt" and details and details.email and details.email.lower() not in seen:
        yield details.email, organization.language


def readable(context: dict[str, Any], language: str, zone: str) -> dict[str, Any]:
    """Amounts, days and features as this reader writes them; what comes from the queue is plain JSON."""
    with translation.override(language):
        said = dict(context)
        for name, value in context.items():
            if name.endswith("_at") and value:
                moment = parse_datetime(value)
                said[name] = date_format(moment.astimezone(ZoneInfo(zone)), "DATE_FORMAT") if moment else ""
            if name.endswith("_on") and value:
                said[name] = date_format(date.fromisoformat(value), "DATE_FORMAT")
        for name, interval in (("plan", "interval"), ("before", "before_interval")):
            if context.get(interval):
                said[name] = f"{context[name]}, {Interval(context[interval]).label}"
        if "amount" in context:
            said["amount"] = money(context["amount"], context["currency"])
        if "feature" in context:
            said["feature"] = str(Feature(context["feature"]).label)
        return said
