"""What stands around a list: filters, what is done with the selected, more of it, and its tiles."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext

from posthub.ui.component import component
from posthub.ui.library import register
from posthub.ui.times import clock, relative


@component(register, block=True, slots=("chosen",))
def filter_bar(
    label: str,
    *,
    target: str,
    action: str = "",
    search: bool = False,
    clear: str = "",
    apply_label: str = "",
) -> None:
    """Filters of a list as one GET form: it acts on each change, and by its button without scripts.

    The content is its fields, `target` the selector of the list that the answer replaces, the slot `chosen` holds
    `{% chip remove=… %}`s of what is chosen, `clear` is the address without any of it.
    """


@component(register, block=True)
def bulk_bar(label: str, *, form: str = "", count: int = 0) -> None:
    """What is done with everything that is selected; the content is its buttons. It says how many there are.

    It stands at the end of a `<form data-ticks>` whose rows have a box named `item`.
    """


@component(register)
def load_more(href: str, *, target: str, label: str = "", shown: int, of: int) -> Mapping[str, Any]:
    """The next part of a long list: a link that HTMX turns into a growing list. `target` is that list's selector."""
    values = {"shown": shown, "of": of}
    return {"said": gettext("%(shown)s of %(of)s shown") % values, "over": shown >= of}


@component(register, block=True)
def panels(label: str, *, id: str) -> None:  # noqa: A002
    """Parts of one page behind tabs; the content is `{% panel %}`s. Without scripts they stand below each other."""


@component(register, block=True)
def panel(title: str, *, id: str) -> None:  # noqa: A002
    """One part behind a tab of `{% panels %}`."""


@component(register, block=True)
def media_tile(
    title: str,
    *,
    src: str = "",
    alt: str = "",
    kind: Literal["image", "video", "document"] = "image",
    href: str = "",
    meta: str = "",
    ai: bool = False,
    alt_missing: bool = False,
    width: int = 0,
    height: int = 0,
) -> Mapping[str, Any]:
    """One picture, film or file of a library; the content is what can be done with it.

    `alt_missing` says that nobody described the picture yet, `ai` that AI made it.
    """
    return {"sign": {"image": "image", "video": "clapperboard", "document": "file-text"}[kind]}


@component(register)
def sla(due: datetime, *, now: datetime | None = None, waiting: bool = False) -> Mapping[str, Any]:
    """Whether an answer is in time: on time, due today, late by so much; `waiting` stops the clock."""
    moment = now or timezone.now()
    local, today = timezone.localtime(due), timezone.localtime(moment).date()
    if waiting:
        return {"kind": "neutral", "sign": "pause", "said": gettext("The clock stands")}
    if due < moment:
        return {
            "kind": "bad",
            "sign": "circle-alert",
            "said": gettext("Late, was due %(at)s") % {"at": relative(local)},
        }
    if local.date() == today:
        return {
            "kind": "warn",
            "sign": "clock",
            "said": gettext("Due today at %(at)s") % {"at": clock(local)},
        }
    return {"kind": "ok", "sign": "check", "said": gettext("On time")}


@component(register)
def tier_table(
    caption: str,
    *,
    plans: Iterable[Mapping[str, Any]],
    rows: Iterable[tuple[str, Iterable[Any]]],
) -> Mapping[str, Any]:
    """Plans beside each other, one line for each thing they differ in; on a phone one plan after the other.

    `plans` are mappings with `name`, `price`, and perhaps `current`, `href`, `action`; `rows` pairs of a word and a
    value for each plan: True and False read as yes and no.
    """
    heads = [dict(plan) for plan in plans]
    lines = [(word, list(values)) for word, values in rows]
    for place, head in enumerate(heads):
        head["cells"] = [(word, values[place]) for word, values in lines]
    return {"heads": heads, "lines": lines}
