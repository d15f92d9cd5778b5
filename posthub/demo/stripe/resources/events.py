from __future__ import annotations

from typing import Any

from posthub.demo.stripe.form import many, text
from posthub.demo.stripe.routes import lists
from posthub.demo.stripe.world import Row, World


@lists("/v1/events", type=text, types=many(text))
def index(world: World, given: dict[str, Any]) -> list[Row]:
    kinds = {given["type"]} if given.get("type") else set(given.get("types", []))
    return [
        row
        for row in world.rows["event"].values()
        if not kinds or any(row["type"] == kind or _matches(row["type"], kind) for kind in kinds)
    ]


def _matches(kind: str, wanted: str) -> bool:
    return wanted.endswith("*") and kind.startswith(wanted[:-1])
