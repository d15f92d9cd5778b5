"""The customer portal: sessions with a page of their own, and deep links into it."""

from __future__ import annotations

from typing import Any

from posthub.demo.stripe import subscribing
from posthub.demo.stripe.errors import invalid, missing_parameter
from posthub.demo.stripe.form import anything, form, many, one_of, text, url, whole
from posthub.demo.stripe.resources.checkout import LOCALES
from posthub.demo.stripe.resources.customers import present
from posthub.demo.stripe.routes import route
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


@route("POST", "/v1/billing_portal/sessions", form("customer", customer=text, return_url=url, flow_data=FLOW,
                                                  locale=LOCALES))  # fmt: skip
def create(world: World, given: dict[str, Any]) -> Row:
    customer = present(world, given["customer"], param="customer")
    flow = given.get("flow_data")
    if flow:
        _check_flow(world, customer, flow)
    session = world.make(
        "billing_portal.session", customer=customer["id"], return_url=given.get("return_url"), flow=flow or None,
        locale=given.get("locale"), on_behalf_of=None,
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
