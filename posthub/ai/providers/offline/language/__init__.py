"""What the offline writer must know of a language beyond its patterns."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Tongue:
    """`quotes` open and close; `small_words` may be lowered inside a sentence and count for
    nothing in comparing.
    """

    code: str
    quotes: tuple[str, str]
    small_words: frozenset[str]
    stem: Callable[[str], str]
    months: tuple[str, ...]
    abbreviations: frozenset[str]
    puffery: tuple[str, ...]
    formal_by_default: bool

    def quoted(self, text: str) -> str:
        return f"{self.quotes[0]}{text}{self.quotes[1]}"


@cache
def tongue(language: str) -> Tongue:
    """The language of the tag; anything but Czech and Slovak is written in English."""
    from . import cs, en

    return cs.TONGUE if language.partition("-")[0].casefold() in ("cs", "sk") else en.TONGUE


def every_puffery() -> tuple[str, ...]:
    """Boasts in any language: a company may write in more than one."""
    from . import cs, en

    return cs.TONGUE.puffery + en.TONGUE.puffery
