"""The client's own things: facts, voices, posts, times."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from django.utils.safestring import SafeString

from posthub.ui.component import component
from posthub.ui.library import register
from posthub.ui.times import described
from posthub.ui.typography import beginning_and_rest

Platform = Literal["facebook", "instagram", "linkedin", "x", "tiktok"]

PLATFORMS: dict[str, tuple[str, str]] = {
    "facebook": ("Facebook", "thumbs-up"),
    "instagram": ("Instagram", "camera"),
    "linkedin": ("LinkedIn", "briefcase"),
    "x": ("X", "at-sign"),
    "tiktok": ("TikTok", "clapperboard"),
}


@component(register)
def post_preview(
    platform: Platform,
    *,
    author: str,
    text: str,
    handle: str = "",
    detail: str = "",
    count: int | None = None,
    limit: int | None = None,
    fold_at: int | None = None,
    when: str = "",
    fact: str = "",
    fact_kind: Literal["ok", "warn", "bad"] = "ok",
    image: str = "",
    image_alt: str = "",
    film: str = "",
    art: str = "",
    link_host: str = "",
    link_title: str = "",
    hook: str = "",
    tags: str = "",
    id: str = "",  # noqa: A002
) -> Mapping[str, Any]:
    """A post as its network lays it out, plainly: count, fold and time above, folded where they fold it.

    `text` is plain, or marked safe (then it is never folded). `when` is said in words; `art` is what is said
    where Instagram and TikTok have a picture, as long as there is none. `film` is the address of a video.
    """
    name, sign = PLATFORMS[platform]
    folded = bool(fold_at) and not isinstance(text, SafeString) and len(text) > int(fold_at or 0)
    seen = text[: int(fold_at or 0)].rsplit(" ", 1)[0] if folded else text
    return {
        "network": name,
        "sign": sign,
        "folded": folded,
        "seen": seen,
        "unseen": text[len(seen) :] if folded else "",
    }


@component(register, kept=True)
def platform_icon(platform: Platform, *, label_shown: bool = True) -> Mapping[str, Any]:
    """A network by sign and name."""
    name, sign = PLATFORMS[platform]
    return {"network": name, "sign": sign}


@component(register, block=True)
def dna_field(
    name: str,
    *,
    value: str,
    id: str,  # noqa: A002
    confidence: Literal["sure", "check", "missing", "locked"] = "check",
    quote: str = "",
    source: str = "",
    source_url: str = "",
    verdict: Literal["right", "wrong", "never", ""] = "",
    action: str = "",
    edit_url: str = "",
    fill_label: str = "",
    before: str = "",
    lang: str = "",
) -> Mapping[str, Any]:
    """One fact: value, evidence and its address, verdict. Posts `verdict` (right, wrong, never) to `action`.

    A missing fact offers filling in (`edit_url`, `fill_label`); `before` shows a proposed change; content,
    if any, stands in place of the verdict (accept and dismiss).
    """
    looks = {
        "sure": ("ok", "check"),
        "check": ("warn", "circle-help"),
        "missing": ("bad", "circle-dashed"),
        "locked": ("", "lock"),
    }
    kind, sign = looks[confidence]
    refused = {"wrong": "x", "never": "ban"} if confidence == "locked" else {}
    return {"fact_kind": kind, "sign": refused.get(verdict, sign)}


SAMPLE_WORDS = 48


@component(register, block=True)
def persona_card(
    name: str,
    *,
    id: str,  # noqa: A002
    role: str,
    sample: str,
    manner: str = "",
    selectable: bool = True,
    checked: bool = False,
    field: str = "persona",
    value: str = "",
    form: str = "",
    href: str = "",
    level: Literal["2", "3"] = "2",
    lang: str = "",
) -> Mapping[str, Any]:
    """A voice: the sample above its description, the whole card is the checkbox. Content is its actions.

    Of a long sample the beginning stands there, so that voices are read side by side, and the rest opens below it.
    """
    beginning, rest = beginning_and_rest(sample, at_most=SAMPLE_WORDS)
    return {"beginning": beginning, "rest": rest}


def _stays(values: Mapping[str, Any]) -> Any:
    """A day or an hour is said alike until the year is over; "in 3 hours" is not."""
    if values["shown"] == "relative":
        return None
    return values["at"], values["shown"], timezone.get_current_timezone_name(), timezone.localdate().year


@component(register, kept=_stays)
def when(
    at: datetime | date,
    *,
    shown: Literal["relative", "full", "date", "time"] = "relative",
) -> Mapping[str, Any]:
    """A time as `<time>`: relative under a week, else a date; the whole of it in its title."""
    return {"machine": at.isoformat(), **described(at, shown)}
