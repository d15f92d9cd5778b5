"""Points of the DNA as the review shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posthub.company.changes import Change, fingerprint
from posthub.company.labels import GROUPS, NAMES, choice_name
from posthub.company.models import DnaPoint, Verdict
from posthub.company.points import BY_KEY, MUSTS
from posthub.company.queries import REFUSED
from posthub.company.register.contract import SAMPLE_SOURCE
from posthub.company.values import entries, known, lines, spoken

SURE = 0.75
MOST_LINES = 8  # a long list is read where it is edited
WORD = 20  # an entry no longer than this is a word or two


@dataclass(frozen=True, slots=True)
class Row:
    """One point: what the template needs to show it. `at` is the page it stands on ("welcome" or "")."""

    point: DnaPoint
    at: str = ""

    @property
    def id(self) -> str:
        return "point-" + self.point.key.replace(".", "-")

    @property
    def name(self) -> str:
        return str(NAMES[self.point.key])

    @property
    def known(self) -> bool:
        return known(self.point.value)

    @property
    def value(self) -> str:
        return shown(self.point, MOST_LINES) if self.known else _("Not found on the website")

    @property
    def confidence(self) -> str:
        """In words: a person's or a well evidenced value is sure, a guess is to be checked."""
        if self.point.verdict in REFUSED:
            return "locked"
        if not self.known:
            return "missing"
        vouched = self.point.verdict == Verdict.RIGHT or self.point.by_person
        return "sure" if vouched or (self.point.confidence >= SURE and not self.point.inferred) else "check"

    @property
    def needs_somebody(self) -> bool:
        """A guess, or nothing where every text needs something."""
        return self.confidence == "check" or (self.confidence == "missing" and self.point.key in MUSTS)

    @property
    def verdict(self) -> str:
        return "" if self.point.verdict == Verdict.UNCHECKED else str(self.point.verdict)

    @property
    def source(self) -> str:
        if self.point.by_person:
            return _("you wrote it")
        if self.point.source_url == SAMPLE_SOURCE:
            return _("sample register of the demo")
        parts = urlsplit(self.point.source_url)
        return (parts.netloc + parts.path).rstrip("/")

    @property
    def source_url(self) -> str:
        return self.point.source_url if self.point.source_url.startswith(("http://", "https://")) else ""

    @property
    def action(self) -> str:
        return self._to("judge_point", seen=fingerprint(self.point))

    @property
    def edit_url(self) -> str:
        return self._to("edit_point")

    @property
    def row_url(self) -> str:
        return self._to("point")

    @property
    def take_url(self) -> str:
        return self._to("take_new_value", seen=fingerprint(self.point))

    @property
    def keep_url(self) -> str:
        return self._to("keep_old_value", seen=fingerprint(self.point))

    @property
    def page_url(self) -> str:
        """The page this row stands on, at the row and with it open."""
        return page_of(self.at) + f"?open={self.id}#{self.id}"

    def _to(self, view: str, **more: str) -> str:
        query = urlencode({**({"at": self.at} if self.at else {}), **more})
        return reverse(f"company:{view}", args=[self.point.pk]) + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A proposed change: the row of the draft with what it says so far."""

    row: Row
    before: str


def page_of(at: str) -> str:
    return reverse("company:welcome_dna" if at == "welcome" else "company:dna")


def shown(point: DnaPoint, most: int = 0) -> str:
    """The value, words in a row and longer entries one a line, at most `most` of them (0: all); escaped."""
    said = _seasons(point.value) if point.key == "market.seasonality" else lines(point.key, point.value)
    if BY_KEY[point.key].kind in {"choice", "choices"}:
        return ", ".join(choice_name(choice) for choice in said)
    if most and len(said) > most:
        more = ngettext("and %(number)s more", "and %(number)s more", len(said) - most)
        said = [*said[:most], more % {"number": len(said) - most}]
    between = ", " if all(len(line) <= WORD for line in said) else mark_safe("<br>")
    return format_html_join(between, "{}", ((line,) for line in said))


def _seasons(value: object) -> list[str]:
    """Each remark once, with the names of its months."""
    months: dict[str, list[str]] = {}
    for entry in entries(value):
        number = str(entry.get("month") or "") if isinstance(entry, dict) else ""
        name = str(MONTHS.get(int(number), number)) if number.isdigit() else number
        months.setdefault(spoken(entry), []).append(name)
    named = [(note, ", ".join(filter(None, names))) for note, names in months.items()]
    return [f"{note} ({names})" if note and names else note or names for note, names in named]


def change_rows(changes: Iterable[Change], at: str) -> list[ChangeRow]:
    return [
        ChangeRow(Row(change.after, at), shown(change.before) if known(change.before.value) else "")
        for change in changes
    ]


def groups_of(points: list[DnaPoint], *, only: str, at: str, opened: str = "") -> list[dict[str, Any]]:
    """The six groups with their rows, and how much of each is known.

    Open is what needs somebody, and the row `opened`; the rest of a group is folded under it. `only` is "check" for
    nothing else, "all" for everything open.
    """
    rows = [Row(point, at) for point in points]
    groups = []
    for anchor, heading, prefixes in GROUPS:
        own = [row for row in rows if row.point.key.partition(".")[0] in prefixes]
        to_check = sum(row.confidence == "check" for row in own)
        shown, folded = _parted(own, only=only, opened=opened)
        groups.append(
            {
                "anchor": f"group-{anchor}",
                "heading": heading,
                "rows": shown,
                "folded": folded,
                "open": only in {"all", "check"}
                or any(row.needs_somebody or row.id == opened for row in own),
                "to_check": to_check,
                "label": heading,
                "url": f"#group-{anchor}",
                "count_id": f"group-{anchor}-nav",
                "count": _("%(known)s of %(all)s") % {"known": sum(r.known for r in own), "all": len(own)},
            }
        )
    return [group for group in groups if group["rows"]] if only == "check" else groups


def group_of(point: DnaPoint, points: list[DnaPoint]) -> dict[str, Any]:
    """The group that `point` stands in, as it is after a change of one of its points."""
    anchors = {prefix: f"group-{anchor}" for anchor, _heading, prefixes in GROUPS for prefix in prefixes}
    own = anchors[point.key.partition(".")[0]]
    return next(group for group in groups_of(points, only="all", at="") if group["anchor"] == own)


def _parted(own: list[Row], *, only: str, opened: str) -> tuple[list[Row], list[Row]]:
    """What stands open in a group, and what is folded under it; a group that needs nobody is folded as a whole."""
    if only == "check":
        return [row for row in own if row.confidence == "check"], []
    first = [row for row in own if row.needs_somebody or row.id == opened]
    if only == "all" or not first:
        return own, []
    return first, [row for row in own if row not in first]


def completeness(points: list[DnaPoint]) -> dict[str, Any]:
    rows = [Row(point) for point in points]
    return {
        "all": len(rows),
        "known": sum(row.known for row in rows),
        "to_check": sum(row.confidence == "check" for row in rows),
    }
