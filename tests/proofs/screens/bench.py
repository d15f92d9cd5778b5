"""An organization with much waiting, and what its client's screens take."""

import gzip
import time
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from posthub.accounts.models import User
from posthub.content.models import BlogPost
from posthub.core.tenancy import in_schema
from posthub.organizations.migrating import migrate_everything
from posthub.organizations.models import Organization
from posthub.organizations.operations import register_organization
from tests.shelf import Shelf
from tests.support.companies import make_company

Figures = dict[str, int | float]
ROUNDS = 15
MOST = {"sql": 12, "cpu_ms": 30}
MOST_SQL = dict.fromkeys(("calendar", "calendar_week", "calendar_list", "calendar_day"), 10) | {
    "review_queue": 8
}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def bench(n: int) -> dict[str, Any]:
    migrate_everything()
    user = User.objects.create_user("owner@example.com", "correct-horse-battery", name="Owner")
    place = register_organization(name="Place", label="place", by=user, language="en", platforms=["x"])
    articles = fill(place, n)
    client = Client(HTTP_HOST=f"place.{settings.BASE_HOST}")
    with in_schema(place.schema_name):
        client.force_login(user, backend=BACKEND)  # a session belongs to the host it was begun on
    pages = {
        # The list of what waits, and one thing of it on the desk.
        "review_queue": "/inbox/",
        "review": f"/inbox/article/{articles[n // 2].pk}/",
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
        "settings_members": "/settings/members/",
        "settings_approving": "/settings/approving/",
        "settings_data": "/settings/data/",
        "activity": "/settings/activity/",
        "topics": "/topics/",
        "posts": "/posts/",
        "company": "/company/",
        "documents": "/documents/",
        "billing": "/billing/",
        "profile": "/profile/",
    }
    # The first page of a process looks up whose host this is, which is known for the next half minute.
    first = weigh(client, "get", pages["profile"])
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
        "more_sql_while_the_host_is_unknown": first["sql"] - screens["profile"]["sql"],
    }


def fill(place: Organization, n: int) -> list[BlogPost]:
    connection.set_tenant(place)
    shelf = Shelf(make_company(), place)
    return [shelf.article() for _number in range(n)]


def weigh(client: Client, method: str, path: str, form: dict[str, Any] | None = None) -> Figures:
    """A page is asked for several times, and the median counts; a decision can be made once only.

    Statements are counted in a round of their own: writing them down takes time, too. Nothing of Django's test
    environment is set up, which would copy the context of every template that is drawn.
    """
    headers = {"HX-Request": "true"} if method == "post" else {}
    times = []
    with CaptureQueriesContext(connection) as seen:
        answer, once = asked(client, method, path, form, headers)
    statements = len(seen)  # the next request empties the log
    for _round in range(ROUNDS if method == "get" else 0):
        answer, spent = asked(client, method, path, form, headers)
        times.append(spent)
    return {
        "sql": statements,
        "cpu_ms": round(median(times or [once]) * 1000, 1),
        "html_bytes": len(answer.content),
        "gzip_bytes": len(gzip.compress(answer.content, 6)),
    }


def asked(
    client: Client, method: str, path: str, form: dict[str, Any] | None, headers: dict[str, str]
) -> tuple[Any, float]:
    """The answer, and the seconds of CPU that it took."""
    started = time.process_time()
    answer = getattr(client, method)(path, form or {}, headers=headers)
    spent = time.process_time() - started
    if answer.status_code != 200:
        raise AssertionError(f"{path}: {answer.status_code}")
    return answer, spent


def too_much(screens: dict[str, Figures]) -> list[str]:
    """What a screen takes beyond its bound."""
    bounds = {name: MOST | ({"sql": MOST_SQL[name]} if name in MOST_SQL else {}) for name in screens}
    return [
        f"{name}: {key} {figures[key]} > {bounds[name][key]}"
        for name, figures in screens.items()
        for key in MOST
        if figures[key] > bounds[name][key]
    ]
