"""The set-up's search while one types: the list comes by itself, and the focus stays where one writes."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from posthub.accounts.models import User
from posthub.organizations.operations import register_organization
from tests.conftest import PASSWORD
from tests.journeys.visitor import Visitor
from tests.support.databases import pointed_at
from tests.support.live import Live

pytestmark = pytest.mark.browser
HOST = "gamma.posthub.localhost"


@pytest.fixture
def nobody_yet(live: Live, django_db_blocker: Any) -> None:
    """An organization of oscar's of which nobody has said which company it is."""
    with django_db_blocker.unblock(), pointed_at(live.database):
        oscar = User.objects.get(email="oscar@example.com")
        register_organization(name="Gamma", label="gamma", by=oscar, language="cs")


def test_a_company_is_found_while_its_name_is_typed(
    nobody_yet: None, visitor: Callable[..., Visitor], live: Live
) -> None:
    oscar = visitor("cs")
    page = oscar.page
    page.goto(live.url("/accounts/login/", HOST))
    page.locator("input[name=login]").fill("oscar@example.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(live.url("/", HOST))
    page.goto(live.url("/welcome/company/", HOST))
    page.locator("input[name=company]").press_sequentially("pek")
    expect(page.locator("input[name=entry]")).to_have_count(3)
    assert page.evaluate("document.activeElement.name") == "company"
    oscar.look_well("company-search")
    page.get_by_label("Pekárna Podhorka").check()
    page.locator("button[form=company-form]").click()
    expect(page.locator("#point-identity-registration_id")).to_contain_text("99001276")
    assert oscar.problems == []
