"""What things lie on."""

from collections.abc import Mapping
from typing import Any, Literal

from posthub.ui.component import component
from posthub.ui.families.actions import NO_ICON
from posthub.ui.library import register
from posthub.ui.sprite import IconName


@component(register, block=True, slots=("head", "foot"))
def card(
    title: str = "",
    *,
    level: Literal["2", "3", "4"] = "2",
    meta: str = "",
    flush: bool = False,
    selected: bool = False,
    href: str = "",
    id: str = "",  # noqa: A002
) -> Mapping[str, Any]:
    """A surface with one heading. `flush` is for lists and tables; `href` makes all of it a link."""
    classes = ["card"]
    if flush:
        classes.append("card-flush")
    if selected:
        classes.append("card-selected")
    if href:
        classes.append("card-link")
    return {"classes": " ".join(classes)}


@component(register, block=True)
def paper(
    *,
    id: str = "",  # noqa: A002
    lang: str = "",
    lift: bool = False,
    prose: bool = False,
    pile: bool = False,
    href: str = "",
) -> None:
    """The warm sheet under the client's own words. `prose` sets it for reading, `pile` lays more below it."""


@component(register, block=True)
def page_head(
    title: str,
    *,
    lead: str = "",
    kicker: str = "",
    kicker_href: str = "",
    display: bool = False,
    lang: str = "",
) -> None:
    """The sentence a page has to say; the content is its actions on the right. `lang` is that of title and lead."""


@component(register, block=True)
def section(
    title: str,
    *,
    level: Literal["2", "3"] = "2",
    href: str = "",
    link: str = "",
    meta: str = "",
    id: str = "",  # noqa: A002
) -> None:
    """A part of a page with its heading and one link on the right."""


@component(register, kept=True)
def divider(label: str = "") -> None:
    """A line between things that do not belong together."""


@component(register, block=True)
def accordion(summary: str, *, open: bool = False, group: str = "") -> None:  # noqa: A002
    """Details to unfold; one of a `group` at a time."""


@component(register, kept=True)
def stat(label: str, *, value: str, hint: str = "") -> None:
    """One figure in words."""


@component(register, block=True)
def table(
    caption: str,
    *,
    caption_shown: bool = False,
    compact: bool = False,
    cards: bool = True,
    id: str = "",  # noqa: A002
) -> None:
    """A table whose rows become cards on a phone (cells have `data-label`). Content is thead and tbody."""


@component(register, kept=True)
def column(
    label: str,
    *,
    sort: str = "",
    sorted: Literal["ascending", "descending", ""] = "",  # noqa: A002
    hidden: bool = False,
    right: bool = False,
) -> None:
    """A column head; `sort` is the address that sorts by it."""


@component(register, block=True)
def empty_state(
    title: str,
    *,
    text: str = "",
    kind: Literal["done", "first", "filter", "error", "gated"] = "done",
    icon: IconName = NO_ICON,
) -> Mapping[str, Any]:
    """Nothing here, what will be, and one button (the content)."""
    icons = {"done": "", "first": "", "filter": "filter", "error": "triangle-alert", "gated": "lock"}
    return {"sign": icon or icons[kind]}


@component(register, block=True)
def quota_gate(title: str, *, text: str, href: str, label: str) -> None:
    """Being over the allowance: what is used, what is possible, the way to more. Never an error."""


@component(register, block=True)
def plan_card(
    name: str,
    *,
    price: str,
    period: str = "",
    selected: bool = False,
    mark: str = "",
    features: list[str] | tuple[str, ...] = (),
    missing: list[str] | tuple[str, ...] = (),
    level: Literal["2", "3"] = "3",
) -> None:
    """A plan told as what one gets; the content is its button."""
