"""A shop: PostHub with its prices at the stand-in for Stripe, whose messages come in when a test says so."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from posthub.billing.catalogue import sync_plans
from posthub.billing.models import AddOn, BillingDetails, Price, Subscription
from posthub.jobs import runner
from posthub.jobs.models import Job, JobState
from posthub.organizations.models import Organization
from tests.support.payments import Payments, signed


class Shop:
    """`stripe` is the stand-in; `buyer` is sofia's browser on acme's host."""

    def __init__(self, stripe: Payments, organization: Organization, buyer: Client) -> None:
        self.stripe, self.organization, self.buyer = stripe, organization, buyer
        self.told: list[Any] = []

    def tell(self, *, order: Any = list, times: int = 1) -> None:
        """Give Stripe's messages since the last time to the web hook, and have the workers follow them."""
        for event in order(self.stripe.take() * times):
            self.told.append(event)
            assert self.deliver(event) == 200
        self.work()

    def deliver(self, event: Any, **how: Any) -> int:
        connection.set_schema_to_public()
        body, signature = signed(event, **how)
        given = {"data": body, "content_type": "application/json", "headers": {"Stripe-Signature": signature}}
        return Client(HTTP_HOST="posthub.localhost").post("/stripe/webhook/", **given).status_code

    def work(self) -> None:
        """Do what waits in the queues of billing, whoever it belongs to."""
        connection.set_schema_to_public()
        while job := Job.objects.filter(state=JobState.QUEUED, task__startswith="billing.").first():
            assert runner.run(str(job.pk))
            connection.set_schema_to_public()
            job.refresh_from_db()
            assert job.state != JobState.QUEUED, job.cause

    def post(self, path: str, **form: Any) -> Any:
        answer = self.buyer.post(path, form)
        connection.set_schema_to_public()
        return answer

    def page(self, path: str = "/billing/") -> str:
        text = self.buyer.get(path).content.decode()
        connection.set_schema_to_public()
        return re.sub(r"\s+", " ", text.replace("\u00a0", " "))

    def buy(
        self, plan: str = "pro", *add_ons: str, interval: str = "month", card: str = "pm_card_visa"
    ) -> str:
        """Through Stripe's page, as a person goes; returns the subscription's name at Stripe."""
        answer = self.post(
            f"/billing/plans/{plan}/", interval=interval, add_on=list(add_ons), attempt="first"
        )
        assert answer.status_code == 303, answer.content
        session = re.search(r"/c/pay/(cs_test_\w+)", answer["Location"])
        assert session is not None, answer["Location"]
        return str(self.stripe.complete(session[1], card)["id"])

    @property
    def row(self) -> Subscription:
        connection.set_schema_to_public()
        return Subscription.objects.select_related("plan", "next_plan").get(organization=self.organization)

    @property
    def details(self) -> BillingDetails:
        connection.set_schema_to_public()
        return BillingDetails.objects.get(organization=self.organization)


def sell_little() -> None:
    """Put up what the tests buy; the rest would cost each of them forty questions."""
    Price.objects.filter(currency="eur").update(active=False)
    Price.objects.filter(interval="year").exclude(plan__code="basic").update(active=False)
    AddOn.objects.exclude(code="video").update(for_sale=False)
    sync_plans()


@pytest.fixture
def shop(stripe: Payments, acme: Organization, browser_of: Any) -> Iterator[Shop]:
    sell_little()
    made = Shop(stripe, acme, browser_of("sofia"))
    stripe.take()
    yield made
    connection.set_schema_to_public()
