"""What became of it: effects from the database against accepted jobs and the provider's book."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from posthub.core.database import connection
from posthub.core.tenancy import in_schema

if TYPE_CHECKING:
    from tests.proofs.chaos.load import Load
    from tests.proofs.chaos.provider import Provider

JOBS = """
SELECT split_part(key, ':', 3), state, fence - attempts, extract(epoch FROM finished_at - created_at)::float8
  FROM jobs_job WHERE task LIKE 'chaos.%'
"""


def rows(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def outstanding() -> int:
    return int(rows("SELECT count(*) FROM jobs_job WHERE state IN ('QUEUED', 'RUNNING')")[0][0])


def noted(kind: str) -> Counter[str]:
    """How often each key's effect stands in the ledger."""
    return Counter(key for found, key in rows("SELECT kind, key FROM public.chaos_effect") if found == kind)


def in_tenant_tables(schemas: list[str]) -> Counter[str]:
    names: Counter[str] = Counter()
    for schema in schemas:
        with in_schema(schema):
            names.update(name for (name,) in rows("SELECT name FROM content_marketingevent"))
    return names


def verdict(load: "Load", provider: "Provider") -> dict[str, Any]:
    jobs = {key: (state, cut_off, seconds) for key, state, cut_off, seconds in rows(JOBS)}
    effects, tenant_rows = noted("effect"), in_tenant_tables(load.schemas)
    expected = dict(load.accepted)
    # What an effect asked for is owed as well.
    expected |= {key: "once" for key in jobs if key.endswith("-next")}
    lost = [
        key for key, sort in expected.items() if is_lost(sort, *jobs.get(key, ("", 0, 0))[:1], effects[key])
    ]
    split = [key for key in expected if expected[key] == "once" and effects[key] != tenant_rows[key]]
    doubled = [key for key, count in (effects | tenant_rows | noted("burial")).items() if count > 1]
    extra = Counter[str]()
    for (who, key, _part), times in provider.paid.items():
        if who == "durable":
            extra[key] += times - 1
    cut = {key: cut_off for key, (_state, cut_off, _seconds) in jobs.items()}
    return {
        "accepted": len(expected),
        "lost": len(lost),
        "doubled": len(doubled),
        "half_written": len(split),
        "extra_paid_calls": extra.total(),
        # A worker's death is the end of one attempt in mid-job: kill, stop, or a frozen one taken for dead.
        "deaths": sum(cut.values()),
        "over_one_call_a_death": [key for key, times in extra.items() if times > cut.get(key, 0)],
        "control_accepted": len(load.control),
        "control_lost": len(load.control - set(noted("control"))),
        "examples": {"lost": lost[:5], "doubled": doubled[:5], "half_written": split[:5]},
        "seconds_to_done": waits([seconds for _state, _cut, seconds in jobs.values() if seconds is not None]),
    }


def is_lost(sort: str, state: str, effects: int) -> bool:
    if sort == "poison":
        return state != "DEAD" or effects != 0
    if sort == "leaving" and state == "CANCELLED":
        return effects != 0
    return state != "DONE" or effects == 0


def waits(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        name: round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2)
        for name, share in (("p50", 0.5), ("p95", 0.95), ("max", 1))
        if ordered
    }
