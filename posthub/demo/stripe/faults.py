"""What goes wrong on order."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

OUTCOMES = ("succeeded", "card_declined", "insufficient_funds", "authentication_required")
# `answer_lost`: the work is done, and the connection breaks before the answer; `reset`: it breaks before the work.
API_FAULTS = ("500", "503", "409", "429", "reset", "answer_lost")


@dataclass
class Faults:
    """Deliveries wait `delay` seconds; with `disorder` each waits up to that many more, so that they overtake.

    `duplicates` more copies of each are sent; `unheard` answers of the receiver do not arrive, so that it is told
    again. `deliveries` off: events wait. `payments` and `api` are queues, used up from the front; `down` spoils
    every request to the API until it is taken away again.
    """

    delay: float = 0
    disorder: float = 0
    duplicates: int = 0
    unheard: int = 0
    deliveries: bool = True
    down: str = ""
    payments: list[str] = field(default_factory=list)
    api: list[str] = field(default_factory=list)

    def set(self, given: dict[str, Any]) -> None:
        """Raises ValueError for a fault there is not, and changes nothing then."""
        after = asdict(self) | given
        known = {entry.name for entry in fields(self)}
        if wrong := set(given) - known:
            raise ValueError(f"unknown faults: {', '.join(sorted(wrong))}")
        if wrong := set(after["payments"]) - set(OUTCOMES):
            raise ValueError(f"unknown outcomes: {', '.join(sorted(wrong))}")
        if wrong := {*after["api"], *([after["down"]] if after["down"] else [])} - set(API_FAULTS):
            raise ValueError(f"unknown faults of the API: {', '.join(sorted(wrong))}")
        for name, value in after.items():
            setattr(self, name, value)
