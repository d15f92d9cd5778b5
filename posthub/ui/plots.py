"""Where the marks of a chart stand: percentages across, pixels down, so that its words keep their size."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Values = Sequence[float | None]

HEIGHT, TOP, FOOT = 200, 14, 26  # pixels: all of it, above the plot, below it
LEFT = 9.0  # per cent kept for the words beside the scale
FLOOR = HEIGHT - FOOT
SHOWN_LABELS = 6  # as many fit on a phone
ROOM = 0.68  # of its place that a group of bars takes


@dataclass(frozen=True)
class Mark:
    """A bar, a point, a line's end or a tick; what does not apply is empty."""

    x: str
    y: str
    series: int = 1
    width: str = ""
    height: str = ""
    x2: str = ""
    y2: str = ""
    words: str = ""
    narrow: bool = True


def rounded_top(most: float) -> float:
    """The least of 1, 2, 4, 5, 10 times a power of ten that nothing is above."""
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= most - 1e-9)


def top_of(series: Sequence[Values]) -> float:
    return rounded_top(max((value for values in series for value in values if value is not None), default=0))


def height_of(value: float, top: float) -> float:
    return (FLOOR - TOP) * value / top


def across(place: float, count: int) -> float:
    """The middle of a place among `count`, in per cent of the whole width."""
    return LEFT + (100 - LEFT) * (place + 0.5) / max(count, 1)


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def ticks(top: float, said: Sequence[str]) -> list[Mark]:
    """The lines of the scale: none, half, all; `said` are their words in that order."""
    return [
        Mark(x=f"{number(LEFT)}%", y=number(FLOOR - height_of(top * share, top)), words=words)
        for share, words in zip((0, 0.5, 1), said, strict=True)
    ]


def labels(words: Sequence[str]) -> list[Mark]:
    """Below the plot; where there are many, a phone shows every so many only."""
    step = math.ceil(len(words) / SHOWN_LABELS)
    return [
        Mark(
            x=f"{number(across(place, len(words)))}%",
            y=number(HEIGHT - 8),
            words=word,
            narrow=place % step == 0,
        )
        for place, word in enumerate(words)
    ]


def bars(series: Sequence[Values], top: float) -> list[Mark]:
    """Side by side where there are several series."""
    count = max(map(len, series), default=0)
    width = (100 - LEFT) / max(count, 1) * ROOM / max(len(series), 1)
    marks = []
    for which, values in enumerate(series):
        for place, value in enumerate(values):
            if value is None:
                continue
            left = across(place, count) - width * len(series) / 2 + width * which
            tall = height_of(value, top)
            marks.append(
                Mark(f"{number(left)}%", number(FLOOR - tall), which + 1, f"{number(width)}%", number(tall))
            )
    return marks


def points(series: Sequence[Values], top: float) -> list[Mark]:
    return [
        Mark(f"{number(across(place, len(values)))}%", number(FLOOR - height_of(value, top)), which + 1)
        for which, values in enumerate(series)
        for place, value in enumerate(values)
        if value is not None
    ]


def lines(series: Sequence[Values], top: float) -> list[Mark]:
    """From each value to the next; a missing one leaves a gap."""
    marks = []
    for which, values in enumerate(series):
        for place, (value, after) in enumerate(pairwise(values)):
            if value is None or after is None:
                continue
            start, end = across(place, len(values)), across(place + 1, len(values))
            marks.append(
                Mark(
                    f"{number(start)}%", number(FLOOR - height_of(value, top)), which + 1,
                    x2=f"{number(end)}%", y2=number(FLOOR - height_of(after, top)),
                )
            )  # fmt: skip
    return marks


def shares(values: Values) -> list[Mark]:
    """One bar divided among the values, and each one's part of the whole in words."""
    whole = sum(value or 0 for value in values) or 1
    marks, left = [], 0.0
    for which, value in enumerate(values):
        part = 100 * (value or 0) / whole
        marks.append(Mark(f"{number(left)}%", "0", which + 1, f"{number(part)}%", words=f"{part:.0f}"))
        left += part
    return marks


def polyline(values: Values, *, width: int = 100, height: int = 24) -> str:
    """The way of one figure in a box of its own, for an SVG that is stretched; gaps are bridged."""
    top = top_of([values])
    step = width / max(len(values) - 1, 1)
    return " ".join(
        f"{number(step * place)},{number(height - 2 - (height - 4) * value / top)}"
        for place, value in enumerate(values)
        if value is not None
    )
