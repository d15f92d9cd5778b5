"""On Monday morning whoever wants it is told what goes out this week, once, in their language."""

import datetime
from typing import Any

from django.core import mail
from django.db import connection

from posthub.delivery import pipeline
from posthub.jobs.models import Job
from posthub.jobs.runner import run
from posthub.organizations.models import Membership, Organization
from posthub.organizations.operations import add_member
from tests.shelf import DAY, Shelf

UTC = datetime.UTC


def asked_for(*, hour: int, day: datetime.date = DAY) -> list[str]:
    pipeline.watch_weeks(datetime.datetime.combine(day, datetime.time(hour), UTC))
    jobs = Job.objects.filter(task="delivery.mail_week", state="QUEUED").order_by("schema_name")
    return [job.schema_name for job in jobs]


def test_the_week_is_told_once_to_who_wants_it(
    shelf: Shelf, acme: Organization, beta: Organization, cast: Any
) -> None:
    shelf.posts(platforms=("x", "facebook"))
    shelf.posts("SCHEDULED", platforms=("linkedin",))
    connection.set_schema_to_public()
    add_member(acme, user=cast.oscar, by=cast.sofia)
    cast.sofia.language = "cs"
    cast.sofia.save()
    tuesday = DAY + datetime.timedelta(days=1)
    assert [asked_for(hour=5), asked_for(hour=12), asked_for(hour=8, day=tuesday)] == [[], [], []]
    both = sorted([acme.schema_name, beta.schema_name])
    assert [asked_for(hour=8), asked_for(hour=9)] == [both, both]  # in Prague an hour later
    for job in Job.objects.filter(task="delivery.mail_week"):
        run(str(job.pk))
    # Nothing goes out at beta.
    assert {sent.to[0]: sent.subject for sent in mail.outbox} == {
        "oscar@example.com": "Acme: 3 posts go out this week",
        "sofia@example.com": "Acme: tento týden vyjdou 3 příspěvky",
    }
    [czech] = [sent for sent in mail.outbox if sent.to == ["sofia@example.com"]]
    html = str(czech.alternatives[0][0])
    for text in (str(czech.body), html.replace("&amp;", "&")):
        assert "http://acme.posthub.localhost:8000/calendar/?view=week&d=2027-02-01" in text
        assert text.count("ještě není připraveno") == 2
        assert "2 příspěvky ještě nejsou připraveny." in text


def test_who_switched_it_off_is_not_told(shelf: Shelf, acme: Organization) -> None:
    shelf.posts()
    connection.set_schema_to_public()
    Membership.objects.filter(organization=acme).update(mails={"week": "off"})
    asked_for(hour=8)
    run(str(Job.objects.get(task="delivery.mail_week", schema_name=acme.schema_name).pk))
    assert mail.outbox == []


def test_an_attempt_that_was_cut_off_goes_on_with_who_was_not_told_yet(
    shelf: Shelf, acme: Organization, cast: Any
) -> None:
    shelf.posts()
    connection.set_schema_to_public()
    add_member(acme, user=cast.oscar, by=cast.sofia)
    asked_for(hour=8)
    job = Job.objects.get(task="delivery.mail_week", schema_name=acme.schema_name)
    job.answers = {"mailed oscar@example.com": None}  # as the first attempt left it
    job.save()
    run(str(job.pk))
    assert [sent.to for sent in mail.outbox] == [["sofia@example.com"]]
