"""How many things are approved at the first look: counted in one way wherever the share is shown."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from posthub.approvals.models import Decision, Outcome, VoidReason

TEXTS = ("article", "post")
PASSED = {Outcome.APPROVED.value, Outcome.AGREED.value, Outcome.SENT_ON.value, Outcome.CHECKED.value}


@dataclass(frozen=True, slots=True)
class Look:
    """The first decision on a thing."""

    at: datetime.datetime
    passed: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """Things approved at the first look, of those that were looked at, approved since or not."""

    passed: int
    of: int

    @property
    def percent(self) -> int:
        return round(100 * self.passed / self.of) if self.of else 0


def first_looks(since: datetime.datetime) -> list[Look]:
    """The first decision on each text, where it was made `since`; what was undone says nothing. One statement."""
    said = Decision.objects.exclude(void_reason=VoidReason.UNDONE)
    before = said.filter(
        kind=OuterRef("kind"), object_id=OuterRef("object_id"), created_at__lt=OuterRef("created_at")
    )
    firsts = said.filter(~Exists(before), kind__in=TEXTS, created_at__gte=since)
    firsts = firsts.order_by("kind", "object_id", "created_at").distinct("kind", "object_id")
    return [Look(at, outcome in PASSED) for at, outcome in firsts.values_list("created_at", "outcome")]


def rate(looks: Iterable[Look]) -> Rate:
    passed = [look.passed for look in looks]
    return Rate(sum(passed), len(passed))
