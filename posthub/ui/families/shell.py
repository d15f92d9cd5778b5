"""What stands around every page."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from posthub.ui.component import component
from posthub.ui.families.actions import NO_ICON
from posthub.ui.library import register
from posthub.ui.shortcuts import SHORTCUTS
from posthub.ui.sprite import IconName


@component(register, kept=True)
def brand(*, href: str = "/", name_hidden: bool = False, phone_only: bool = False) -> None:
    """The mark (a post with a ball) and the name."""


@component(register, kept=True)
def nav_list(items: Iterable[Mapping[str, Any]], *, label: str = "") -> None:
    """Main navigation: mappings with url, label, icon, current, count."""


@component(register, kept=True)
def bottom_bar(items: Iterable[Mapping[str, Any]], *, label: str = "") -> Mapping[str, Any]:
    """The phone's four places: those with `phone`, else the first three, and More."""
    every = list(items)
    places = [item for item in every if item.get("phone")][:4] or every[:3]
    return {"places": places, "rest": [item for item in every if item not in places]}


@component(register, kept=True)
def organization_switcher(name: str, *, organizations: Iterable[Mapping[str, Any]] = ()) -> Mapping[str, Any]:
    """The organization one is in and the others one may enter: mappings with name, url, current."""
    return {"others": list(organizations)}


@component(register, block=True)
def user_menu(name: str, *, role: str = "") -> None:
    """Who is signed in; the content is `{% menu_item %}`s."""


@component(register, kept=True)
def search_box(action: str, *, label: str = "", value: str = "", parameter: str = "q") -> None:
    """Search of the top bar; `/` moves there."""


@component(register)
def theme_switch(*, small: bool = True, context: Context) -> Mapping[str, Any]:
    """Light, dark or as the system has it."""
    return {"action": _address("ui:theme"), "chosen": context.get("theme", ""), "back": _here(context)}


@component(register)
def rail_switch(*, context: Context) -> Mapping[str, Any]:
    """Makes the side panel narrow, or wide again; the choice is remembered."""
    return {"action": _address("ui:rail"), "narrow": bool(context.get("rail")), "back": _here(context)}


@component(register)
def language_switch(*, context: Context) -> Mapping[str, Any]:
    """The other languages of the interface, each in its own name."""
    here = (get_language() or settings.LANGUAGE_CODE)[:2]
    names = {"cs": "Česky", "en": "English"}
    others = [
        {"code": code, "name": names.get(code, name)} for code, name in settings.LANGUAGES if code != here
    ]
    return {"action": _address("ui:language"), "others": others, "back": _here(context)}


@component(register, kept=True)
def notice_bar(
    text: str,
    *,
    kind: Literal["info", "warn", "bad"] = "info",
    href: str = "",
    link: str = "",
    icon: IconName = NO_ICON,
) -> None:
    """A line across the whole page: the offline AI, a trial, impersonation, read-only."""


@component(register)
def impersonation_bar(name: str, *, leave_url: str, until: datetime | None = None) -> None:
    """Red over everything while somebody of ours sees the pages as another person: as whom, until when, the way out."""


@component(register, kept=True)
def shortcut_sheet(
    lines: Iterable[tuple[Iterable[Any], Any]] = (),
    *,
    id: str = "shortcuts",  # noqa: A002
) -> Mapping[str, Any]:
    """The dialog that `?` opens: pairs of keys and what they do, the application's own where none are given."""
    return {"lines": lines or SHORTCUTS}


@component(register)
def site_footer(*, context: Context) -> Mapping[str, Any]:
    """The foot of a public page; `footer_links` of the context are mappings with url and label."""
    return {"links": context.get("footer_links") or []}


def _address(name: str) -> str:
    """The switches vanish where an URLconf does not include `posthub.ui.urls`."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _here(context: Context) -> str:
    request = context.get("request")
    return request.get_full_path() if request is not None else "/"
