"""Whoever registered and got no further is reminded twice, by day, and then left in peace."""

from datetime import datetime, timedelta
from typing import Any

from django.core import mail
from django.db import connection
from django.utils import timezone

from posthub.content import reminding
from posthub.jobs.models import Job
from posthub.jobs.runner import run
from posthub.organizations.models import Organization
from tests.shelf import Shelf

LETTERS = {"task": "content.mail_setup"}


def noon_after(hours: int, organization: Organization) -> datetime:
    """The first noon of UTC at which the organization is at least so old."""
    end = organization.created_at + timedelta(hours=hours)
    noon = end.replace(hour=12, minute=0, second=0, microsecond=0)
    return noon if noon >= end else noon + timedelta(days=1)


def look(now: datetime) -> list[Any]:
    reminding.watch_setups(now)
    for job in Job.objects.filter(**LETTERS, state="QUEUED"):
        run(str(job.pk))
    return [(letter.to, letter.subject, "last time" in str(letter.body)) for letter in mail.outbox]


def test_after_a_day_and_after_three_and_never_again(acme: Organization, beta: Organization) -> None:
    Organization.objects.exclude(pk=acme.pk).update(created_at=timezone.now() - timedelta(days=30))
    acme.refresh_from_db()
    assert look(acme.created_at + timedelta(hours=23)) == []
    first = (["sofia@example.com"], "Acme: a few steps until your first month", False)
    day = noon_after(24, acme)
    night = day.replace(hour=1)  # two o'clock in Prague
    assert [look(day), look(day + timedelta(hours=1))] == [[first], [first]]
    last = (*first[:2], True)
    assert look(noon_after(72, acme)) == [first, last]
    assert look(noon_after(121, acme)) == [first, last]
    Job.objects.filter(**LETTERS).delete()
    assert look(night + timedelta(days=1)) == [first, last]
    assert "http://acme.posthub.localhost:8000/welcome/" in str(mail.outbox[0].body)


def test_whoever_has_topics_is_not_reminded(shelf: Shelf, acme: Organization, back: Any) -> None:
    connection.set_schema_to_public()
    Organization.objects.exclude(pk=acme.pk).update(created_at=timezone.now() - timedelta(days=30))
    acme.refresh_from_db()
    reminding.watch_setups(noon_after(24, acme))
    assert Job.objects.filter(**LETTERS).count() == 1
    back()
    shelf.topic()
    connection.set_schema_to_public()
    assert look(noon_after(24, acme)) == []
    Job.objects.filter(**LETTERS).delete()
    assert look(noon_after(24, acme)) == []
    assert not Job.objects.filter(**LETTERS, schema_name=acme.schema_name).exists()
