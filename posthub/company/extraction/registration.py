"""Who the company is by law: names with a legal form, registration and VAT numbers, addresses, as written on its pages."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from posthub.ai.providers.offline.dna_passages import page_role, section_of
from posthub.ai.providers.offline.dna_text import CREDIT, is_instruction, squeezed
from posthub.company.extraction.uk_address import seats as uk_seats
from posthub.company.generation import FoundPoint
from posthub.company.reader import Block, Page, SiteReading

FORM = r"(?:spol\.\s?s\s?r\.\s?o\.|s\.\s?r\.\s?o\.|a\.\s?s\.|v\.\s?o\.\s?s\.|k\.\s?s\.|o\.\s?p\.\s?s\.|p\.\s?o\.|příspěvková organizace|obecně prospěšná společnost|z\.\s?s\.|z\.\s?ú\.|GmbH(?: & Co\. KG)?|Limited|Ltd\.?|LLP|LLC|Inc\.?|PLC|plc|CIC|družstvo)"
NAME = re.compile(
    rf"(?P<name>(?:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9][\w&+’'-]*|[&+])(?:[ \u00a0]+(?:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9][\w&+’'-]*|&|\+|a|and|of|the|v|na|pod|u|[a-záčďéěíňóřšťúůýž]{{3,14}})){{0,6}}?)"
    rf",?[ \u00a0]+(?P<form>{FORM})(?![\w])"
)
ICO = re.compile(
    r"\b(?:IČO?|IC|IČ|identifikační číslo)\b\.?\s*[:.]?\s*(?P<id>\d{2,3}[\s\u00a0]?\d{2,3}[\s\u00a0]?\d{2,3}|\d{6,8})\b",
    re.IGNORECASE,
)
DIC = re.compile(
    r"\b(?:DIČ|DIC|VAT(?: (?:ID|no|number|reg\w*)\.?(?: no\.?)?)?)\s*[:.]?\s*(?P<id>(?:CZ|SK|GB|DE|AT|PL|IE)\s?\d[\d\s]{6,12}\d|\d{3}\s?\d{4}\s?\d{2}\b)",
    re.IGNORECASE,
)
COMPANY_NUMBER = re.compile(
    r"\b(?:company|registered|registration|reg\.?)\s*(?:registration\s*)?(?:no|number|num|nr)?\.?\s*(?:in england(?: and wales| & wales)?\s*)?(?:no\.?|number)?\s*[:.]?\s*(?P<id>(?:SC|NI|OC)?\d{6,8})\b",
    re.IGNORECASE,
)
TRADER = re.compile(
    r"\b(?P<name>(?:(?:Ing|Mgr|Bc|MUDr|MDDr|JUDr|MVDr|PhDr)\.\s+)*[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][a-záčďéěíňóřšťúůýž]+(?:\s+[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][a-záčďéěíňóřšťúůýž]+){1,2})\b[^\w]{0,6}$"
)
CZ_ADDRESS = re.compile(
    r"(?P<street>(?:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9][\w.]*[ \t\u00a0]+){0,4}?(?:č\.\s?p\.\s*)?[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]?[\w.]+[ \t\u00a0]+(?:č\.\s?p\.\s*)?\d{1,4}(?:/\d{1,4})?[a-zA-Z]?)\s*[,\n\t|·•–-]?\s*"
    r"(?:(?:CZ|SK)[\s-]+)?(?P<zip>\d{3}[\s\u00a0]?\d{2})[\s,\u00a0]+(?P<city>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\wáčďéěíňóřšťúůýž]+(?:[\s-](?:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w]+|nad|pod|na|u|v|ve|\d{1,2}))*)"
)
CITY_FIRST = re.compile(
    r"(?P<street>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w.]+(?:\s+[\w.]+){0,3}?\s+\d{1,4}(?:/\d{1,4})?[a-zA-Z]?)\s*,\s*(?P<city>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w]+(?:\s[\w]+){0,3}?),?\s+(?:PSČ\s*:?\s*)?(?P<zip>\d{3}\s?\d{2})\b(?!\s?\d)"
)
FILLER = re.compile(
    r"^(?:(?:Sídlo|Adresa|Provozovna|Address|Kontakt|Kontakty|Najdete nás|Firma|Společnost|Provozovatel\w*|Copyright|©|Fakturační údaje|Dodavatel|Prodávající|Správce|Visit us|Find us|"
    r"Kancelář|Ordinace|Dílna|Prodejna|Pekárna|na adrese|is|Our|The company|Company|Provozuje|Operated by|Registered office|Trading name of|Obchodní firma|Název|Naše|Jsme|My|Ve|V|U)\b:?\s*)+"
)


# A line that is a name with its legal form and nothing else: "Hrubý & synové, advokátní kancelář s.r.o."
WHOLE_LINE = re.compile(
    rf"^(?P<name>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9][^\n.:;|©@]{{1,80}}?),?[ \u00a0]+(?P<form>{FORM})$"
)
# What names somebody other than the company right before a number or an address: authorities, founders, depots, agents.
AUTHORITY = re.compile(
    r"\b(komor[aouy]\w*|inspekc\w+|ministerstv\w+|dozor\w*|zřizovatel\w*|úřad\w*|soud\w*|klient\w*|obc[ei]\b|obec\b|město\b|dodavatel\w*|partner\w*|"
    r"ombudsman|commissioner|regulator|council|authority|citizens advice|supplier)\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\b(poboč\w+|zastoupení|dealer\w*|prodejc\w+|servis\w*|sklad\w*|dílny|výdejn\w+|vrácen\w+ zboží|reklamac\w+ (posílejte|zasílejte)|zásilkovn\w+|účetní\w*|faktury|půjčovn\w+|"
    r"nájdete|původní\w*|star[áéou]\w* (adres|kancelář|dílna|provozovn)\w*|areál|nejbližší|branch|warehouse|depot|returns?|other office|scottish office|old (unit|shop|office|premises)|formerly|dílčí)\b",
    re.IGNORECASE,
)
CHARITY_NUMBER = re.compile(
    r"\b(?:registered\s+)?charity\s+(?:registration\s+)?(?:no\.?|number)?\s*[:.]?\s*(?P<id>(?:SC)?\d{6,7})\b",
    re.IGNORECASE,
)
YEARS = re.compile(r"^(?:(?:19|20)\d\d(?:\s*[-–—]\s*(?:19|20)\d\d)?\s+)+")
AFTER_CITY = re.compile(r"\s+(Česk\w+|Czech|Tel\w*|Telefon|Email|E|IČO?|Mobil|Otev\w+|United|England|UK)$")


@dataclass(frozen=True, slots=True)
class _Hit:
    text: str
    url: str
    quote: str
    weight: float
    raw: str = ""


def from_text(reading: SiteReading) -> list[FoundPoint]:
    """Legal name, numbers and seat; each only where the site names one that is clearly its own."""
    lines = list(_lines(reading))
    numbers = [hit for line in lines for hit in _numbers(line)]
    points = [
        point
        for key, hits in (
            ("identity.registration_id", numbers),
            ("identity.vat_id", [hit for line in lines for hit in _vat(line)]),
            ("identity.legal_name", [hit for line in lines for hit in _names(line)]),
        )
        if (point := _elected(key, hits)) is not None
    ]
    return points + _address(lines)


@dataclass(frozen=True, slots=True)
class _Line:
    """`own` is how many characters of the text are the block itself; the rest are its neighbours below."""

    text: str
    url: str
    weight: float
    own: int


def _lines(reading: SiteReading) -> list[_Line]:
    """Blocks that may speak of the company itself, two neighbours together where they are short."""
    result: list[_Line] = []
    for page in reading.pages:
        if page_role(page.url, page.title) in ("blog", "partners", "clients", "jobs"):
            continue
        for blocks, edge in ((page.blocks, False), (page.edges, True)):
            result += _of_page(page, blocks, edge)
    return result


def _of_page(page: Page, blocks: list[Block], edge: bool) -> list[_Line]:
    lines: list[_Line] = []
    trail: dict[str, str] = {}
    for index, block in enumerate(blocks):
        if block.kind in ("h1", "h2", "h3"):
            trail = {level: name for level, name in trail.items() if level < block.kind} | {
                block.kind: block.text
            }
        sections = {section_of(name) for name in trail.values()}
        if (
            sections & {"partners", "clients", "testimonials", "competitors", "jobs"}
            or CREDIT.search(block.text)
            or is_instruction(block.text)
        ):
            continue
        weight = (
            2.0 if edge or "contact" in sections or "kontakt" in page.url or "contact" in page.url else 1.0
        )
        after = "\n".join(
            other.text
            for other in blocks[index + 1 : index + 4]
            if len(other.text) < 120 and not CREDIT.search(other.text)
        )
        text = f"{block.text}\n{after}" if len(block.text) < 160 and after else block.text
        lines.append(_Line(text.replace("\t", " ")[:2000], page.url, weight, len(block.text)))
    return lines


def valid_ico(text: str) -> bool:
    """The Czech registration number's check digit."""
    digits = re.sub(r"\D", "", text).zfill(8)
    if len(digits) != 8 or digits == "00000000":
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    return (11 - total % 11) % 10 == int(digits[7])


