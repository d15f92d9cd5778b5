"""British postal addresses: read backwards from the postcode, part by part."""

import re
from dataclasses import dataclass

POSTCODE = re.compile(r"\b(?P<out>[A-Z]{1,2}\d{1,2}[A-Z]?)\s?(?P<in>\d[A-Z]{2})\b")
STREET_WORD = (
    r"(?:street|road|lane|avenue|drive|way|close|court|place|square|row|terrace|crescent|hill|parade|gardens?|mews|walk|wharf|quay|yard|"
    r"green|gate|market|park|estate|centre|center|mill|house|farm|buildings?|works|st|rd|ave)"
)
STREET = re.compile(
    rf"^(?:\d{{1,4}}[a-zA-Z]?(?:[-–]\d{{1,4}})?\s+[A-Z]|.*\b{STREET_WORD}\.?$)", re.IGNORECASE
)
UNIT = re.compile(r"^(?:unit|suite|flat|studio|shop|office|units)\s+\w+", re.IGNORECASE)
HOUSE = re.compile(
    r"^(?:the\s+)?[\w’' -]{2,30}\b(?:house|mill|farm|barn|works|building|studios?|mews|centre|estate)$",
    re.IGNORECASE,
)
TOWN = re.compile(r"^[A-Z][\w’'-]+(?:[ -](?:[A-Z][\w’'-]+|on|upon|under|le|the|in|by|next|of|sea))*$")
COUNTIES = re.compile(
    r"^(?:\w+shire|North Yorkshire|West Yorkshire|South Yorkshire|East Yorkshire|Greater \w+|West Midlands|(?:East|West) Sussex|Kent|Surrey|Devon|Cornwall|Somerset|Dorset|Essex|"
    r"Norfolk|Suffolk|Cumbria|Merseyside|Tyne and Wear|County Durham|Northumberland|Rutland|Wales|Scotland|Gwynedd|Powys|Fife|Angus|Isle of \w+|England|UK|United Kingdom)$"
)


@dataclass(frozen=True, slots=True)
class Seat:
    street: str
    city: str
    postcode: str
    words: str  # the address as it stands


def seats(text: str) -> list[Seat]:
    return [seat for match in list(POSTCODE.finditer(text))[:5] if (seat := _before(text, match)) is not None]


def _before(text: str, match: re.Match[str]) -> Seat | None:
    start = max(0, match.start() - 140)
    parts = [
        (found.start() + start, found[0].strip())
        for found in re.finditer(r"[^,\n|•·\t]+", text[start : match.start()])
        if found[0].strip()
    ]
    parts = [(at + _skip(part), part[_skip(part) :].strip()) for at, part in parts][-5:]
    while parts and COUNTIES.match(parts[-1][1]) and len(parts) > 2:
        parts.pop()
    if len(parts) < 2 or not TOWN.match(parts[-1][1]) or len(parts[-1][1]) > 40:
        return None
    city = parts.pop()[1]
    place = next((index for index in range(len(parts) - 1, -1, -1) if _is_street(parts[index][1])), -1)
    if place < 0 or len(parts) - place > 2:
        return None
    first = place
    if place and (UNIT.match(parts[place - 1][1]) or HOUSE.match(parts[place - 1][1])):
        first = place - 1
    last = len(parts) if UNIT.match(parts[place][1]) and first == place else place + 1
    at = parts[first][0]
    while text[at : at + 1].isspace():
        at += 1
    street = ", ".join(part for _, part in parts[first:last])
    return Seat(street, city, f"{match['out']} {match['in']}", re.sub(r"\s+", " ", text[at : match.end()]))


def _skip(part: str) -> int:
    """How much of a part belongs to the sentence or label before the address."""
    label = re.match(r".*(?:[:.!?]\s|\bat\s|\bOffice\s(?=\d))", part)
    return label.end() if label and label.end() < len(part) else 0


def _is_street(part: str) -> bool:
    return len(part) <= 60 and bool(UNIT.match(part) or STREET.match(part))
