"""When nobody decides in time: nothing, something from the reserve, or as it is; only what was switched on."""

import datetime
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from posthub.accounts.models import User
from posthub.approvals import operations, pipeline
from posthub.approvals.certificate import verify
from posthub.approvals.mailing import seconds_until_awake
from posthub.approvals.models import Decision
from posthub.approvals.pipeline import Asked
from posthub.audit.models import AuditEntry
from posthub.content.models import SocialPost
from posthub.content.operations import holding
from posthub.content.operations.versions import add_version
from posthub.jobs.models import Job
from posthub.jobs.runner import run
from posthub.organizations.models import Membership, Organization, ReviewMail
from posthub.organizations.operations import change_settings
from posthub.worklist.models import WorkItem
from tests.shelf import Shelf

SOON = datetime.timedelta(minutes=30)


@pytest.fixture
def due(shelf: Shelf) -> SocialPost:
    """A post that goes out in half an hour and that nobody has decided on."""
    (post,) = shelf.posts(platforms=("x",))
    at = (timezone.now() + SOON).replace(microsecond=0)
    SocialPost.objects.filter(pk=post.pk).update(scheduled_at=at)
    WorkItem.objects.filter(object_id=post.pk).update(due=at)
    return SocialPost.objects.get(pk=post.pk)


def look(tenant: Organization) -> None:
    """The periodic look, and the work it leads to."""

    class Periodic:
        job = Job(key=f"public:approvals.watch_slots:{Job.objects.count()}")

    connection.set_schema_to_public()
    pipeline.watch_slots(Periodic())  # type: ignore[arg-type]
    for pk in Job.objects.filter(task="approvals.fall_back", state="QUEUED").values_list("pk", flat=True):
        run(str(pk))
    connection.set_tenant(tenant)


def state_of(post: SocialPost) -> str:
    return SocialPost.objects.get(pk=post.pk).state


def test_nothing_goes_out_that_nobody_switched_on(due: SocialPost, tenant: Organization) -> None:
    look(tenant)
    assert (state_of(due), Decision.objects.filter(object_id=due.pk).count()) == ("PENDING_APPROVAL", 0)
    assert operations.fall_back(tenant) == {}  # and it was told once


def told(tenant: Organization) -> dict[str, str]:
    """The mails about missed slots that wait to be sent are sent; subject and words by address."""
    for pk in Job.objects.filter(task="approvals.tell_missed", state="QUEUED").values_list("pk", flat=True):
        Job.objects.filter(pk=pk).update(run_after="2020-01-01T00:00Z")
        run(str(pk))
    connection.set_tenant(tenant)
    letters = {letter.to[0]: f"{letter.subject}\n{letter.body}" for letter in mail.outbox}
    mail.outbox.clear()
    return letters


@pytest.mark.parametrize(
    ("rule", "subject", "words"),
    [
        ("hold", "Acme: o 1 příspěvku nikdo nerozhodl včas", "termín zůstane prázdný"),
        ("approve", "Acme: o 1 příspěvku nikdo nerozhodl včas", "Vyjde tak, jak je"),
        ("evergreen", "Acme: o 1 příspěvku nikdo nerozhodl včas", "termín zůstane prázdný"),
    ],
)
def test_who_approves_and_who_cares_are_told_once(
    due: SocialPost, tenant: Organization, cast: Any, rule: str, subject: str, words: str
) -> None:
    """Each in their own language; what is in the reserve by then is told when it fills the slot."""
    change_settings(tenant, by=cast.sofia, fallback=rule)
    User.objects.filter(pk=cast.sofia.pk).update(language="cs")
    User.objects.filter(pk=cast.marek.pk).update(language="en")
    look(tenant)
    letters = told(tenant)
    assert set(letters) == {"sofia@example.com", "marek@example.com", "mona@example.com"}
    assert letters["sofia@example.com"].startswith(subject)
    assert words in letters["sofia@example.com"]
    assert "nobody decided in time on 1 post" in letters["marek@example.com"]
    look(tenant)
    assert told(tenant) == {}


def test_quiet_hours_are_the_organizations_own(tenant: Organization) -> None:
    night = {hour for hour in range(24) if tenant.is_quiet(hour)}
    assert night == {*range(20, 24), *range(7)}
    tenant.quiet_from, tenant.quiet_to = 12, 14
    assert {hour for hour in range(24) if tenant.is_quiet(hour)} == {12, 13}
    tenant.quiet_to = 12
    assert not any(tenant.is_quiet(hour) for hour in range(24))
    assert seconds_until_awake(tenant) == 0
    now = timezone.now().astimezone(ZoneInfo(tenant.zone))
    tenant.quiet_from, tenant.quiet_to = now.hour, (now.hour + 1) % 24
    assert 0 < seconds_until_awake(tenant) <= 3600
    daily = Asked(None, ReviewMail.DAILY, now.hour)
    assert not daily.is_time(now, tenant, whole=True)
    assert daily.is_time(now + datetime.timedelta(hours=1), tenant, whole=False)


