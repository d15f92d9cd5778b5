"""How many people the company is: only where a sentence says so of the company itself."""

import re
from collections import defaultdict
from itertools import pairwise

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_passages import Material, Statement, own_names
from posthub.ai.providers.offline.dna_text import acts_as_we, plain

NUMBERS = {
    "třech": 3, "třemi": 3, "čtyřech": 4, "čtyřmi": 4, "dvěma": 2, "jeden": 1, "jedna": 1, "dva": 2, "dvě": 2, "dvou": 2, "tři": 3, "tří": 3, "čtyři": 4, "čtyř": 4, "pět": 5, "pěti": 5, "šest": 6, "šesti": 6,
    "sedm": 7, "sedmi": 7, "osm": 8, "osmi": 8, "devět": 9, "devíti": 9, "deset": 10, "deseti": 10, "jedenáct": 11, "jedenácti": 11, "dvanáct": 12,
    "dvanácti": 12, "třináct": 13, "třinácti": 13, "čtrnáct": 14, "čtrnácti": 14, "patnáct": 15, "patnácti": 15, "šestnáct": 16, "šestnácti": 16,
    "sedmnáct": 17, "sedmnácti": 17, "osmnáct": 18, "osmnácti": 18, "devatenáct": 19, "dvacet": 20, "dvaceti": 20, "třicet": 30, "třiceti": 30,
    "čtyřicet": 40, "čtyřiceti": 40, "padesát": 50, "padesáti": 50, "šedesát": 60, "sto": 100,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "dozen": 12,
}  # fmt: skip
UNITS = (
    ("jedna", "one"), ("dva", "two"), ("tři", "three"), ("čtyři", "four"), ("pět", "five"),
    ("šest", "six"), ("sedm", "seven"), ("osm", "eight"), ("devět", "nine"),
)  # fmt: skip
TENS = (
    (20, "dvacet", "twenty"),
    (30, "třicet", "thirty"),
    (40, "čtyřicet", "forty"),
    (50, "padesát", "fifty"),
    (60, "šedesát", "sixty"),
)
for _tens, _cs, _en in TENS:
    for _unit, (_cs_unit, _en_unit) in enumerate(UNITS, start=1):
        _joined = f"{_cs_unit.removesuffix('a') if _unit == 1 else _cs_unit}a{_cs}"
        NUMBERS |= dict.fromkeys(
            (_joined, f"{_joined}i", f"{_cs} {_cs_unit}", f"{_en}-{_en_unit}", f"{_en} {_en_unit}"),
            _tens + _unit,
        )
