from __future__ import annotations

from typing import Any

from posthub.demo.stripe.form import flag, form, many, text, whole
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World


@lists(
    "/v1/events", type=text, types=many(text), delivery_success=flag,
    created=form(gt=whole, gte=whole, lt=whole, lte=whole),
)  # fmt: skip
def index(world: World, given: dict[str, Any]) -> list[Row]:
    kinds = {given["type"]} if given.get("type") else set(given.get("types", []))
    made = given.get("created", {})
    tests = {"gt": int.__gt__, "gte": int.__ge__, "lt": int.__lt__, "lte": int.__le__}
    delivered = given.get("delivery_success")
    return [
        row
        for row in world.rows["event"].values()
        if (not kinds or any(row["type"] == kind or _matches(row["type"], kind) for kind in kinds))
        and all(tests[name](row["created"], value) for name, value in made.items())
        and (delivered is None or delivered == (row["pending_webhooks"] == 0))
    ]


def _matches(kind: str, wanted: str) -> bool:
    return wanted.endswith("*") and kind.startswith(wanted[:-1])


@route("GET", "/v1/events/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    return world.find("event", name)