def test_nothing_goes_out_undecided_without_the_picture_that_its_network_asks_for(
    shelf: Shelf, tenant: Organization, cast: Any
) -> None:
    change_settings(tenant, by=cast.sofia, fallback="approve")
    (post,) = shelf.posts(platforms=("instagram",))
    SocialPost.objects.filter(pk=post.pk).update(scheduled_at=timezone.now() + SOON)
    assert operations.fall_back(tenant) == {post.pk: "hold"}
    assert state_of(post) == "PENDING_APPROVAL"


def test_as_it_is_in_the_name_of_who_switched_it_on(
    due: SocialPost, tenant: Organization, cast: Any, browser_of: Any, back: Any
) -> None:
    change_settings(tenant, by=cast.sofia, fallback="approve")
    look(tenant)
    decision = Decision.objects.get(object_id=due.pk)
    assert (state_of(due), decision.by_id, decision.rule) == ("SCHEDULED", cast.sofia.pk, "approve")
    entry = AuditEntry.objects.filter(subject=f"post:{due.pk}", action="post.approved").latest("number")
    assert (entry.detail["rule"], bool(entry.detail["switched_on"])) == ("approve", True)
    said = json.loads(browser_of("sofia").get(f"/certificate/post/{due.pk}.json").content)
    assert verify(said).good
    (named,) = said["items"][0]["decisions"]
    assert (named["via"], named["rule"], named["by"]) == ("rule", "approve", "Sofia")
    assert browser_of("sofia").get(f"/certificate/post/{due.pk}.pdf").status_code == 200
    back()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(rule="")


@pytest.mark.parametrize("why", ["stopped", "left", "later", "held"])
def test_what_may_not_go_out_stays(due: SocialPost, tenant: Organization, cast: Any, why: str) -> None:
    change_settings(tenant, by=cast.sofia, fallback="approve")
    if why == "stopped":
        found = [{"severity": "block", "rule": "placeholder", "cause": "A leftover.", "fix": ""}]
        add_version(due, title=due.title, text="TODO", extra={"findings": found})
    elif why == "left":
        Membership.objects.filter(user=cast.sofia).delete()
    elif why == "later":
        SocialPost.objects.filter(pk=due.pk).update(scheduled_at=timezone.now() + datetime.timedelta(hours=2))
    else:
        holding.hold(due.blog_post, by=cast.sofia, seen=due.blog_post.content_hash)
    look(tenant)
    assert (state_of(due), Decision.objects.filter(object_id=due.pk).count()) == ("PENDING_APPROVAL", 0)


def test_the_reserve_takes_the_slot(
    due: SocialPost, shelf: Shelf, tenant: Organization, cast: Any, browser_of: Any, back: Any
) -> None:
    change_settings(tenant, by=cast.sofia, fallback="evergreen")
    kept, other = (shelf.posts("SCHEDULED", platforms=("x",))[0] for _number in range(2))
    for post in (kept, other):
        holding.hold(post, by=cast.sofia, seen=post.content_hash)
    look(tenant)  # held, but not in the reserve
    assert [state_of(one) for one in (due, kept, other)] == ["PENDING_APPROVAL", "ON_HOLD", "ON_HOLD"]
    form = {"version": kept.content_hash, "reserve": "1"}
    assert browser_of("sofia").post(f"/content/post/{kept.pk}/reserve/", form).status_code == 303
    back()
    look(tenant)
    look(tenant)
    assert [state_of(one) for one in (due, kept, other)] == ["PENDING_APPROVAL", "SCHEDULED", "ON_HOLD"]
    moved = SocialPost.objects.get(pk=kept.pk)
    assert (moved.scheduled_at, moved.reserve) == (due.scheduled_at, False)
    assert Decision.objects.filter(object_id=kept.pk).latest("created_at").rule == "evergreen"


def test_only_the_client_switches_it_on(browser_of: Any, tenant: Organization, cast: Any) -> None:
    form = {"staff_stage": "off", "fallback": "approve", "staff_quorum": "anyone", "client_quorum": "anyone"}
    assert browser_of("adam").post("/settings/approving/", form).status_code == 422
    assert browser_of("sofia").post("/settings/approving/", form).status_code == 303
    tenant.refresh_from_db()
    assert (tenant.fallback, tenant.fallback_by) == ("approve", cast.sofia.pk)
