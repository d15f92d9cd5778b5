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


# What an editor would strike out. An address or a placeholder may hold anything.
ASIDE = re.compile(r"%\(\w+\)s|\S+@\S+")
SLIPS = {
    "a capital within a sentence": re.compile(r"(?<=[^\s.!?:…„(>-] )V(?:ás|ám|ámi|áš|aš\w*)\b"),
    "e-mail is written with a hyphen": re.compile(r"(?<!e-)(?<!\w)e?mail", re.IGNORECASE),
    "three dots are one sign": re.compile(r"\.\.\."),
    "people are not on first-name terms with us": re.compile(r"\b(tvůj|tvoje|tobě|můžeš|chceš|máš)\b"),
    "a plan goes by its name": re.compile(r"\b(TRIAL|BASIC|ULTIMATE)\b"),
}


def test_no_czech_sentence_ends_with_a_day() -> None:
    """Days without a year end with a full stop themselves: "k 22. 11.."; those of billing have their year."""
    (catalogue,) = SOURCES
    wrong = [
        entry.msgstr
        for entry in polib.pofile(str(catalogue))
        if re.search(r"%\((day|until)\)s\.(\s|$)", entry.msgstr)
        and not all(place.startswith("posthub/billing/") for place, _line in entry.occurrences)
    ]
    assert wrong == []


def test_czech_keeps_its_habits() -> None:
    (catalogue,) = SOURCES
    wrong = [
        (why, said)
        for entry in polib.pofile(str(catalogue))
        for said in [entry.msgstr, *entry.msgstr_plural.values()]
        for why, slip in SLIPS.items()
        if slip.search(ASIDE.sub("", said))
    ]
    assert wrong == []
    spelt = re.compile(r"(?<!\w)(email|E-Mail)")
    english = [
        entry.msgid for entry in polib.pofile(str(catalogue)) if spelt.search(ASIDE.sub("", entry.msgid))
    ]
    assert english == []
