"""What each network accepts: one table that forms, prompts and the checks all read."""

from dataclasses import dataclass
from typing import Any, Literal

from posthub.core.measure import count, linkedin_escaped

__all__ = [
    "NEED_PICTURE",
    "PLATFORMS",
    "Platform",
    "Problem",
    "check",
    "count",
    "length",
    "linkedin_escaped",
    "platform_input",
    "posted_text",
]

LinkMode = Literal["none", "body", "first_comment"]


@dataclass(frozen=True, slots=True)
class Platform:
    """`unit` is how the network counts: cp code points, u16 UTF-16 units, w weight on X, wire after escaping.

    `hashtags_max` is the network's own bound, `hashtags_usual` what reads well there; `fold` is after how
    many characters the network hides the rest; `ideal_*` are habits, not rules.
    """

    key: str
    name: str
    limit: int
    unit: str
    hashtags_max: int
    hashtags_usual: int
    link_mode: LinkMode
    fold: int
    ideal_min: int
    ideal_max: int
    source: str
    checked_on: str
    media_required: bool = False
    ratio: str = "16:9"  # of a picture or film, width to height


_TABLE = (
    Platform(
        key="facebook",
        name="Facebook",
        limit=63206,
        unit="cp",
        hashtags_max=30,
        hashtags_usual=2,
        link_mode="body",
        fold=477,
        ideal_min=40,
        ideal_max=250,
        source="Graph API page feed; composers of other products",
        checked_on="2026-11-22",
    ),
    Platform(
        key="instagram",
        name="Instagram",
        limit=2200,
        unit="cp",
        hashtags_max=5,
        hashtags_usual=4,
        link_mode="none",
        fold=125,
        ideal_min=138,
        ideal_max=400,
        source="Instagram content publishing; five hashtags since December 2025",
        checked_on="2026-11-22",
        media_required=True,
        ratio="4:5",
    ),
    Platform(
        key="linkedin",
        name="LinkedIn",
        limit=3000,
        unit="wire",
        hashtags_max=10,
        hashtags_usual=3,
        link_mode="first_comment",
        fold=210,
        ideal_min=900,
        ideal_max=1500,
        source="LinkedIn Posts API: the limit counts the escaped commentary",
        checked_on="2026-11-22",
    ),
    Platform(
        key="x",
        name="X",
        limit=280,
        unit="w",
        hashtags_max=5,
        hashtags_usual=1,
        link_mode="none",
        fold=280,
        ideal_min=70,
        ideal_max=250,
        source="twitter-text 3.0.0; a post with an address costs more, so a link is an explicit choice",
        checked_on="2026-11-22",
    ),
    Platform(
        key="tiktok",
        name="TikTok",
        limit=2200,
        unit="u16",
        hashtags_max=10,
        hashtags_usual=4,
        link_mode="none",
        fold=100,
        ideal_min=60,
        ideal_max=150,
        source="TikTok content posting API: title of a video",
        checked_on="2026-11-22",
        media_required=True,
        ratio="9:16",
    ),
)

PLATFORMS = {platform.key: platform for platform in _TABLE}
# Nothing goes out there without a picture or film.
NEED_PICTURE = frozenset(platform.key for platform in _TABLE if platform.media_required)


def platform_input(key: str) -> dict[str, Any]:
    """What a writer is told of the network."""
    platform = PLATFORMS[key]
    fields = ("key", "name", "limit", "unit", "hashtags_max", "link_mode", "ideal_min", "ideal_max", "fold")
    return {field: getattr(platform, field) for field in fields}


@dataclass(frozen=True, slots=True)
class Problem:
    """What the network would refuse or spoil: `code` for programs, the numbers for the sentence
    people read.
    """

    code: Literal["empty", "too_long", "too_many_hashtags", "bad_hashtag", "cashtags"]
    severity: Literal["block", "warn"]
    found: int
    allowed: int
    detail: str = ""


def posted_text(text: str, hashtags: list[str]) -> str:
    """The text as it goes out: hashtags the text does not hold already come after it."""
    missing = [tag for tag in hashtags if tag.casefold() not in text.casefold()]
    return "\n\n".join(part for part in (text.strip(), " ".join(missing)) if part)


def length(platform_key: str, text: str, hashtags: list[str]) -> int:
    return count(posted_text(text, hashtags), PLATFORMS[platform_key].unit)


def check(platform_key: str, text: str, hashtags: list[str]) -> list[Problem]:
    """Every reason why this network would not take the post as it is."""
    platform = PLATFORMS[platform_key]
    problems = []
    if not text.strip():
        problems.append(Problem("empty", "block", 0, platform.limit))
    used = length(platform_key, text, hashtags)
    if used > platform.limit:
        problems.append(Problem("too_long", "block", used, platform.limit))
    written = [word for word in posted_text(text, hashtags).split() if word.startswith("#") and len(word) > 1]
    if len(written) > platform.hashtags_max:
        problems.append(Problem("too_many_hashtags", "block", len(written), platform.hashtags_max))
    elif len(written) > platform.hashtags_usual + 1:
        problems.append(Problem("too_many_hashtags", "warn", len(written), platform.hashtags_usual))
    bad = [tag for tag in hashtags if not _is_hashtag(tag)]
    problems += [Problem("bad_hashtag", "block", len(bad), 0, bad[0])] if bad else []
    cashtags = [word for word in text.split() if word.startswith("$") and word[1:].isalpha()]
    if platform.key == "x" and len(cashtags) > 1:
        problems.append(Problem("cashtags", "block", len(cashtags), 1))
    return problems


def _is_hashtag(tag: str) -> bool:
    body = tag.removeprefix("#")
    return (
        tag.startswith("#")
        and bool(body)
        and all(c.isalnum() or c == "_" for c in body)
        and not body.isdigit()
    )
