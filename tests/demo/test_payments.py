"""The page of the demo that moves the stand-in's clock."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.test import Client

from posthub.billing.forms import is_company_number
from posthub.billing.models import BillingDetails, Plan, Subscription
from posthub.billing.operations import choose_plan
from posthub.demo.payments import ORDERS, OwnStripe, report
from posthub.demo.processes import table
from posthub.demo.purchase import BUYER, buy
from posthub.organizations.models import Organization
from tests.billing.conftest import sell_little
from tests.support.payments import Payments

PAGE = "/payments/"


def test_outside_the_demo_there_is_no_such_page(apex: Client, settings: Any) -> None:
    assert apex.get(PAGE).status_code == 404
    settings.DEMO = True
    assert apex.get(PAGE).status_code == 404


def test_orders_of_the_page_are_carried_out(apex: Client, stripe: Payments, settings: Any) -> None:
    settings.DEMO = True
    assert apex.get(PAGE).status_code == 200
    before = report()["now"]
    for name in ORDERS:
        assert (name, apex.post(PAGE, {"order": name}).status_code) == (name, 303)
    assert 28 * 86400 < report()["now"] - before < 33 * 86400
    assert stripe.world.faults.down == ""
    apex.post(PAGE, {"order": "decline"})
    apex.post(PAGE, {"order": "down"})
    apex.post(PAGE, {"order": "mess"})
    page = apex.get(PAGE, headers={"Accept-Language": "cs"}).content.decode()
    assert [words in page for words in ("Bude odmítnuta", "Mimo provoz", "na přeskáčku")] == [True] * 3
    assert apex.post(PAGE, {"order": "steal"}).status_code == 404
    settings.STRIPE_API_HOST = "http://127.0.0.1:9"
    assert "does not answer" in apex.get(PAGE).content.decode()
    assert apex.post(PAGE, {"order": "day"}).status_code == 303


def test_the_demo_starts_its_stand_in_with_keys_that_stay(tmp_path: Path) -> None:
    own = OwnStripe.of(tmp_path, port=0, web_url="http://posthub.localhost:8000")
    assert OwnStripe.of(tmp_path, port=0, web_url="http://posthub.localhost:8000") == own
    command = table(site_port=1, site_url="", json_path="", payments=own).payments.command
    process = subprocess.Popen(command, env=os.environ | own.environment, stderr=subprocess.PIPE)
    try:
        while not own.file.exists():
            assert process.poll() is None, process.stderr and process.stderr.read()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()
    assert "http://posthub.localhost:8000/stripe/webhook/" in own.file.read_text()
    assert command[0] == sys.executable


def test_the_demo_s_client_has_bought_its_plan(
    stripe: Payments, settings: Any, acme: Organization, cast: Any
) -> None:
    settings.DEMO = True
    sell_little()
    choose_plan(acme, Plan.objects.get(code="pro"))
    for _start in range(2):
        buy(acme, "pro", by=cast.sofia)
    row = Subscription.objects.get(organization=acme)
    assert (row.plan.code, row.status, row.amount, len(stripe.world.of("subscription"))) == (
        "pro",
        "active",
        199000,
        1,
    )
    assert (
        BillingDetails.objects.get(organization=acme).customer_id
        == stripe.world.of("subscription")[0]["customer"]
    )
    assert is_company_number(BUYER["company_number"])
    assert [one["value"] for one in stripe.world.of("tax_id")] == [BUYER["vat_number"]]
