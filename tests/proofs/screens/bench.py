"""An organization with much waiting, and what its client's screens take."""

import gzip
import time
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from posthub.accounts.models import User
from posthub.content.models import BlogPost
from posthub.core.tenancy import in_schema
from posthub.organizations.migrating import migrate_everything
from posthub.organizations.models import Organization
from posthub.organizations.operations import register_organization
from tests.shelf import Shelf
from tests.support.companies import make_company

Figures = dict[str, int | float]
ROUNDS = 5
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def bench(n: int) -> dict[str, Any]:
    setup_test_environment()
    migrate_everything()
    user = User.objects.create_user("owner@example.com", "correct-horse-battery", name="Owner")
    place = register_organization(name="Place", label="place", by=user, language="en", platforms=["x"])
    articles = fill(place, n)
    client = Client(HTTP_HOST=f"place.{settings.BASE_HOST}")
    with in_schema(place.schema_name):
        client.force_login(user, backend=BACKEND)  # a session belongs to the host it was begun on
    pages = {
        "review_queue": f"/inbox/article/{articles[n // 2].pk}/",
        "inbox": "/inbox/",
        "dashboard": "/",
        "calendar": "/calendar/?d=2027-02",
        "calendar_week": "/calendar/?view=week&d=2027-02-03",
        "calendar_list": "/calendar/?view=list&d=2027-02",
        "calendar_day": "/calendar/?view=day&d=2027-02-03",
        "subscription": "/calendar/subscription/",
        "content": "/content/?q=bread",
        "articles": "/articles/",
        "results": "/results/",
        "results_weeks": "/results/weeks/",
        "events": "/events/",
        "media": "/media/",
        "personas": "/personas/",
        "settings": "/settings/",
        "billing": "/billing/",
    }
    screens = {name: weigh(client, "get", path) for name, path in pages.items()}
    one, many = articles[0], articles[1:51]
    return {
        "screens": screens,
        "decision": weigh(
            client, "post", f"/review/article/{one.pk}/approve/", {"version": one.content_hash}
        ),
        f"bulk_{len(many)}": weigh(
            client,
            "post",
            "/inbox/selected/approve/",
            {"shown": [f"article:{post.pk}:{post.content_hash}" for post in many]},
        ),
        "waiting": n,
    }


def fill(place: Organization, n: int) -> list[BlogPost]:
    connection.set_tenant(place)
    shelf = Shelf(make_company(), place)
    return [shelf.article() for _number in range(n)]


def weigh(client: Client, method: str, path: str, form: dict[str, Any] | None = None) -> Figures:
    """A page is asked for several times, and the cheapest time counts; a decision can be made once only."""
    headers = {"HX-Request": "true"} if method == "post" else {}
    times = []
    for _round in range(ROUNDS if method == "get" else 1):
        with CaptureQueriesContext(connection) as seen:
            started = time.process_time()
            answer = getattr(client, method)(path, form or {}, headers=headers)
            times.append(time.process_time() - started)
        if answer.status_code != 200:
            raise AssertionError(f"{path}: {answer.status_code}")
    return {
        "sql": len(seen),
        "cpu_ms": round(min(times) * 1000, 1),
        "html_bytes": len(answer.content),
        "gzip_bytes": len(gzip.compress(answer.content, 6)),
    }
