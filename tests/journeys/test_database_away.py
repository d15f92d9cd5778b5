"""The database goes away while somebody watches a job: the page says so, and goes on by itself when it is back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db.models.functions import Now
from django.test import Client
from playwright.sync_api import expect

from posthub.accounts.models import User
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job
from posthub.organizations.models import Organization
from tests.support.databases import maintenance, pointed_at
from tests.support.live import Live

pytestmark = pytest.mark.browser


@contextmanager
def away(database: str) -> Iterator[None]:
    """Every session is cut off and nobody gets in, as while PostgreSQL restarts."""
    with maintenance() as session:
        _open(session, database, "false")
        session.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database]
        )
        try:
            yield
        finally:
            _open(session, database, "true")


def _open(session: psycopg.Connection, database: str, whether: str) -> None:
    session.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS {whether}')


def signed_in(name: str, schema_name: str) -> str:
    """A session belongs to the host it was begun on."""
    client = Client()
    with in_schema(schema_name):
        client.force_login(
            User.objects.get(email=f"{name}@example.com"), backend=settings.AUTHENTICATION_BACKENDS[0]
        )
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_a_page_that_watches_a_job_survives_a_restart_of_the_database(
    visitor: Any, live: Live, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), pointed_at(live.database):
        schema = Organization.objects.get(name="Acme").schema_name
        job = Job.objects.create(
            schema_name=schema, task="content.propose_topics", queue="ai_priority", key=f"{schema}:watched",
            title="Watched", state="RUNNING", lease_until=Now(), claimed_at=Now(), fence=1, attempts=1,
        )  # fmt: skip
        Job.objects.filter(pk=job.pk).update(lease_until="2099-01-01T00:00Z")
        session = signed_in("sofia", schema)
    sofia = visitor("en")
    sofia.expecting(503)
    host = "acme.posthub.localhost"
    sofia.page.context.add_cookies([{"name": "sessionid", "value": session, "url": live.url(host=host)}])
    sofia.page.goto(live.url(f"/jobs/{job.pk}/", host=host))
    with django_db_blocker.unblock(), away(live.database):
        expect(sofia.page.locator("#offline")).to_contain_text("is just starting again")
    with django_db_blocker.unblock(), pointed_at(live.database):
        Job.objects.filter(pk=job.pk).update(state="DONE", progress=100, finished_at=Now())
    expect(sofia.page.locator(f"#task-{job.pk}")).to_have_attribute("aria-busy", "false")
    expect(sofia.page.locator("#offline")).to_be_hidden()
    # htmx itself says so in the console, in words of its own.
    assert [problem for problem in sofia.problems if "Response Status Error Code 503" not in problem] == []
