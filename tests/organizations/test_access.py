"""404 for "not yours to know", 403 for "yours, but not to do"; a view nobody thought about answers nobody."""

from typing import Any

import pytest
from django.test import override_settings

from posthub.organizations.models import Organization

HERE = override_settings(ROOT_URLCONF="tests.organizations.urls_for_the_client")


@pytest.mark.parametrize(
    ("name", "status"), [("sofia", 200), ("marek", 403), ("mona", 403), ("adam", 403), ("oscar", 404)]
)
def test_what_is_the_clients_alone(browser_of: Any, acme: Organization, name: str, status: int) -> None:
    with HERE:
        assert browser_of(name).get("/own/").status_code == status


@pytest.mark.parametrize("name", ["sofia", "adam"])
def test_a_view_without_a_declaration_answers_nobody(browser_of: Any, acme: Organization, name: str) -> None:
    with HERE:
        assert browser_of(name).get("/forgotten/").status_code == 404


def test_a_refusal_comes_as_a_panel_to_htmx(browser_of: Any, acme: Organization) -> None:
    with HERE:
        answer = browser_of("marek").get("/own/", headers={"hx-request": "true"})
    assert answer.status_code == 403
    assert "<html" not in answer.content.decode()
