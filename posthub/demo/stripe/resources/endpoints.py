"""Where events are told."""

from __future__ import annotations

from typing import Any

from posthub.demo.stripe.errors import invalid
from posthub.demo.stripe.form import flag, form, many, merged, metadata, text, url
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import API_VERSION, Row, World, token

FIELDS = {"url": url, "enabled_events": many(text), "description": text, "metadata": metadata}


@route(
    "POST", "/v1/webhook_endpoints", form("url", "enabled_events", api_version=text, connect=flag, **FIELDS)
)
def create(world: World, given: dict[str, Any]) -> Row:
    secret = f"whsec_{token(32)}"
    endpoint = register(world, given["url"], secret, given["enabled_events"], given.get("api_version"))
    endpoint |= {"description": given.get("description"), "metadata": given.get("metadata") or {}}
    return {**endpoint, "secret": secret}


def register(world: World, address: str, secret: str, kinds: list[str], version: str | None = None) -> Row:
    if not kinds:
        raise invalid("enabled_events must not be empty.", param="enabled_events")
    return world.make(
        "webhook_endpoint", url=address, enabled_events=kinds, api_version=version or API_VERSION, status="enabled",
        application=None, description=None, metadata={}, _secret=secret,
    )  # fmt: skip


@lists("/v1/webhook_endpoints")
def index(world: World, given: dict[str, Any]) -> list[Row]:
    return world.of("webhook_endpoint")


@route("GET", "/v1/webhook_endpoints/{}")
def retrieve(world: World, given: dict[str, Any], name: str) -> Row:
    return world.find("webhook_endpoint", name)


@route("POST", "/v1/webhook_endpoints/{}", form(disabled=flag, **FIELDS))
def update(world: World, given: dict[str, Any], name: str) -> Row:
    endpoint = world.find("webhook_endpoint", name)
    if "disabled" in given:
        endpoint["status"] = "disabled" if given.pop("disabled") else "enabled"
    given["metadata"] = merged(endpoint["metadata"], given.get("metadata"))
    endpoint |= {key: value for key, value in given.items() if key != "expand"}
    return endpoint


@route("DELETE", "/v1/webhook_endpoints/{}")
def delete(world: World, given: dict[str, Any], name: str) -> Row:
    world.find("webhook_endpoint", name)
    del world.rows["webhook_endpoint"][name]
    return {"id": name, "object": "webhook_endpoint", "deleted": True}