def _numbers(line: _Line) -> list[_Hit]:
    hits = [
        _Hit(re.sub(r"\D", "", match["id"]).zfill(8), line.url, squeezed(match[0]), line.weight)
        for match in ICO.finditer(line.text)
        if valid_ico(match["id"]) and _is_own(line, match.start())
    ]
    return hits + [
        _Hit(match["id"].upper(), line.url, squeezed(match[0]), line.weight)
        for pattern in (COMPANY_NUMBER, CHARITY_NUMBER)
        for match in pattern.finditer(line.text)
        if _is_own(line, match.start())
    ]


def _is_own(line: _Line, at: int) -> bool:
    """Whether what stands there belongs to the block itself, in a sentence or line that names nobody else."""
    before = re.split(r"\n|[.!?]\s+(?=[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ])", line.text[:at])[-1]
    return at < line.own and not AUTHORITY.search(before)


def _vat(line: _Line) -> list[_Hit]:
    hits: list[_Hit] = []
    for match in DIC.finditer(line.text):
        if not _is_own(line, match.start()):
            continue
        number = re.sub(r"\s", "", match["id"].upper())
        number = f"GB{number}" if number.isdigit() else number
        if number.startswith("CZ") and len(number) == 10 and not valid_ico(number[2:]):
            continue
        hits.append(_Hit(number, line.url, squeezed(match[0]), line.weight))
    return hits


