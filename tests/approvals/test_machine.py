"""Whatever people do in whatever order: nothing is SCHEDULED that nobody approved as it is.

The model beside the database knows only which exact contents somebody said the last yes to. `make deciding`
runs it at full length (DECIDING_RUNS × DECIDING_STEPS); the suite runs a short version.
"""

import datetime
import os
import random
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from posthub.accounts.models import User
from posthub.approvals import operations
from posthub.approvals.models import Decision
from posthub.company.models import Company
from posthub.content.models import BlogPost, SocialPost, Topic, post_hash
from posthub.content.operations import holding
from posthub.content.operations.review import edit, restore
from posthub.content.operations.versions import add_version
from posthub.content.pipeline import first_stage
from posthub.content.policies import CLIENT_STAGE, STAFF_STAGE
from posthub.core.errors import PostHubError
from posthub.lifecycle.machine import advance
from posthub.organizations.models import Fallback, Membership, Organization
from tests.shelf import Shelf

RUNS = int(os.environ.get("DECIDING_RUNS", "12"))
STEPS = int(os.environ.get("DECIDING_STEPS", "25"))
WHICH = st.integers(0, 7)
CLIENTS, STAFF = st.sampled_from(["sofia", "jana"]), st.sampled_from(["marek", "mona"])
ANYBODY = st.one_of(CLIENTS, STAFF)


