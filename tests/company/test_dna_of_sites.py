"""What is found on more than fifty websites, against keys written by hand: what is right of it, and what is missed."""

import json
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pytest

from posthub.company.extraction import Findings, find_all
from posthub.company.extraction.checking import stands_on
from posthub.company.generation import DnaAnswer, FoundPoint
from posthub.company.reader import SiteReading, read_site
from tests.sites.serving import FOLDER, folder, served

SITES = sorted(file.parent.name for file in FOLDER.glob("*/key.json"))


@dataclass
class Score:
    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def readings() -> dict[str, tuple[SiteReading, Findings, dict[str, Any]]]:
    found = {}
    for name in SITES:
        with served(folder(name)) as (url, entry, _):
            reading = read_site(url, allow=[entry])
        key = json.loads((FOLDER / name / "key.json").read_text(encoding="utf-8"))
        found[name] = (reading, find_all(reading), key)
    return found


def folded(text: str) -> str:
    """One spelling for equal answers: case, quotation marks, dashes, thousands, legal forms, spaces."""
    text = unicodedata.normalize("NFKC", text).lower()
    for signs, one in (("“”„‟«»", '"'), ("‘’‚", "'"), ("–—−", "-")):
        text = re.sub(f"[{signs}]", one, text)
    text = re.sub(r"(?<=\d)[ ,.](?=\d{3}\b)", "", text)
    text = re.sub(r"\b(ltd|inc)\.", r"\1", text)
    text = re.sub(r"\bspol\.\s?s\s?r\.\s?o\.|\bs\.\s?r\.\s?o\.", "s.r.o.", text)
    return re.sub(r"\s+", " ", text).strip()


def holds(text: str, part: str) -> bool:
    """Whether a folded text holds the part, or one of several that "|" divides."""
    return any(folded(choice) in text for choice in part.split("|"))


def score(findings: Findings, key: dict[str, Any]) -> Score:
    result = Score()
    for name, wanted in key["expect"].items():
        _score_point(result, name, wanted, findings.points.get(name))
    points = findings.points
    result.wrong += [f"{name}={points[name].value}" for name in key["absent"] if name in points]
    everything = json.dumps(
        {name: point.value for name, point in points.items() if not name.startswith("seo.internal")},
        ensure_ascii=False,
    )
    result.wrong += [f"never {part}" for part in key["never"] if part in everything]
    texts = [fact.text for fact in findings.facts]
    never = key.get("never_in_facts", key["never"])
    result.wrong += [f"fact {text}" for text in texts for part in never if part in text]
    result.missed += [f"fact {text}" for text in key["facts"] if text not in texts]
    result.right += [f"fact {text}" for text in key["facts"] if text in texts]
    return result


def _score_point(result: Score, name: str, wanted: dict[str, Any], point: FoundPoint | None) -> None:
    if "is" in wanted or "is_in" in wanted:
        choices = wanted.get("is_in") or [wanted["is"]]
        value = str(point.value) if point else ""
        fits = any(
            folded(value) == folded(choice) or (name == "identity.founded" and value[:4] == choice)
            for choice in choices
        )
        (result.right if fits else result.missed).append(f"{name}={choices}")
        if point and not fits:
            result.wrong.append(f"{name}={value}")
        return
    text = folded(json.dumps(point.value, ensure_ascii=False)) if point else ""
    for part in wanted["has"]:
        (result.right if holds(text, part) else result.missed).append(f"{name}~{part}")
    result.wrong += [f"{name}~{part}" for part in wanted.get("not", ()) if holds(text, part)]


def test_the_keys_are_met_with_high_precision_and_recall(
    readings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = {name: score(findings, key) for name, (_, findings, key) in readings.items()}
    right = sum(len(each.right) for each in scores.values())
    wrong = [f"{name}: {item}" for name, each in scores.items() for item in each.wrong]
    missed = [f"{name}: {item}" for name, each in scores.items() for item in each.missed]
    precision, recall = right / (right + len(wrong)), right / (right + len(missed))
    with capsys.disabled():
        print(f"\nDNA of {len(scores)} sites: {right} right, precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.97, wrong
    assert recall >= 0.9, missed
    assert len(scores) >= 8


@pytest.mark.parametrize("name", SITES)
def test_every_quote_and_fact_stands_on_its_page(readings: Any, name: str) -> None:
    reading, findings, _ = readings[name]
    loose = [
        point.key
        for point in findings.points.values()
        if point.quote and not stands_on(point.quote, point.source_url, reading)
    ]
    loose += [fact.text for fact in findings.facts if not stands_on(fact.text, fact.source_url, reading)]
    assert loose == []


@pytest.mark.parametrize("name", SITES)
def test_the_answer_keeps_its_schema(readings: Any, name: str) -> None:
    _, findings, _ = readings[name]
    DnaAnswer(points=list(findings.points.values()), facts=findings.facts)
    assert readings[name][0].pages


def test_all_pages_of_a_small_site_are_read_in_its_encoding(readings: Any) -> None:
    reading, _, _ = readings["old-tables"]
    assert sorted(page.url.rsplit("/", 1)[1] for page in reading.pages) == [
        "",
        "cenik.html",
        "firma.html",
        "kontakt.html",
    ]
    assert "Klatovech, Domažlicích" in reading.pages[0].text