OWNED = re.compile(r"©|copyright|provoz|trading name|registered", re.IGNORECASE)


def _whole_names(line: _Line) -> list[_Hit]:
    """Lines of the block that are a name with its legal form and nothing else."""
    matches = (WHOLE_LINE.match(text.strip()) for text in line.text[: line.own].split("\n"))
    names = [squeezed(match[0]) for match in matches if match]
    return [_Hit(name, line.url, name, line.weight * 3) for name in names]


def _names(line: _Line) -> list[_Hit]:
    if lines := _whole_names(line):
        return [hit for hit in lines if not AUTHORITY.search(hit.text)]
    hits: list[_Hit] = []
    for match in NAME.finditer(line.text):
        if match.start() >= line.own or ELSEWHERE.search(match["name"]):
            continue
        name = YEARS.sub("", FILLER.sub("", squeezed(match["name"])))
        before = line.text[max(0, match.start() - 40) : match.start()]
        if len(name) < 2 or re.search(
            r"(dodavatel|partner|klient|pro (firmu|společnost)|výrobce|supplier|client|by|designed|zákazní\w+)\s*$",
            before,
            re.IGNORECASE,
        ):
            continue
        near = line.text[match.start() : match.end() + 120]
        sure = any(pattern.search(near) for pattern in (ICO, COMPANY_NUMBER, DIC)) or OWNED.search(
            before + near
        )
        form = squeezed(match["form"])
        whole = squeezed(match[0])
        start = whole.find(name)
        hits.append(
            _Hit(
                f"{name}{',' if ',' in whole[start + len(name) : start + len(name) + 1] else ''} {form}",
                line.url,
                whole[start:],
                line.weight * (3 if sure else 1),
            )
        )
    if (
        not hits
        and (number := ICO.search(line.text))
        and (trader := TRADER.search(line.text[: number.start()]))
    ):
        hits.append(_Hit(squeezed(trader["name"]), line.url, squeezed(trader["name"]), line.weight))
    return hits


