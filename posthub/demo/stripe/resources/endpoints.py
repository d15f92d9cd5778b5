"""Where events are told."""

from __future__ import annotations

from typing import Any

from posthub.demo.stripe.form import form, many, text, url
from posthub.demo.stripe.routes import route
from posthub.demo.stripe.world import API_VERSION, Row, World, token


@route("POST", "/v1/webhook_endpoints", form("url", "enabled_events", url=url, enabled_events=many(text)))
def create(world: World, given: dict[str, Any]) -> Row:
    secret = f"whsec_{token(32)}"
    return {**register(world, given["url"], secret, given["enabled_events"]), "secret": secret}


def register(world: World, address: str, secret: str, kinds: list[str]) -> Row:
    return world.make(
        "webhook_endpoint", url=address, enabled_events=kinds, api_version=API_VERSION, status="enabled",
        application=None, description=None, metadata={}, _secret=secret,
    )  # fmt: skip
