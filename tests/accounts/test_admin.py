"""The Django admin: on the apex, for administrators, through our own log-in."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.utils import translation

LISTS = [
    "accounts/user", "organizations/organization", "organizations/domain", "organizations/membership",
    "organizations/assignment", "billing/plan", "billing/subscription", "jobs/job", "ai/callrecord",
    "audit/auditentry",
]  # fmt: skip
READ_ONLY = ["jobs/job", "ai/callrecord", "audit/auditentry"]


@pytest.mark.parametrize("name", LISTS)
def test_an_administrator_reads_every_list(browser_of: Any, name: str) -> None:
    adam = browser_of("adam", host="posthub.localhost")
    assert adam.get(f"/admin/{name}/").status_code == 200


@pytest.mark.parametrize("name", READ_ONLY)
def test_records_are_read_only(browser_of: Any, name: str) -> None:
    adam = browser_of("adam", host="posthub.localhost")
    assert adam.get(f"/admin/{name}/add/").status_code == 403


@pytest.mark.parametrize("name", ["sofia", "marek", "mona"])
def test_nobody_else_learns_that_there_is_an_admin(browser_of: Any, name: str) -> None:
    browser = browser_of(name, host="posthub.localhost")
    assert browser.get("/admin/").status_code == 404


def test_the_admins_own_log_in_leads_to_ours(apex: Client) -> None:
    for path in ("/admin/login/?next=/admin/", "/admin/"):
        response = apex.get(path)
        assert response["Location"].startswith("/accounts/login/?next=%2Fadmin%2F")
    refused = apex.post(
        "/admin/login/", {"username": "adam@example.com", "password": "correct-horse-battery"}
    )
    assert refused.status_code == 302
    assert "sessionid" not in apex.cookies


@pytest.mark.parametrize("name", ["adam", "sofia"])
def test_organizations_hosts_have_no_admin(browser_of: Any, name: str) -> None:
    assert browser_of(name).get("/admin/").status_code == 404
    assert browser_of(name).get("/admin/login/").status_code == 404


SAME_IN_BOTH = {"PDF", "model", "ID", "AI", "e-mail", "video", "text", "2FA"}


def test_the_admin_names_everything_in_the_language_of_whoever_looks(browser_of: Any) -> None:
    untold = []
    for model in admin.site._registry:
        said = [
            model._meta.verbose_name,
            model._meta.verbose_name_plural,
            model._meta.app_config.verbose_name,
        ]  # type: ignore[union-attr]
        said += [field.verbose_name for field in model._meta.fields if not field.primary_key]
        for name in said:
            both = []
            for language in ("cs", "en"):
                with translation.override(language):
                    both.append(str(name))
            if both[0] == both[1] and both[0] not in SAME_IN_BOTH:
                untold.append((model._meta.label, both[0]))
    assert untold == []
    adam = browser_of("adam", host="posthub.localhost")
    adam.cookies[settings.LANGUAGE_COOKIE_NAME] = "cs"
    page = adam.get("/admin/jobs/job/").content.decode()
    assert ("Správa PostHubu" in page, "Práce na pozadí" in page, "Schema name" in page) == (
        True,
        True,
        False,
    )
