"""When nobody decides in time: nothing, something from the reserve, or as it is; only what was switched on."""

import datetime
import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from posthub.approvals import operations, pipeline
from posthub.approvals.certificate import verify
from posthub.approvals.models import Decision
from posthub.audit.models import AuditEntry
from posthub.content.models import SocialPost
from posthub.content.operations import holding
from posthub.content.operations.versions import add_version
from posthub.jobs.models import Job
from posthub.jobs.runner import run
from posthub.organizations.models import Membership, Organization
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
    assert (state_of(due), Job.objects.filter(task="approvals.fall_back").count()) == ("PENDING_APPROVAL", 0)
    assert operations.fall_back(tenant) == 0


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
