"""Which function answers which request; lists in pages, and references written out on demand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from posthub.demo.stripe.errors import Refused, invalid
from posthub.demo.stripe.form import Form, Read, form, many, text, whole
from posthub.demo.stripe.world import Row, World, listing

Work = Callable[..., Row]
Rows = Callable[..., list[Row]]
_MOST = 100


@dataclass(frozen=True)
class Route:
    method: str
    path: re.Pattern[str]
    form: Form
    work: Work


ROUTES: list[Route] = []


def route(method: str, path: str, accepts: Form | None = None) -> Callable[[Work], Work]:
    """The function gets the world, the parameters, and what stands for each {} of the path."""
    given = accepts or form()
    whole_form = Form({**given.reads, "expand": many(text)}, given.needed)
    pattern = re.compile(re.escape(path).replace(r"\{\}", r"([\w.-]+)"))

    def register(work: Work) -> Work:
        ROUTES.append(Route(method, pattern, whole_form, work))
        return work

    return register


def lists(path: str, **filters: Read) -> Callable[[Rows], Rows]:
    """A GET that answers with a list; the function gives its rows, oldest first."""
    accepts = form(limit=whole, starting_after=text, **filters)

    def register(work: Rows) -> Rows:
        def page(world: World, given: dict[str, Any], *names: str) -> Row:
            return _page(world, path.format(*names), work(world, given, *names), given)

        route("GET", path, accepts)(page)
        return work

    return register


def found(method: str, path: str) -> tuple[Route, tuple[str, ...]]:
    matches = [
        (entry, match) for entry in ROUTES if entry.method == method and (match := entry.path.fullmatch(path))
    ]
    # A path that is spelled out goes before one with a name in the same place.
    for entry, match in sorted(matches, key=lambda one: len(one[1].groups())):
        return entry, match.groups()
    message = f"Unrecognized request URL ({method}: {path}). This is a stand-in: it knows what PostHub needs."
    raise Refused(404, "invalid_request_error", message)


def _page(world: World, url: str, rows: list[Row], given: dict[str, Any]) -> Row:
    limit = given.get("limit", 10)
    if limit is None or not 1 <= limit <= _MOST:
        raise invalid("This value must be between 1 and 100.", param="limit")
    newest = [world.shown(row) for row in reversed(rows)]
    places = {row["id"]: place for place, row in enumerate(newest)}
    after = given.get("starting_after")
    if after and after not in places:
        raise invalid(f"No such object: '{after}'", param="starting_after", code="resource_missing")
    start = places[after] + 1 if after else 0
    return listing(url, newest[start : start + limit], has_more=len(newest) > start + limit)


def expanded(world: World, answer: Row, paths: list[str]) -> Row:
    for path in paths:
        _expand(world, answer, path.split("."), path)
    return answer


def _expand(world: World, node: Any, steps: list[str], path: str) -> None:
    if isinstance(node, list):
        for entry in node:
            _expand(world, entry, steps, path)
        return
    step, rest = steps[0], steps[1:]
    if not isinstance(node, dict):
        raise invalid(f"This property cannot be expanded ({path}).", param="expand")
    if step == "tax_ids" and node.get("object") == "customer":
        there = [world.shown(one) for one in world.of("tax_id", customer=node["id"])]
        node[step] = listing(f"/v1/customers/{node['id']}/tax_ids", there)
    elif step not in node:
        raise invalid(f"This property cannot be expanded ({path}).", param="expand")
    value = node.get(step)
    if isinstance(value, str) and (row := world.maybe(value)) is not None:
        node[step] = value = world.shown(row)
    if rest and value is not None:
        _expand(world, value, rest, path)


def lines_of_session(world: World, session: Row) -> list[Row]:
    """A checkout's line items as they are shown."""
    shown = []
    for place, entry in enumerate(session["_items"]):
        price = world.find("price", entry["price"])
        amount = price["unit_amount"] * entry["quantity"]
        product = world.find("product", price["product"])
        shown.append({
            "id": f"li_{session['id'][-20:]}{place}", "object": "item", "amount_discount": 0,
            "amount_subtotal": amount, "amount_tax": 0, "amount_total": amount, "currency": price["currency"],
            "description": product["name"], "price": world.shown(price), "quantity": entry["quantity"],
            "discounts": [], "metadata": {}, "adjustable_quantity": None,
        })  # fmt: skip
    return shown
