from uuid import uuid4

import pytest
from django.db import transaction

from posthub.audit.models import AuditEntry
from posthub.audit.operations import first_break, record
from tests.support.threads import all_well, at_once

CHAIN = "o_test"


def note(number: int) -> AuditEntry:
    return record(
        "topic.approved",
        subject=f"topic:{number}",
        actor_id=uuid4(),
        chain=CHAIN,
        detail={"why": "Příliš žluťoučký", "numbers": (1, 2.5), "empty": None},
    )


@pytest.fixture
def ten(db: None) -> list[AuditEntry]:
    return [note(number) for number in range(10)]


def test_a_chain_that_nobody_touched_is_whole(ten: list[AuditEntry]) -> None:
    assert [entry.number for entry in ten] == list(range(1, 11))
    assert first_break(CHAIN) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("action", "topic.rejected"),
        ("subject", "topic:99"),
        ("actor_id", None),
        ("detail", {"why": "another reason"}),
        ("hash", "0" * 64),
        ("previous_hash", "0" * 64),
        ("chain", "o_other"),
    ],
)
def test_a_changed_entry_is_found(ten: list[AuditEntry], field: str, value: object) -> None:
    AuditEntry.objects.filter(pk=ten[4].pk).update(**{field: value})
    assert first_break(CHAIN) == 5


def test_a_missing_entry_is_found(ten: list[AuditEntry]) -> None:
    ten[6].delete()
    assert first_break(CHAIN) == 7


def test_an_entry_that_was_hashed_anew_breaks_the_one_after_it(ten: list[AuditEntry]) -> None:
    from posthub.audit.operations import entry_hash

    ten[2].action = "topic.rejected"
    ten[2].hash = entry_hash(ten[2])
    ten[2].save()
    assert first_break(CHAIN) == 4


def test_each_organization_has_a_chain_of_its_own(ten: list[AuditEntry]) -> None:
    other = record("member.added", subject="user:1", actor_id=None, chain="o_other")
    assert (other.number, other.previous_hash) == (1, "")


def test_what_is_rolled_back_was_not_recorded(ten: list[AuditEntry]) -> None:
    class ChangedMind(Exception):
        pass

    with pytest.raises(ChangedMind), transaction.atomic():  # noqa: PT012 - both lines are the point
        note(11)
        raise ChangedMind
    assert (note(12).number, first_break(CHAIN)) == (11, None)


def test_eight_writers_at_once_make_one_chain(own_database: str) -> None:
    def write(writer: int) -> None:
        for number in range(20):
            note(writer * 100 + number)

    all_well(at_once(8, write))
    numbers = list(AuditEntry.objects.filter(chain=CHAIN).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 161))
    assert first_break(CHAIN) is None
    AuditEntry.objects.filter(chain=CHAIN, number=80).update(action="topic.rejected")
    assert first_break(CHAIN) == 80
