"""The company's seat: postal addresses as written on its pages."""

import re
from collections import Counter
from typing import Any

from posthub.ai.providers.offline.dna_text import squeezed
from posthub.company.extraction.own_lines import AUTHORITY, ELSEWHERE, Line
from posthub.company.extraction.registration import FILLER, FORM, ICO
from posthub.company.extraction.uk_address import seats as uk_seats
from posthub.company.generation import FoundPoint

CZ_ADDRESS = re.compile(
    r"(?P<street>(?:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9][\w.]*[ \t\u00a0]+){0,4}?(?:č\.\s?p\.\s*)?[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]?[\w.]+[ \t\u00a0]+(?:č\.\s?p\.\s*)?\d{1,4}(?:/\d{1,4})?[a-zA-Z]?)(?![\w/])(?:\s?\([^()\n]{1,40}\))?(?:\s*[,\n\t|·•–-]\s*|\s+)"
    r"(?:(?:CZ|SK)[\s-]+)?(?P<zip>\d{3}[\s\u00a0]?\d{2})[\s,\u00a0]+(?P<city>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\wáčďéěíňóřšťúůýž]+(?:[\s-](?:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w]+|nad|pod|na|u|v|ve|\d{1,2}))*)"
)
CITY_FIRST = re.compile(
    r"(?P<street>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w.]+(?:\s+[\w.]+){0,3}?\s+\d{1,4}(?:/\d{1,4})?[a-zA-Z]?)(?![\w/])\s*,\s*(?P<city>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][^\W\d]+(?:\s[^\W\d]+){0,3}?(?:\s\d{1,2})?),?\s+(?:PSČ\s*:?\s*)?(?P<zip>\d{3}\s?\d{2})\b(?!\s?\d)"
)
NUMBERED = re.compile(r"(?:no|number|tel|telefon|účet|č\. účtu|company|vat|reg)\b", re.IGNORECASE)
AFTER_CITY = re.compile(r"\s+(Česk\w+|Czech|Tel\w*|Telefon|Email|E|IČO?|Mobil|Otev\w+|United|England|UK)$")


MOST_DOUBTFUL = 5  # an address that only stands beside others' names is nobody's seat
_Seat = tuple[float, dict[str, Any], Line, str]


def from_addresses(lines: list[Line]) -> list[FoundPoint]:
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


def _seats(line: Line) -> list[_Seat]:
    """Addresses in a line, the registered seat counting double."""
    hits: list[_Seat] = []
    city_first = list(CITY_FIRST.finditer(line.text))
    zip_first = [
        found
        for found in CZ_ADDRESS.finditer(line.text)
        if not any(each.start() < found.start() < each.end() for each in city_first)
    ]
    for match in (*zip_first, *city_first):
        if (
            match.start() >= line.own
            or not re.search(r"[^\W\d]{3}", match["street"])
            or NUMBERED.match(match["street"])
        ):
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
