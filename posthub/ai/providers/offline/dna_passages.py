"""The pages' blocks as passages that know their page, their headings and whom they speak about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from posthub.ai.providers.offline.dna_ownership import turns_to_another
from posthub.ai.providers.offline.dna_sections import page_role, section_of
from posthub.ai.providers.offline.dna_text import (
    CREDIT,
    is_instruction,
    is_noise,
    plain,
    says_i,
    says_we,
    sentences,
    squeezed,
    words,
)

SECOND_HAND = frozenset(("partners", "clients", "testimonials", "jobs", "competitors", "legal"))
MOST_STATEMENTS = 3000
LONGEST = 4000  # characters of one block; more is no paragraph, and patterns take their time
OTHERS = re.compile(
    r"\b(náš|naši|našeho|našich|našim|naším|našimi|jeden z|jednoho z)\s+(\w+\s+){0,2}(partner|dodavatel|konkur|soused|velkoobchod|pěstitel|výrobc|dovozc|mlynář|pražírník)\w*|"
    r"^(náš|naše|jeden z našich|jedna z našich)\s+(\w+\s+){0,2}(klient|zákazní|odběratel)\w*|"
    r"\b(dodavatel|partner(?!stv)|výrobce|konkurent|konkurence|klientka?|zákaznice)\w*\s+(?-i:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ])|"
    r"\b(dodává|dodávají|vozí|mele|melou|peče|pečou|praží|vyrábí|šije|pěstuje|zajišťuje|poskytuje|dodal\w*)\s+(nám|pro nás|firma|společnost)\b|"
    r"\bnám\s+(\w+\s+)?(dodává|dodávají|vozí|vyrábí|mele|melou|peče|praží|šije|zajišťuje|poskytuje|spravuje)\b|"
    r"\b(kde|od kter\w+|u kter\w+) (nakupujeme|odebíráme|bereme|kupujeme)\b|\bour (?-i:[a-z-]+, [A-Z])|"
    r"\b(odebíráme|bereme|kupujeme|nakupujeme|dovážíme|vozíme)\s+(\w+\s+){0,4}(od|z)\b|\bzastupujeme (\w+ )?(firm|značk|výrobc|společnost)|\bdistribu(?!tion\b|ce\b)|\bprodáváme (\w+ )?značk|"
    r"\bspolupracujeme (\w+ )?(s|se)\b|\bvyrábí (firma|společnost)\b|\bautorizovan\w+ (prodejce|partner|servis|dealer)|"
    r",\s*(which|who|kter[áýé]|jež)\s+(was|were|has|have|byl\w*|má|mají|vznikl\w*)\b.{0,30}(founded|established|employ|založen|zaměst|\d{4})|\b(comes?|bought|sourced|přichází|pochází) (from|od|z) (the |firmy |společnosti )?[A-Z]\w+ (Quarry|Mill|Farm|Mlýn|Ltd|Co)|"
    r"\bour\s+(?!(\w+ )?advantage)(\w+[\s-]){0,3}?(suppliers?|wholesalers?|manufacturers?|producers?|importers?|printers?|developers?|banks?|partners?|distributors?|landlords?|competitors?|neighbou?rs?|growers?|farmers?|millers?)\b|"
    r"^(our|one of our)\s+(\w+[\s-]){0,2}?(client|customer)\b|"
    r"\b(supplied|made|baked|roasted|grown|manufactured|milled|produced|brewed)\s+(for us\s+)?by\b|\bsuppl(y|ies) us\b|\bfor us by\b|"
    r"\bwe\s+(buy|source|get|stock|import|take)\b.{0,60}\bfrom\b|\b(distributor|dealer|stockist|reseller|installer)s? (of|for)\b(?! the year)|"
    r"\b(?:at|for|from|with|by|of) (?:an?|another|the) (?:[\w-]+ ){1,3}(?:founded|established) (?:in )?\d{4}|"
    r"\b(the |our )?neighbouring (?-i:[A-Z])|\bsousední\w* (?-i:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ])|\b(podle|dle) (\w+ )?(průzkum|studi|statisti|výzkum|test|analyti|expert|odborník|údaj|dat\b)\w*|"
    r"\b(survey|study|poll|test|report|trial)s? (of|by|from|at) (the )?(?-i:[A-Z])|\baccording to (a|the|an)\b.{0,40}\b(survey|study|report|poll|research)|"
    r"^podle (?-i:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ])\w+(\s\w+){0,3}?\s(úřad|agentur|ministerstv|asociac|svaz|bank|komor|server|institut|časopis|deník)|"
    r"^(supported|sponsored|funded|powered|made possible) by\b|^(podporuje nás|s podporou|za podpory)\b|"
    r"\b(maker|brand|manufacturer|retailer|chain|rival)s? (?-i:[A-Z][\w’'-]+) (sells?|makes?|employs?|has|was|is|says|claims?|announced|produces?)\b|"
    r"\b(the client|this client|the customer|client:|klient:|zákazník:|investor:)",
    re.IGNORECASE,
)
ENTITY = re.compile(
    r"((?:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w&.'’-]*\s+){1,5}),?\s*(s\.\s?r\.\s?o|spol\.|a\.\s?s\b|v\.\s?o\.\s?s|k\.\s?s|GmbH|AG\b|Ltd|Limited|Inc\b|LLC|LLP|PLC|plc|S\.p\.A|Co\.|& Sons|& Söhne)"
)


TICKED = re.compile(r"[✔✓☑✅►▸•]\s*(?=\w)")
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince)"
DAY = rf"(?:\d{{1,2}}(?:\.|st|nd|rd|th)?\s+{MONTH},?\s+20\d\d|{MONTH}\s+\d{{1,2}},?\s+20\d\d|\d{{1,2}}\.\s?\d{{1,2}}\.\s?20\d\d)"
SIGNED = re.compile(
    rf"(?:posted|published|written|zveřejněno|publikováno|napsala?|vydáno|autor(?:ka)?:)\b.{{0,60}}\b(?:20\d\d|by)\b|{DAY}(?:\s*[|·–—-].{{0,60}})?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One block in its place. `section` is what the nearest telling heading or the page announces."""

    url: str
    title: str
    language: str
    role: str
    kind: str
    text: str
    headings: tuple[str, ...]
    section: str
    second_hand: bool
    index: int

    @property
    def is_heading(self) -> bool:
        return self.kind in ("h1", "h2", "h3")

    @property
    def heading(self) -> str:
        return self.headings[-1] if self.headings else ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence in its passage. `own` is False where it speaks of a partner, supplier or customer."""

    text: str
    passage: Passage
    own: bool
    whole: bool  # ends like a sentence

    @property
    def url(self) -> str:
        return self.passage.url


@dataclass(slots=True)
class Material:
    """Everything an answer may draw on, read once."""

    language: str
    passages: list[Passage]
    statements: list[Statement]
    brand: str
    known: Mapping[str, Any]
    titles: list[tuple[str, str]] = field(default_factory=list)  # (address, title)
    languages: list[tuple[str, str]] = field(default_factory=list)

    @property
    def czech(self) -> bool:
        return self.language.startswith(("cs", "sk"))

    def own(self) -> list[Statement]:
        return [statement for statement in self.statements if statement.own]


def material(language: str, inputs: Mapping[str, Any]) -> Material:
    known = inputs.get("known") or {}
    passages: list[Passage] = []
    titles: list[tuple[str, str]] = []
    languages: list[tuple[str, str]] = []
    for page in inputs.get("pages") or ():
        url, title = str(page.get("url", "")), squeezed(str(page.get("title", "")))
        if (url, title) not in titles:
            titles.append((url, title))
            languages.append((url, str(page.get("language", ""))))
        passages += _passages(page, url, title)
    brand = squeezed(str(known.get("identity.brand_name") or ""))
    found = Material(language, passages, [], brand, known, titles, languages)
    names = own_names(brand, str(known.get("identity.legal_name") or ""))
    seen: set[tuple[str, bool]] = set()
    for passage in passages:
        if len(found.statements) >= MOST_STATEMENTS:
            break
        for statement in _statements(passage, names):
            key = (statement.text, statement.passage.second_hand)
            if key not in seen:
                seen.add(key)
                found.statements.append(statement)
    return found


def _passages(page: Mapping[str, Any], url: str, title: str) -> list[Passage]:
    blocks = page.get("blocks") or ()
    role = page_role(url, title) or ("blog" if _is_signed(blocks) else "")
    trail: dict[str, str] = {}
    result: list[Passage] = []
    for index, block in enumerate(blocks):
        kind, text = str(block.get("kind", "p")), str(block.get("text", ""))[:LONGEST].strip()
        if kind == "p" and (ticked := TICKED.match(text)):
            kind, text = "li", text[ticked.end() :]
        if not text or is_instruction(text):
            continue
        if kind in ("h1", "h2", "h3"):
            trail = {level: name for level, name in trail.items() if level < kind}
            headings = (*trail.values(), text)
            trail[kind] = text
        else:
            trail = {} if _past_praise(kind, text, trail, blocks[index - 1] if index else {}) else trail
            headings = tuple(trail.values())
        section = _section(headings) or (role if role != "home" else "")
        second_hand = role in SECOND_HAND or any(section_of(name) in SECOND_HAND for name in headings)
        result.append(
            Passage(
                url,
                title,
                str(page.get("language", "")),
                role,
                kind,
                text,
                headings,
                section,
                second_hand,
                index,
            )
        )
    return result


def _is_signed(blocks: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a page begins as an article does: with the day it was published, or who wrote it."""
    return any(SIGNED.match(str(block.get("text", ""))) for block in blocks[:4])