class Month(RuleBasedStateMachine):
    """Two topics, two articles, four posts; two clients, a marketer and a manager."""

    @initialize()
    def fill(self) -> None:
        self.savepoint = transaction.savepoint()
        self.organization = Organization.objects.get(name="Acme")
        connection.set_tenant(self.organization)
        shelf = Shelf(Company.objects.create(name="Bakery", language="en"), self.organization)
        self.people = {user.email.split("@")[0]: user for user in User.objects.all()}
        self.people["jana"] = User.objects.create_user("jana@example.com", "x", name="Jana")
        Membership.objects.create(organization=self.organization, user=self.people["jana"])
        for _number in range(2):
            shelf.topic()
            shelf.article()
        shelf.posts(platforms=("x", "facebook"))
        shelf.posts(platforms=("x", "facebook"))
        # What somebody said the last yes to: (post, words, network, second).
        self.agreed: set[tuple[UUID, str]] = set()
        self.batches: list[UUID] = []
        self.seen: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)
            connection.set_schema_to_public()

    def pick(self, which: int) -> Any:
        things: list[Any] = [
            *SocialPost.objects.order_by("pk"),
            *BlogPost.objects.order_by("pk"),
            *Topic.objects.order_by("pk"),
        ]
        return things[which % len(things)]

    def text(self, which: int) -> Any:
        posts = SocialPost.objects.filter(version__isnull=False).order_by("pk")
        return posts[which % len(posts)]

    def attempt(self, verb: Any, *args: Any, **given: Any) -> Any:
        """Do it, or be told why not; whatever was refused has changed nothing."""
        with suppress(PostHubError), transaction.atomic():
            return verb(*args, **given)
        return None

    def shown(self, thing: Any, stale: bool) -> str:
        """The hash of the page in front of the person, sometimes an old one."""
        self.seen.append(thing.content_hash)
        return random.Random(len(self.seen)).choice(self.seen) if stale else thing.content_hash

    @rule(which=WHICH, who=CLIENTS, stale=st.booleans())
    def approve(self, which: int, who: str, stale: bool) -> None:
        thing, batch = self.pick(which), uuid4()
        seen = self.shown(thing, stale)
        done = self.attempt(operations.approve, thing, by=self.people[who], seen=seen, batch=batch)
        if done == "approved" and isinstance(thing, SocialPost):
            self.agreed.add((thing.pk, seen))
        if done:
            self.batches.append(batch)

    @rule(which=WHICH, who=STAFF, stale=st.booleans())
    def send_on(self, which: int, who: str, stale: bool) -> None:
        thing, batch = self.text(which), uuid4()
        seen = self.shown(thing, stale)
        if self.attempt(operations.send_to_client, thing, by=self.people[who], seen=seen, batch=batch):
            self.batches.append(batch)

    @rule(
        which=WHICH,
        who=ANYBODY,
        stale=st.booleans(),
        verb=st.sampled_from(["changes", "team", "again", "no"]),
    )
    def send_back(self, which: int, who: str, stale: bool, verb: str) -> None:
        thing, batch, by = self.text(which), uuid4(), self.people[who]
        stage = CLIENT_STAGE if who in {"sofia", "jana"} else STAFF_STAGE
        given = {"by": by, "seen": self.shown(thing, stale), "batch": batch}
        if verb == "no":
            self.attempt(operations.reject, thing, reason="Not like this.", **given)
        elif verb == "again":
            self.attempt(operations.regenerate, thing, stage=stage, **given)
        else:
            asked = {"stage": stage, "text": "Shorter.", "by_team": verb == "team"}
            self.attempt(operations.request_changes, thing, **asked, **given)
        self.batches.append(batch)

    @rule(which=WHICH, fails=st.booleans())
    def write(self, which: int, fails: bool) -> None:
        """The machine: a new text, or none."""
        waiting: list[Any] = [
            *SocialPost.objects.filter(state="GENERATING").order_by("pk"),
            *BlogPost.objects.filter(state="GENERATING").order_by("pk"),
        ]
        if not waiting:
            return
        thing = waiting[which % len(waiting)]
        if fails:
            advance(thing, "FAILED", why="It broke.")
            return
        add_version(thing, title="Written", text=f"Text {uuid4()}", extra={})
        advance(thing, first_stage(self.organization))

    @rule(which=WHICH, who=ANYBODY, back=st.booleans())
    def edit(self, which: int, who: str, back: bool) -> None:
        thing, by = self.text(which), self.people[who]
        if back:
            self.attempt(restore, thing, by=by, seen=thing.content_hash, number=1)
        else:
            words = {"title": "By hand", "text": f"By hand {uuid4()}"}
            self.attempt(edit, thing, by=by, seen=thing.content_hash, **words)

    @rule(which=WHICH, who=ANYBODY, days=st.integers(-400, 20))
    def move(self, which: int, who: str, days: int) -> None:
        post = self.text(which)
        wall = post.wall + datetime.timedelta(days=days)
        before, by = post.state, self.people[who]
        moved = self.attempt(operations.move, post, by=by, seen=post.content_hash, wall=wall)
        member = Membership.objects.filter(user=by, organization=self.organization).exists()
        if moved and member and before in {"SCHEDULED", "ON_HOLD"}:
            self.agreed.add((post.pk, moved.content_hash))

    @rule(which=WHICH, who=ANYBODY)
    def hold_or_release(self, which: int, who: str) -> None:
        post = self.text(which)
        verb = holding.release if post.state == "ON_HOLD" else holding.hold
        self.attempt(verb, post, by=self.people[who], seen=post.content_hash)

    @rule(which=WHICH, who=ANYBODY)
    def undo(self, which: int, who: str) -> None:
        if self.batches:
            self.attempt(operations.undo, self.batches[-1 - which % len(self.batches)], by=self.people[who])

    @rule(
        quorum=st.sampled_from(["anyone", "everyone"]),
        stage=st.sampled_from(["off", "marketer", "both"]),
        own=st.booleans(),
    )
    def change_rules(self, quorum: str, stage: str, own: bool) -> None:
        rules = {"client_quorum": quorum, "staff_stage": stage, "own_words": own}
        Organization.objects.filter(pk=self.organization.pk).update(**rules)
        self.organization.refresh_from_db()

    @rule(which=WHICH, fallback=st.sampled_from(["hold", "evergreen", "approve"]))
    def nobody_decides(self, which: int, fallback: str) -> None:
        """The hour of every slot comes; only what was switched on goes out by itself."""
        post, sofia = self.text(which), self.people["sofia"]
        self.attempt(holding.keep_in_reserve, post, by=sofia, seen=post.content_hash, reserve=True)
        Organization.objects.filter(pk=self.organization.pk).update(fallback=fallback, fallback_by=sofia.pk)
        self.organization.refresh_from_db()
        told = operations.fall_back(self.organization, within=datetime.timedelta(days=900))
        filled = [post for post, rule in told.items() if rule != Fallback.HOLD]
        by_rule = Decision.objects.filter(rule=fallback, voided_at=None)
        assert not filled or (fallback != "hold" and by_rule.count() >= len(filled))
        self.agreed |= set(by_rule.values_list("object_id", "content_hash"))

    @rule(approves=st.booleans(), stays=st.booleans())
    def delegate(self, approves: bool, stays: bool) -> None:
        """Jana comes, goes, or only reads."""
        jana = {"organization": self.organization, "user": self.people["jana"]}
        Membership.objects.filter(**jana).delete()
        if stays:
            Membership.objects.create(approves=approves, **jana)

    @rule(which=WHICH)
    def delete_what_is_empty(self, which: int) -> None:
        topics = Topic.objects.filter(blog_post__isnull=True).order_by("pk")
        if topics:
            topics[which % len(topics)].delete()

    @rule(which=WHICH)
    def tamper(self, which: int) -> None:
        """Somebody with a database console puts a post into the calendar."""
        post = self.text(which)
        with suppress(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE content_socialpost SET state = 'SCHEDULED' WHERE id = %s", [post.pk])

    @invariant()
    def nothing_is_scheduled_that_nobody_approved_as_it_is(self) -> None:
        if not hasattr(self, "savepoint"):
            return
        for post in SocialPost.objects.filter(state__in=["SCHEDULED", "DELIVERING"]).select_related(
            "version"
        ):
            shown = post_hash(post.version.content_hash, post.platform, post.scheduled_at)  # type: ignore[union-attr]
            assert (post.pk, shown) in self.agreed
            standing = Decision.objects.filter(object_id=post.pk, content_hash=shown, voided_at=None)
            assert standing.filter(outcome="approved").exists()


def test_nothing_is_scheduled_that_nobody_approved_as_it_is(db: None) -> None:
    run_state_machine_as_test(
        Month,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
