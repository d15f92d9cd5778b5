"""What may be said: the company's facts made safe, told apart into sentences, and ranked for a subject."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .dna_sections import page_role
from .language import Tongue, tongue
from .sayings import Told, disclaims, may_be_said, told
from .subjects import barred_by, is_name, named, strays
from .wording import harmless, is_order, stems, words

SHORT_NAME = 3  # words; the heading of a start page that is longer is a motto
SELLING = ("products", "services")  # pages that are about what is sold
TELLING = (
    "blog",
    "about",
    "contact",
    "faq",
    "jobs",
    "legal",
    "testimonials",
    "clients",
    "team",
)  # and that are not
_LEGAL_FORM = re.compile(
    r",?\s+(?:s\.\s?r\.\s?o\.|a\.\s?s\.|v\.\s?o\.\s?s\.|ltd\.?|limited|llc|inc\.?|plc)$", re.IGNORECASE
)
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


GATHERED = ("company", "dna", "facts")
# A worker writes for a few companies at a time, in one or two forms of address each.
COMPANIES_AT_ONCE = 12


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Two are the same only when they are one object, so that what is found in it can be remembered by it."""

    tongue: Tongue
    brand: str
    city: str
    industry: str
    formality: str
    dna: Mapping[str, Any]
    facts: tuple[Told, ...]
    lowered: frozenset[str]
    proper: frozenset[str] = frozenset()
    refused: tuple[re.Pattern[str], ...] = ()

    def refuses(self, text: str) -> bool:
        """Whether the text holds a word or claim the company never wants to say."""
        return any(pattern.search(text) for pattern in self.refused)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Names of products, services and materials, the products of the DNA first, each once."""
        barred = barred_by(self.dna, self.city, self.tongue)
        names = products(self.dna, self.tongue, barred) + [named(fact.subject) for fact in self.facts]
        kept: list[str] = []
        taken: list[frozenset[str]] = []
        stray = strays(self.dna)
        for name in (name for name in names if name.casefold() not in stray):
            marks = stems(name, self.tongue)
            longer = any(name.casefold().startswith(f"{other.casefold()} ") for other in kept)
            if is_name(name, self.tongue, barred) and not (
                longer or same(name, self.brand) or marks in taken
            ):
                kept.append(name)
                taken.append(marks)
        return tuple(kept)

    def settled(self, name: str) -> bool:
        """Whether it is known how the name is written inside a sentence, small or capital."""
        first = (words(name) or [name])[0]
        proper = first in self.proper and first not in words(self.brand)
        return name[:1].islower() or self.inside(name) != name or proper

    def inside(self, name: str) -> str:
        """The name as it stands inside a sentence: lowered only where the company itself writes it so."""
        first = (words(name) or [""])[0]
        if (
            same(name, self.brand)
            or not name.startswith(first)
            or first.lower() == first
            or first.upper() == first
        ):
            return name
        own = {word.casefold() for word in words(self.brand)}
        low = first.lower()
        rest = name.split()[1:]
        if (
            rest
            and all(word.islower() for word in rest)
            and first not in self.proper | set(words(self.brand))
        ):
            return name[:1].lower() + name[1:]
        if low in self.tongue.small_words or low in self.lowered:
            return name[:1].lower() + name[1:]
        ending = low not in own and len(low) > 4 and any(_inflects(low, other) for other in self.lowered)
        return name[:1].lower() + name[1:] if ending else name


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
    """Everything of the request that a writer may say; the same company is taken apart once."""
    asked = {key: inputs.get(key) for key in GATHERED}
    persona: Mapping[str, Any] = inputs.get("persona") or {}
    given = json.dumps(asked, ensure_ascii=False, sort_keys=True, default=str)
    return _gathered(tongue(language).code, given, str(persona.get("formality") or ""))


@lru_cache(maxsize=COMPANIES_AT_ONCE)
def _gathered(language: str, asked: str, formality: str) -> Material:
    mother = tongue(language)
    inputs: Mapping[str, Any] = json.loads(asked)
    company: Mapping[str, Any] = inputs.get("company") or {}
    dna: Mapping[str, Any] = inputs.get("dna") or {}
    given = list(inputs.get("facts") or [])
    refused = _refused(dna)
    brand = harmless(str(company.get("brand_name") or dna.get("identity.brand_name") or ""))
    brand = _LEGAL_FORM.sub("", brand) or brand
    barred = barred_by(dna, harmless(str(company.get("city") or "")), mother)
    pages = _pages(dna, mother, barred)
    sold = _Sold(mother, stems(brand, mother), _sold_names(dna, mother), barred)
    given_last = sorted(enumerate(given), key=lambda entry: str(entry[1].get("id") or "").startswith("dna:"))
    found = [
        fact
        for place, entry in given_last
        for fact in told(entry, _subject(entry, pages, sold), place, mother, refused)
    ]
    found += [fact for fact in _of_dna(dna, given, mother) if may_be_said(fact.text, refused)]
    if "health" not in listed(dna.get("constraints.regulated_topics")):
        found = [fact for fact in found if not disclaims(fact.text)]
    return Material(
        tongue=mother,
        brand=brand,
        city=harmless(str(company.get("city") or "")),
        industry=harmless(str(company.get("industry") or "")),
        formality=_formality(formality or str(dna.get("voice.formality") or ""), mother),
        dna=dna,
        facts=tuple(_each_once(found)),
        refused=refused,
        lowered=frozenset(
            word for entry in given for word in words(str(entry.get("text") or ""))[1:] if word[:1].islower()
        ),
        proper=frozenset(
            found
            for entry in given
            for found in re.findall(r"(?<=[a-zá-ž,] )[A-ZÁ-Ž]\w+", str(entry.get("text") or ""))
        ),
    )


def _formality(known: str, mother: Tongue) -> str:
    if known in ("tykani", "vykani", "neutral"):
        return known
    return "vykani" if mother.formal_by_default else "neutral"


def _refused(dna: Mapping[str, Any]) -> tuple[re.Pattern[str], ...]:
    phrases = [*listed(dna.get("voice.vocabulary_banned")), *listed(dna.get("constraints.forbidden_claims"))]
    bare = [harmless(str(phrase)).strip("„“”\"'") for phrase in phrases]
    return tuple(
        re.compile(rf"(?<!\w){re.escape(phrase)}", re.IGNORECASE) for phrase in bare if len(phrase) > 2
    )


def _pages(dna: Mapping[str, Any], mother: Tongue, barred: Sequence[frozenset[str]]) -> dict[str, str]:
    """The pages that are about one product alone, with its name."""
    names: dict[str, list[str]] = {}
    for entry in listed(dna.get("offer.products_services")):
        name = named(entry_name(entry))
        if isinstance(entry, Mapping) and entry.get("url") and is_name(name, mother, barred):
            names.setdefault(str(entry["url"]), []).append(name)
    alone = {}
    for url, found in names.items():
        titled = [name for name in found if stems(name, mother) & _slug(url, mother)]
        shared = frozenset.intersection(*(stems(name, mother) for name in titled)) if titled else frozenset()
        if shared or len({name.casefold() for name in found}) == 1:
            alone[url] = (titled or found)[0]
    return alone


def _slug(url: str, mother: Tongue) -> frozenset[str]:
    return stems(url.rstrip("/").rpartition("/")[2].partition(".")[0].replace("-", " "), mother)


def products(dna: Mapping[str, Any], mother: Tongue, barred: Sequence[frozenset[str]]) -> list[str]:
    """The names of what is sold, without the parts of one product's own page."""
    pages = _pages(dna, mother, barred)
    found = []
    for entry in listed(dna.get("offer.products_services")):
        name = named(entry_name(entry))
        url = str(entry.get("url") or "") if isinstance(entry, Mapping) else ""
        if url not in pages or stems(name, mother) & stems(pages[url], mother):
            found.append(name)
    return found


