"""Nothing enters the DNA unless its key is known, its value has the right shape and its quote stands on the page."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from posthub.ai.providers.offline.dna_text import PLACEHOLDER, is_instruction
from posthub.company.generation import FoundFact, FoundPoint
from posthub.company.points import BY_KEY, Point
from posthub.company.reader import SiteReading
from posthub.company.reader.addresses import key_of, same_site


def checked(point: FoundPoint, reading: SiteReading) -> FoundPoint | None:
    """The point, its choices and lists cut to what is allowed; None where it is unsound."""
    kind = BY_KEY.get(point.key)
    if (
        kind is None
        or is_instruction(f"{point.quote}\n{_flat(point.value)}")
        or PLACEHOLDER.search(_flat(point.value))
    ):
        return None
    value = shaped(kind, point.value)
    if value in (None, "", [], {}) or not same_site(point.source_url, reading.url):
        return None
    if point.quote and not stands_on(point.quote, point.source_url, reading):
        return None
    return point.model_copy(update={"value": value})


def stands_on(quote: str, url: str, reading: SiteReading) -> bool:
    """Whether the words stand on that page, seen or in its machine data, whatever the spaces between them."""
    wanted = _bare(quote)
    for page in reading.pages:
        if key_of(page.url) == key_of(url):
            if (
                wanted in _bare(page.text)
                or wanted in _bare(page.title)
                or wanted in _bare(" ".join(page.meta.values()))
            ):
                return True
            if wanted in _bare(_flat(page.objects)) or any(wanted in _bare(link.text) for link in page.links):
                return True
    return False


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(_flat(entry) for entry in value.values())
    if isinstance(value, list):
        return " ".join(_flat(entry) for entry in value)
    return str(value)


def shaped(kind: Point, value: Any) -> Any:
    """The value in the shape of its point; None where it cannot be."""
    if kind.kind in ("text", "date", "url"):
        return _single(kind, value)
    if kind.kind == "choice":
        return value if value in kind.choices else None
    if kind.kind == "choices":
        return (
            [entry for entry in value if entry in kind.choices][: kind.most or None]
            if isinstance(value, list)
            else None
        )
    if kind.kind == "texts":
        texts = (
            [entry.strip() for entry in value if isinstance(entry, str) and entry.strip()]
            if isinstance(value, list)
            else []
        )
        return texts[: kind.most or None]
    if kind.kind == "object":
        return {name: value.get(name, "") for name in kind.fields} if isinstance(value, dict) else None
    if kind.kind == "objects":
        things = [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
        return [{name: entry.get(name, "") for name in kind.fields} for entry in things][: kind.most or None]
    return {str(name): str(entry) for name, entry in value.items()} if isinstance(value, dict) else None


def _single(kind: Point, value: Any) -> str | None:
    if not isinstance(value, str) or len(value) > 600:
        return None
    if kind.kind == "date" and not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        return None
    if kind.kind == "url" and urlsplit(value).scheme not in ("http", "https"):
        return None
    return value.strip()


def is_sound_fact(fact: FoundFact, reading: SiteReading) -> bool:
    return (
        same_site(fact.source_url, reading.url)
        and not is_instruction(fact.text)
        and stands_on(fact.text, fact.source_url, reading)
    )
