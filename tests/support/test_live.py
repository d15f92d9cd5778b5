"""The machinery itself: a journey that cannot start must not look like a product that does not work."""

from typing import Any

from posthub.accounts.models import User
from posthub.jobs.models import Job
from tests.support.databases import pointed_at
from tests.support.live import Live


def test_the_live_server_answers_on_the_hosts_of_the_cast(live: Live) -> None:
    assert live.get("/accounts/login/", "acme.posthub.localhost")[0] == 200
    assert live.get("/", "nobody.posthub.localhost")[0] == 404


def test_the_live_database_can_be_looked_into(live: Live, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), pointed_at(live.database):
        assert User.objects.filter(email="sofia@example.com").exists()
        assert Job.objects.filter(state="DEAD").count() == 0
