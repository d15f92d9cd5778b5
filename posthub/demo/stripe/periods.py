"""When a period ends, and what the rest of one costs."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from posthub.demo.stripe.world import Row

DAY = 86400
HOUR = 3600


def after(moment: int, *, interval: str, count: int, anchor: int) -> int:
    """The end of the period that begins at `moment`; months end on the anchor's day, or on their last one."""
    begun = datetime.fromtimestamp(moment, UTC)
    months = begun.year * 12 + begun.month - 1 + count * (12 if interval == "year" else 1)
    year, month = divmod(months, 12)
    day = min(datetime.fromtimestamp(anchor, UTC).day, calendar.monthrange(year, month + 1)[1])
    return int(begun.replace(year=year, month=month + 1, day=day).timestamp())


def day_name(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%d %b %Y}"


def in_months(moment: int, months: int) -> int:
    return after(moment, interval="month", count=months, anchor=moment)


@dataclass(frozen=True)
class Part:
    """One line of an invoice before it is on one. `item` is "" for what is not there yet."""

    item: str
    price: Row
    quantity: int
    amount: int
    start: int
    end: int
    description: str
    proration: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a subscription is to hold: an item there is, or one to be made."""

    item: str
    price: Row
    quantity: int
    metadata: dict[str, str]

    @property
    def cost(self) -> int:
        return int(self.price["unit_amount"]) * self.quantity


def whole_period(wanted: Sequence[Wanted], names: dict[str, str], *, start: int, end: int) -> list[Part]:
    return [
        Part(
            one.item, one.price, one.quantity, one.cost, start, end,
            f"{one.quantity} × {names[one.price['product']]}",
        )
        for one in wanted
    ]  # fmt: skip


def rest_of_period(
    before: Sequence[Wanted],
    wanted: Sequence[Wanted],
    names: dict[str, str],
    *,
    at: int,
    start: int,
    end: int,
) -> list[Part]:
    """What is given back for `before` and asked for `wanted`, where they differ, from `at` on."""
    old, new = ({(one.item, one.price["id"], one.quantity) for one in side} for side in (before, wanted))
    back = [
        _share(
            one,
            -1,
            f"Unused time on {one.quantity} × {names[one.price['product']]} after {day_name(at)}",
            at,
            start,
            end,
        )
        for one in before
        if (one.item, one.price["id"], one.quantity) not in new
    ]
    asked = [
        _share(
            one,
            1,
            f"Remaining time on {one.quantity} × {names[one.price['product']]} after {day_name(at)}",
            at,
            start,
            end,
        )
        for one in wanted
        if (one.item, one.price["id"], one.quantity) not in old
    ]
    return back + asked


def _share(one: Wanted, sign: int, description: str, at: int, start: int, end: int) -> Part:
    # To the second, as Stripe does; half a unit goes up.
    length = max(1, end - start)
    amount = sign * ((one.cost * max(0, end - at) * 2 + length) // (2 * length))
    return Part(one.item, one.price, one.quantity, amount, at, end, description, proration=True)
