"""Text in and out: what came from outside made harmless, sentences told apart, slugs and cuts."""

import html
import re
import unicodedata
from functools import lru_cache

from .language import Tongue, tongue

# Each text of a month is written from the same sentences: what was worked out about one is kept.
REMEMBERED = 16_384

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,500}>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LINE_MARK = re.compile(r"^\s*(?:#{1,6}\s+|>+\s*|[-+*•]\s+|\d{1,2}[.)]\s+(?=[^\W\d]))")
_ORDERS = re.compile(
    r"ignor\w*\s+(?:\w+\s+){0,3}(?:instruc|instruk|pokyn|předchoz|previous|prompt)|system\s*prompt|<<|>>"
    r"|\bas an ai\b|\byou are now\b|\bjsi nyní\b|language model|jazykový model"
    r"|disregard\s+(?:\w+\s+){0,3}(?:above|previous|instruc)"
    r"|nové instrukce|new instructions|lorem ipsum|\bprompt\b|developer mode|\bassistant\s*:|\bsystem\s*:",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.!?…])[\"“”»)]*\s+(?=[\"„“«(]?[A-ZÀ-ŽÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9])")
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_REPLACED = str.maketrans(
    {"*": "", "_": " ", "`": "", "#": "", "<": "", ">": "", "[": "(", "]": ")", "|": ",", "\\": "", "~": ""}
)


@lru_cache(REMEMBERED)
def is_order(text: str) -> bool:
    """Whether the text tries to command a writing machine, or is somebody's filler."""
    return bool(_ORDERS.search(text))


def harmless(text: str) -> str:
    """One line of plain prose: no markup, no addresses, nothing invisible, no exclamation marks."""
    return _harmless(str(text))


@lru_cache(REMEMBERED)
def _harmless(text: str) -> str:
    bare = unicodedata.normalize("NFC", html.unescape(text))
    bare = _LINK.sub(r"\1", _TAG.sub(" ", _SCRIPT.sub(" ", _INVISIBLE.sub("", bare))))
    bare = _LINE_MARK.sub("", _ADDRESS.sub("", bare)).translate(_REPLACED)
    bare = re.sub(r"[!！]+", ".", bare)
    bare = re.sub(r"\.{4,}|…\.+", "…", re.sub(r"(?<!\.)\.\.(?!\.)", ".", bare))
    bare = re.sub(r"\(\s*\)", "", bare)
    return re.sub(r"\s+([,.;:?])", r"\1", " ".join(bare.split())).strip(" ,;:-–")


def sentences(text: str, mother: Tongue) -> list[str]:
    """The text's sentences; an abbreviation, an initial or an ordinal does not end one."""
    pieces: list[str] = []
    for piece in _END.split(text):
        before = pieces[-1] if pieces else ""
        last = before.rstrip(".").rsplit(" ", 1)[-1].strip('(„“"').casefold()
        unfinished = before.endswith(".") and (
            last in mother.abbreviations
            or len(last) == 1
            or (last.isdigit() and mother.code == "cs" and len(last) < 3)
        )
        if before and unfinished:
            pieces[-1] = f"{before} {piece}"
        else:
            pieces.append(piece)
    return [piece.strip() for piece in pieces if piece.strip()]


def words(text: str) -> list[str]:
    return _WORD.findall(text)


@lru_cache(maxsize=8_000)
def word_count(text: str) -> int:
    """Words a reader reads: link addresses and list marks do not count."""
    return len(_WORD.findall(re.sub(r"\]\([^)]*\)", "]", text)))


def stems(text: str, mother: Tongue) -> frozenset[str]:
    return _stems(text, mother.code)


@lru_cache(maxsize=20_000)
def _stems(text: str, language: str) -> frozenset[str]:
    """A month of topics asks for the same names and facts thousands of times."""
    mother = tongue(language)
    return frozenset(
        mother.stem(word)
        for word in words(text)
        if len(word) > 2 and word.casefold() not in mother.small_words
    )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def slug(text: str, most: int = 60) -> str:
    """ASCII words with hyphens, cut between words; "clanek" where nothing is left."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss").replace("ł", "l"))
    parts = re.findall(r"[a-z0-9]+", "".join(c for c in folded if not unicodedata.combining(c)))
    out = ""
    for part in parts:
        longer = f"{out}-{part}" if out else part[:most]
        if len(longer) > most:
            break
        out = longer
    return out or "clanek"


def cut(text: str, most: int) -> str:
    """At most that many characters, ending with a whole word and no loose punctuation."""
    if len(text) <= most:
        return text
    shorter = text[: most - 1]
    if " " in shorter:
        shorter = shorter.rsplit(" ", 1)[0]
    return shorter.rstrip(' ,;:–-(.„“"') + "…"


def safe_address(url: str) -> bool:
    """An address that can stand in a Markdown link as it is."""
    return bool(
        re.fullmatch(r"(?:https?://|/)[^\s()<>\"'\\\[\]`{}|^]*", url, re.IGNORECASE)
    ) and not url.startswith("//")
