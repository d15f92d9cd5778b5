from django.conf import settings
from django.test import Client, override_settings

from posthub.core.tenancy import in_schema
from posthub.jobs.operations import enqueue
from posthub.organizations.models import Organization


def test_health_answers_on_every_host_name(db: None) -> None:
    for host in ("posthub.localhost", "acme.posthub.localhost", "127.0.0.1:8000"):
        answer = Client(HTTP_HOST=host).get("/api/health/")
        assert (answer.status_code, answer.json()["database"], answer.json()["redis"]) == (
            200,
            "ok",
            "ok" if settings.REDIS_URL else "unused",
        )


def test_health_names_what_waits(acme: Organization) -> None:
    with in_schema(acme.schema_name):
        enqueue("jobs.purge", key="health", payload={})
    assert Client().get("/api/health/").json()["queues"]["scheduled"]["running"] == 0


@override_settings(REDIS_URL="redis://127.0.0.1:1/0")
def test_a_redis_that_is_down_turns_health_red(db: None) -> None:
    answer = Client().get("/api/health/")
    assert (answer.status_code, answer.json()["redis"], answer.json()["ok"]) == (503, "unreachable", False)


def test_only_looking_is_answered(db: None) -> None:
    assert Client(HTTP_HOST="posthub.localhost").post("/api/health/").status_code == 404
