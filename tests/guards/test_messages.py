"""The Czech translation is whole, and compiled from what is committed."""

import re
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[2] / "locale"
SOURCES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def test_czech_is_there() -> None:
    assert LOCALE / "cs" / "LC_MESSAGES" / "django.po" in SOURCES


def test_nothing_is_missing_or_guessed() -> None:
    for path in SOURCES:
        messages = polib.pofile(str(path))
        assert [entry.msgid for entry in messages.fuzzy_entries()] == []
        assert [entry.msgid for entry in messages.untranslated_entries()] == []
        assert path.with_suffix(".mo").read_bytes() == messages.to_binary()


def test_placeholders_survive_translation() -> None:
    holes = re.compile(r"%\(\w+\)[sd]|%[sd]")
    wrong = [
        entry.msgid
        for path in SOURCES
        for entry in polib.pofile(str(path)).translated_entries()
        for said in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if set(holes.findall(said)) - set(holes.findall(entry.msgid + entry.msgid_plural))
    ]
    assert wrong == []
