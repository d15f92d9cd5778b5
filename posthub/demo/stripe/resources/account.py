from __future__ import annotations

from typing import Any

from posthub.demo.stripe.errors import no_such
from posthub.demo.stripe.routes import route
from posthub.demo.stripe.world import Row, World


@route("GET", "/v1/account")
def own(world: World, given: dict[str, Any]) -> Row:
    return next(iter(world.rows["account"].values()))


@route("GET", "/v1/accounts/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    if name not in world.rows["account"]:
        raise no_such("account", name)
    return world.rows["account"][name]
