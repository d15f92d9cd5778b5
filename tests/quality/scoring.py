"""What is found on a fictional company's site against the key somebody wrote by hand beside it.

A key says what its site states (`states`), what a reader may judge for itself (`derived`, not counted), and what must
stand nowhere (`never`). Every other of the 42 points is not stated: whatever is found there is wrong.

    "is": [..]     the value is one of these            "has": ["a|b", ..]  parts expected of it, with alternatives
    "may": [..]    further items that are right too      "not": [..]         items that are wrong
    "open": true   items named nowhere here are not judged
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SITES = Path(__file__).parent / "sites"
NAMES = sorted(file.parent.name for file in SITES.glob("*/key.json"))


@dataclass
class Score:
    """Points: a point is right when half of what is expected is there and nothing in it is wrong."""

    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    items_right: int = 0
    items_wrong: list[str] = field(default_factory=list)
    items_missed: list[str] = field(default_factory=list)


def key_of(name: str) -> dict[str, Any]:
    key: dict[str, Any] = json.loads((SITES / name / "key.json").read_text(encoding="utf-8"))
    return key


def plain(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(text.replace("\u00a0", " ").split()).casefold()


def has(text: str, pattern: str) -> bool:
    return any(part.casefold() in text for part in pattern.split("|"))


def is_one_of(value: object, choices: list[str]) -> bool:
    text = plain(value[0] if isinstance(value, list) and len(value) == 1 else value)
    return any(text == choice.casefold() or text.startswith(f"{choice}-") for choice in choices)


def wrong_items(value: object, wanted: Mapping[str, Any]) -> list[str]:
    known = [*wanted.get("has", ()), *wanted.get("may", ())]
    items = [plain(item) for item in (value if isinstance(value, list) else [value])]
    bad = [item for item in items if any(has(item, pattern) for pattern in wanted.get("not", ()))]
    if not wanted.get("open") and isinstance(value, list):
        bad += [item for item in items if not any(has(item, pattern) for pattern in known)]
    return list(dict.fromkeys(bad))


def judge(score: Score, name: str, value: object, wanted: Mapping[str, Any]) -> None:
    """One point that the site states and the reader found."""
    if "is" in wanted:
        fits, bad, absent = is_one_of(value, wanted["is"]), [], []
        score.items_right += fits
        if not fits:
            bad, absent = [plain(value)], [wanted["is"][0]]
    else:
        text, parts = plain(value), wanted.get("has", [])
        absent = [part for part in parts if not has(text, part)]
        bad = wrong_items(value, wanted)
        score.items_right += len(parts) - len(absent)
        fits = not bad and len(absent) * 2 <= len(parts)
    score.items_wrong += [f"{name}: {item[:80]}" for item in bad]
    score.items_missed += [f"{name}: {item}" for item in absent]
    (score.right if fits else score.wrong).append(name)
    if not fits:
        score.missed.append(name)


def score_points(points: Mapping[str, object], key: Mapping[str, Any]) -> Score:
    score = Score()
    for name, wanted in key["states"].items():
        if name in points:
            judge(score, name, points[name], wanted)
        else:
            score.missed.append(name)
            score.items_missed += [
                f"{name}: {part}" for part in wanted.get("has") or wanted.get("is", ["?"])[:1]
            ]
    unstated = [name for name in points if name not in key["states"] and name not in key["derived"]]
    score.wrong += unstated
    score.items_wrong += [f"{name} (not stated): {plain(points[name])[:80]}" for name in unstated]
    everything = plain({name: value for name, value in points.items() if not name.startswith("seo.internal")})
    score.items_wrong += [f"never: {part}" for part in key["never"] if part.casefold() in everything]
    return score
