"""Who the company is by law: names with a legal form, registration and VAT numbers, addresses, as written on its pages."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from posthub.ai.providers.offline.dna_text import plain, squeezed
from posthub.company.extraction.own_lines import AUTHORITY, ELSEWHERE, Line
from posthub.company.generation import FoundPoint

FORM = r"(?:spol\.\s?s\s?r\.\s?o\.|s\.\s?r\.\s?o\.|a\.\s?s\.|v\.\s?o\.\s?s\.|k\.\s?s\.|o\.\s?p\.\s?s\.|p\.\s?o\.|příspěvková organizace|obecně prospěšná společnost|z\.\s?s\.|o\.\s?s\.|zapsaný spolek|spolek|nadační fond|z\.\s?ú\.|GmbH(?: & Co\. KG)?|Limited|Ltd\.?|LLP|LLC|Inc\.?|PLC|plc|CIC|družstvo)"
NAME = re.compile(
    rf"(?P<name>(?:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9][\w&+’'-]*|[&+])(?:[ \u00a0]+(?:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9][\w&+’'-]*|&|\+|\([A-Z][\w &]{{2,30}}\)|a|and|of|the|v|na|pod|u|[a-záčďéěíňóřšťúůýž]{{3,14}})){{0,6}}?)"
    rf",?[ \u00a0]+(?P<form>{FORM})(?![\w])"
)
ICO = re.compile(
    r"(?<!\w)(?:IČO?|IC|I\.\s?Č\.(?:\s?O\.)?|identifikační číslo(?: osoby)?)(?!\w)(?:\s?/\s?DIČ)?\.?\s*[:.]?\s*"
    r"(?P<id>\d{2,3}[\s\u00a0]?\d{2,3}[\s\u00a0]?\d{2,3}|\d{2}(?:[\s\u00a0]\d{2}){3}|\d{6,8})\b",
    re.IGNORECASE,
)
DIC = re.compile(
    r"\b(?:DIČ|DIC|VAT(?: (?:ID|no|number|reg\w*)\.?(?: (?:no\.?|number))?)?)\s*[:.]?\s*(?:is\s+)?(?:\d{8}\s?/\s?)?"
    r"(?P<id>(?:CZ|SK|GB|DE|AT|PL|IE)\s?\d[\d\s]{6,12}\d|\d{3}\s?\d{4}\s?\d{2}\b)",
    re.IGNORECASE,
)
COMPANY_NUMBER = re.compile(
    r"\b(?:company|registered|registration|partnership|reg\.?|co\.|companies house)(?:\s+(?:registration|registered|reg\.?))?"
    r"(?:\s+(?:in|with)\s+(?:[A-Z][A-Za-z]+(?:\s+(?:and|&)\s+[A-Z][a-z]+|\s+[A-Z][a-z]+)?))?[\s,:.(]*(?:under\s+|with\s+)?(?:company\s+|registered\s+)?"
    r"(?:no|number|num|nr)?\.?\s*(?:is\s+)?[:.#]?\s*(?P<id>(?:SC|NI|OC|SO)\s?\d{3}\s\d{3}|(?:SC|NI|OC|SO)?\s?\d{6,8})\b",
    re.IGNORECASE,
)
NAMED_NUMBER = re.compile(rf"(?:{FORM})[,\s(|·–-]+(?:no\.?\s*)?(?P<id>(?:SC|NI|OC|SO)\d{{6}}|\d{{8}})\b")
TITLE = r"(?:(?:Ing|Mgr|Bc|MUDr|MDDr|JUDr|MVDr|PhDr|PharmDr|RNDr|PaedDr|arch|art|BcA|MgA)\.\s*)"
# A person on a line of their own, perhaps with what they do: "Tomáš Bureš - KAMNÁŘSTVÍ".
TRADER = re.compile(
    rf"^(?P<name>(?P<titled>{TITLE}*)(?P<first>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][a-záčďéěíňóřšťúůýž]+)(?:\s+[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][a-záčďéěíňóřšťúůýž]+){{1,2}})"
    r"(?:,\s*(?:Ph\.?D|DiS|MBA|CSc)\.?)?(?:\s*[-–—|(,].*)?$"
)
FIRST_NAMES = frozenset(
    "adam adela alena ales alexandra alois alzbeta andrea aneta anna antonin barbora blanka bohumil bohuslav bozena dagmar dalibor dana daniel daniela david denisa dominik dusan eduard eliska emil "
    "erik eva filip frantisek gabriela hana helena hynek igor ilona irena iva ivan ivana iveta ivo jakub jan jana jarmila jaromir jaroslav jaroslava jindrich jiri jirina jitka josef julie kamil kamila "
    "karel karolina katerina klara kristyna kveta ladislav lenka leos libor libuse linda lubomir lubos lucie ludek ludmila lukas magdalena marcel marcela marek marie marketa marta martin martina "
    "matej matous michaela michal milada milan milena miloslav milos miloslava miroslav miroslava monika nada natalie nela nikola nikol oldrich olga ondrej otakar oto patrik pavel pavla pavlina petr petra "
    "premysl radek radim radka radomir radovan renata rene richard robert roman romana rostislav rudolf ruzena sabina sarka simona stanislav stanislava stepan stepanka svatopluk sona tatana tereza tomas "
    "vaclav vaclava vendula vera veronika viktor viktorie vilem vit vitezslav vladimir vladimira vlasta vlastimil vojtech zbynek zdenek zdenka zdena zuzana".split()
)
FILLER = re.compile(
    r"^(?:(?:Sídlo|Adresa|Provozovna|Address|Kontakt|Kontakty|Najdete nás|Firma|Společnost|Provozovatel\w*|Copyright|©|Fakturační údaje|Dodavatel|Prodávající|Správce|Majitel\w*|Živnostník|OSVČ|Visit us|Find us|"
    r"Kancelář|Ordinace|Dílna|Prodejna|Pekárna|na adrese|is|Our|The company|Company|Provozuje|Operated by|Registered office|Trading name of|Obchodní firma|Název|Naše|Jsme|My|Ve|V|U)\b:?\s*)+"
)


# A line that is a name with its legal form and nothing else: "Hrubý & synové, advokátní kancelář s.r.o."
WHOLE_LINE = re.compile(
    rf"^(?P<name>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9][^\n.:;|©@]{{1,80}}?),?[ \u00a0]+(?P<form>{FORM})$"
)
CHARITY_NUMBER = re.compile(
    r"\b(?:registered\s+)?charity\s+(?:registration\s+)?(?:no\.?|number)?\s*[:.]?\s*(?P<id>(?:SC)?\d{6,7})\b",
    re.IGNORECASE,
)
YEARS = re.compile(r"^(?:(?:19|20)\d\d(?:\s*[-–—]\s*(?:19|20)\d\d)?\s+)+")


@dataclass(frozen=True, slots=True)
class _Hit:
    text: str
    url: str
    quote: str
    weight: float
    raw: str = ""


def from_lines(lines: list[Line]) -> list[FoundPoint]:
    """Legal name and numbers; each only where the site names one that is clearly its own."""
    numbers = [hit for line in lines for hit in _numbers(line)]
    return [
        point
        for key, hits in (
            ("identity.registration_id", numbers),
            ("identity.vat_id", [hit for line in lines for hit in _vat(line)]),
            ("identity.legal_name", [hit for line in lines for hit in _names(line)]),
        )
        if (point := _elected(key, hits)) is not None
    ]


def valid_ico(text: str) -> bool:
    """The Czech registration number's check digit."""
    digits = re.sub(r"\D", "", text).zfill(8)
    if len(digits) != 8 or digits == "00000000":
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    return (11 - total % 11) % 10 == int(digits[7])


