"""The committed sheet: every pair of colours stays readable, and it stays small."""

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find

STATIC = Path(__file__).resolve().parents[2] / "static"
CSS = (STATIC / "css" / "posthub.css").read_text()

TEXT = 4.5
CONTROL = 3.0
PAIRS = [
    *[(ink, on, TEXT) for ink in ("ink", "ink-3") for on in ("canvas", "surface", "sunken")],
    *[("ink-2", on, TEXT) for on in ("canvas", "surface")],
    *[(ink, "paper", TEXT) for ink in ("ink", "ink-2", "ink-3")],
    *[("brand-ink", on, TEXT) for on in ("surface", "canvas", "brand-soft")],
    *[("on-brand", on, TEXT) for on in ("brand", "brand-hover", "danger-button", "danger-button-hover")],
    *[(f"{kind}-ink", f"{kind}-soft", TEXT) for kind in ("ok", "warn", "bad", "info")],
    ("accent", "accent-soft", TEXT),
    ("bad-ink", "surface", TEXT),
    ("ins-ink", "ins-bg", TEXT),
    ("del-ink", "del-bg", TEXT),
    ("ink", "mark", TEXT),
    *[("control", on, CONTROL) for on in ("surface", "canvas")],
    *[("focus", on, CONTROL) for on in ("surface", "canvas")],
    *[(kind, "surface", CONTROL) for kind in ("ok", "warn", "bad", "info")],
    *[(f"chart-{number}", "surface", CONTROL) for number in range(1, 7)],
]


def rules() -> list[tuple[str, dict[str, str]]]:
    """(selector, colours) of the rules that set --canvas: light, chosen dark, the system's dark."""
    found = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*--canvas:[^{}]*)", CSS):
        colours = dict(re.findall(r"--([\w-]+):(#[0-9a-fA-F]{3,8})", body))
        found.append((selector.strip(), colours))
    return found


def themes() -> dict[str, dict[str, str]]:
    (_root, light), *dark = rules()
    named = {f"dark {number}": {**light, **colours} for number, (_selector, colours) in enumerate(dark, 1)}
    return {"light": light, **named}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_sheet_has_both_ways_into_the_dark():
    selectors = [selector for selector, _colours in rules()]
    assert len(selectors) == 3
    assert any("data-theme=dark" in selector for selector in selectors)
    assert any("data-theme=light" in selector for selector in selectors)


@pytest.mark.parametrize("theme", ["light", "dark 1", "dark 2"])
@pytest.mark.parametrize(("front", "back", "need"), PAIRS)
def test_the_pair_is_readable(theme, front, back, need):
    colours = themes()[theme]
    assert round(contrast(colours[front], colours[back]), 2) >= need


def mixed(start: str, end: str, share: float) -> str:
    """The colour at a share of the way between two #rrggbb."""
    channels = [(int(start[at : at + 2], 16), int(end[at : at + 2], 16)) for at in (1, 3, 5)]
    return "".join(f"{round(one * (1 - share) + other * share):02x}" for one, other in channels)


def test_white_on_the_gradients_is_readable_everywhere():
    stops = [re.findall(r"#[0-9a-fA-F]{6}", body) for body in re.findall(r"--gradient-\w+:([^;}]+)", CSS)]
    assert len(stops) == 2
    for legs in stops:
        for start, end in pairwise(legs):
            for part in range(21):
                assert contrast("#FFFFFF", mixed(start, end, part / 20)) >= TEXT


def test_the_sheet_and_the_scripts_are_within_their_budgets():
    own = {path.name: path.read_text() for path in sorted((STATIC / "js").glob("*.js"))}
    of_the_calendar = own.pop("calendar.js")
    assert len(gzip.compress(CSS.encode())) <= 30 * 1024
    assert len(gzip.compress("".join(own[name] for name in always(own)).encode())) <= 12 * 1024
    assert len(gzip.compress("".join(own.values()).encode())) <= 15 * 1024
    dragging = (STATIC / "js" / "vendor" / "sortable.js").read_text()
    htmx = find("django_htmx/htmx-2.min.js")
    assert htmx is not None
    loaded = [Path(str(htmx)).read_text(), of_the_calendar, dragging, *(own[name] for name in always(own))]
    assert sum(len(gzip.compress(part.encode())) for part in loaded) <= 45 * 1024


def always(own):
    """The modules that every page loads: what the entry imports, and what those do."""
    found, open_ends = {"posthub.js"}, ["posthub.js"]
    while open_ends:
        text = own[open_ends.pop()]
        fresh = set(re.findall(r'^(?:import|export) [^"(]*"\./([\w-]+\.js)"', text, re.MULTILINE)) - found
        found |= fresh
        open_ends += fresh
    return sorted(found)


def test_the_lock_file_names_no_registry():
    lock = (STATIC.parent / "theme" / "package-lock.json").read_text()
    assert "resolved" not in lock
