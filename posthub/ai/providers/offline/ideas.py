"""What a company could write about: its products, what its facts say of them, what its customers ask."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .choice import shuffled
from .library import pool
from .material import COMPANIES_AT_ONCE, Material, entry_name, listed, same
from .questions import answer
from .sayings import Told
from .subjects import barred_by, is_name, named, searched
from .trades import trade_of
from .wording import capital, harmless, is_order, stems, words

SHORTEST, LONGEST = 16, 66
TELLING = frozenset(
    ("process", "number", "history", "people", "product", "guarantee", "proof", "service", "advice")
)
_LASTING = re.compile(
    r"zraj|zrát|zrání|odpočív|kyne|kvas|peč|vař|suš|louh|leží|ležák|trvá|macer|schn"
    r"|ferment|rest|prov|rise|bak|cook|matur|dr(?:y|ies)|cur(?:e|ing)|takes|age[ds]?\b|simmer|steep",
    re.IGNORECASE,
)

_YEAR = re.compile(r"\b1\d{3}\b|\b20\d\d\b")
# Beside the company's name only a whole sentence of its own stands: with a verb, and not about something before it.
_WHOLE = {
    "en": re.compile(
        r"\b(?:we|is|are|was|were|has|have|had|comes?|opened|runs?|takes?|stands?)\b", re.IGNORECASE
    ),
    "cs": re.compile(
        r"\b(?:je|jsou|má|mají|byl[aoi]?|\w{2,}(?:eme|íme|áme|il|al|el|ila|ala|ili|ali))\b", re.IGNORECASE
    ),
}
_PRICED = re.compile(r"[£€$]\s?\d|\bCZK\s?\d|\d\s?(?:Kč|,-|EUR)\b|\d,-")
_PRICE_ALONE = re.compile(
    r"(?P<from>od|from)?\s*(?P<sum>[£€$]\s?\d[\d.,]*|(?:CZK )?\d[\d \u00a0.,]*(?:\s?(?:Kč|,-|€|EUR))?)",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"\b(?:ní|něm|ním|něj|nich|jeho|její|jejich|dnes|itself|himself|herself|they|their|it"
    r"|our old|used to|each one|is now|are affected)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Idea:
    """Something to write about: the slots for a title, the keyword in it, the facts behind it."""

    needs: str
    slots: Mapping[str, str]
    keyword: str
    facts: tuple[Told, ...]
    key: str


def ideas(material: Material, unwanted: frozenset[str]) -> list[Idea]:
    names = subjects(material)
    trade = (material.industry, material.brand)
    found = [_of_subject(material, name, "trade" if name in trade else "subject") for name in names]
    found += [*_tellings(material, names), *_questions(material, names), *_wishes(material, names)]
    found += [*_buyers(material), *_priced(material, names)]
    wanted = [idea for idea in found if not (unwanted and stems(idea.keyword, material.tongue) & unwanted)]
    return wanted or found or [_bare(material)]


def _bare(material: Material) -> Idea:
    name = material.brand or material.industry or "PostHub"
    return Idea("subject", {"Subject": capital(name), "subject": name}, name, (), name)


@lru_cache(maxsize=COMPANIES_AT_ONCE)
def subjects(material: Material) -> Sequence[str]:
    """Names to write about: what is sold, then what people search for, then the trade itself."""
    sold = list(material.subjects)
    flagship = harmless(str(material.dna.get("offer.flagship") or ""))
    barred = barred_by(material.dna, material.city, material.tongue)
    phrases = [
        harmless(str(word))
        for point in ("seo.primary_keywords", "seo.secondary_keywords")
        for word in listed(material.dna.get(point))
    ]
    trade = trade_of(material)["words"]
    own_trade = stems(material.industry, material.tongue)
    asked = searched(phrases, sold, trade, material.tongue)
    extra = [flagship, *(phrase for phrase in asked if not stems(phrase, material.tongue) <= own_trade)]
    names = sold + [name for name in extra if is_name(name, material.tongue, barred)]
    # "Charity: what to know" says nothing; "Roofing: what to know" does.
    names += [material.industry] if len(names) < 6 and trade_of(material).get("named", True) else []
    names += [material.brand] if len(names) < 3 else []
    kept: dict[frozenset[str], str] = {}
    for name in names:
        marks = stems(name, material.tongue)
        if 3 <= len(name) <= 45 and marks and not is_order(name):
            kept.setdefault(marks, name)
    return tuple(kept.values())


def _named(material: Material, name: str) -> dict[str, str]:
    return {
        "Subject": capital(name),
        "subject": material.inside(name) if material.settled(name) else "",
        "brand": material.brand,
        "city": material.city,
    }


def _of_subject(material: Material, name: str, needs: str) -> Idea:
    return Idea(needs, _named(material, name), name, behind(material, name), name)


def behind(material: Material, name: str) -> tuple[Told, ...]:
    """The facts that speak of the name; never none while there is any fact at all."""
    wanted = stems(name, material.tongue)
    near = [fact for fact in material.facts if same(fact.subject, name)]
    near += [
        f for f in material.facts if f not in near and wanted and len(f.stems & wanted) * 2 >= len(wanted)
    ]
    return tuple(near[:6]) or tuple(shuffled(material.facts, name)[:3])


def said_in(text: str, names: Sequence[str]) -> str:
    """The longest of the names that stands in the text letter for letter."""
    there = [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)]
    return max(there, key=len, default="")


def _tellings(material: Material, names: Sequence[str]) -> Iterator[Idea]:
    """Facts short enough to be a title, or half of one."""
    prizes = [
        stems(entry_name(entry), material.tongue) for entry in listed(material.dna.get("proof.awards_certs"))
    ]
    for fact in material.facts:
        whole = fact.text.rstrip(".")
        if any(prize and len(prize & fact.stems) * 2 > len(prize) for prize in prizes):
            continue
        if fact.frame or fact.leans or fact.kind not in TELLING | {"general"} or whole.count(",") > 1:
            continue
        if _PRICED.search(whole) and not is_whole(whole, material):
            continue
        if not SHORTEST <= len(whole) <= LONGEST or ":" in whole or not _vivid(fact):
            continue
        own = fact.subject if is_name(fact.subject, material.tongue) else ""
        name = said_in(whole, names)
        facts = (fact, *(other for other in behind(material, own or name or whole) if other != fact))[:6]
        lowered = material.inside(whole)
        if name:
            slots = {**_named(material, name), "Fact": whole}
            yield Idea("said", slots, name, facts, fact.text)
        elif whole.casefold().startswith(own.casefold() or "\0"):
            continue  # "Hračky: hračky mají certifikát"
        elif own and lowered != whole and len(own) + len(whole) <= 92:
            yield Idea("fact", {**_named(material, own), "fact": lowered}, own, facts, fact.text)
        elif material.brand and lowered != whole and not own and is_whole(whole, material):
            slots = {"brand": material.brand, "Brand": material.brand, "fact": lowered}
            slots |= {"Subject": material.brand, "subject": material.brand}
            yield Idea("brandfact", slots, material.brand, facts, fact.text)
        quantity = _quantity(material, whole)
        about = own or name
        if len(words(about)) > 1 and quantity and _LASTING.search(whole):
            slots = {**_named(material, about), "qty": quantity, "Qty": quantity}
            yield Idea("duration", slots, about, facts, f"{quantity} {about}")


def is_whole(text: str, material: Material) -> bool:
    """Whether it is a sentence of its own: with a verb, and not about something before it."""
    return bool(_WHOLE[material.tongue.code].search(text)) and not _LOOKS_BACK.search(text)


def kinds_of(idea: Idea) -> set[str]:
    """What the idea's own fact tells, or all facts of a name; a figure other than a year is a number besides."""
    facts = idea.facts if idea.needs in ("subject", "trade") else idea.facts[:1]
    counted = any(re.search(r"\d", _YEAR.sub("", fact.text)) for fact in facts)
    return {fact.kind for fact in facts} | ({"number"} if counted else set())


