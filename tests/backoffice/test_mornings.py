"""On working mornings each of the staff is told once which of their clients need something."""

import datetime
from typing import Any

from django.core import mail
from django.utils import timezone

from posthub.accounts.models import StaffRole, User
from posthub.backoffice import mornings
from posthub.jobs.models import Job
from posthub.jobs.runner import run
from posthub.worklist.models import WaitsOn
from tests.backoffice.test_staff_area import failed, organization, waits

MONDAY = datetime.date(2027, 2, 1)
TASK = "backoffice.mail_morning"


def asked_for(*, hour: int, day: datetime.date = MONDAY) -> set[str]:
    """Whose mails were asked for so far; `hour` is that of UTC, in Prague it is one later in winter."""
    mornings.watch_mornings(datetime.datetime.combine(day, datetime.time(hour), datetime.UTC))
    people = dict(User.objects.values_list("pk", "email"))
    return {
        people[pk].partition("@")[0]
        for pk in people
        if Job.objects.filter(task=TASK, payload__person=str(pk)).exists()
    }


def work() -> None:
    for job in Job.objects.filter(task=TASK, state="QUEUED"):
        run(str(job.pk))


def test_each_of_the_staff_is_asked_for_once_on_a_working_morning(cast: Any) -> None:
    User.objects.filter(pk=cast.mona.pk).update(morning_mail=False)
    saturday = MONDAY - datetime.timedelta(days=2)
    assert asked_for(hour=5) == asked_for(hour=10) == asked_for(hour=7, day=saturday) == set()
    staff = {
        person.email.partition("@")[0]
        for person in User.objects.filter(is_active=True).exclude(staff_role=StaffRole.NONE)
    }
    assert asked_for(hour=6) == asked_for(hour=7) == staff - {"mona"}
    assert Job.objects.filter(task=TASK).count() == len(staff) - 1
    assert "sofia" not in staff


def test_who_has_clients_that_need_something_is_told_what(cast: Any) -> None:
    marek = cast.marek
    marek.assignments.all().delete()
    marek.language = "cs"
    marek.save()
    mine, theirs = organization("Alfa", marek), organization("Gama", marek)
    waits(mine, WaitsOn.STAFF, hours=30)
    waits(theirs, WaitsOn.CLIENT, hours=1, due=20)
    failed(theirs)
    organization("Klid", marek)
    waits(organization("Cizi"), WaitsOn.STAFF, hours=50)
    noon = timezone.localtime().replace(hour=12, minute=0)
    waits(mine, WaitsOn.CLOCK, hours=1, due=(noon - timezone.localtime()).total_seconds() / 3600)
    asked_for(hour=6)
    work()
    [sent] = [one for one in mail.outbox if one.to == [marek.email]]
    html = str(sent.alternatives[0][0]).replace("\u00a0", " ")
    body = str(sent.body).replace("\u00a0", " ")
    assert sent.subject.replace("\u00a0", " ") == "Dnes ráno něco potřebují 2 klienti"
    for text in (html, body):
        assert text.index("Alfa") < text.index("Gama")
        assert "Čeká na vás 1 věc, nejstarší od" in text
        assert "Klient ještě nerozhodl o tom, co vychází" in text
        assert "Nepodařil se 1 úkol" in text
        assert "Dnes vychází 1 příspěvek." in text
        assert "http://posthub.localhost:8000/staff/" in text
        assert "http://posthub.localhost:8000/profile/" in text
        assert "Klid" not in text
        assert "Cizi" not in text


def test_nobody_is_told_of_a_quiet_morning_or_after_they_left(cast: Any) -> None:
    cast.marek.assignments.all().delete()
    organization("Klid", cast.marek)
    waits(organization("Ostra", cast.mona), WaitsOn.STAFF, hours=30)
    asked_for(hour=6)
    User.objects.filter(pk=cast.mona.pk).update(staff_role=StaffRole.NONE)
    work()
    assert not [one for one in mail.outbox if one.to in ([cast.marek.email], [cast.mona.email])]


def test_staff_switch_it_off_in_their_profile_and_clients_are_not_asked(browser_of: Any, cast: Any) -> None:
    marek = browser_of("marek", host="posthub.localhost")
    assert 'name="morning_mail"' in marek.get("/profile/").content.decode()
    assert marek.post("/profile/", {"name": "Marek", "language": "en"}).status_code == 303
    cast.marek.refresh_from_db()
    assert cast.marek.morning_mail is False
    sofia = browser_of("sofia", host="posthub.localhost")
    assert 'name="morning_mail"' not in sofia.get("/profile/").content.decode()
    sofia.post("/profile/", {"name": "Sofia", "language": "en"})
    cast.sofia.refresh_from_db()
    assert cast.sofia.morning_mail is True
