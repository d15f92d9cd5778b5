"""What `make demo` runs: the table that the runner reads."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from posthub.core.processes import Program
from posthub.demo.payments import OwnStripe


@dataclass(frozen=True)
class Table:
    """`site` serves the demo's company, `payments` stands in for Stripe; `prepare` and `seed` are run to their end."""

    site: Program
    payments: Program
    prepare: tuple[Program, ...]
    serve: tuple[Program, ...]
    seed: Program


def table(*, site_port: int, site_url: str, json_path: str, payments: OwnStripe) -> Table:
    return Table(
        site=Program("site", (sys.executable, "-m", "posthub.demo.site", "--port", str(site_port))),
        payments=Program(
            "stripe",
            (
                *(sys.executable, "-m", "posthub.demo.stripe", "--port", str(payments.port)),
                *("--file", str(payments.file), "--tell", payments.hook),
            ),
        ),
        prepare=(_manage("migrate", "migrate_tenants"),),
        serve=(
            Program("web", (sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "posthub.wsgi")),
            _manage("worker", "posthub_worker"),
            _manage("sweeper", "posthub_sweeper"),
        ),
        seed=_manage("seed", "seed_demo", "--site-url", site_url, "--json", json_path),
    )


def _manage(name: str, *arguments: str) -> Program:
    return Program(name, (sys.executable, "manage.py", *arguments))
