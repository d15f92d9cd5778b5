"""The navigation of the shell, asked for only where it is shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import set_urlconf
from django.utils import timezone, translation

from posthub.backoffice.context import places
from posthub.organizations.models import Organization
from posthub.worklist.models import WaitsOn, WorkItem


def request_of(user: Any, organization: Any = None, *, supervises: bool = True) -> Any:
    request: Any = RequestFactory().get("/settings/")
    request.user, request.tenant = user, organization
    if organization is not None:
        request.organization, request.supervises = organization, supervises
    return request


def test_nobody_in_particular_costs_nothing(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        context = places(request_of(AnonymousUser()))
    assert (context["nav"], len(queries)) == ([], 0)
    assert context["signup_url"] == "http://posthub.localhost:8000/register/"


def test_a_page_without_navigation_pays_nothing_and_one_with_it_one_statement(
    cast: Any, tenant: Organization
) -> None:
    WorkItem.objects.create(
        organization=tenant, kind="topic", object_id="00000000-0000-0000-0000-000000000001", title="T",
        state="DRAFT", waits_on=WaitsOn.CLIENT, since=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        context = places(request_of(cast.sofia, tenant))
    assert len(queries) == 0
    with CaptureQueriesContext(connection) as queries:
        labels = [item["label"] for item in context["nav"]]
        list(context["nav"])
    assert len(queries) <= 1
    assert labels[-1] == "Settings"
    assert context["nav"][-1]["current"] is True
    assert context["can"] == {"supervise": True, "change_settings": True}


def test_a_marketer_may_look_but_not_change(cast: Any, acme: Organization) -> None:
    context = places(request_of(cast.marek, acme, supervises=False))
    assert context["can"] == {"supervise": False, "change_settings": False}
    assert context["user_role"] == "Marketer"


def test_the_staff_area_has_its_own_places(cast: Any) -> None:
    set_urlconf("posthub.urls.public")
    labels = {
        name: [item["label"] for item in places(request_of(getattr(cast, name)))["nav"]]
        for name in ("sofia", "marek", "mona", "adam")
    }
    set_urlconf(None)
    assert labels == {
        "sofia": [],
        "marek": ["Portfolio", "Failed tasks"],
        "mona": ["Portfolio", "Team", "Failed tasks"],
        "adam": ["Portfolio", "Team", "Failed tasks", "Mails", "Administration"],
    }


@pytest.mark.parametrize("language", ["en", "cs"])
def test_what_stands_on_the_bottom_bar_is_said_in_one_short_word(
    cast: Any, tenant: Organization, language: str
) -> None:
    """Four places, and "More", have 72 px each on a phone; of the staff's places the first three are shown."""
    with translation.override(language):
        shown = [place for place in places(request_of(cast.sofia, tenant))["nav"] if place["phone"]]
        set_urlconf("posthub.urls.public")
        shown += places(request_of(cast.adam))["nav"][:3]
        set_urlconf(None)
    words = [place["short"] for place in shown]
    assert len(words) == 7
    assert [word for word in words if len(word) > 9 or " " in word] == []
