"""The company's sentences made fit to be repeated: each whole, in its place on its page, in the company's own voice."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from .language import Tongue, every_puffery
from .subjects import is_name, named
from .wording import REMEMBERED, capital, harmless, is_order, sentences, stems, words

LONGEST = 320
_VERBLESS = 5  # a shorter "sentence" without a full stop is a value, to be framed
_POINTS_AT_PAGE = re.compile(
    r"\b(?:na stránce|stránku|článe?k\w*|rss|newsletter\w*|podívejte se|přečtěte|dočtete|níže|výše uveden\w*"
    r"|: (?:jak|co|proč|kdy|kde|čím|how|what|why|when) |obchodní\w* rejstřík\w*|companies house|registered in (?:england|wales|scotland)|sepsali jsme|sepíšeme|sečetl\w*|tady je odpověď|o kterém se málo|výsledky vás|náš bochník ji|pokus jsme|kdo přemýšlí|klikn\w*|formulář\w*|popisuje|náš pokus|jsme pokus dělali|časté otázky|přes kontakty|(?:jsou|je|najdete) (?:tady|zde)|here is the answer|we repeated the test|we tested|in our test|product page|you can taste the result|this page|our \w+ page|article\w*|newsletter"
    r"|click|see below|above|read more|read about|write to \w+ \(at|the faq|the contact is here|opening hours are)\b",
    re.IGNORECASE,
)
_LEANS = {
    "cs": re.compile(
        r"^(?:ano|ne|nejdál|nic dalšího|je to|jsou to|byl[aoi]? to|měřili jsme|to|tím|tam|tu|tady|tento|tato|toto|ten|ta|jeho|její|jejich|proto|také|taky|ale|a|i|potom|pak"
        r"|protože|navíc|naopak|přesto|během|za touto|za to|za tím|zkoušeli jsme to|z toho|po vytažení|mouku prý)\b"
        # Of what it costs, keeps or needs was said before; so was whom "na přání je dodáme" speaks of.
        r"|^(?:v ceně (?:je|jsou)|potřebujete|vydrží|trvá|stojí|(?:je|jsou) tu|na přání (?:je|ho|ji|jej))\b"
        r"|\bje \w{3,}(?:áme|íme|eme)\b|^(?:\w+\W+){1,3}jich\b"
        r"|^za ty (?:roky|dny)\b|^při \w+ \w+ (?:je|stojí)\b|\b(?:vám|ti) (?:je|ji|ho|jej) |\bnov(?:ou|ý|é) zdarma\b"
        r"|\b(?:její|jeho) (?:bratr|sestra|syn|dcera|manžel\w*|otec|žena|kolega)\b"
        # "Děti jej mají rády": what it is was said before.
        r"|^(?:\w+\W+){1,3}(?:ho|jej|ji|mu|jim)\b|\btak vyjde\b|^\w+ proto\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^(?:yes|no|bring|the (?:furthest|rest|other)|it|its|they|their|that|this|these|those|so|but|and|then|because|also|there|here|he|she|his|her|one of them|nine people|beyond)\b"
        r"|^(?:\w+\W+){1,2}(?:it|them)\b"  # "We feed it at five"
        r"|^(?:\w+\W+){1,4}(?:it|they) (?:rests?|keeps?|stays?|costs?|takes?)\b",
        re.IGNORECASE,
    ),
}
_ALONE = re.compile(
    r"\b(?:vím|sednu|spočítám|netvrdím|tvrdím|poznám|jsem|mám|držím|myslím|I|I'm|my|me)\b|[›»]|^\d{4}:? [A-ZÁ-Ž]|…$|^[„“\"]|^(?-i:Co se v|Jak |Proč |Why |How )"
    r"|^(?-i:Before|After|Until|While|Because|Unless) [^,]+\.$"
)
# A name alone is no sentence, though "Ltd." ends with a full stop.
_NAMES = ("identity.legal_name", "identity.brand_name", "identity.industry", "identity.hq_address")
_CZECH_VERB = re.compile(
    r"(?<=\s)[^\W\d_A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]\w+(?:í|á|uje|nou)\b|(?i:\b(?:je|jsou|má|mají|může|mohou|vede|vedou|peče|pečou|mele|roste|zraje|kyne|\w{2,}ejí|byl[aoi]?|\w{2,}(?:me|te|il|al|el|[iae]l[aio]))\b)",
)
_CODE = re.compile(r"[A-Z]{2}(?:-\w{1,4})?|\d{4}-\d\d-\d\d")
_PERSON = re.compile(r"(?:[A-ZÁ-Ž][\w.'’]*\s+){1,3}(?:a |and )?[A-ZÁ-Ž][\w'’]*\.?(?:,.*)?")
_CALLED_OUT = re.compile(r"^[A-ZÁ-Ž]{4,}: (?=\w)")  # "NOTE: ..."
_REPEATED_NUMBER = re.compile(r"\s*\([\d  .,]+(?:\s?%)?\)$")


# Words of caution about health, which only those have to repeat whose field it is.
_DISCLAIMS = re.compile(
    r"\b(?:s lékařem|lékaře\w*|neléčí|zdravotní (?:potíž|tvrzení|účink)\w*"
    r"|your (?:doctor|gp)|a doctor|medical advice|(?:does not|doesn.t|do not|don.t) (?:cure|heal)|health claims?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that may be said. `text` is a whole sentence, or a bare value where `frame` names its point.

    `page` and `place` say where it stands on the site; a sentence that `leans` needs the one before it.
    """

    fact_id: str
    text: str
    kind: str
    subject: str
    frame: str = ""
    stems: frozenset[str] = field(default=frozenset(), compare=False)
    page: str = ""
    place: int = -1
    leans: bool = False

    def __str__(self) -> str:
        """What it is ordered by: a set's own text would differ from process to process."""
        return f"{self.fact_id} {self.text}"

    def follows(self, other: "Told") -> bool:
        """Whether it stands right after the other one, on the same page."""
        return self.place >= 0 and self.page == other.page and 0 < self.place - other.place <= 1