def _numbers(line: Line) -> list[_Hit]:
    hits = [
        _Hit(re.sub(r"\D", "", match["id"]).zfill(8), line.url, squeezed(match[0]), line.weight)
        for match in ICO.finditer(line.text)
        if valid_ico(match["id"]) and _is_own(line, match.start())
    ]
    hits += [
        _Hit(number.text[2:], number.url, number.quote, number.weight / 10)
        for number in _vat(line)
        if is_companys(number.text)
    ]
    return hits + [
        _Hit(re.sub(r"\s", "", match["id"].upper()), line.url, squeezed(match[0]), line.weight)
        for pattern in (COMPANY_NUMBER, CHARITY_NUMBER, NAMED_NUMBER)
        for match in pattern.finditer(line.text)
        if _is_own(line, match.start())
    ]


def is_companys(vat: str) -> bool:
    """Whether a Czech VAT number holds the registration number of a company: a person's or a group's does not."""
    return re.fullmatch(r"CZ(?!699)\d{8}", vat) is not None and valid_ico(vat[2:])


def _is_own(line: Line, at: int) -> bool:
    """Whether what stands there belongs to the block itself, in a sentence or line that names nobody else."""
    before = re.split(r"\n|[.!?]\s+(?=[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ])", line.text[:at])[-1]
    return at < line.own and not AUTHORITY.search(before)


def _vat(line: Line) -> list[_Hit]:
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


# Within a name only words in small letters tell of somebody else: "Servis Novák s.r.o." is a company.
CALLED_ELSEWHERE, CALLED_AUTHORITY = (re.compile(each.pattern) for each in (ELSEWHERE, AUTHORITY))
OWNED = re.compile(r"©|copyright|provoz|trading name|registered", re.IGNORECASE)


def _whole_names(line: Line) -> list[_Hit]:
    """Lines of the block that are a name with its legal form and nothing else."""
    matches = (WHOLE_LINE.match(text.strip()) for text in line.text[: line.own].split("\n"))
    names = [squeezed(match[0]) for match in matches if match]
    return [_Hit(name, line.url, name, line.weight * 3) for name in names]


def _names(line: Line) -> list[_Hit]:
    if lines := _whole_names(line):
        return [hit for hit in lines if not CALLED_AUTHORITY.search(hit.text)]
    hits: list[_Hit] = []
    for match in NAME.finditer(line.text):
        if match.start() >= line.own or CALLED_ELSEWHERE.search(match["name"]):
            continue
        name = YEARS.sub("", FILLER.sub("", squeezed(match["name"])))
        before = line.text[max(0, match.start() - 40) : match.start()]
        if len(name) < 2 or (
            not re.search(r"(owned|operated|run|managed) by\s*$", before)
            and re.search(
                r"(dodavatel|partner|agents?:?|dealers?:?|distribut\w+:?|zástupc\w+:?|klient|pro (firmu|společnost)|výrobce|supplier|client|by|designed|zákazní\w+)\s*$",
                before,
                re.IGNORECASE,
            )
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
    if not hits and (number := ICO.search(line.text)) and (trader := _trader(line.text[: number.start()])):
        hits.append(_Hit(trader, line.url, trader, line.weight))
    return hits


def _trader(before: str) -> str:
    """The person whose name stands before a registration number, alone on a line or between commas; "" for none."""
    for part in reversed(re.split(r"\n|,\s+(?!Ph|DiS|MBA|CSc)|\s[|·•]\s|[.!?]\s+(?=\w+\s)", before)[-6:]):
        match = TRADER.match(FILLER.sub("", squeezed(part)))
        if match and (match["titled"] or plain(match["first"]) in FIRST_NAMES):
            return squeezed(match["name"])
    return ""


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
