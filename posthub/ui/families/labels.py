"""Small marks that say what something is."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal
from zlib import crc32

from django.utils.translation import gettext

from posthub.ui.component import component
from posthub.ui.families.actions import NO_ICON
from posthub.ui.library import register
from posthub.ui.sprite import IconName
from posthub.ui.states import look_of, waits_for

Kind = Literal["neutral", "ok", "warn", "bad", "info", "accent", "brand", "strong"]


@component(register, kept=True)
def badge(label: str, *, kind: Kind = "neutral", icon: IconName = NO_ICON, outline: bool = False) -> None:
    """A short word with a colour that only repeats what the word says."""


@component(register, kept=True)
def state(code: str, *, yours: bool = False, supervises: bool | None = None) -> Mapping[str, Any]:
    """A product state in the state language; `yours` when the viewer is the one to act.

    With `supervises` it says itself whether it waits for the viewer: for the client (true) or for the team.
    """
    return {"look": look_of(code, yours=yours or waits_for(code, supervises=supervises))}


@component(register, kept=True)
def ball(
    who: Literal["you", "others", "machine", "late", "done"],
    *,
    word: str = "",
    since: str = "",
    size: Literal["s", "l"] = "s",
    word_hidden: bool = False,
) -> Mapping[str, Any]:
    """Who has the ball: filled is yours, a ring others', blue the machine's, red late. Always with a word."""
    words = {
        "you": gettext("With you"),
        "others": gettext("With the team"),
        "machine": gettext("With AI"),
        "late": gettext("Late"),
        "done": gettext("With nobody"),
    }
    return {"said": word or words[who]}


@component(register, kept=True)
def fact(
    text: str, *, kind: Literal["neutral", "ok", "warn", "bad", "info"] = "neutral"
) -> Mapping[str, Any]:
    """A checked fact beside a text: sign and words."""
    icons = {
        "neutral": "info",
        "ok": "check",
        "warn": "triangle-alert",
        "bad": "circle-alert",
        "info": "info",
    }
    return {"sign": icons[kind]}


@component(register, kept=True)
def ai_mark(label: str = "") -> None:
    """Says that AI made it."""


@component(register, kept=True)
def count(number: int, *, quiet: bool = False, label: str = "") -> None:
    """A number in a pill; `label` reads out what it counts."""


@component(register, kept=True)
def chip(
    label: str,
    *,
    href: str = "",
    current: bool = False,
    icon: IconName = NO_ICON,
    number: int | None = None,
    remove: str = "",
) -> None:
    """A filter (link with `href`), or a removable one (`remove` is the address without it)."""


def letters_of(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


@component(register, kept=True)
def avatar(
    name: str,
    *,
    size: Literal["s", "m", "l"] = "m",
    square: bool = False,
    labelled: bool = False,
    image: str = "",
    ai: bool = False,
) -> Mapping[str, Any]:
    """Letters of a name on a colour of its own, or a picture; square for organizations, fuchsia for what is AI.

    Decorative unless `labelled`: the name stands beside it.
    """
    # Whatever says its name when asked for its text may stand here: a person, an organization.
    said = str(name)
    letters = letters_of(said)
    return {
        "letters": letters[:1] if square else letters,
        "hue": crc32(said.encode()) % 6 + 1,
        "side": {"s": 26, "m": 32, "l": 44}[size],
    }


@component(register)
def avatar_group(
    names: Iterable[str], *, most: int = 4, size: Literal["s", "m", "l"] = "m", label: str = ""
) -> Mapping[str, Any]:
    """Several people in one place; reads out all their names, shows the first `most`."""
    every = [str(name) for name in names]
    return {
        "first": every[:most],
        "more": max(len(every) - most, 0),
        "said": f"{label}: {', '.join(every)}" if label else ", ".join(every),
    }


@component(register)
def tooltip(text: str, *, id: str, label: str, icon: IconName = NO_ICON) -> None:  # noqa: A002
    """A word or sign that explains itself when pointed at or focused; Esc closes it. Never the only place of a fact.

    `label` is what is shown, or what the `icon` is called.
    """
