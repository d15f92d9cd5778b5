"""What keeps the gateway within bounds: tries, turns, rest, money. Each with a stand-in that really answers."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pydantic import BaseModel, Field

from posthub.ai import gateway, limits, routes, spending
from posthub.ai.models import (
    Breaker,
    Budget,
    CallRecord,
    CallWindow,
    ModelLimit,
    ModelPrice,
    ProviderAccount,
    Route,
    SpendingLimit,
)
from posthub.ai.providers.base import ProviderError
from posthub.ai.vault import seal, unseal
from posthub.core.tenancy import in_schema
from posthub.organizations.models import Organization
from tests.ai.reach import reaching
from tests.fakes import chat, gemini, server


class Greeting(BaseModel):
    words: str = Field(min_length=3)


def ask(language: str = "en", **inputs: Any) -> Greeting:
    return gateway.ask("topics", language=language, inputs=inputs, answer=Greeting)


def refused() -> str:
    with pytest.raises(ProviderError) as refusal:
        ask()
    assert refusal.value.cause
    return refusal.value.outcome


def outcomes() -> list[str]:
    return list(CallRecord.objects.order_by("created_at").values_list("outcome", flat=True))


# -- tries -----------------------------------------------------------------------------------------


def test_what_passes_is_tried_again_and_what_does_not_is_not(tenant: Any) -> None:
    with reaching("gemini") as fakes:
        fakes["gemini"].faults.extend([server.status(503), server.dropped])
        ask()
        assert outcomes() == ["overloaded", "unreachable", "ok"]
        assert list(CallRecord.objects.order_by("created_at").values_list("attempt", flat=True)) == [1, 2, 3]
        fakes["gemini"].faults.append(server.status(401))
        assert refused() == "unauthorized"
        assert len(fakes["gemini"].log) == 4


def test_a_provider_that_names_its_pause_is_given_it_or_left_to_the_queue(tenant: Any) -> None:
    with reaching("gemini", AI_LONGEST_PAUSE_SECONDS=1) as fakes:
        fakes["gemini"].faults.append(gemini.busy(0.05))
        ask()
        fakes["gemini"].faults.append(gemini.busy(40))
        with pytest.raises(ProviderError) as refusal:
            ask()
    assert (refusal.value.permanent, refusal.value.retry_after) == (False, 40)
    assert outcomes() == ["rate_limited", "ok", "rate_limited"]


def test_one_repair_is_asked_for_and_told_what_was_wrong(tenant: Any) -> None:
    with reaching("gemini") as fakes:
        fakes["gemini"].faults.append(gemini.saying('{"words": "x"}'))
        ask()
        first, second = (asked.json["contents"][0]["parts"][0]["text"] for asked in fakes["gemini"].log)
        assert "words: String should have at least 3 characters" in second
        assert "could not be used" not in first
        fakes["gemini"].always = gemini.saying('{"words": "x"}')
        assert refused() == "invalid"
    assert outcomes() == ["invalid", "ok", "invalid", "invalid"]


def test_a_cut_answer_gets_twice_the_room(tenant: Any) -> None:
    with reaching("gemini") as fakes:
        fakes["gemini"].faults.append(gemini.finished("MAX_TOKENS"))
        ask()
        room = [asked.json["generationConfig"]["maxOutputTokens"] for asked in fakes["gemini"].log]
    assert room == [8192, 16384]


ECHO = (
    "Health, finance, law, children, alcohol and gambling: where `constraints.regulated_topics` names one, "
    "repeat facts word for word and give no advice."
)
HEARD = (
    "Dobrý den, rádi bychom vám představili naši novou nabídku, která je od pondělí k dispozici na prodejně."
)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (HEARD * 3, "wrong_language"),
        ("See http://evil.example/pay for more.", "off_list_link"),
        ("See www.evil.example for more.", "off_list_link"),
        ("[here](//evil.example)", "off_list_link"),
        ("<<DATA abc", "echo"),
        ("Your single task is the plan of topics. All text in it is written", "ok"),
        (ECHO, "echo"),
        ("x" * 400_000, "oversized"),
        ("   ", "empty"),
        ("See https://mine.example/a.", "ok"),
        ("Here is [our bread](/bread) and the data: three loaves.", "ok"),
        ("Here is [our bread](/elsewhere).", "off_list_link"),
        ("data:text/html,<script>1</script>", "off_list_link"),
    ],
)  # fmt: skip
def test_an_answer_that_may_not_be_used_is_named(words: str, outcome: str, tenant: Any) -> None:
    with reaching("gemini", AI_ATTEMPTS=1) as fakes:
        fakes["gemini"].always = gemini.saying(json.dumps({"words": words}))
        if outcome == "ok":
            assert ask(link_targets=[{"url": "https://mine.example/a"}, {"url": "/bread"}]).words == words
        else:
            assert refused() == outcome


# -- turns and rest ----------------------------------------------------------------------------------


def test_a_provider_that_fails_again_and_again_is_left_alone_for_a_while(tenant: Any) -> None:
    with reaching("gemini", AI_ATTEMPTS=1, AI_FAILURES=3) as fakes:
        fakes["gemini"].always = server.status(503)
        assert [refused() for _ in range(5)] == ["overloaded"] * 3 + ["paused"] * 2
        assert len(fakes["gemini"].log) == 3
        Breaker.objects.update(open_until=timezone.now() - timedelta(seconds=1))
        assert [refused(), refused()] == ["overloaded", "paused"]
        Breaker.objects.update(open_until=timezone.now() - timedelta(seconds=1))
        fakes["gemini"].always = None
        ask()
        ask()
    assert Breaker.objects.count() == 0


def test_nobody_takes_more_than_a_fair_share_of_a_minute(acme: Organization, beta: Organization) -> None:
    ModelLimit.objects.filter(provider="gemini").update(calls_a_minute=8)
    got: dict[str, list[str]] = {}
    with reaching("gemini") as fakes:
        for organization, wishes in ((beta, 1), (acme, 6), (beta, 6)):
            with in_schema(organization.schema_name):
                for _ in range(wishes):
                    try:
                        ask()
                        got.setdefault(organization.name, []).append("ok")
                    except ProviderError as refusal:
                        said = refusal.outcome if refusal.retry_after else "no pause"
                        got.setdefault(organization.name, []).append(said)
        assert len(fakes["gemini"].log) == 8
    assert got == {"Acme": ["ok"] * 4 + ["throttled"] * 2, "Beta": ["ok"] * 4 + ["throttled"] * 3}
    assert sorted(CallWindow.objects.values_list("calls", flat=True)) == [4, 4, 8]


# -- whom and with which key ----------------------------------------------------------------------------


def test_routes_of_the_admin_go_before_the_settings(tenant: Any) -> None:
    Route.objects.create(use="topics", position=2, provider="offline")
    Route.objects.create(use="topics", position=1, provider="gemini", model="gemini-3.5-flash-lite")
    Route.objects.create(use="topics", position=3, provider="veo", enabled=False)
    steps = [(step.provider, step.model) for step in routes.chain("topics")]
    assert steps == [("gemini", "gemini-3.5-flash-lite"), ("offline", "")]
    assert [step.provider for step in routes.chain("dna")] == ["offline"]
    Route.objects.create(use="research", provider="perplexity")
    assert [(step.provider, step.model) for step in routes.chain("dna")] == [("perplexity", "sonar")]


def test_an_organizations_own_key_is_used_for_it_alone_and_kept_sealed(
    acme: Organization, beta: Organization
) -> None:
    Route.objects.create(use="topics", provider="gemini")
    ProviderAccount.objects.create(provider="gemini", sealed_key=seal("ours"))
    ProviderAccount.objects.create(
        provider="gemini", organization=acme, sealed_key=seal("theirs"), base_url="https://own.example/"
    )
    with in_schema(acme.schema_name):
        (mine,) = routes.chain("topics")
    with in_schema(beta.schema_name):
        (other,) = routes.chain("topics")
    assert (mine.access.key, mine.own_key, mine.access.base_url) == ("theirs", True, "https://own.example/")
    assert (other.access.key, other.own_key) == ("ours", False)
    assert mine.account != other.account
    assert "theirs" not in "".join(ProviderAccount.objects.values_list("sealed_key", flat=True))
    assert "theirs" not in repr(mine)
    assert unseal("somebody else's") == ""
    ProviderAccount.objects.filter(organization=acme).update(sealed_key="")
    with in_schema(acme.schema_name):
        assert routes.chain("topics")[0].access.key == ""


# -- money -----------------------------------------------------------------------------------------------


def test_a_call_is_reserved_for_and_settled_with_thinking_counted(acme: Organization) -> None:
    with in_schema(acme.schema_name), reaching("gemini"):
        ask()
    record = CallRecord.objects.get()
    tokens = record.input_tokens * Decimal("0.75") + record.output_tokens * Decimal("3.75")
    assert record.thinking_tokens == 40
    assert record.cost == (tokens / 1_000_000).quantize(Decimal("0.00000001"))
    budget = Budget.objects.get()
    assert (budget.reserved, budget.used) == (0, record.cost)
    assert spending.spent(acme.schema_name) == record.cost


def test_perplexitys_own_figure_is_stored_as_it_is(acme: Organization) -> None:
    with in_schema(acme.schema_name), reaching("perplexity"):
        ask()
    record = CallRecord.objects.get()
    assert (record.cost, record.cost_from) == (Decimal("0.0053"), "provider")


def test_a_price_counts_from_its_day(tenant: Any) -> None:
    ModelPrice.objects.filter(model="gemini-3.8-flash").delete()
    today = timezone.now().date()
    for days, price in ((-9, 1), (-1, 2), (1, 3)):
        ModelPrice.objects.create(
            provider="gemini", model="gemini-3.8-flash", valid_from=today + timedelta(days=days),
            input_per_million=price, source="here", checked_on=today,
        )  # fmt: skip
    found = spending.price_of(routes.one("gemini", "gemini-3.8-flash", "topics"))
    assert found is not None
    assert found.input_per_million == 2


def test_no_call_is_made_that_the_budget_does_not_bear(acme: Organization) -> None:
    SpendingLimit.objects.create(organization=acme, usd_a_month=Decimal("0.01"))
    with in_schema(acme.schema_name), reaching("gemini") as fakes:
        assert refused() == "over_budget"
        assert fakes["gemini"].log == []
        SpendingLimit.objects.update(usd_a_month=Decimal("0.04"))
        ask()
    assert Budget.objects.get().used > 0


def test_what_a_dead_worker_had_reserved_comes_back(acme: Organization) -> None:
    with in_schema(acme.schema_name), reaching("gemini"):
        ask()
        budget = Budget.objects.get()
        Budget.objects.update(reserved=budget.limit - budget.used)
        lost = CallRecord.objects.create(
            schema_name=acme.schema_name, use="topics", outcome="pending", reserved=budget.limit - budget.used
        )
        assert refused() == "over_budget"
        CallRecord.objects.filter(pk=lost.pk).update(created_at=timezone.now() - timedelta(minutes=20))
        ask()
    lost.refresh_from_db()
    assert lost.outcome == "lost"
    assert Budget.objects.get().reserved == 0


def test_of_many_callers_at_once_only_as_many_get_through_as_there_is_money_for(own_database: str) -> None:
    acme = Organization.objects.get(name="Acme")
    SpendingLimit.objects.create(organization=acme, usd_a_month=Decimal("1.00"))
    together = threading.Barrier(8)

    def reserve(_number: int) -> int:
        got = 0
        try:
            with in_schema(acme.schema_name):
                together.wait(10)
                for _ in range(5):
                    with suppress(ProviderError):
                        spending._reserve(Decimal("0.06"))
                        got += 1
                return got
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        taken = sum(threads.map(reserve, range(8)))
    assert taken == 16
    assert Budget.objects.get().reserved == Decimal("0.96")


def test_a_model_that_nobody_can_be_held_to_is_told_the_schema_in_words(tenant: Any) -> None:
    with chat.FakeOpenAI(capable="none") as fake, reaching("offline") as _none:
        ProviderAccount.objects.create(
            provider="openai_compatible", base_url=f"{fake.url}/v1", sealed_key=seal(fake.KEY), answers="none"
        )
        Route.objects.create(use="topics", provider="openai_compatible", model="llama-local")
        assert ask().words
        assert "response_format" not in fake.log[0].json


def test_limits_are_of_the_model_before_they_are_of_the_provider(db: None) -> None:
    picture = routes.one("gemini", "gemini-3.1-flash-image", "image")
    other = routes.one("gemini", "gemini-x", "topics")
    assert (limits.limits_of(picture)[0], limits.limits_of(other)[0]) == (20, 60)
