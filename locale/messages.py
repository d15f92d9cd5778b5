"""Collect the translations and compile them: `python locale/messages.py`.

Strings come with their Czech in locale/cs.d/*.po. Those are taken into locale/cs/LC_MESSAGES/django.po, where
what the pieces say replaces what stood there, and that is compiled. Where the gettext programs are installed,
the sources are scanned as well, so that strings without a translation are listed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent
sys.path.insert(0, str(LOCALE.parent))
from posthub.ui.typography import tied_markup  # noqa: E402 -- this file is run as it is

HEADER = {
    "Project-Id-Version": "PostHub",
    "Language": "cs",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=4; plural=(n == 1 && n % 1 == 0) ? 0 : (n >= 2 && n <= 4 && n % 1 == 0) ? 1: "
    "(n % 1 != 0 ) ? 2 : 3;",
}


def collect(catalogue: polib.POFile) -> list[str]:
    """Take the pieces into the catalogue; return the strings that two pieces translate differently."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    seen: dict[tuple[str | None, str], str] = {}
    quarrels = []
    for piece in sorted(LOCALE.glob("cs.d/*.po")):
        for entry in polib.pofile(str(piece)):
            key = (entry.msgctxt, entry.msgid)
            text = entry.msgstr or str(sorted(entry.msgstr_plural.items()))
            if seen.setdefault(key, text) != text:
                quarrels.append(f"{piece.name}: {entry.msgid!r} is translated differently elsewhere")
            if key not in known:
                known[key] = entry
                catalogue.append(entry)
            elif seen[key] == text:
                _fill(known[key], entry)
    return quarrels


def _fill(entry: polib.POEntry, piece: polib.POEntry) -> None:
    entry.msgstr, entry.msgstr_plural = piece.msgstr, piece.msgstr_plural
    entry.msgid_plural = piece.msgid_plural or entry.msgid_plural
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]


def scan() -> None:
    if not shutil.which("xgettext"):
        print("gettext is not installed: the sources are not scanned for new strings.", file=sys.stderr)
        return
    command = [sys.executable, "manage.py", "makemessages", "--locale=cs", "--no-obsolete", "--no-wrap"]
    command += ["--add-location=file", "--ignore=.venv", "--ignore=theme", "--ignore=tests"]
    subprocess.run(command, cwd=LOCALE.parent, check=True)


def tie(catalogue: polib.POFile) -> None:
    """What is shown in Czech ends no line after a one-letter word (posthub/ui/typography.py)."""
    for entry in catalogue:
        entry.msgstr = str(tied_markup(entry.msgstr))
        entry.msgstr_plural = {form: str(tied_markup(text)) for form, text in entry.msgstr_plural.items()}


def main() -> int:
    path = LOCALE / "cs" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    scan()
    catalogue = polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)
    catalogue.metadata = HEADER
    quarrels = collect(catalogue)
    tie(catalogue)
    catalogue.save(str(path))
    path.with_suffix(".mo").write_bytes(polib.pofile(str(path)).to_binary())
    for line in quarrels:
        print(line, file=sys.stderr)
    for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries():
        print(f"Not translated: {entry.msgid!r}", file=sys.stderr)
    print(
        f"{path}: {len(catalogue)} strings, {catalogue.percent_translated()} % translated.", file=sys.stderr
    )
    return 1 if quarrels else 0


if __name__ == "__main__":
    sys.exit(main())