def _past_praise(kind: str, text: str, trail: Mapping[str, str], before: Mapping[str, Any]) -> bool:
    """Whether a paragraph below the words of customers is the company's own again: longer than any name, and not quoted."""
    said = (
        before.get("kind") == "quote" and bool(trail) and section_of([*trail.values()][-1]) == "testimonials"
    )
    return said and kind == "p" and len(words(text)) > 9 and re.match(r"[„“\"»—–-]", text) is None


def _section(headings: Sequence[str]) -> str:
    return next((name for heading in reversed(headings) if (name := section_of(heading))), "")


def own_names(*names: str) -> frozenset[str]:
    """Telling words of the company's own names, without diacritics."""
    return frozenset(plain(word) for name in names for word in words(name) if len(word) > 3)


def names_another(text: str, names: frozenset[str]) -> bool:
    """Whether a company with a legal form stands there that shares no word with the own name."""
    return any(
        not names.intersection(plain(word) for word in words(match[1])) for match in ENTITY.finditer(text)
    )


def _told_in_cells(row: str) -> list[str]:
    """Whole sentences that stand in a cell beside others; a cell of a price list holds none."""
    told = [
        sentences(cell) for cell in row.split("\t") if len(cell) > 40 and re.search(r"[.!]$", cell.strip())
    ]
    return [text for cell in told for text in cell if text.endswith((".", "!")) and len(words(text)) >= 4]


def _statements(passage: Passage, names: frozenset[str]) -> list[Statement]:
    result: list[Statement] = []
    strangers = (
        passage.second_hand or passage.kind == "quote" or re.match(r"[„“”\"»]", passage.text) is not None
    )
    quoted = strangers and not passage.second_hand
    for text in sentences(passage.text) if passage.kind != "td" else _told_in_cells(passage.text):
        mine = says_we(text) or says_i(text) or any(name in plain(text) for name in names)
        if (
            CREDIT.search(text)
            or OTHERS.search(text)
            or names_another(text, names)
            or turns_to_another(text, names)
        ):
            strangers = True
            own = False
        else:
            strangers = strangers and (passage.second_hand or quoted or not mine)
            own = not strangers
        if not is_noise(text):
            result.append(Statement(text, passage, own, re.search(r"[.!?…][\"“”'’)]*$", text) is not None))
    return result