def _elected(key: str, hits: list[_Hit]) -> FoundPoint | None:
    """The text most and best placed lines agree on; nothing where two are equally strong."""
    spellings = {hit.text for hit in hits}
    # "Ltd." at the end of a sentence is the "Ltd" of the other lines.
    hits = [
        replace(hit, text=hit.text[:-1]) if hit.text.endswith("Ltd.") and hit.text[:-1] in spellings else hit
        for hit in hits
    ]
    votes: Counter[str] = Counter()
    for hit in hits:
        votes[hit.text] += round(hit.weight * 10)
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < ranked[1][1] * 1.2):
        return None
    best = next(hit for hit in sorted(hits, key=lambda hit: -hit.weight) if hit.text == ranked[0][0])
    return FoundPoint(
        key=key,
        value=best.text,
        source_url=best.url,
        quote=best.quote,
        confidence=0.9 if len(ranked) == 1 else 0.75,
    )


MOST_DOUBTFUL = 5  # an address that only stands beside others' names is nobody's seat
_Seat = tuple[float, dict[str, Any], _Line, str]


def _address(lines: list[_Line]) -> list[FoundPoint]:
    hits = [hit for line in lines for hit in _seats(line)]
    if not hits:
        return []
    votes: Counter[str] = Counter()
    for weight, value, _, _ in hits:
        votes[value["zip"] + value["street"]] += round(weight * 10)
    key, most = votes.most_common(1)[0]
    if most < MOST_DOUBTFUL:
        return []
    _, value, line, quote = next(
        hit for hit in sorted(hits, key=lambda hit: -hit[0]) if hit[1]["zip"] + hit[1]["street"] == key
    )
    confidence = 0.85 if len(votes) == 1 else 0.7
    point = FoundPoint(
        key="identity.hq_address", value=value, source_url=line.url, quote=quote, confidence=confidence
    )
    return [point]


def _seats(line: _Line) -> list[_Seat]:
    """Addresses in a line, the registered seat counting double."""
    hits: list[_Seat] = []
    for match in (found for pattern in (CZ_ADDRESS, CITY_FIRST) for found in pattern.finditer(line.text)):
        if match.start() >= line.own:
            continue
        zipped = re.sub(r"[\s\u00a0]", "", match["zip"])
        value = {
            "street": FILLER.sub("", squeezed(match["street"])).strip(" ,"),
            "city": AFTER_CITY.sub("", squeezed(match["city"].split("\n")[0])),
            "zip": f"{zipped[:3]} {zipped[3:]}",
            "country": "CZ" if zipped[:1] not in "089" else "SK",
        }
        weight = line.weight * _belonging(line.text, match.start(), match.end())
        hits.append((weight, value, line, squeezed(match[0])))
    for found in uk_seats(line.text):
        value = {
            "street": FILLER.sub("", found.street).strip(" ,"),
            "city": found.city,
            "zip": found.postcode,
            "country": "GB",
        }
        at = max(0, line.text.find(found.street))
        if at < line.own:
            weight = line.weight * _belonging(line.text, at, at + len(found.words))
            hits.append((weight, value, line, found.words))
    return hits


SEAT = re.compile(r"sídl|registered office|head office|our base|find us at|based at", re.IGNORECASE)


def _belonging(text: str, start: int, end: int) -> float:
    """How surely an address in a text is the company's seat: near its seat's name or number, not its branch's."""
    before = re.split(r"\n\s*\n|[.!?]\s+(?=[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ])", text[:start])[-1][-160:]
    if AUTHORITY.search(before) or ELSEWHERE.search(before):
        return 0.1
    legal = (
        re.search(rf"{FORM}\W*$", before.strip()) or ICO.search(text[end : end + 60]) or ICO.search(before)
    )
    return (2 if SEAT.search(before) else 1) * (2.5 if legal else 1)
