"""What a new reading would change in the accepted version."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from posthub.company.models import Dna, DnaPoint, Verdict
from posthub.company.points import POINTS


@dataclass(frozen=True, slots=True)
class Change:
    """One point that the draft says otherwise than the accepted version."""

    before: DnaPoint
    after: DnaPoint


def same(one: Any, other: Any) -> bool:
    """Equal as people see them: an absent value and an empty one are the same."""
    return (one or None) == (other or None)


def open_changes(accepted: list[DnaPoint], draft: list[DnaPoint]) -> list[Change]:
    """The differences that nobody has settled yet."""
    proposed = {point.key: point for point in draft}
    return [
        Change(point, proposed[point.key])
        for point in accepted
        if point.key in proposed
        and proposed[point.key].verdict == Verdict.UNCHECKED
        and not same(point.value, proposed[point.key].value)
    ]


def fingerprint(point: DnaPoint) -> str:
    """Short mark of a value, so that a verdict reaches the value it was given on."""
    said = json.dumps(point.value, ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:12]


CARRIED = (
    "value",
    "source_url",
    "quote",
    "confidence",
    "inferred",
    "verdict",
    "by_person",
    "refused_values",
)


def copy_into(target: DnaPoint, source: DnaPoint) -> DnaPoint:
    """Make `target` say what `source` says, verdict included."""
    for name in CARRIED:
        setattr(target, name, getattr(source, name))
    return target


def blank_points(dna: Dna) -> list[DnaPoint]:
    return [DnaPoint(dna=dna, key=point.key) for point in POINTS]
