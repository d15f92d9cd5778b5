"""Fifty people press Approve at the same moment: one effect, over real HTTP, in real processes.

`make deciding` runs DECIDING_ROUNDS × DECIDING_PEOPLE; the suite runs a short version.
"""

import http.client
import os
from collections import Counter
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from posthub.accounts.models import User
from posthub.approvals.models import Decision
from posthub.company.models import Company
from posthub.content.models import BlogPost, SocialPost
from posthub.core.tenancy import in_schema
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization
from tests.shelf import Shelf
from tests.support.databases import pointed_at
from tests.support.live import Live
from tests.support.threads import all_well, at_once

ROUNDS = int(os.environ.get("DECIDING_ROUNDS", "4"))
PEOPLE = int(os.environ.get("DECIDING_PEOPLE", "12"))
HOST = "acme.posthub.localhost"
CSRF = "a" * 32


def approve(live: Live, session: str, path: str, form: dict[str, str]) -> int:
    """One press of the button, on a connection of its own."""
    client = http.client.HTTPConnection("127.0.0.1", live.port, timeout=120)
    headers = {
        "Host": f"{HOST}:{live.port}",
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://{HOST}:{live.port}",
    }
    try:
        client.request("POST", path, urlencode({**form, "csrfmiddlewaretoken": CSRF}), headers)
        return client.getresponse().status
    finally:
        client.close()


def test_many_at_once_have_one_effect(live: Live, django_db_blocker) -> None:
    with django_db_blocker.unblock(), pointed_at(live.database):
        sofia = User.objects.get(name="Sofia")
        client = Client(HTTP_HOST=HOST)
        acme = Organization.objects.get(name="Acme")
        with in_schema(acme.schema_name):  # a session is one of the host it was begun on
            client.force_login(sofia, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = client.cookies["sessionid"].value
        with in_schema(acme.schema_name):
            shelf = Shelf(Company.objects.create(name="Bakery", language="en"), acme)
            things = [
                shelf.article() if number % 2 else shelf.posts(platforms=("x",))[0]
                for number in range(ROUNDS)
            ]
        statuses: Counter[int] = Counter()
        for thing in things:
            path, form = f"/review/{thing.KIND}/{thing.pk}/approve/", {"version": thing.content_hash}
            answers = at_once(PEOPLE, lambda _n, p=path, f=form: approve(live, session, p, f), seconds=300)
            statuses.update(all_well(answers))
        with in_schema(acme.schema_name):
            ids = [thing.pk for thing in things]
            assert Decision.objects.filter(object_id__in=ids, outcome="approved").count() == ROUNDS
            moves = StateChange.objects.filter(object_id__in=ids, after="APPROVED")
            assert moves.count() == ROUNDS
            done = [
                *BlogPost.objects.filter(pk__in=ids).values_list("state", flat=True),
                *SocialPost.objects.filter(pk__in=ids).values_list("state", flat=True),
            ]
            assert sorted(set(done)) == ["APPROVED", "SCHEDULED"]
    print(f"{ROUNDS} rounds of {PEOPLE}: {dict(statuses)}")
    assert statuses == {303: ROUNDS, 409: ROUNDS * (PEOPLE - 1)}
