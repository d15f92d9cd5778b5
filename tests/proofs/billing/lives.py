"""What happens at Stripe: organizations buy, change, fail to pay, leave and come back, at random."""

import random
from contextlib import suppress
from typing import Any

from posthub.billing.models import AddOn, Plan, Price
from posthub.demo.stripe import paying, subscribing
from posthub.demo.stripe.errors import Refused
from posthub.demo.stripe.resources import checkout, customers, subscriptions
from posthub.demo.stripe.world import Row, World
from posthub.organizations.models import Organization
from tests.support.payments import Payments

CARDS = ["pm_card_visa"] * 3 + ["pm_card_mastercard"]
CATALOGUE = ("product", "price")
FAILURES = ["card_declined", "insufficient_funds", "succeeded"]


class Lives:
    """One customer of Stripe's for each organization; `things` is price → what it is the price of."""

    def __init__(self, payments: Payments, organizations: list[Organization], seed: int) -> None:
        self.payments = payments
        self.world: World = payments.world
        self.random = random.Random(seed)
        self.organizations = organizations
        rows = Price.objects.filter(currency="czk", active=True).exclude(stripe_id="")
        self.things: dict[str, Plan | AddOn] = {
            row.stripe_id: row.thing for row in rows.select_related("plan", "add_on")
        }
        self.begin_anew()

    def begin_anew(self) -> None:
        """Everybody's past at Stripe is gone: prices stay, and each is somebody else there."""
        with self.world.lock:
            for kind, rows in self.world.rows.items():
                if kind not in CATALOGUE:
                    rows.clear()
            self.world.used_keys.clear()
            self.customers = {one.pk: self._customer(one) for one in self.organizations}

    def _customer(self, organization: Organization) -> Row:
        said = {"metadata": {"organization": str(organization.pk)}, "name": organization.name}
        return customers.create(self.world, {**said, "email": f"{organization.schema_name}@example.com"})

    def running(self, organization: Organization) -> Row | None:
        """The subscription that is in use at Stripe."""
        rows = self.world.of("subscription", customer=self.customers[organization.pk]["id"])
        return next((row for row in reversed(rows) if row["status"] not in subscribing.OVER), None)

    def newest(self, organization: Organization) -> Row | None:
        rows = self.world.of("subscription", customer=self.customers[organization.pk]["id"])
        return self.running(organization) or (rows[-1] if rows else None)

    def step(self, organization: Organization) -> None:
        """One thing that somebody does; what Stripe refuses did not happen."""
        with self.world.lock:
            row = self.running(organization)
            verb = self.buy if row is None else self.random.choice(self._verbs())
            with suppress(Refused):
                verb(organization, row)

    def _verbs(self) -> list[Any]:
        return [self.change, self.change, self.change, self.turn, self.leave, self.stay, self.pay, self.end]

    def pass_time(self) -> None:
        """Some days, in which some payments fail."""
        with self.world.lock:
            self.world.faults.payments = self.random.choices(FAILURES, k=self.random.randrange(3))
            self.payments.advance(days=self.random.choice([0.1, 1, 4, 12, 32]))
            self.world.faults.payments = []

    def _prices(self, kind: type, interval: str) -> list[str]:
        fitting = [name for name, thing in self.things.items() if isinstance(thing, kind)]
        rows = self.world.rows["price"]
        return [name for name in fitting if rows[name]["recurring"]["interval"] == interval]

    def buy(self, organization: Organization, _row: Row | None) -> None:
        interval = self.random.choice(["month", "month", "year"])
        prices = [self.random.choice(self._prices(Plan, interval))]
        prices += self.random.sample(self._prices(AddOn, interval), self.random.randrange(3))
        wanted = {
            "mode": "subscription",
            "customer": self.customers[organization.pk]["id"],
            "client_reference_id": str(organization.pk),
            "subscription_data": {"metadata": {"organization": str(organization.pk)}},
            "line_items": [{"price": price, "quantity": 1} for price in prices],
            "success_url": "http://acme.posthub.localhost/billing/",
        }
        session = checkout.create(self.world, wanted)
        paying.complete(self.world, session, self.random.choice(CARDS))

    def change(self, _organization: Organization, row: Row) -> None:
        """Another plan, another number of an add-on, one more or one less."""
        held = subscribing.held(self.world, row)
        interval = held[0].price["recurring"]["interval"]
        plan = next(one for one in held if isinstance(self.things[one.price["id"]], Plan))
        others = [one for one in held if one is not plan]
        kind = self.random.randrange(3)
        if kind == 0:
            items: list[Row] = [{"id": plan.item, "price": self.random.choice(self._prices(Plan, interval))}]
        elif kind == 1 and others:
            one = self.random.choice(others)
            less: Row = (
                {"deleted": True} if self.random.random() < 0.5 else {"quantity": self.random.randint(1, 4)}
            )
            items = [{"id": one.item, **less}]
        else:
            items = [{"price": self.random.choice(self._prices(AddOn, interval)), "quantity": 1}]
        given = {
            "items": items,
            "proration_behavior": self.random.choice(["always_invoice", "create_prorations", "none"]),
            "payment_behavior": self.random.choice(["allow_incomplete", "pending_if_incomplete"]),
        }
        self.world.faults.payments = self.random.choices(["succeeded", "card_declined"], weights=[4, 1])
        try:
            subscriptions.update(self.world, given, row["id"])
        finally:
            self.world.faults.payments = []

    def turn(self, _organization: Organization, _row: Row) -> None:
        self.pass_time()

    def leave(self, _organization: Organization, row: Row) -> None:
        subscriptions.update(self.world, {"cancel_at_period_end": True}, row["id"])

    def stay(self, _organization: Organization, row: Row) -> None:
        subscriptions.update(self.world, {"cancel_at_period_end": False}, row["id"])

    def pay(self, organization: Organization, _row: Row) -> None:
        card = self.random.choice([*CARDS, "pm_card_chargeCustomerFail"])
        paying.replace_card(self.world, self.customers[organization.pk], card)

    def end(self, organization: Organization, row: Row) -> None:
        """For good; half of them come back at once, so that two subscriptions' messages mix."""
        subscriptions.cancel(self.world, {}, row["id"])
        if self.random.random() < 0.5:
            self.buy(organization, None)
