"""Names in the order of the Czech alphabet, whatever the database was made with: Č after C, Ch after H, Ž last.

The embedded PostgreSQL knows no other order than that of the bytes, so the key is made here: letters of their own
become the letter before them and a sign after Z; other accents do not count.
"""

from typing import Any

from django.db.models import F, Func, Value
from django.db.models.functions import Collate, Lower, Replace

OWN = (("ch", "h{"), ("č", "c{"), ("ř", "r{"), ("š", "s{"), ("ž", "z{"))
ACCENTED, BARE = "áäąćďéěëęíľĺłńňóôöőŕśťúůüűýźż", "aaacdeeeeilllnnoooorstuuuuyzz"


def alphabetical(name: str) -> Any:
    """What to order a query by: `order_by(alphabetical("name"))`."""
    key: Any = Lower(F(name))
    for letter, instead in OWN:
        key = Replace(key, Value(letter), Value(instead))
    return Collate(Func(key, Value(ACCENTED), Value(BARE), function="translate"), "C")


def in_alphabet(name: str) -> str:
    """The same for what is sorted in Python: `sorted(names, key=in_alphabet)`."""
    key = name.lower()
    for letter, instead in OWN:
        key = key.replace(letter, instead)
    return key.translate(str.maketrans(ACCENTED, BARE))
