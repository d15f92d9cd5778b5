"""Where an organization stands with its plan: worked out from dates whenever somebody asks, so that no clock has
to come by for a trial to end or a grace to be over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from posthub.billing.models import Status

GRACE = timedelta(days=14)  # after a failed payment, or a trial that led to nothing
DATA_KEPT = timedelta(days=30)  # after the end of what was paid


class Standing(Enum):
    TRIAL = "trial"
    ACTIVE = "active"
    PAST_DUE = "past_due"  # a payment failed: the plan goes on for a while, add-ons wait
    OVER = "over"  # nothing new is made; what is there can be read and decided on
    FROZEN = "frozen"  # reading only

    @property
    def makes(self) -> bool:
        """Whether anything new is written."""
        return self in {Standing.TRIAL, Standing.ACTIVE, Standing.PAST_DUE}


@dataclass(frozen=True, slots=True)
class Dates:
    """What decides. `status` is "" without a subscription; `sells` whether a plan can be bought here at all."""

    sells: bool
    trial_ends: datetime | None
    status: str = ""
    past_due_since: datetime | None = None
    ended_at: datetime | None = None


def standing_at(dates: Dates, now: datetime) -> Standing:
    if dates.status in {"", Status.INCOMPLETE, Status.INCOMPLETE_EXPIRED}:
        return _on_trial(dates, now)
    if dates.status in {Status.ACTIVE, Status.TRIALING}:
        return Standing.ACTIVE
    if dates.status == Status.PAST_DUE:
        return Standing.PAST_DUE if now < frozen_from(dates, now) else Standing.FROZEN
    return Standing.OVER if now < frozen_from(dates, now) else Standing.FROZEN


def _on_trial(dates: Dates, now: datetime) -> Standing:
    # Where nothing can be bought a trial has no end: there would be no way on.
    if not dates.sells or dates.trial_ends is None or now < dates.trial_ends:
        return Standing.TRIAL
    return Standing.OVER if now < dates.trial_ends + GRACE else Standing.FROZEN


def frozen_from(dates: Dates, now: datetime) -> datetime:
    """From when on only reading is left."""
    if dates.status in {Status.PAST_DUE, Status.UNPAID, Status.PAUSED}:
        return (dates.past_due_since or now) + GRACE
    if dates.status == Status.CANCELED:
        return (dates.ended_at or now) + DATA_KEPT
    return (dates.trial_ends or now) + GRACE
