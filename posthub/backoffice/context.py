"""The places of the shell's navigation and what the viewer may do, for whoever is looking."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from posthub.accounts.policies import is_admin, is_staff_member, leads_a_team
from posthub.approvals.queries.inbox import waiting_for
from posthub.core.tenancy import base_url
from posthub.organizations.policies import may_change_settings


def places(request: HttpRequest) -> dict[str, Any]:
    """Nothing is asked of the database before a template shows the navigation, and then one count."""
    user = getattr(request, "user", None)
    organization = getattr(request, "organization", None)
    if user is None or not user.is_authenticated:
        return {"nav": [], "login_url": reverse("account_login"), "signup_url": f"{base_url()}/register/"}
    if organization is None:
        return {
            "nav": SimpleLazyObject(lambda: list(staff_places(request))),
            "user_nav": account_places(user),
        }
    return {
        "nav": SimpleLazyObject(lambda: list(client_places(request))),
        "user_nav": account_places(user),
        "organization": organization,
        "search_url": reverse("content:content"),
        "organizations": other_organizations(),
        "user_role": _("Member") if request.supervises else user.get_staff_role_display(),  # type: ignore[attr-defined]
        "can": permissions(request),
    }


def permissions(request: Any) -> dict[str, bool]:
    return {
        "supervise": request.supervises,
        "change_settings": may_change_settings(request.user, supervises=request.supervises),
    }


def client_places(request: Any) -> Iterator[dict[str, Any]]:
    known = [
        ("approvals:dashboard", _("Dashboard"), "layout-dashboard", "d", True),
        ("approvals:inbox", _("Inbox"), "inbox", "i", True),
        ("delivery:calendar", _("Calendar"), "calendar-days", "c", True),
        ("content:topics", _("Content"), "file-text", "", True),
        ("personas:persona_list", _("Personas"), "users", "", False),
        ("company:dna", _("Company DNA"), "dna", "", False),
        ("company:documents", _("Documents"), "folder", "", False),
        ("content:library", _("Media"), "image", "", False),
        ("approvals:results", _("Results"), "chart-column", "", False),
        ("billing:billing", _("Plan and billing"), "credit-card", "", False),
        ("organizations:settings", _("Settings"), "settings", "", False),
    ]
    for name, label, icon, key, phone in known:
        place = _place(request, name, label, icon)
        if place is not None:
            count = _waiting(request) if name == "approvals:inbox" else 0
            short = _("Approve") if name == "approvals:inbox" else label
            yield {**place, "key": key, "phone": phone, "count": count, "short": short}


def _waiting(request: Any) -> int:
    """As the page's own view has counted it in the queue; else the same things by one statement."""
    counted: int | None = getattr(request, "waiting", None)
    if counted is not None:
        return counted
    return waiting_for(request.user, rules=request.organization, supervises=request.supervises)


def staff_places(request: Any) -> Iterator[dict[str, Any]]:
    user = request.user
    known = [
        (is_staff_member(user), "backoffice:portfolio", _("Portfolio"), "layout-grid"),
        (leads_a_team(user), "backoffice:team", _("Team"), "users"),
        (is_staff_member(user), "backoffice:failed_jobs", _("Failed tasks"), "triangle-alert"),
        (is_admin(user), "backoffice:mails", _("Mails"), "mail"),
        (is_admin(user), "admin:index", _("Administration"), "sliders-horizontal"),
    ]
    for open_to, name, label, icon in known:
        place = _place(request, name, label, icon) if open_to else None
        if place is not None:
            yield {**place, "short": _("Tasks") if name == "backoffice:failed_jobs" else label}


def _place(request: Any, name: str, label: str, icon: str) -> dict[str, Any] | None:
    """None where this host has no such page."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    here = (
        request.path == url if url == "/" or name == "backoffice:portfolio" else request.path.startswith(url)
    )
    return {"url": url, "label": label, "icon": icon, "current": here}


def account_places(user: Any) -> list[dict[str, str]]:
    return [
        {"url": reverse("accounts:profile"), "label": _("Profile"), "icon": "user"},
        {"post": reverse("account_logout"), "label": _("Sign out"), "icon": "log-out"},
    ]


def other_organizations() -> list[dict[str, str]]:
    """Tokens for other hosts are made where they are shown: on the page that lists them."""
    return [{"name": _("Switch organization"), "url": reverse("organizations:organization_list")}]