COUNT = r"(\d{1,3}(?:[ .,]?\d{3})?|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
STAFF_CS = (
    r"(?:lidé|lidí|lidi|lidmi|lidech|zaměstnanc\w+|zaměstnankyň|pracovník\w*|pracovnic\w*|kolegů|členů|členech|členy|odborník\w*|specialist\w*|řemeslník\w*|pekař\w*|"
    r"pokrývač\w*|truhlář\w*|účetní\w*|techni\w+|manažer\w*|korektor\w*|překladatel\w*|učitel\w*|lektor\w*|instruktor\w*|sester|lékař\w*|kuchař\w*|švadlen\w*|montér\w*|řidič\w*|prodavač\w*|trenér\w*|kadeřnic\w*|terapeut\w*|inženýr\w*|projektant\w*|právník\w*|advokát\w*|stálých \w+|spolupracovník\w*)"
)
STAFF_EN = (
    r"(?:people|employees|staff|members?(?: of staff)?|colleagues|strong|specialists|professionals|craftsmen|craftspeople|roofers|bakers|accountants|"
    r"dentists|engineers|joiners|tradespeople|baristas|team members|workers|upholsterers|mechanics|therapists|cheesemakers|brewers|potters|printers|chefs|cooks|coaches|drivers|fitters|glaziers|opticians|optometrists|weavers|cleaners|tutors|lawyers|designers|physiotherapists|vets|nurses|instructors|technicians|gardeners|stylists|teachers|carpenters|plumbers|electricians)"
)
SIZES = tuple(
    re.compile(pattern.replace("COUNT", COUNT).replace("STAFF_CS", STAFF_CS).replace("STAFF_EN", STAFF_EN), re.IGNORECASE)
    for pattern in (
        r"\b(?:tým|týmu|týmem|parta|partě|kolektiv|kolektivu)\b[^.]{0,25}?\bCOUNT\s+(?:\w+\s+){0,2}?STAFF_CS",
        r"\bCOUNT[\s-]*(?:členn|hlav)\w+\s+(?:\w+\s+)?(?:tým|kolektiv|part|skupin)\w*",
        r"\b(?:zaměstnáváme|zaměstnává|zaměstnáváme přes)\s+(?:\w+\s+){0,3}?COUNT\s+(?:\w+\s+){0,2}?STAFF_CS",
        r"\b(?:jsme|je nás)\s+(?:\w+\s+){0,1}?COUNT(?:\s*[:–—]\s|\s+(?:lidé|lidi|bratři|sestry|kolegové|kolegyně|společníci|řemeslníci)\b)",
        r"\b(?:jsme|táhneme|děláme|pracujeme|vedeme|zvládáme|je nás|fungujeme)\b[^.]{0,25}?\bve?\s+COUNT(?=\s*(?:[.,;:–—!]|$|a\s|lidech))",
        r"\bjsme\s+(?:(?:na to|na všechno|tu|tady|dnes|teď|už|teprve|stále|pořád)\s+)+COUNT(?=[\s:,.–—])(?!\s*(?:km|let|%|hodin|dn|míst|pobo|rok|zem|kraj))",
        r"\bnás\b[^.]{0,30}?\b(?:pracuje|je|maká|dělá|působí|peče|šije|jezdí|učí)\s+(?:celkem\s+|už\s+|asi\s+)?COUNT\b(?!\s*(?:km|let|%|hodin|dn))",
        r"\b(?:that makes|makes|there are|there’s|we are|we’re|we're|we number|now|just) COUNT of us\b",
        r"\b(?:sedí|sedává|působí|najdete|pracuje|učí|vaří|šije)\s+(?:\w+\s+){0,2}?COUNT\s+(?:\w+\s+){0,2}?STAFF_CS",
        r"\b(?:se\s+(?:\w+\s+){0,4}?star(?:á|ají)|star(?:á|ají)\s+se)\b[^.]{0,25}?\bCOUNT\s+(?:\w+\s+){0,1}?STAFF_CS",
        r"\bCOUNT\s+(?:[\w-]+\s+){0,2}?STAFF_EN\b[^.]{0,40}?\bwork (?:here|with us|for us|in the|at the)\b",
        r"\bthe COUNT of us\b",
        r"\b(?:now|today|currently)\s+employs?\s+(?:\w+\s+){0,3}?COUNT\s+(?:[\w-]+\s+){0,2}?STAFF_EN",
        r"^COUNT of us (?:now |still )?(?:work|run|make|are)\b",
        r"\bCOUNT of us (?:now |still )?(?:work|run) (?:at|in|from|here|the)\b",
        r"\bwe are COUNT people\b",
        r"\bnás\s+(?:\w+\s+){0,2}?(?:pracuje|je)\s+COUNT\b(?!\s*(?:km|let|%|hodin|dn))",
        r"\b(?:je|bylo) nás\s+(?:\w+\s+){0,3}?COUNT\b(?!\s*(?:km|let|%))",
        r"\b(?:máme|má|pracuje|pracují|pracuje u nás|u nás pracuje|u nás pečuje|tvoří|čítá)\s+(?:\w+\s+){0,3}?COUNT\s+(?:\w+\s+){0,2}?STAFF_CS",
        r"\bCOUNT\s+(?:\w+\s+){0,1}?(?:zaměstnanc\w+|lidí v týmu|kolegů)",
        r"\b(?:počet zaměstnanců|number of employees|employees)\s*:\s*COUNT",
        r"\b(?:team|crew|staff|family)\s+of\s+(?:\w+\s+){0,2}?COUNT\b",
        r"\b(?:we|company|business|firm|practice)\s+(?:now\s+|currently\s+|proudly\s+)?(?:employs?|have|has)\s+(?:\w+\s+){0,3}?COUNT\s+(?:[\w-]+\s+){0,2}?STAFF_EN",
        r"\bCOUNT[\s-]+(?:strong|person|people|man|member)\s+(?:team|crew|business|company|firm|practice)",
        r"\b(?:there are|there’s|there's|we are|we’re|we're)\s+(?:now\s+|just\s+|only\s+)?(?:a team of\s+)?COUNT\s+(?:of us|people|employees|roofers|bakers|accountants|dentists|craftsmen)",
        r"\bthere are\s+(?:now\s+|just\s+)?COUNT\s+(?:[\w-]+\s+){0,1}?(?:STAFF_EN)\s+(?:at the|in the|in our|here|on the|working)",
        r"\bteam\s+(?:is|consists of|has)\s+(?:\w+\s+)?COUNT\s+(?:[\w-]+\s+){0,2}?STAFF_EN",
        r"\b(?:pracuje|pracujeme|pracují)(?:\s+(?:nás|tu|zde|v ní|u nás|tady)){1,3}\s+COUNT\b(?!\s*(?:km|let|%|hodin|dn))",
        r"\bCOUNT\s+(?:full-time\s+|permanent\s+|skilled\s+)?(?:employees|members of staff|staff members)\b",
    )
)  # fmt: skip
# Two groups that only together are everybody: "eight full-timers and about twenty part-timers work here".
TOGETHER = re.compile(
    rf"\b{COUNT}\s+(?:[\w-]+\s+){{1,2}}(?:and|a)\s+(?:about\s+|around\s+|asi\s+|zhruba\s+|dalších\s+)?{COUNT}\s+(?:[\w-]+\s+){{1,2}}(?:work|pracuj)\w*\b",
    re.IGNORECASE,
)
# The owner beside the others: "She now works with four tailors and one apprentice".
BESIDE = re.compile(
    rf"\b(?:he|she|i|who) (?:now )?works? (?:with|alongside) (?:a team of )?{COUNT} [a-z]+(?:s|en|people|staff)\b(?:,? and {COUNT} [a-z]+)?",
    re.IGNORECASE,
)
ALONE = re.compile(
    r"\b(\w{3,}(?:ám|ím|uji|uju)\s+(?:úplně\s+|všechno\s+|vše\s+)?(?:sám|sama)(?=[,.;]|\s+(?:a|bez|jen|od))|pracuji sám|pracuji sama|jsem na to sám|jsem na to sama|jsem na všechno sám|jsem na všechno sama|jsem živnostník|jsem OSVČ|"
    r"one-man (band|business)|one-woman (business|studio)|sole trader|i work alone|i work on my own|it's just me|it is just me|just me and)\b",
    re.IGNORECASE,
)
NOT_STAFF = re.compile(
    r"\b(pro firmy|firmy (s|do|od)|klient\w*|zákazník\w*|až pro|kapacit\w*|skupin\w+ (do|po)|školení|kurz\w*|účastník\w*|míst|businesses with|firms (of|with)|companies (of|with)|"
    r"up to|seats?|guests?|classes|parties|clients?|groups? of|do \d+ (osob|lidí))\b",
    re.IGNORECASE,
)


