"""What may be said: the company's facts made safe, told apart into sentences, and ranked for a subject."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .language import Tongue, tongue
from .wording import capital, harmless, is_order, sentences, stems, words

LONGEST = 320
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
    """One thing that may be said. `text` is a whole sentence, or a bare value where `frame` names its point."""

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
        if first.lower() in self.lowered or first.lower() in self.tongue.small_words:
            return name[:1].lower() + name[1:]
        return name

    def ranked(self, about: str, *, subject: str = "", first: Sequence[str] = ()) -> list[Told]:
        """The facts, those that speak of the subject first; the named ids before all others."""
        wanted = stems(about, self.tongue)
        named = {fact_id: place for place, fact_id in enumerate(first)}
        ordered = sorted(
            enumerate(self.facts),
            key=lambda entry: (
                named.get(entry[1].fact_id, len(named)),
                -self._nearness(entry[1], wanted, subject),
                entry[0],
            ),
        )
        return [fact for _, fact in ordered]

    def _nearness(self, fact: Told, wanted: frozenset[str], subject: str) -> float:
        shared = len(fact.stems & wanted)
        return shared + (3.0 if subject and same(fact.subject, subject) else 0.0)


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
    refused = _refused(dna, inputs.get("persona") or {})
    persona = inputs.get("persona") or {}
    brand = harmless(str(company.get("brand_name") or dna.get("identity.brand_name") or ""))
    known = str(persona.get("formality") or dna.get("voice.formality") or "")
    formality = (
        known
        if known in ("tykani", "vykani", "neutral")
        else ("vykani" if mother.formal_by_default else "neutral")
    )
    told = [fact for entry in given for fact in _told(entry, mother, refused)]
    told += [fact for fact in _of_dna(dna, given, mother) if _may_be_said(fact.text, mother, refused)]
    return Material(
        tongue=mother,
        brand=brand,
        city=harmless(str(company.get("city") or "")),
        industry=harmless(str(company.get("industry") or "")),
        formality=formality,
        dna=dna,
        facts=tuple(_each_once(told)),
        lowered=frozenset(
            word for entry in given for word in words(str(entry.get("text") or ""))[1:] if word[:1].islower()
        ),
    )


def _refused(dna: Mapping[str, Any], persona: Mapping[str, Any]) -> tuple[re.Pattern[str], ...]:
    phrases = [*listed(dna.get("voice.vocabulary_banned")), *listed(dna.get("constraints.forbidden_claims"))]
    bare = [harmless(str(phrase)).strip("„“”\"'") for phrase in phrases]
    return tuple(
        re.compile(rf"(?<!\w){re.escape(phrase)}", re.IGNORECASE) for phrase in bare if len(phrase) > 2
    )


def _may_be_said(text: str, mother: Tongue, refused: Iterable[re.Pattern[str]]) -> bool:
    if not 3 <= len(text) <= LONGEST or is_order(text) or text.rstrip('“”")').endswith("?"):
        return False
    if any(re.search(pattern, text, re.IGNORECASE) for pattern in mother.puffery):
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
    return [fact for fact in found if _may_be_said(fact.text, mother, refused)]


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
