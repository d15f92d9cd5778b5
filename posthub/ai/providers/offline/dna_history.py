"""When the company began and how many people it is: only where a sentence says so of the company itself."""

import re
from collections import defaultdict
from dataclasses import dataclass

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_passages import Material, Statement, own_names
from posthub.ai.providers.offline.dna_text import PAST_WE, acts_as_we, plain, words

YEAR = r"(1[6-9]\d\d|20[0-3]\d)"
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("ledna", "lednu", "january"), ("února", "únoru", "february"), ("března", "březnu", "march"),
            ("dubna", "dubnu", "april"), ("května", "květnu", "may"), ("června", "červnu", "june"),
            ("července", "červenci", "july"), ("srpna", "srpnu", "august"), ("září", "september"),
            ("října", "říjnu", "october"), ("listopadu", "november"), ("prosince", "prosinci", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
BEGUN = tuple(
    re.compile(pattern.replace("YEAR", YEAR).replace("[^.]", "."), re.IGNORECASE)
    for pattern in (
        r"\b(založen[aoyi]?|založil\w*|zakládal\w*|zakládá|založení)\b[^.]{0,70}?\bYEAR\b",
        r"\bYEAR\b[^.]{0,70}?\b(založen[aoyi]?|založil\w*|založení|zakládá)\b",
        r"\b(vznikl[aoiy]?|vznik|zrodil[aoiy]?|narodil[ao] se (firma|myšlenka))\b[^.]{0,50}?\bYEAR\b",
        r"\bYEAR\b[^.]{0,50}?\b(vznikl[aoiy]?|zrodil[aoiy]?)\b",
        r"\b(historie|příběh|kořeny|začátky|počátky)\b[^.]{0,50}?\b(sahá|sahají|začíná|začal|začala|píše|začaly|jsou)\w*\b[^.]{0,30}?\bYEAR\b",
        r"\b(začal\w*|začínal\w*|rozjel\w*|spustil\w*|odstartoval\w*|otevřel\w*|zahájil\w*)\b[^.]{0,60}?\b(v|ve|od|roku|rok|r\.)\s*(roce|roku)?\s*\bYEAR\b",
        r"\b(v roce|roku|rok|od roku)\s+YEAR\b[^.]{0,50}?\b(začal\w*|začínal\w*|otevřel\w*|zahájil\w*|rozjel\w*|spustil\w*)\b",
        r"\b(founded|established|incorporated|set up|started|begun|began|began trading|launched|opened|formed|created)\b[^.]{0,70}?\b(in|since|back in|of)\s+(\w+\s+(\d{1,2},?\s+)?)?YEAR\b",
        r"\bYEAR\b[^.]{0,70}?\b(founded|established|set up|started|began|launched|opened (its|our|the|his|her|their|for)|formed|incorporated)\b",
        r"\b(established|founded|est\.?|estd\.?|založeno|zal\.)\s*:?\s*(in\s+)?YEAR\b",
        r"\b(rok založení|year founded|year established|founded|založeno)\s*:?\s*YEAR\b",
        r"\b(dates?|goes|go|going|dating)\s+back\s+to\s+YEAR\b",
        r"\b(our (story|history|journey)|it all)\b[^.]{0,20}\b(began|starts|begins|started)\b[^.]{0,30}\bYEAR\b",
    )
)  # fmt: skip
LASTING = tuple(
    re.compile(pattern.replace("YEAR", YEAR), re.IGNORECASE)
    for pattern in (
        r"\b(již |už )?od\s+(r\.\s*|roku\s+)?YEAR\b",
        r"\b(ever\s+)?since\s+(\w+\s+)?YEAR\b",
    )
)
# What began later than the company: a new service, a move, a prize, a branch, a website.
LATER = re.compile(
    r"\b(také|taky|navíc|nově|rovněž|rozšíř\w*|přestěh\w*|rekonstr\w*|poboč\w*|druh(á|ou|é) |certifik\w*|ocen\w*|získal\w*|získáv\w*|e-?shop\w*|web\w*|"
    r"člen\w*|spolupr\w*|vyhrál\w*|přidal\w*|převzal\w*|koupil\w*|nesmí\w*|zákon\w*|evropsk\w*|držitel\w*|vlastní\w* (mlýn|prodejn)\w*|elektronick\w*|nov(ý|á|é|ou|ého) |"
    r"also|additionally|expand\w*|moved|moving|relocat\w*|renovat\w*|second|third|branch\w*|certifi\w*|award\w*|won|website|online|webshop|member\w*|accredit\w*|"
    r"joined|took over|acquired|bought|partner\w*|new |added|extended|changed|law|regulation|qualified|graduat\w*|vystudoval\w*|absolvoval\w*|vyučil\w*|born|narozen\w*|postaven\w*|built|"
    r"recept\w*|recipe|budov\w*|building|dům|domě|house (was|dates|from))",
    re.IGNORECASE,
)
BUSINESS = re.compile(
    r"\b(firm|spolecnost|podnik|zivnost|rodinn|kancelar|ordinac|klinik|diln|obchod|prodejn|studio|atelier|skol|farm|salon|servis|agentur|tradic|"
    r"company|business|practice|shop|workshop|studio|agency|clinic|surgery|family|store|firm|tradition|brand|znack|podnikani|"
    r"pekar|cukrar|kavar|prazir|restaur|hotel|penzion|pivovar|vinar|palir|reznic|mlekar|vcelar|pokryvac|klempir|instalat|elektro|truhlar|stolar|zamec|"
    r"kovar|stavebn|zahrad|kvetin|auto|lekar|fyzio|optik|veterin|ucet|advokat|realit|tiskar|fotogr|kadern|kosmet|"
    r"bakery|cafe|café|roaster|restaurant|brewery|winery|distillery|butcher|dairy|roofing|roofers|plumb|electric|joinery|garden|florist|garage|dental|"
    r"pharmacy|account|bookkeep|law|solicitor|insurance|estate|software|design|print|photo|hair|gym|yoga|nursery|pottery|"
    r"jsme|jsem|we|nas|nase|our|my)",
)
CLAUSE = re.compile(
    r"\s*[;–—]\s*|,\s+(?=(a |ale |v roce|od roku|in |and |but |when |which|který|která|kde|kdy))|\s+(?=a (v roce|od roku)\s)|\s+(?=and (in|since)\s)"
)


@dataclass(frozen=True, slots=True)
class _Claim:
    year: str
    date: str
    weight: float
    statement: Statement


def founded(source: Material) -> list[Found]:
    claims = [claim for statement in source.own() if (claim := _claim(statement, source))]
    if not claims:
        return []
    weights: dict[str, float] = defaultdict(float)
    for claim in claims:
        weights[claim.year] += claim.weight
    year = max(weights, key=lambda name: (weights[name], -int(name)))
    best = max(
        (claim for claim in claims if claim.year == year), key=lambda claim: (claim.weight, len(claim.date))
    )
    dates = [claim.date for claim in claims if claim.year == year]
    share = weights[year] / sum(weights.values())
    confidence = min(0.95, 0.6 + best.weight / 5) if share > 0.99 else 0.3 + 0.4 * share
    return [
        found("identity.founded", max(dates, key=len), best.statement.url, best.statement.text, confidence)
    ]


def _claim(statement: Statement, source: Material) -> _Claim | None:
    passage = statement.passage
    if passage.role in ("blog", "jobs") or passage.section in ("jobs", "blog", "awards"):
        return None
    names = own_names(source.brand, str(source.known.get("identity.legal_name") or ""))
    for clause in _clauses(statement.text):
        for patterns, weight in ((BEGUN, 2.0), (LASTING, 1.2)):
            match = next((hit for pattern in patterns if (hit := pattern.search(clause))), None)
            near = _near(clause, match, lasting=patterns is LASTING) if match else clause
            if match is None or LATER.search(near):
                continue
            if not _about_us(clause, match, statement, names, lasting=patterns is LASTING):
                continue
            year = re.findall(YEAR, match[0])[-1 if patterns is LASTING else 0]
            if not 1600 < int(year) <= 2026:
                continue
            place = (
                1.5
                if passage.role == "about" or passage.section == "about"
                else 1.0
                if passage.role == "home"
                else 0.6
            )
            return _Claim(year, _date(clause, year), weight * place, statement)
    return None


def _near(clause: str, match: re.Match[str], *, lasting: bool) -> str:
    """The part of a clause that belongs to the year: up to a little after it, for "since" from the last "and"."""
    start = (
        max(clause.rfind(" a ", 0, match.start()), clause.rfind(" and ", 0, match.start()), 0)
        if lasting
        else 0
    )
    return clause[start : match.end() + 22]


def _clauses(text: str) -> list[str]:
    return [piece for piece in CLAUSE.split(text) if piece and len(piece) > 6] or [text]


# What somebody did before or beside the company.
TEACHER = re.compile(
    r"\b(učitel\w*|mistr\w*|profesor\w*|studoval\w*|vyučoval\w*|pracoval\w* (v|u|pro)|worked (at|for)|taught|teacher|professor|mentor)\b",
    re.IGNORECASE,
)


def _about_us(
    clause: str, match: re.Match[str], statement: Statement, names: frozenset[str], *, lasting: bool
) -> bool:
    """Whether the subject is this company: it says "we", its own name, a word for a business, or nobody else is named."""
    bare = plain(re.sub(r",\s+(kde|kter\w+|jejíž|jehož|where|which|whose)\s[^,]+,", " ", clause))
    spoken = PAST_WE.search(clause) or (lasting and acts_as_we(clause))
    if spoken or any(name in bare for name in names):
        return True
    place = statement.text.find(clause)
    before = statement.text[: max(0, place) + match.start()]
    others = [
        word
        for word in re.findall(r"(?<=[\w,] )[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w’'-]+", before)
        if plain(word) not in names and len(word) > 2
    ]
    if lasting and TEACHER.search(clause):
        return False
    if lasting:
        short = len(words(statement.text)) <= 9
        return not others and (short or (BUSINESS.search(bare) is not None and len(words(clause)) <= 16))
    if BUSINESS.search(bare):
        return True
    trusted = statement.passage.role in ("home", "about", "contact") and len(words(clause)) <= 14
    return trusted and not others and len(words(clause[: match.start()])) <= 1


def _date(clause: str, year: str) -> str:
    """As exact as the words are: "1993", "1993-04" or "1993-04-01"."""
    months = "|".join(MONTHS)
    match = re.search(
        rf"(?:(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?)?\b({months})\s+(?:(\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?:roku\s+|r\.\s*)?{year}",
        clause,
        re.IGNORECASE,
    )
    if match:
        day = match[1] or match[3]
        month = MONTHS[match[2].lower()]
        return f"{year}-{month:02d}" + (f"-{int(day):02d}" if day and 1 <= int(day) <= 31 else "")
    match = re.search(rf"\b(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?{year}", clause)
    if match and 1 <= int(match[2]) <= 12 and 1 <= int(match[1]) <= 31:
        return f"{year}-{int(match[2]):02d}-{int(match[1]):02d}"
    return year


NUMBERS = {
    "jeden": 1, "jedna": 1, "dva": 2, "dvě": 2, "dvou": 2, "tři": 3, "tří": 3, "čtyři": 4, "čtyř": 4, "pět": 5, "pěti": 5, "šest": 6, "šesti": 6,
    "sedm": 7, "sedmi": 7, "osm": 8, "osmi": 8, "devět": 9, "devíti": 9, "deset": 10, "deseti": 10, "jedenáct": 11, "jedenácti": 11, "dvanáct": 12,
    "dvanácti": 12, "třináct": 13, "třinácti": 13, "čtrnáct": 14, "čtrnácti": 14, "patnáct": 15, "patnácti": 15, "šestnáct": 16, "šestnácti": 16,
    "sedmnáct": 17, "sedmnácti": 17, "osmnáct": 18, "osmnácti": 18, "devatenáct": 19, "dvacet": 20, "dvaceti": 20, "třicet": 30, "třiceti": 30,
    "čtyřicet": 40, "čtyřiceti": 40, "padesát": 50, "padesáti": 50, "šedesát": 60, "sto": 100,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "dozen": 12,
}  # fmt: skip
COUNT = r"(\d{1,3}(?:[ .,]?\d{3})?|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
STAFF_CS = (
    r"(?:lidé|lidí|lidi|lidmi|lidech|zaměstnanc\w+|zaměstnankyň|pracovník\w*|pracovnic\w*|kolegů|členů|členech|členy|odborník\w*|specialist\w*|řemeslník\w*|pekař\w*|"
    r"pokrývač\w*|truhlář\w*|účetní\w*|techni\w+|stálých \w+|spolupracovník\w*)"
)
STAFF_EN = (
    r"(?:people|employees|staff|members?(?: of staff)?|colleagues|strong|specialists|professionals|craftsmen|craftspeople|roofers|bakers|accountants|"
    r"dentists|engineers|joiners|tradespeople|baristas|team members|workers|upholsterers|mechanics|therapists|physiotherapists|vets|nurses|instructors|technicians|gardeners|stylists|teachers|carpenters|plumbers|electricians)"
)
SIZES = tuple(
    re.compile(pattern.replace("COUNT", COUNT).replace("STAFF_CS", STAFF_CS).replace("STAFF_EN", STAFF_EN), re.IGNORECASE)
    for pattern in (
        r"\b(?:tým|týmu|týmem|parta|partě|kolektiv|kolektivu)\b[^.]{0,25}?\bCOUNT\s+(?:\w+\s+){0,2}?STAFF_CS",
        r"\bCOUNT[\s-]*(?:členn|hlav)\w+\s+(?:\w+\s+)?(?:tým|kolektiv|part|skupin)\w*",
        r"\b(?:zaměstnáváme|zaměstnává|zaměstnáváme přes)\s+(?:\w+\s+){0,3}?COUNT\s+(?:\w+\s+){0,2}?STAFF_CS",
        r"\b(?:jsme|je nás)\s+(?:\w+\s+){0,1}?COUNT(?:\s*[:–—]\s|\s+(?:lidé|lidi|bratři|sestry|kolegové|kolegyně|společníci|řemeslníci)\b)",
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
ALONE = re.compile(
    r"\b(pracuji sám|pracuji sama|jsem na to sám|jsem na to sama|jsem na všechno sám|jsem na všechno sama|jsem živnostník|jsem OSVČ|"
    r"one-man (band|business)|one-woman (business|studio)|sole trader|i work alone|i work on my own|it's just me)\b",
    re.IGNORECASE,
)
NOT_STAFF = re.compile(
    r"\b(pro firmy|firmy (s|do|od)|klient\w*|zákazník\w*|až pro|kapacit\w*|skupin\w+ (do|po)|školení|kurz\w*|účastník\w*|míst|businesses with|firms (of|with)|companies (of|with)|"
    r"up to|seats?|guests?|classes|parties|clients?|groups? of|do \d+ (osob|lidí))\b",
    re.IGNORECASE,
)


def size_band(source: Material) -> list[Found]:
    votes: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, Statement]] = {}
    for statement in source.own():
        people = staff_in(statement)
        if not people or statement.passage.section in ("jobs", "blog"):
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
    if not votes:
        return []
    band = max(votes, key=lambda name: votes[name])
    share = votes[band] / sum(votes.values())
    statement = best[band][1]
    return [found("identity.size_band", band, statement.url, statement.text, 0.85 if share > 0.99 else 0.5)]


def staff_in(statement: Statement) -> int:
    """How many people the sentence says the company is; 0 where it says nothing."""
    text = statement.text
    if ALONE.search(text):
        return 1
    if NOT_STAFF.search(text):
        return 0
    for pattern in SIZES:
        match = pattern.search(text)
        if match:
            number = match[1].lower()
            return NUMBERS.get(number) or int(re.sub(r"\D", "", number))
    return 0


def band_of(people: int) -> str:
    for most, name in ((1, "1"), (9, "2-9"), (49, "10-49"), (249, "50-249")):
        if people <= most:
            return name
    return "250+"
