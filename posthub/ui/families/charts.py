"""Figures as pictures that the server draws: they print, they mail, and they need no script."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from django.utils.formats import number_format
from django.utils.translation import gettext

from posthub.ui import plots
from posthub.ui.component import component
from posthub.ui.library import register


@component(register)
def chart(
    title: str,
    *,
    id: str,  # noqa: A002
    labels: Iterable[str],
    series: Iterable[tuple[str, Sequence[float | None]]],
    kind: Literal["bar", "line", "share"] = "bar",
    unit: str = "",
    labels_name: str = "",
    level: Literal["2", "3", "4"] = "3",
    example: bool = False,
    table_open: bool = False,
) -> Mapping[str, Any]:
    """Figures over time as bars or lines, or one series as the shares of a whole; the table lies below it.

    `labels` are the places (weeks, personas), `series` pairs of a name and a value for each place, None where
    there is none. `labels_name` heads their column; `example` says that the figures are made up.
    """
    words, named = [str(label) for label in labels], [(str(name), list(values)) for name, values in series]
    every = [values for _name, values in named]
    top = plots.top_of(every)
    drawn: dict[str, Any] = {
        "names": [(number, name) for number, (name, _values) in enumerate(named, 1)],
        "rows": [(word, [_cell(values, at) for values in every]) for at, word in enumerate(words)],
        "summary": _summary(words, named, unit),
        "plot_height": plots.HEIGHT,
        "floor": plots.FLOOR,
        "head": labels_name or gettext("Place"),
    }
    if kind == "share":
        marks = plots.shares(every[0] if every else [])
        return {**drawn, "shares": [(mark, word) for mark, word in zip(marks, words, strict=False)]}
    drawn["ticks"] = plots.ticks(top, [said(top * share) for share in (0, 0.5, 1)])
    drawn["places"] = plots.labels(words)
    if kind == "bar":
        return {**drawn, "bars": plots.bars(every, top)}
    return {**drawn, "lines": plots.lines(every, top), "points": plots.points(every, top)}


@component(register)
def sparkline(values: Iterable[float | None], *, label: str) -> Mapping[str, Any]:
    """How one figure went, as small as a word; `label` says it in words."""
    return {"points": plots.polyline(list(values))}


def said(value: float | None) -> str:
    """A figure as people read it: without places that say nothing."""
    if value is None:
        return ""
    return number_format(round(value, 1) if value % 1 else int(value), use_l10n=True, force_grouping=True)


def _cell(values: Sequence[float | None], place: int) -> str:
    return said(values[place]) if place < len(values) else ""


def _summary(labels: list[str], series: list[tuple[str, list[float | None]]], unit: str) -> str:
    """What somebody who does not see the picture has to know first: each series' least and most."""
    told = []
    for name, values in series:
        known = [
            (value, labels[at]) for at, value in enumerate(values) if value is not None and at < len(labels)
        ]
        if known:
            (least, least_at), (most, most_at) = min(known), max(known)
            told.append(
                gettext("%(name)s: least %(least)s %(unit)s (%(least_at)s), most %(most)s %(unit)s (%(most_at)s).")
                % {
                    "name": name, "unit": unit, "least": said(least), "least_at": least_at,
                    "most": said(most), "most_at": most_at,
                }
            )  # fmt: skip
    return " ".join(told) or gettext("There are no figures yet.")
