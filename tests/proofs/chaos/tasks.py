"""The work that is done under chaos: it pays a provider, writes where tenants write, and asks for more work.

Each effect leaves two rows: one among the organization's own marketing events, one in the proof's ledger,
which has no unique key, so that an effect written twice would be seen.
"""

import datetime
import http.client
import json
import os
import signal
import time
from typing import Any

from posthub.content.models import MarketingEvent
from posthub.core.database import connection
from posthub.core.deadline import seconds_left
from posthub.core.errors import WorkFailed
from posthub.core.tasks import tenant_task
from posthub.jobs.operations import enqueue, on_burial
from posthub.jobs.runner import RunningJob

LEDGER = """
CREATE TABLE public.chaos_effect
(id bigserial PRIMARY KEY, kind text NOT NULL, key text NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE public.latency_start (key text PRIMARY KEY, began float8 NOT NULL);
GRANT ALL ON SEQUENCE public.chaos_effect_id_seq TO PUBLIC;
GRANT ALL ON public.chaos_effect, public.latency_start TO PUBLIC
"""
CALL_SECONDS = 3.0
MOST_BYTES = 20_000
DAY = datetime.date(2026, 12, 1)


def note(kind: str, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO public.chaos_effect (kind, key) VALUES (%s, %s)", [kind, key])


def write(job: RunningJob) -> None:
    MarketingEvent.objects.create(name=job.payload["key"], date=DAY)
    note("effect", job.payload["key"])


@tenant_task("chaos.paid", queue="ai_jobs")
def paid(job: RunningJob) -> None:
    """One or two calls that cost money, then the effect."""
    for part in range(job.payload["calls"]):
        job.remember(f"part {part}", lambda part=part: ask(job.payload["provider"], job.payload["key"], part))
    with job.effect():
        write(job)


@tenant_task("chaos.plain", queue="quick")
def plain(job: RunningJob) -> None:
    """No call; where `follow` says so, its effect asks for the next job, in the same transaction."""
    with job.effect():
        write(job)
        if job.payload.get("follow"):
            key = f"{job.payload['key']}-next"
            enqueue("chaos.plain", key=key, payload={"key": key})


@tenant_task("chaos.timed", queue="quick")
def timed(job: RunningJob) -> None:
    """Says when it began, and does nothing else."""
    began = time.time()
    with job.effect(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO public.latency_start VALUES (%s, %s)", [job.payload["key"], began])


@tenant_task("chaos.poison", queue="quick")
def poison(job: RunningJob) -> None:
    """Takes its worker with it, each time."""
    os.kill(os.getpid(), signal.SIGKILL)


@on_burial("chaos.poison")
def bury(payload: dict[str, Any], cause: str) -> None:
    note("burial", payload["key"])


def ask(provider: str, key: str, part: int, who: str = "durable") -> str:
    """What the provider answers; WorkFailed for everything that is no good answer."""
    caller = http.client.HTTPConnection(provider, timeout=seconds_left(CALL_SECONDS))
    try:
        caller.request("POST", f"/{who}/{key}/{part}", headers={"X-Process": str(os.getpid())})
        answer = caller.getresponse()
        body = answer.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException) as problem:
        raise WorkFailed(f"no answer: {problem!r}", permanent=False, retry_after=0.2) from problem
    finally:
        caller.close()
    if answer.status != 200:
        wait = float(answer.getheader("Retry-After") or 0.2)
        raise WorkFailed(f"status {answer.status}", permanent=False, retry_after=wait)
    if len(body) > MOST_BYTES:
        raise WorkFailed("an answer without end", permanent=False, retry_after=0.2)
    return words_of(body)


def words_of(body: bytes) -> str:
    try:
        words = json.loads(body)["words"]
    except (ValueError, KeyError, TypeError) as problem:
        raise WorkFailed("not an answer", permanent=False, retry_after=0.2) from problem
    return str(words)
