"""What may be said: the company's facts made safe, told apart into sentences, and ranked for a subject."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .choice import number
from .language import Tongue, every_puffery, tongue
from .wording import capital, harmless, is_order, sentences, stems, words

LONGEST = 320
WIDE = 20  # facts of the whole company in one text; more would leave nothing for the next one
ENOUGH = 22
_VERBLESS = 5  # a shorter "sentence" without a full stop is a value, to be framed
TOLD_POINTS = (
    "offer.products_services",
    "offer.usp",
    "offer.guarantees",
    "market.differentiators",
    "proof.awards_certs",
    "proof.numbers",
    "proof.testimonials",
)
KIND_OF_POINT = {
    "offer.products_services": "product",
    "offer.flagship": "product",
    "offer.usp": "product",
    "offer.guarantees": "guarantee",
    "market.differentiators": "process",
    "proof.awards_certs": "proof",
    "proof.numbers": "number",
    "proof.testimonials": "proof",
    "identity.founded": "history",
    "voice.sample_sentences": "general",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that may be said. `text` is a whole sentence, or a bare value where `frame` names
    its point.
    """

    fact_id: str
    text: str
    kind: str
    subject: str
    frame: str = ""
    stems: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Material:
    tongue: Tongue
    brand: str
    city: str
    industry: str
    formality: str
    dna: Mapping[str, Any]
    facts: tuple[Told, ...]
    lowered: frozenset[str]
    refused: tuple[re.Pattern[str], ...] = ()

    def refuses(self, text: str) -> bool:
        """Whether the text holds a word or claim the company never wants to say."""
        return any(pattern.search(text) for pattern in self.refused)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Names of products, services and pages, the products of the DNA first, each once."""
        names = [entry_name(entry) for entry in listed(self.dna.get("offer.products_services"))]
        names += [fact.subject for fact in self.facts]
        return tuple(
            dict.fromkeys(name for name in names if 2 < len(name) <= 60 and not same(name, self.brand))
        )

    def inside(self, name: str) -> str:
        """The name as it stands inside a sentence: lowered only where the company itself writes it so."""
        first = (words(name) or [""])[0]
        if not name.startswith(first) or first.lower() == first or first.upper() == first:
            return name
        own = {word.casefold() for word in words(self.brand)}
        low = first.lower()
        if low in self.tongue.small_words or low in self.lowered:
            return name[:1].lower() + name[1:]
        ending = low not in own and len(low) > 4 and any(_inflects(low, other) for other in self.lowered)
        return name[:1].lower() + name[1:] if ending else name

    def about(self, about: str, *, subject: str, first: Sequence[str], seed: object) -> list[Told]:
        """The facts for a text on one subject: its own in the order they were found, then the company's at large.

        What belongs to another product is left out, unless there would be too little to tell and the
        sentence can be understood by itself.
        """
        wanted = stems(about, self.tongue)
        own, wide, foreign = [], [], []
        for fact in self.facts:
            near = stems(fact.subject, self.tongue)
            if same(fact.subject, subject) or (near and near <= stems(subject, self.tongue)):
                own.append(fact)
            elif not fact.subject:
                wide.append(fact)
            elif near & fact.stems:
                foreign.append(fact)
        named = [fact for fact in foreign if fact.fact_id in set(first)]
        wide.sort(key=lambda fact: (-min(2, len(fact.stems & wanted)), number(seed, fact.text)))
        foreign.sort(key=lambda fact: (-len(fact.stems & wanted), number(seed, fact.text)))
        told = [*own, *(fact for fact in named if fact not in own), *wide[:WIDE]]
        missing = max(0, ENOUGH - sum(1 for fact in told if not fact.frame))
        return told + [fact for fact in foreign if fact not in told][:missing]


def _inflects(word: str, other: str) -> bool:
    """Whether the two differ only in the last letter or two, as Czech cases do."""
    return abs(len(word) - len(other)) <= 1 and len(other) >= len(word) and other.startswith(word[:-1])


def same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def listed(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def entry_name(entry: Any) -> str:
    return harmless(entry.get("name") or "") if isinstance(entry, Mapping) else harmless(str(entry))


def entry_text(point: str, entry: Any, mother: Tongue) -> str:
    """One entry of a DNA list as words."""
    if not isinstance(entry, Mapping):
        return harmless(str(entry))
    if point == "proof.testimonials":
        quote = harmless(str(entry.get("quote") or "")).strip("„“”\"'")
        author = harmless(str(entry.get("author") or ""))
        return f"{mother.quoted(quote)}" + (f" ({author})" if author else "") if quote else ""
    if point == "proof.awards_certs":
        name, year = harmless(str(entry.get("name") or "")), harmless(str(entry.get("year") or ""))
        return f"{name} ({year})" if year and year not in name else name
    if point == "offer.products_services":
        name, described = entry_name(entry), harmless(str(entry.get("desc") or ""))
        return f"{name}: {described}" if name and described else ""
    return harmless(str(entry.get("claim") or entry.get("name") or entry.get("note") or ""))


def gather(language: str, inputs: Mapping[str, Any]) -> Material:
    """Everything of the request that a writer may say."""
    mother = tongue(language)
    company: Mapping[str, Any] = inputs.get("company") or {}
    dna: Mapping[str, Any] = inputs.get("dna") or {}
    given = list(inputs.get("facts") or [])
    refused = _refused(dna)
    persona = inputs.get("persona") or {}
    brand = harmless(str(company.get("brand_name") or dna.get("identity.brand_name") or ""))
    known = str(persona.get("formality") or dna.get("voice.formality") or "")
    formality = (
        known
        if known in ("tykani", "vykani", "neutral")
        else ("vykani" if mother.formal_by_default else "neutral")
    )
    told = [fact for entry in given for fact in _told(entry, mother, refused)]
    told += [fact for fact in _of_dna(dna, given, mother) if _may_be_said(fact.text, refused)]
    return Material(
        tongue=mother,
        brand=brand,
        city=harmless(str(company.get("city") or "")),
        industry=harmless(str(company.get("industry") or "")),
        formality=formality,
        dna=dna,
        facts=tuple(_each_once(told)),
        refused=refused,
        lowered=frozenset(
            word for entry in given for word in words(str(entry.get("text") or ""))[1:] if word[:1].islower()
        ),
    )


def _refused(dna: Mapping[str, Any]) -> tuple[re.Pattern[str], ...]:
    phrases = [*listed(dna.get("voice.vocabulary_banned")), *listed(dna.get("constraints.forbidden_claims"))]
    bare = [harmless(str(phrase)).strip("„“”\"'") for phrase in phrases]
    return tuple(
        re.compile(rf"(?<!\w){re.escape(phrase)}", re.IGNORECASE) for phrase in bare if len(phrase) > 2
    )


def _may_be_said(text: str, refused: Iterable[re.Pattern[str]]) -> bool:
    if not 3 <= len(text) <= LONGEST or is_order(text) or text.rstrip('“”")').endswith("?"):
        return False
    if any(re.search(pattern, text, re.IGNORECASE) for pattern in every_puffery()):
        return False
    return not any(pattern.search(text) for pattern in refused)


def _told(entry: Mapping[str, Any], mother: Tongue, refused: Iterable[re.Pattern[str]]) -> list[Told]:
    fact_id, raw = str(entry.get("id") or ""), str(entry.get("text") or "")
    if not fact_id or is_order(raw):
        return []
    subject = harmless(str(entry.get("subject") or ""))
    subject = "" if is_order(subject) or len(subject) > 60 else subject
    kind = str(entry.get("kind") or "general")
    point = (
        fact_id.removeprefix("dna:").rstrip("0123456789").rstrip(".") if fact_id.startswith("dna:") else ""
    )
    found = []
    for sentence in sentences(harmless(raw), mother):
        whole = sentence[-1:] in ".…" or sentence.endswith((".“", ".”"))
        if not whole and (point or len(words(sentence)) < _VERBLESS):
            found.append(Told(fact_id, sentence, kind, subject, point or "value", stems(sentence, mother)))
        else:
            text = capital(sentence if whole else f"{sentence}.")
            found.append(Told(fact_id, text, kind, subject, "", stems(text, mother)))
    return [fact for fact in found if _may_be_said(fact.text, refused)]


def _of_dna(dna: Mapping[str, Any], given: Sequence[Mapping[str, Any]], mother: Tongue) -> list[Told]:
    """The points that nobody listed among the facts."""
    there = {str(entry.get("id") or "") for entry in given}
    found = []
    for point in TOLD_POINTS:
        if any(fact_id == f"dna:{point}" or fact_id.startswith(f"dna:{point}.") for fact_id in there):
            continue
        for place, entry in enumerate(listed(dna.get(point))):
            text = entry_text(point, entry, mother)
            subject = entry_name(entry) if point == "offer.products_services" else ""
            kind = KIND_OF_POINT[point]
            if text:
                found.append(
                    Told(f"dna:{point}.{place}", text.rstrip("."), kind, subject, point, stems(text, mother))
                )
    return found


def _each_once(facts: Iterable[Told]) -> list[Told]:
    seen: set[str] = set()
    kept = []
    for fact in facts:
        key = " ".join(words(fact.text)).casefold()
        if key and key not in seen:
            seen.add(key)
            kept.append(fact)
    return kept
