"""The customer portal: sessions with a page of their own, and deep links into it."""

from __future__ import annotations

from typing import Any

from posthub.demo.stripe import subscribing
from posthub.demo.stripe.errors import invalid, missing_parameter
from posthub.demo.stripe.form import anything, flag, form, many, merged, metadata, one_of, text, url, whole
from posthub.demo.stripe.resources.checkout import LOCALES
from posthub.demo.stripe.resources.customers import present
from posthub.demo.stripe.routes import lists, route
from posthub.demo.stripe.world import Row, World, token

FLOWS = ("payment_method_update", "subscription_cancel", "subscription_update", "subscription_update_confirm")
OF = form("subscription", subscription=text)
FLOW = form(
    "type", type=one_of(*FLOWS),
    after_completion=form(
        "type", type=one_of("redirect", "hosted_confirmation", "portal_homepage"),
        redirect=form("return_url", return_url=url), hosted_confirmation=form(custom_message=text),
    ),
    subscription_cancel=form("subscription", subscription=text, retention=anything), subscription_update=OF,
    subscription_update_confirm=form(
        "subscription", "items", subscription=text, items=many(form("id", id=text, price=text, quantity=whole)),
    ),
)  # fmt: skip


@route("POST", "/v1/billing_portal/sessions", form("customer", customer=text, return_url=url, configuration=text,
                                                  flow_data=FLOW, locale=LOCALES))  # fmt: skip
def create(world: World, given: dict[str, Any]) -> Row:
    customer = present(world, given["customer"], param="customer")
    if given.get("configuration"):
        world.find("billing_portal.configuration", given["configuration"], param="configuration")
    flow = given.get("flow_data")
    if flow:
        _check_flow(world, customer, flow)
    session = world.make(
        "billing_portal.session", customer=customer["id"], return_url=given.get("return_url"), flow=flow or None,
        configuration=given.get("configuration") or default(world)["id"], locale=given.get("locale"), on_behalf_of=None,
        _page_token=token(), _until=world.now() + 300,
    )  # fmt: skip
    session["url"] = f"{world.base_url}/p/session/{session['_page_token']}"
    return session


def _check_flow(world: World, customer: Row, flow: Row) -> None:
    kind = flow["type"]
    if kind == "payment_method_update":
        return
    about = flow.get(kind)
    where = f"flow_data[{kind}][subscription]"
    if not about:
        raise missing_parameter(f"flow_data[{kind}]")
    subscription = world.find("subscription", about["subscription"], param=where)
    if subscription["customer"] != customer["id"]:
        raise invalid("This subscription belongs to another customer.", param=where)
    if subscription["status"] in subscribing.OVER:
        raise invalid("This subscription cannot be updated because it is canceled.", param=where)
    if kind == "subscription_cancel" and subscription["cancel_at_period_end"]:
        raise invalid("This subscription is already set to be canceled at period end.", param=where)
    for item in about.get("items", []):
        world.find("subscription_item", item["id"], param=f"flow_data[{kind}][items]")


def default(world: World) -> Row:
    rows = world.of("billing_portal.configuration", is_default=True)
    return rows[0] if rows else _made(world, {}, is_default=True)


def _made(world: World, given: Row, *, is_default: bool = False) -> Row:
    features = {
        name: {"enabled": True} for name in ("invoice_history", "payment_method_update", "customer_update")
    }
    return world.make(
        "billing_portal.configuration", active=True, is_default=is_default, features=given.get("features") or features,
        business_profile=given.get("business_profile") or {}, metadata=given.get("metadata") or {}, application=None,
        default_return_url=given.get("default_return_url"), updated=world.now(),
        login_page={"enabled": False, "url": None},
    )  # fmt: skip


FIELDS = {"features": anything, "business_profile": anything, "metadata": metadata, "default_return_url": url}


@route(
    "POST", "/v1/billing_portal/configurations", form("features", name=text, login_page=anything, **FIELDS)
)
def create_configuration(world: World, given: dict[str, Any]) -> Row:
    return _made(world, given)


@lists("/v1/billing_portal/configurations", active=flag, is_default=flag)
def configurations(world: World, given: dict[str, Any]) -> list[Row]:
    wanted = {name: given[name] for name in ("active", "is_default") if name in given}
    return world.of("billing_portal.configuration", **wanted)


@route("GET", "/v1/billing_portal/configurations/{}")
def configuration(world: World, given: dict[str, Any], name: str) -> Row:
    return world.find("billing_portal.configuration", name)


@route(
    "POST",
    "/v1/billing_portal/configurations/{}",
    form(active=flag, name=text, login_page=anything, **FIELDS),
)
def update_configuration(world: World, given: dict[str, Any], name: str) -> Row:
    row = world.find("billing_portal.configuration", name)
    given["metadata"] = merged(row["metadata"], given.get("metadata"))
    row |= {key: value for key, value in given.items() if key != "expand"}
    return row
