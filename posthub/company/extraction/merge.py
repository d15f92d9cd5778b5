"""The whole DNA of a reading: what the site states for machines first, then what its words say, each checked."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from pydantic import ValidationError

from posthub.ai.providers.offline import dna as offline
from posthub.company.extraction.brand import from_pages
from posthub.company.extraction.budget import spare
from posthub.company.extraction.checking import checked, is_sound_fact
from posthub.company.extraction.machine_data import from_machine_data
from posthub.company.extraction.own_lines import lines_of
from posthub.company.extraction.registration import from_lines
from posthub.company.extraction.seats import from_addresses
from posthub.company.extraction.site_links import from_links
from posthub.company.generation import FoundFact, FoundPoint
from posthub.company.points import POINTS
from posthub.company.reader import Block, Page, Problem, SiteReading

Ask = Callable[
    [str, Mapping[str, Any]], Mapping[str, Any]
]  # (language, inputs of "dna") -> DnaAnswer as JSON
JOINED = frozenset(
    ("offer.products_services", "proof.testimonials", "proof.awards_certs", "audience.content_languages")
)
MOST_BLOCKS = 400
MOST_SECONDS = 8.0  # of processor time, for everything that is found on one site


@dataclass(slots=True)
class Findings:
    points: dict[str, FoundPoint] = field(default_factory=dict)
    facts: list[FoundFact] = field(default_factory=list)


def find_dna(reading: SiteReading, ask: Ask = offline.write) -> dict[str, FoundPoint]:
    return find_all(reading, ask).points


def find_all(
    reading: SiteReading, ask: Ask = offline.write, spent: Callable[[], float] = time.thread_time
) -> Findings:
    """Points by key in the order of points.py, and the facts. Empty where nothing was read.

    What was found when the time is over is kept; the reading's problems say that the rest was not looked for.
    """
    if not reading.pages:
        return Findings()
    spare(reading)
    began = spent()
    said: list[FoundPoint] = []
    for step in (from_machine_data, from_links, from_text):
        if spent() - began <= MOST_SECONDS:
            said += step(reading)
    stated = _accepted(reading, said)
    if "identity.brand_name" not in stated:
        legal = stated.get("identity.legal_name")
        stated |= _accepted(reading, from_pages(reading, str(legal.value) if legal else ""))
    answer: Mapping[str, Any] = {}
    if spent() - began <= MOST_SECONDS:
        known = {key: point.value for key, point in stated.items()}
        answer = ask(reading.language or "cs", inputs(reading, known))
    if spent() - began > MOST_SECONDS:
        reading.problems.append(
            Problem(
                reading.url,
                gettext("the site takes very long to look through; some points were not looked for"),
            )
        )
    told = _accepted(reading, _points(answer.get("points") or ()))
    merged = told | {key: _joined(stated[key], told.get(key)) for key in stated}
    facts = [fact for fact in _facts(answer.get("facts") or ()) if is_sound_fact(fact, reading)]
    return Findings({point.key: merged[point.key] for point in POINTS if point.key in merged}, facts)


def from_text(reading: SiteReading) -> list[FoundPoint]:
    lines = lines_of(reading)
    return [*from_lines(lines), *from_addresses(lines)]


def inputs(reading: SiteReading, known: Mapping[str, Any]) -> dict[str, Any]:
    """The data blocks of the question. What repeats over the site is told once, as a page of its own."""
    home = reading.pages[0]
    pages = [_page(page, page.blocks) for page in reading.pages]
    edges = [block for block in home.edges if not block.linked and block.region != "nav"]
    if edges:
        pages.append(_page(home, edges))
    return {"pages": pages, "wanted": [point.key for point in POINTS], "known": dict(known)}


def _page(page: Page, blocks: list[Block]) -> dict[str, Any]:
    return {
        "url": page.url,
        "title": page.title,
        "language": page.language,
        "blocks": [{"kind": block.kind, "text": block.text} for block in blocks[:MOST_BLOCKS]],
    }


def _points(raw: Any) -> list[FoundPoint]:
    points: list[FoundPoint] = []
    for entry in raw:
        try:
            points.append(FoundPoint.model_validate(entry))
        except ValidationError:
            continue
    return points


def _facts(raw: Any) -> list[FoundFact]:
    facts: list[FoundFact] = []
    for entry in raw:
        try:
            facts.append(FoundFact.model_validate(entry))
        except ValidationError:
            continue
    return facts


def _accepted(reading: SiteReading, points: list[FoundPoint]) -> dict[str, FoundPoint]:
    """The surest sound point of each key; earlier wins among equals."""
    best: dict[str, FoundPoint] = {}
    for raw in points:
        point = checked(raw, reading)
        if point is not None and (point.key not in best or point.confidence > best[point.key].confidence):
            best[point.key] = point
    return best


def _joined(stated: FoundPoint, told: FoundPoint | None) -> FoundPoint:
    """Lists of things from both sources, each thing once; anything else as the machine data states it."""
    if told is None or stated.key not in JOINED or not isinstance(stated.value, list):
        return stated
    known = {_name(entry) for entry in stated.value}
    new = [
        entry
        for entry in told.value
        if _name(entry) not in known and not any(_same_award(entry, other) for other in stated.value)
    ]
    return stated.model_copy(update={"value": [*stated.value, *new]})


def _same_award(one: Any, other: Any) -> bool:
    """Of the same year, and all words of the shorter name stand in the longer one: "Golden Ear", "Golden Ear, gold"."""
    if not (isinstance(one, dict) and isinstance(other, dict) and one.get("year")):
        return False
    first, second = ({*re.findall(r"[^\W\d_]+", str(entry.get("name")).lower())} for entry in (one, other))
    return (
        one["year"] == other.get("year") and bool(first and second) and (first <= second or second <= first)
    )


def _name(entry: Any) -> str:
    text = entry.get("name") or entry.get("quote") or "" if isinstance(entry, dict) else str(entry)
    return re.sub(
        r"[\s,(]*\d+([.,]\d+)?\s?(kg|g|dkg|ml|cl|l|ks|pcs|cm|mm|m)\b\)?", "", str(text)[:60].lower()
    ).strip()