def _vivid(fact: Told) -> bool:
    """A figure, a name or a way of working makes a title; a general remark does not."""
    return bool(re.search(r"\d", fact.text)) or fact.kind in (
        "process",
        "history",
        "people",
        "guarantee",
        "number",
    )


def _quantity(material: Material, text: str) -> str:
    """A length of time that stays the same in the nominative: "24 hodin", "six weeks"."""
    units = "|".join(pool(material.tongue.code, "durations"))
    found = re.search(rf"(?<![\d.,])((?:[5-9]|[1-9]\d+)\s(?:{units}))\b", text)
    return found[1] if found else ""


def _questions(material: Material, names: Sequence[str]) -> Iterator[Idea]:
    """What customers ask, in their own words."""
    for point in ("audience.objections", "audience.pains"):
        for place, entry in enumerate(listed(material.dna.get(point))):
            text = harmless(str(entry.get("name") if isinstance(entry, Mapping) else entry))
            if not 10 <= len(text) <= 80 or is_order(text) or not text.endswith("?"):
                continue
            key = f"{point}.{place}"
            name = said_in(text, names)
            near = name or _nearest(material, text, names)
            facts = answer(material, text, (fact for fact in material.facts if not fact.frame))
            if not facts:
                continue  # a title is no place for a question that is left open
            slots = {"Question": capital(text), "brand": material.brand, "Brand": material.brand}
            if name:
                yield Idea("question", {**slots, **_named(material, name)}, name, facts, key)
            elif near:
                slots |= {**_named(material, near), "question": material.inside(text)}
                yield Idea("questionfor", slots, near, facts, key)
            elif material.brand:
                slots |= {"Subject": material.brand, "subject": material.brand}
                yield Idea("questionbrand", slots, material.brand, facts, key)


