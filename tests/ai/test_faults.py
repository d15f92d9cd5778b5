"""Every kind of provider fault, again and again, under real jobs: each ends, says why, and leaves nothing half done.

A slice of it runs with the suite; `make faults` asks 200 times for each kind.
"""

import json
import os
import random
from collections import Counter
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection
from django.db.models.functions import Now

from posthub.ai.models import Breaker, Budget, CallRecord, ModelLimit, SpendingLimit
from posthub.ai.providers.faults import FAULTS
from posthub.company.models import Company
from posthub.jobs import runner
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.personas.models import Persona
from tests.ai.reach import reaching
from tests.fakes import gemini, server
from tests.fakes.server import Answer, Asked, FakeServer, Fault, Reply
from tests.fakes.writer import written
from tests.support.companies import make_company

CALLS_A_KIND = int(os.environ.get("FAULT_CALLS", "8"))
SHORT = {
    "AI_READ_SECONDS": 0.03,
    "AI_CALL_SECONDS": 0.4,
    "AI_BACKOFF_SECONDS": 0.001,
    "AI_LONGEST_PAUSE_SECONDS": 0.02,
    "JOB_MAX_ATTEMPTS": 2,
}
BUDGET = Decimal("0.60")


@cache
def six_personas(language: str = "en") -> str:
    company = {
        "company": {"brand_name": "Mill", "industry": "bakery", "city": "Brno"},
        "dna": {},
        "facts": [],
    }
    blocks = "\n".join(
        f"<<DATA a1 kind={kind}>>\n{json.dumps(value)}\n<<END a1>>"
        for kind, value in {**company, "batch": 0, "avoid": []}.items()
    )
    return json.dumps(written(f"language with the tag `{language}`", blocks, {"title": "PersonasAnswer"}))


def five_personas(asked: Asked, answer: Answer) -> Reply | None:
    said = json.loads(six_personas())
    return gemini.saying(json.dumps({"personas": said["personas"][:5]}))(asked, answer)


def czech_personas(asked: Asked, answer: Answer) -> Reply | None:
    return gemini.saying(six_personas("cs"))(asked, answer)


KINDS: dict[str, Any] = {
    "out of order": lambda fake: server.status(503),
    "connection dropped": lambda fake: server.dropped,
    "cut in the middle": lambda fake: server.cut_off,
    "never answers": lambda fake: server.delayed(fake, 0.1),
    "answers a byte at a time": lambda fake: server.dripping(0.01),
    "slow down": lambda fake: gemini.busy(0.005),
    "slow down for long": lambda fake: gemini.busy(3600),
    "day's quota": lambda fake: gemini.day_is_over,
    "wrong key": lambda fake: server.html_page(401),
    "blocked": lambda fake: gemini.blocked_prompt,
    "cut off": lambda fake: gemini.finished("MAX_TOKENS"),
    "nonsense": lambda fake: gemini.saying("Certainly! Here are your personas."),
    "five for six": lambda fake: five_personas,
    "another language": lambda fake: czech_personas,
    "oversized": lambda fake: server.huge(1_100_000),
    "empty": lambda fake: server.empty_body,
}


def now_and_then(fault: Fault, chance: random.Random) -> Fault:
    """The fault four times in five; the answer that was asked for otherwise."""
    usual = gemini.saying(six_personas())
    return lambda asked, answer: (fault if chance.random() < 0.8 else usual)(asked, answer)


def run_to_the_end(job: Job) -> Job:
    schema_name = connection.schema_name  # type: ignore[attr-defined]
    Breaker.objects.all().delete()
    for _ in range(5):
        Job.objects.filter(pk=job.pk).update(run_after=Now())
        runner.run(str(job.pk))
        connection.set_schema(schema_name)
        job.refresh_from_db()
        if not job.active:
            break
        # What the clock does between two attempts.
        Breaker.objects.all().delete()
    return job


def test_every_job_ends_and_says_why(tenant: Any) -> None:
    company = make_company()
    SpendingLimit.objects.create(organization=tenant, usd_a_month=BUDGET)
    ModelLimit.objects.update(calls_a_minute=1_000_000)
    with reaching("gemini", **SHORT) as fakes:
        for kind, make in KINDS.items():
            fakes["gemini"].always = now_and_then(make(fakes["gemini"]), random.Random(kind))
            print(json.dumps({"kind": kind, **calls_of(company, fakes["gemini"])}), flush=True)
    assert CallRecord.objects.filter(outcome="pending").count() == 0
    paid = sum(record.cost or 0 for record in CallRecord.objects.all())
    assert Budget.objects.get().used == paid
    print(json.dumps({"kinds": len(KINDS), "calls": len(fakes["gemini"].log), "usd": str(paid)}), flush=True)


def calls_of(company: Company, fake: FakeServer) -> dict[str, Any]:
    """Jobs one after the other until the provider was asked often enough, each looked at when it is over."""
    causes = {fault.cause for fault in FAULTS.values()}
    began, before = len(fake.log), Persona.objects.count()
    ended: Counter[str] = Counter()
    while len(fake.log) - began < CALLS_A_KIND and ended.total() < CALLS_A_KIND:
        payload = {"company": str(company.pk), "batch": 1000 + Job.objects.count()}
        job = run_to_the_end(enqueue("personas.propose", key=str(payload["batch"]), payload=payload))
        assert job.state in {"DONE", "DEAD"}
        assert job.state == "DONE" or job.cause in causes
        ended[job.cause if job.state == "DEAD" else "done"] += 1
        budget = Budget.objects.get()
        assert budget.used <= BUDGET
        assert budget.reserved == 0
    assert Persona.objects.count() - before == 6 * ended["done"]
    return {"calls": len(fake.log) - began, "jobs": ended.total(), **ended}