LABEL = re.compile(
    r"(zaměstnanc|spolupracovník|kolegů|lidí v týmu|employees|staff\b|team members|people on the team)",
    re.IGNORECASE,
)


def size_band(source: Material) -> list[Found]:
    votes: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, Statement]] = {}
    for statement in source.own():
        people = staff_in(statement)
        if (
            not people
            or _is_anothers(statement.text, source)
            or statement.passage.section in ("jobs", "blog")
        ):
            continue
        weight = (
            1.5
            if "about" in (statement.passage.role, statement.passage.section)
            or statement.passage.section == "team"
            else 1.0
        )
        band = band_of(people)
        votes[band] += weight
        best[band] = max(best.get(band, (0.0, statement)), (weight, statement), key=lambda pair: pair[0])
    for count, label in pairwise(source.passages):
        if re.fullmatch(r"\d{1,4}", count.text.strip()) and LABEL.match(label.text) and not label.second_hand:
            band = band_of(int(count.text))
            votes[band] += 1.0
            best.setdefault(band, (1.0, Statement(label.text, label, own=True, whole=False)))
    if not votes:
        return []
    band = max(votes, key=lambda name: votes[name])
    share = votes[band] / sum(votes.values())
    statement = best[band][1]
    return [found("identity.size_band", band, statement.url, statement.text, 0.85 if share > 0.99 else 0.5)]


# "Adria makes vans in Slovenia and employs 1,100 people": a name alone that is not ours, and what its bearer does.
SUBJECT = re.compile(
    r"^(?P<name>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w’'-]+)\s+(?:vyrábí|zaměstnává|má|je|působí|sídlí|makes|employs|has|is)\b"
)
COMMON = frozenset(
    "firma spolecnost tym kolektiv agentura kancelar dilna skola rodina ordinace klinika obchod podnik studio dnes nyni today now everybody nobody our the there it this".split()
)


def _is_anothers(text: str, source: Material) -> bool:
    match = SUBJECT.match(text)
    if match is None or acts_as_we(text):
        return False
    name = plain(match["name"])
    return name not in COMMON and not any(
        name[:5] == own[:5]
        for own in own_names(source.brand, str(source.known.get("identity.legal_name") or ""))
    )


def staff_in(statement: Statement) -> int:
    """How many people the sentence says the company is; 0 where it says nothing."""
    text = statement.text
    if ALONE.search(text):
        return 1
    if NOT_STAFF.search(text):
        return 0
    if both := TOGETHER.search(text):
        return _count(both[1]) + _count(both[2])
    if beside := BESIDE.search(text):
        return 1 + _count(beside[1]) + (_count(beside[2]) if beside[2] else 0)
    for pattern in SIZES:
        match = pattern.search(text)
        if match:
            return _count(match[1])
    return 0


def _count(said: str) -> int:
    return NUMBERS.get(said.lower()) or int(re.sub(r"\D", "", said) or 0)


def band_of(people: int) -> str:
    for most, name in ((1, "1"), (9, "2-9"), (49, "10-49"), (249, "50-249")):
        if people <= most:
            return name
    return "250+"