def _nearest(material: Material, text: str, names: Sequence[str]) -> str:
    asked = stems(text, material.tongue)
    best = max(names, key=lambda name: len(stems(name, material.tongue) & asked), default="")
    return best if stems(best, material.tongue) & asked else ""


def _answering(material: Material, text: str) -> tuple[Told, ...]:
    """The facts nearest to a question; a word that few facts have tells more than one that many have."""
    asked = stems(text, material.tongue)
    having = Counter(stem for fact in material.facts for stem in fact.stems & asked)
    weight = {fact: sum(1 / having[stem] for stem in fact.stems & asked) for fact in material.facts}
    near = sorted((fact for fact in material.facts if weight[fact]), key=lambda fact: -weight[fact])
    kept = [fact for fact in near[:6] if weight[fact] * 2 >= weight[near[0]]]
    return tuple(kept) or tuple(shuffled(material.facts, text)[:3])


def _wishes(material: Material, names: Sequence[str]) -> Iterator[Idea]:
    """Objections, pains and goals that are no questions, beside what answers them."""
    for point, needs in (
        ("audience.objections", "doubt"),
        ("audience.pains", "pain"),
        ("audience.goals", "goal"),
    ):
        for place, entry in enumerate(listed(material.dna.get(point))):
            text = harmless(str(entry.get("name") if isinstance(entry, Mapping) else entry)).rstrip(".")
            if 4 <= len(text) <= 45 and not is_order(text) and not text.endswith("?"):
                near = _nearest(material, text, names)
                for name in [near] if near else names[:3]:
                    slots = {**_named(material, name), needs: material.inside(text)}
                    yield Idea(needs, slots, name, behind(material, name), f"{point}.{place} {name}")


def _priced(material: Material, names: Sequence[str]) -> Iterator[Idea]:
    """What a thing costs, where the offer says it in so many words."""
    for entry in listed(material.dna.get("offer.products_services")):
        if not isinstance(entry, Mapping):
            continue
        price = harmless(str(entry.get("desc") or "")).rstrip(".")
        found = _PRICE_ALONE.fullmatch(price)
        name = next((known for known in names if same(known, named(entry_name(entry)))), "")
        if found and name and len(words(name)) > 1:
            slots = {**_named(material, name), "price": found["sum"]}
            needs = "pricedfrom" if found["from"] else "priced"
            yield Idea(needs, slots, name, behind(material, name), f"price {name}")


def _buyers(material: Material) -> Iterator[Idea]:
    """Businesses that buy, named in the form that also stands after a verb."""
    for entry in listed(material.dna.get("audience.segments")):
        if isinstance(entry, Mapping) and entry.get("b2b_b2c") == "b2b":
            name = entry_name(entry)
            if (
                3 <= len(name) <= 40
                and len(words(name)) < 3
                and not is_order(name)
                and not re.search(r"(?:é|í)\b", words(name)[0])
            ):
                slots = {"Subject": capital(name), "subject": material.inside(name), "brand": material.brand}
                facts = _answering(material, name)
                yield Idea("buyers", slots, name, facts, name)
