"""What the service says back."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django.utils.translation import gettext

from posthub.ui.component import component
from posthub.ui.families.actions import NO_ICON
from posthub.ui.library import register
from posthub.ui.numbers import grouped
from posthub.ui.sprite import IconName

ICONS = {"info": "info", "ok": "check", "warn": "clock", "bad": "triangle-alert"}


@component(register, block=True)
def alert(
    title: str = "",
    *,
    kind: Literal["info", "ok", "warn", "bad"] = "info",
    icon: IconName = NO_ICON,
    arrived: bool = False,
    dismissible: bool = False,
    id: str = "",  # noqa: A002
) -> Mapping[str, Any]:
    """A message in its place; `arrived` when it comes after the page was loaded, so that it is read out.

    `dismissible` gives it a button that puts it away until the page is loaded again; never for what must be done.
    """
    return {"sign": icon or ICONS[kind]}


@component(register)
def toast(
    text: str,
    *,
    kind: Literal["ok", "bad"] = "ok",
    undo: str = "",
    undo_label: str = "",
) -> None:
    """One line in the toast region; `undo` is a POST address and keeps it up longer."""


@component(register)
def toasts(messages: Iterable[Any] = (), *, oob: bool = False) -> None:
    """The persistent region for toasts; `oob` appends to it from an HTMX answer."""


@component(register)
def spinner(label: str, *, size: Literal["s", "m", "l"] = "m", label_shown: bool = False) -> None:
    """Something is under way; says what."""


@component(register)
def skeleton(
    label: str, *, shape: Literal["card", "lines", "rows"] = "lines", lines: int = 3
) -> Mapping[str, Any]:
    """The shape of what is being loaded, at its final height."""
    widths = ("40", "90", "70")
    return {"widths": [widths[index % 3] for index in range(int(lines))]}


@component(register)
def progress_bar(
    label: str,
    *,
    id: str,  # noqa: A002
    value: float | None = None,
    max: float = 100,  # noqa: A002
    text: str = "",
    state: Literal["running", "ok", "bad"] = "running",
    thin: bool = False,
    label_hidden: bool = False,
) -> None:
    """How far something is; without a value, that it waits."""


@component(register)
def usage_meter(
    label: str,
    *,
    used: int,
    limit: int | None = None,
    hint: str = "",
) -> Mapping[str, Any]:
    """What is used of an allowance, in words and as a meter; amber from 80 %, red when full."""
    if limit is None:
        return {"said": gettext("%(used)s, no limit") % {"used": grouped(used)}}
    return {
        "said": gettext("%(used)s of %(limit)s") % {"used": grouped(used), "limit": grouped(limit)},
        "low": limit * 0.8,
        "high": max(limit - 0.01, 0),
        "full": used >= limit,
        "of": max(limit, 1),
        "shown": min(used, max(limit, 1)),
    }


@component(register, kept=True)
def readiness(parts: Iterable[tuple[str, str]]) -> Mapping[str, Any]:
    """How ready a slot is: pairs of (part, done | yours | running | late | todo)."""
    words = {
        "done": gettext("done"),
        "yours": gettext("with you"),
        "running": gettext("in the making"),
        "late": gettext("late"),
        "todo": gettext("to come"),
    }
    pairs = list(parts)
    return {
        "pips": [code for _part, code in pairs],
        "said": ", ".join(f"{part}: {words[code]}" for part, code in pairs),
    }


@component(register, block=True)
def task_progress(
    task: Any,
    *,
    title: str = "",
    level: Literal["2", "3"] = "2",
    steps: Iterable[Any] = (),
    hint: str = "",
    reference: str = "",
    result_label: str = "",
    bare: bool = False,
) -> Mapping[str, Any]:
    """A job the browser polls until it is over. `task` has id, active, poll_ms, step_label, progress
    (0-100 or None), state, cause, result_url, and urls: a mapping with status, and perhaps cancel, retry.

    `steps` are mappings with label, state (done | now | todo) and perhaps note. The content stands below it.
    """
    return {"selector": f"#task-{task.id}"}