def may_be_said(text: str, refused: Iterable[re.Pattern[str]]) -> bool:
    if not 3 <= len(text) <= LONGEST or is_order(text) or text.rstrip('“”")').endswith("?"):
        return False
    if _boasts(text):
        return False
    return not any(pattern.search(text) for pattern in refused)


def disclaims(text: str) -> bool:
    return bool(_DISCLAIMS.search(text))


@lru_cache(REMEMBERED)
def _boasts(text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in every_puffery())


def told(
    entry: Mapping[str, Any], subject: str, place: int, mother: Tongue, refused: Iterable[re.Pattern[str]]
) -> list[Told]:
    """The sentences or values of one given fact."""
    fact_id, raw = str(entry.get("id") or ""), str(entry.get("text") or "")
    if not fact_id or is_order(raw) or _CODE.fullmatch(raw.strip()):
        return []
    kind = str(entry.get("kind") or "general")
    point = (
        fact_id.removeprefix("dna:").rstrip("0123456789").rstrip(".") if fact_id.startswith("dna:") else ""
    )
    page = _page_of(str(entry.get("source_url") or ""))
    if point in _NAMES and len(words(raw)) < 6:
        return []
    value = harmless(_REPEATED_NUMBER.sub("", raw))
    if point in ("proof.testimonials", "offer.products_services"):
        framed = _quotation(value, mother) if point == "proof.testimonials" else _offered(value, mother)
        found = [Told(fact_id, framed, kind, subject, point, stems(framed, mother))] if framed else []
        return [fact for fact in found if may_be_said(fact.text, refused)]
    found = []
    for number, sentence in enumerate(sentences(value, mother)):
        whole = sentence[-1:] in ".…" or sentence.endswith((".“", ".”"))
        if not whole and (point or len(words(sentence)) < _VERBLESS):
            found.append(Told(fact_id, sentence, kind, subject, point or "value", stems(sentence, mother)))
            continue
        text = capital(_CALLED_OUT.sub("", sentence if whole else f"{sentence}."))
        if _POINTS_AT_PAGE.search(text) or _ALONE.search(text) or (point and len(words(text)) < 4):
            continue
        bare = len(words(text)) <= _VERBLESS or not (kind == "product" or "%" in text)
        if bare and not has_verb(text, mother):
            continue
        leaning = bool(_LEANS[mother.code].search(text)) or len(words(text)) < 4
        at = -1 if number else place
        found.append(Told(fact_id, text, kind, subject, "", stems(text, mother), page, at, leaning))
    return [fact for fact in found if may_be_said(fact.text, refused)]


def _page_of(url: str) -> str:
    """The page without scheme and port, so that a company is written about the same wherever its site answers."""
    address = urlsplit(url)
    return f"{address.hostname or ''}{address.path}{address.query}"


def has_verb(text: str, mother: Tongue) -> bool:
    """Whether a Czech sentence has something that looks like a verb; of another language it is taken for granted."""
    return mother.code != "cs" or bool(_CZECH_VERB.search(text))


def _quotation(text: str, mother: Tongue) -> str:
    """A customer's words, in quotation marks and only with somebody's name to them."""
    found = re.fullmatch(r"(.+?)\s*\(([^()]+)\)\.?", text)
    if not found or not _PERSON.fullmatch(found[2]) or found[1].endswith("?"):
        return ""
    return f"{mother.quoted(found[1].strip('„“”'))} ({found[2]})"


def _offered(text: str, mother: Tongue) -> str:
    """A line of a price list, where it is one: the name and a few words or figures."""
    name = text.partition(":")[0]
    fits = len(text) <= 130 and not re.search(r"[›?]|\. ", text) and is_name(named(name), mother)
    return text.rstrip(".") if fits else ""
