"""What a role for each organization costs: the same entries and reads with roles and without, in turns."""

import os
import statistics
import time
from pathlib import Path

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from posthub.content.models import MarketingEvent
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job
from posthub.organizations.models import Organization

BLOCKS, ENTRIES = 12, 200


def measure(organizations: list[Organization]) -> dict[str, float]:
    """Statements and microseconds of CPU that entering an organization and reading there takes on each side."""
    figures: dict[str, list[tuple[float, float]]] = {"on": [], "off": []}
    statements = {}
    for block in range(BLOCKS):
        mode = "on" if block % 2 else "off"
        with override_settings(ORGANIZATION_ROLES=mode):
            figures[mode].append(_block(organizations))
            with CaptureQueriesContext(connection) as seen:
                _visit(organizations[0])
            statements[mode] = len(seen)
    ours = {mode: statistics.median(figure[0] for figure in found) for mode, found in figures.items()}
    servers = {mode: statistics.mean(figure[1] for figure in found) for mode, found in figures.items()}
    return {
        "role_statements": statements["on"] - statements["off"],
        "role_us_here": round(ours["on"] - ours["off"], 1),
        "role_us_postgres": round(servers["on"] - servers["off"], 1),
        "visit_us_here": round(ours["on"], 1),
        "visit_us_postgres": round(servers["on"], 1),
    }


def _block(organizations: list[Organization]) -> tuple[float, float]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    before, at = _seconds_of(pid), time.process_time()
    for number in range(ENTRIES):
        _visit(organizations[number % len(organizations)])
    took, served = time.process_time() - at, _seconds_of(pid) - before
    return took / ENTRIES * 1e6, served / ENTRIES * 1e6


def _visit(organization: Organization) -> None:
    """As a small page does: a read of its own table, and one of public that row level security narrows."""
    with in_schema(organization.schema_name):
        list(MarketingEvent.objects.values_list("name", flat=True)[:3])
        list(Job.objects.filter(schema_name=organization.schema_name, state="QUEUED")[:3])


def _seconds_of(pid: int) -> float:
    """The CPU a backend has used; in hundredths of a second, so only many visits together say something."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
