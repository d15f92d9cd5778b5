"""One mail a batch, reminders after a day and two, and the team told in the end; never at night."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from posthub.accounts.models import User
from posthub.approvals import pipeline
from posthub.approvals.models import Outcome, ReviewLink, ReviewRound
from posthub.approvals.operations.recording import record
from posthub.content.operations.versions import add_version
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.jobs.runner import run
from posthub.organizations.models import Membership, Organization
from posthub.organizations.operations import change_settings
from posthub.worklist.models import WorkItem
from tests.shelf import Shelf


@pytest.fixture
def look(tenant: Organization, back: Any, mail_work: Callable[[], None]) -> Callable[[], None]:
    """The periodic look at one organization, with the mails it leads to."""
    numbers = iter(range(100))

    def once() -> None:
        back()
        job = enqueue("approvals.send_round", key=str(next(numbers)), payload={})
        run(str(job.pk))
        back()
        mail_work()

    return once


def zone_where_it_is(hour: int) -> str:
    """A zone whose clocks show `hour` now; the signs of these zones count westwards."""
    west = (timezone.now().hour - hour) % 24
    return f"Etc/GMT{west if west <= 12 else west - 24:+d}"


@pytest.fixture
def by_day(tenant: Organization, cast: Any) -> None:
    """An organization where it is noon, whenever the test runs."""
    change_settings(tenant, by=cast.sofia, zone=zone_where_it_is(12))


def test_one_mail_for_all_that_waits_and_none_about_it_again(
    shelf: Shelf, look: Callable[[], None], by_day: None
) -> None:
    for _number in range(3):
        shelf.article()
    shelf.posts(platforms=("x", "facebook"))
    look()
    look()
    assert [sent.to for sent in mail.outbox] == [["sofia@example.com"]]
    assert "5 items wait for you" in mail.outbox[0].subject
    body = str(mail.outbox[0].body)
    assert (body.count("/r/"), "Bread takes time on x." in body) == (1, True)
    assert ReviewRound.objects.get().items.count() == 5


def test_a_new_text_is_mailed_again(shelf: Shelf, look: Callable[[], None], by_day: None) -> None:
    shelf.article()
    look()
    shelf.article()
    look()
    assert [sent.subject.split(":")[0] for sent in mail.outbox] == ["Acme", "Acme"]
    assert [round_.items.count() for round_ in ReviewRound.objects.order_by("created_at")] == [1, 1]


def test_what_was_reworked_as_requested_says_so(
    shelf: Shelf, look: Callable[[], None], by_day: None, cast: Any
) -> None:
    article, other = shelf.article(), shelf.article()
    record(article, Outcome.CHANGES, by=cast.sofia, seen=article.content_hash)
    add_version(
        article, title=article.title, text=f"{article.text} Anew.", extra={}, reason="Shorter, please"
    )
    look()
    (letter,) = mail.outbox
    assert (article.title in str(letter.body), other.title in str(letter.body)) == (True, True)
    for text in (str(letter.body), str(letter.alternatives[0][0])):
        assert text.count("Changed as requested") == 1


def test_nothing_is_mailed_at_night(
    shelf: Shelf, look: Callable[[], None], tenant: Organization, cast: Any
) -> None:
    change_settings(tenant, by=cast.sofia, zone=zone_where_it_is(2))
    shelf.article()
    look()
    assert mail.outbox == []


def test_a_batch_that_is_still_written_is_waited_for(
    shelf: Shelf, look: Callable[[], None], by_day: None
) -> None:
    shelf.article()
    shelf.article("GENERATING")
    look()
    assert mail.outbox == []
    WorkItem.objects.update(since=timezone.now() - pipeline.LONGEST_WAIT)
    look()
    assert len(mail.outbox) == 1


def test_daily_means_at_the_chosen_hour(
    shelf: Shelf, look: Callable[[], None], by_day: None, tenant: Organization, cast: Any
) -> None:
    change_settings(tenant, by=cast.sofia, review_mail="daily", review_hour=15)
    shelf.article()
    look()
    assert mail.outbox == []
    change_settings(tenant, by=cast.sofia, review_hour=12)
    look()
    assert len(mail.outbox) == 1


def test_reminders_after_a_day_and_two_then_the_team_is_told(
    shelf: Shelf, look: Callable[[], None], by_day: None
) -> None:
    shelf.article()
    look()
    for days in (1, 1, 2, 3, 3):
        ReviewLink.objects.update(
            sent_at=timezone.now() - datetime.timedelta(days=days, minutes=1),
            expires_at=timezone.now() + datetime.timedelta(days=3),
        )
        look()
    assert [(sent.to[0].split("@")[0], sent.subject.split(":")[0][:13]) for sent in mail.outbox] == [
        ("sofia", "Acme"),
        ("sofia", "Still waiting"),
        ("sofia", "Still waiting"),
        ("marek", "Acme"),
        ("mona", "Acme"),
    ]


def test_who_decided_meanwhile_is_not_reminded(
    shelf: Shelf, look: Callable[[], None], by_day: None, cast: Any
) -> None:
    from posthub.approvals import operations

    article = shelf.article()
    look()
    operations.reject(article, by=cast.sofia, seen=article.content_hash, reason="No.")
    ReviewLink.objects.update(sent_at=timezone.now() - datetime.timedelta(days=2))
    look()
    assert len(mail.outbox) == 1


def test_only_organizations_where_something_waits_are_looked_at(
    shelf: Shelf, tenant: Organization, beta: Organization, cast: Any
) -> None:
    shelf.topic()

    class Periodic:
        job = Job(key="public:approvals.watch:1")

    pipeline.watch(Periodic())  # type: ignore[arg-type]
    asked = Job.objects.filter(task="approvals.send_round")
    assert list(asked.values_list("schema_name", flat=True)) == [tenant.schema_name]
    change_settings(tenant, by=cast.sofia, review_mail="off")
    pipeline.watch(Periodic())  # type: ignore[arg-type]
    assert asked.count() == 1


def test_each_person_gets_their_mail_at_their_time(
    shelf: Shelf, look: Callable[[], None], by_day: None, tenant: Organization, cast: Any
) -> None:
    wishes = {"jana": ("daily", 12), "ivan": ("daily", 15), "olga": ("off", None), "eva": ("batch", None)}
    change_settings(tenant, by=cast.sofia, review_mail="off")
    for name, (mails, hour) in wishes.items():
        user = User.objects.create_user(f"{name}@example.com", "correct-horse-battery", name=name)
        Membership.objects.create(user=user, organization=tenant, review_mail=mails, review_hour=hour)
    shelf.article()
    look()
    assert sorted(sent.to[0] for sent in mail.outbox) == ["eva@example.com", "jana@example.com"]
    assert ReviewRound.objects.count() == 1
    # Whoever comes to it later gets all that is new to them, in one mail of their own.
    shelf.article()
    Membership.objects.filter(user__name="ivan").update(review_hour=12)
    look()
    subjects = {sent.to[0]: sent.subject for sent in mail.outbox[2:]}
    assert {name.partition("@")[0]: "2 items" in said for name, said in subjects.items()} == {
        "eva": False,
        "ivan": True,
        "jana": False,
    }


def test_who_wants_no_mails_any_more_is_not_reminded(
    shelf: Shelf, look: Callable[[], None], by_day: None, cast: Any
) -> None:
    shelf.article()
    look()
    for never in ({"review_mail": "off"}, {"review_mail": "", "mails": {"reminder": "off"}}):
        Membership.objects.filter(user=cast.sofia).update(**never)
        ReviewLink.objects.update(sent_at=timezone.now() - datetime.timedelta(days=2))
        look()
        assert len(mail.outbox) == 1
