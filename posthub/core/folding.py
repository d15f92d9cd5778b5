"""Searching as people type: without accents and capitals. `title__folded__contains=folded("Žluť")` finds "žlutý".

PostgreSQL's own `unaccent` is an extension that is not everywhere; TRANSLATE is.
"""

import unicodedata

from django.db.models import CharField, TextField, Transform

FIRST, LAST = 0x00C0, 0x024F  # the accented letters of Latin alphabets
OTHERS = {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i"}


def _pairs() -> dict[str, str]:
    """Each accented letter and the plain one, both cases: some servers' LOWER knows only plain letters."""
    pairs = dict(OTHERS)
    pairs |= {letter.upper(): plain for letter, plain in OTHERS.items() if len(letter.upper()) == 1}
    for code in range(FIRST, LAST + 1):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if base.isascii() and base.isalpha():
            pairs[chr(code)] = base
    return {letter: plain for letter, plain in pairs.items() if not letter.isascii()}


PAIRS = _pairs()
_ACCENTED, _PLAIN = "".join(PAIRS), "".join(PAIRS.values())
_TABLE = str.maketrans(PAIRS)


def folded(text: str) -> str:
    """Plain small letters; letters that are put together from parts become one first."""
    return unicodedata.normalize("NFC", text).lower().translate(_TABLE)


class Folded(Transform):
    lookup_name = "folded"
    # Letters only, all of them ours: nothing in them could end the literal.
    template = f"TRANSLATE(LOWER(%(expressions)s), '{_ACCENTED}', '{_PLAIN}')"


def register() -> None:
    CharField.register_lookup(Folded)
    TextField.register_lookup(Folded)
