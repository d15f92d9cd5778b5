from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from posthub.accounts.models import User
from posthub.audit.models import AuditEntry
from posthub.audit.operations import first_break
from posthub.content.models import Topic
from posthub.core.errors import Stale, WrongState
from posthub.core.tenancy import in_schema
from posthub.lifecycle.machine import advance, moved
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization
from posthub.worklist.models import WorkItem
from tests.support.threads import at_once
from tests.support.topics import make_topic


@pytest.fixture
def topic(tenant: Organization) -> Topic:
    return make_topic()


def test_a_move_along_the_table_is_written_recorded_and_told(topic: Topic, cast: Any) -> None:
    heard: list[tuple[str, str]] = []

    def listen(sender: Any, subject: Any, before: str, **said: Any) -> None:
        heard.append((before, subject.state))

    moved.connect(listen)
    try:
        approved = advance(topic, "APPROVED", by=cast.sofia, why="Good.")
    finally:
        moved.disconnect(listen)
    change = StateChange.objects.get(object_id=topic.pk, after="APPROVED")
    assert (approved.state, approved.revision, heard) == ("APPROVED", 2, [("DRAFT", "APPROVED")])
    assert (change.by_id, change.why, change.content_hash) == (cast.sofia.pk, "Good.", topic.content_hash)
    entry = AuditEntry.objects.get(subject=f"topic:{topic.pk}")
    assert (entry.action, entry.actor_id) == ("topic.approved", cast.sofia.pk)


def test_a_move_that_is_not_in_the_table_is_refused(topic: Topic) -> None:
    approved = advance(topic, "APPROVED")
    with pytest.raises(WrongState):
        advance(approved, "REJECTED")
    with pytest.raises(WrongState):
        advance(topic, "NOWHERE")


def test_a_decision_on_another_text_than_was_shown_decides_nothing(topic: Topic, cast: Any) -> None:
    seen = topic.content_hash
    topic.title = "Something else"
    topic.save()
    with pytest.raises(Stale) as refused:
        advance(topic, "APPROVED", by=cast.sofia, seen=seen)
    assert (refused.value.subject.title, refused.value.seen) == ("Something else", seen)
    assert Topic.objects.get(pk=topic.pk).state == "DRAFT"


def test_what_the_machine_moves_is_no_entry_of_the_audit(topic: Topic) -> None:
    advance(topic, "APPROVED")
    assert AuditEntry.objects.filter(subject=f"topic:{topic.pk}").count() == 0


def test_a_listener_that_fails_undoes_the_move(topic: Topic) -> None:
    def refuse(**said: Any) -> None:
        raise LookupError

    moved.connect(refuse)
    try:
        with pytest.raises(LookupError):
            advance(topic, "APPROVED")
    finally:
        moved.disconnect(refuse)
    assert Topic.objects.get(pk=topic.pk).state == "DRAFT"
    assert StateChange.objects.filter(after="APPROVED").count() == 0


@contextmanager
def acmes_schema() -> Iterator[Organization]:
    organization = Organization.objects.get(name="Acme")
    with in_schema(organization.schema_name):
        yield organization


def test_of_ten_approvals_at_once_one_has_an_effect(own_database: str) -> None:
    with acmes_schema() as acme:
        topic = make_topic()
    sofia = User.objects.get(email="sofia@example.com")

    def approve(_number: int) -> str:
        with acmes_schema():
            return advance(
                Topic.objects.get(pk=topic.pk), "APPROVED", by=sofia, seen=topic.content_hash
            ).state

    results = at_once(10, approve)
    assert sorted(type(result).__name__ for result in results) == ["WrongState"] * 9 + ["str"]
    with acmes_schema():
        assert StateChange.objects.filter(object_id=topic.pk, after="APPROVED").count() == 1
        assert Topic.objects.get(pk=topic.pk).revision == 2
    assert WorkItem.objects.filter(object_id=topic.pk, waits_on="client").count() == 0
    assert first_break(acme.schema_name) is None


def test_two_people_who_approve_the_same_batch_in_opposite_order_do_not_wait_for_each_other(
    own_database: str,
) -> None:
    with acmes_schema() as acme:
        topics = [make_topic(f"Topic {number}") for number in range(6)]
    sofia = User.objects.get(email="sofia@example.com")

    def approve_all(number: int) -> int:
        decided = 0
        with acmes_schema(), transaction.atomic():
            for topic in topics if number % 2 else reversed(topics):
                try:
                    advance(topic, "APPROVED", by=sofia)
                    decided += 1
                except WrongState:
                    continue
        return decided

    results = at_once(4, approve_all)
    assert sorted(results) == [0, 0, 0, 6]
    assert first_break(acme.schema_name) is None