@dataclass(frozen=True, slots=True)
class _Sold:
    """What can be sold, and how to tell the heading of a page about it from any other heading."""

    mother: Tongue
    brand: frozenset[str]
    marks: tuple[frozenset[str], ...]
    barred: Sequence[frozenset[str]]

    def names(self, heading: str, url: str) -> bool:
        near = stems(named(heading), self.mother)
        if not near or near <= self.brand:
            return False
        role = page_role(url, "")
        if role in TELLING:
            return near in self.marks
        if any(near <= marks or marks <= near for marks in self.marks):
            return True
        short = len(words(heading)) <= SHORT_NAME and role in ("", "home")
        return (short or role in SELLING) and is_name(heading, self.mother, self.barred)


def _subject(entry: Mapping[str, Any], pages: Mapping[str, str], sold: _Sold) -> str:
    """What the fact is about: what it says itself, else what its page is about; the heading of a page about
    the company, its shops or its answers is no subject.
    """
    url = str(entry.get("source_url") or "")
    subject = harmless(str(entry.get("subject") or ""))
    if subject and not sold.names(subject, url):
        subject = ""
    subject = subject or pages.get(url, "")
    return "" if is_order(subject) or len(subject) > 60 else subject


def _sold_names(dna: Mapping[str, Any], mother: Tongue) -> tuple[frozenset[str], ...]:
    found = (named(entry_name(entry)) for entry in listed(dna.get("offer.products_services")))
    return tuple(marks for name in found if (marks := stems(name, mother)))


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
