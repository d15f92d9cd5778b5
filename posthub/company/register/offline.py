"""The register without a network: a handful of made-up companies, so that the demo and tests can search."""

import json
import unicodedata
from functools import cache
from pathlib import Path

from posthub.company.register.contract import MOST_FOUND, SAMPLE_SOURCE, Entry


class SampleRegister:
    """`shown` False is a register that knows nobody."""

    def __init__(self, *, shown: bool = True) -> None:
        self._entries = sample() if shown else ()
        self.name = "sample"

    def by_name(self, name: str) -> list[Entry]:
        words = plain(name).split()
        found = [entry for entry in self._entries if all(word in plain(entry.name) for word in words)]
        return found[:MOST_FOUND] if words else []

    def by_number(self, registration_id: str) -> Entry | None:
        return next((entry for entry in self._entries if entry.registration_id == registration_id), None)


@cache
def sample() -> tuple[Entry, ...]:
    rows = json.loads(Path(__file__).with_name("sample.json").read_text(encoding="utf-8"))
    return tuple(Entry(**row, source_url=SAMPLE_SOURCE) for row in rows)


def plain(text: str) -> str:
    """Without accents and case: "Pekárna" is found by "pekarna"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
