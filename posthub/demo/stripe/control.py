"""What only the demo and the tests can do: move the clock, order faults, play the person at the checkout."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from posthub.demo.stripe import agenda, paying
from posthub.demo.stripe.api import Answer
from posthub.demo.stripe.errors import Refused, invalid
from posthub.demo.stripe.periods import DAY, in_months
from posthub.demo.stripe.world import Row

if TYPE_CHECKING:
    from posthub.demo.stripe.server import StandIn

Work = Callable[["StandIn", dict[str, Any]], Row]


def answer(stand_in: StandIn, method: str, path: str, body: str, headers: dict[str, str]) -> Answer:
    """The secret key is asked for here, too: a page in some browser must not move the clock."""
    if headers.get("authorization") != f"Bearer {stand_in.key}":
        return Answer(401, {"error": {"message": "The secret key is needed."}})
    work = _WORK.get((method, path.removeprefix("/_control/")))
    if work is None:
        return Answer(404, {"error": {"message": "no such order"}})
    try:
        given = json.loads(body) if body else {}
        with stand_in.world.lock:
            done = work(stand_in, given)
            stand_in.world.save()
    except Refused as problem:
        return Answer(problem.status, problem.body)
    except (ValueError, TypeError, KeyError) as problem:
        return Answer(400, {"error": {"message": str(problem)}})
    return Answer(200, done)


def _report(stand_in: StandIn, given: dict[str, Any]) -> Row:
    world = stand_in.world
    waiting = [event for event in world.rows["event"].values() if event["_waiting"]]
    return {
        "now": world.now(),
        "faults": asdict(world.faults),
        "waiting": len(waiting),
        "idle": stand_in.courier.idle,
        "counts": {kind: len(rows) for kind, rows in world.rows.items()},
    }


def _advance(stand_in: StandIn, given: dict[str, Any]) -> Row:
    """{"months": 1}, {"days": 3}, {"seconds": 60} or {"to": <unix>}; never back."""
    world = stand_in.world
    to = int(given.get("to") or world.now())
    if given.get("months"):
        to = in_months(to, int(given["months"]))
    to += int(given.get("days", 0)) * DAY + int(given.get("seconds", 0))
    if to < world.now():
        raise invalid("The clock only goes forward.", param="to")
    agenda.advance(world, to)
    return _report(stand_in, given)


def _faults(stand_in: StandIn, given: dict[str, Any]) -> Row:
    stand_in.world.faults.set(given)
    return _report(stand_in, given)


def _tell_again(stand_in: StandIn, given: dict[str, Any]) -> Row:
    stand_in.courier.tell_again()
    return _report(stand_in, given)


def _complete(stand_in: StandIn, given: dict[str, Any]) -> Row:
    """{"session": "cs_…", "card": "pm_card_visa"}: what pressing the button of the checkout's page does."""
    world = stand_in.world
    session = world.find("checkout.session", given["session"], param="session")
    filled = {str(name): str(value) for name, value in given.get("filled", {}).items()}
    return world.shown(paying.complete(world, session, given.get("card", "pm_card_visa"), filled))


_WORK: dict[tuple[str, str], Work] = {
    ("GET", "report"): _report,
    ("POST", "advance"): _advance,
    ("POST", "faults"): _faults,
    ("POST", "tell_again"): _tell_again,
    ("POST", "complete"): _complete,
}
