"""Stripe's products and prices, made from our rows. Running it twice changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from posthub.billing import stripe_api
from posthub.billing.mirror import keeping
from posthub.billing.models import AddOn, Plan, Price
from posthub.billing.stripe_api import key_of

Data = dict[str, Any]


@dataclass
class Synced:
    """What had to be done, in words."""

    done: list[str] = field(default_factory=list)


def sync_plans() -> Synced:
    """Products are found by `tier` or `addon` in their metadata, prices by their lookup key."""
    synced = Synced()
    products = _products()
    things: list[Plan | AddOn] = [*Plan.objects.filter(for_sale=True), *AddOn.objects.filter(for_sale=True)]
    for thing in things:
        product = _sync_product(thing, products, synced)
        keeping.keep(product)
        for price in thing.prices.filter(active=True).select_related("plan", "add_on"):
            _sync_price(price, product["id"], synced)
        _retire(thing, synced)
    return synced


def _products() -> dict[tuple[str, str], Data]:
    return {
        (name, product["metadata"][name]): product
        for product in stripe_api.every("products", active=True)
        for name in ("tier", "addon")
        if product["metadata"].get(name)
    }


def _sync_product(thing: Plan | AddOn, products: dict[tuple[str, str], Data], synced: Synced) -> Data:
    name = "tier" if isinstance(thing, Plan) else "addon"
    body: Data = {"name": f"PostHub {thing.name}", "metadata": {name: thing.code}}
    there = products.get((name, thing.code))
    if there is None:
        synced.done.append(f"product {thing.code}")
        return stripe_api.change("products", key=key_of("product", thing.pk, **body), **body)
    if there["name"] != body["name"]:
        synced.done.append(f"name of {thing.code}")
        key = key_of(there["id"], thing.updated_at.isoformat(), **body)
        return stripe_api.change(f"products/{there['id']}", key=key, **body)
    return there


def _sync_price(price: Price, product: str, synced: Synced) -> None:
    for found in _standing(price, product):
        if price.stripe_id != found["id"]:
            Price.objects.filter(pk=price.pk).update(stripe_id=found["id"])
        keeping.keep(found)
        return
    body: Data = {
        "product": product,
        "currency": price.currency,
        "unit_amount": price.amount,
        "recurring": {"interval": price.interval},
        "lookup_key": price.lookup_key,
        "transfer_lookup_key": True,
        "tax_behavior": "inclusive",
    }
    made = stripe_api.change("prices", key=key_of("price", price.pk, **body), **body)
    Price.objects.filter(pk=price.pk).update(stripe_id=made["id"])
    keeping.keep(made)
    synced.done.append(f"price {price.lookup_key}")


def _standing(price: Price, product: str) -> Iterator[Data]:
    """Stripe's price under the same key, where it asks the same."""
    for found in stripe_api.every("prices", lookup_keys=[price.lookup_key]):
        same = (found["unit_amount"], found["product"]) == (price.amount, product)
        if same and found["active"]:
            yield found


def _retire(thing: Plan | AddOn, synced: Synced) -> None:
    """Who pays an old price goes on paying it; nobody new does."""
    for price in thing.prices.filter(active=False).exclude(stripe_id="").select_related("plan", "add_on"):
        if stripe_api.read(f"prices/{price.stripe_id}")["active"]:
            stripe_api.change(
                f"prices/{price.stripe_id}", key=key_of(price.stripe_id, "retire"), active=False
            )
            synced.done.append(f"retired {price.lookup_key}")
