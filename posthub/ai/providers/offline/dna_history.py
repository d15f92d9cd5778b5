"""When the company began: only where a sentence says so of the company itself."""

import re
from collections import defaultdict
from dataclasses import dataclass

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_ownership import before_another
from posthub.ai.providers.offline.dna_passages import Material, Passage, Statement, own_names
from posthub.ai.providers.offline.dna_text import PAST_WE, acts_as_we, plain, words
from posthub.ai.providers.offline.dna_trade import names_a_trade

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
OPENED = r"(začal\w*|začínal\w*|rozjel\w*|rozjížděl\w*|spustil\w*|odstartoval\w*|rozběhl\w*|zaregistroval\w*|vstoupil\w* na trh|(na trhu (se )?|se na trhu )objevil\w*|objevil\w* se na trhu|přišl\w* na trh|dal\w* (jsme )?dohromady|otevřel\w*|otevíral\w*|zahájil\w*|osamostatnil\w*|vrhl\w* (jsme )?se|pustil\w* (jsme )?se|(jsme |jsem )?(se )?postavil\w* (jsme |jsem )?(se )?na vlastní)"
BEGUN = tuple(
    re.compile(pattern.replace("OPENED", OPENED).replace("YEAR", YEAR).replace("[^.]", "."), re.IGNORECASE)
    for pattern in (
        r"\b(založen[aoyi]?|založil\w*|zakládal\w*|zakládá|založení)\b[^.]{0,70}?\bYEAR\b",
        r"\bYEAR\b[^.]{0,70}?\b(založen[aoyi]?|založil\w*|založení|zakládá)\b",
        r"\b(vznikl[aoiy]?|vznik|zrodil[aoiy]?|narodil[ao] se (firma|myšlenka))\b[^.]{0,50}?\bYEAR\b",
        r"\bYEAR\b[^.]{0,50}?\b(vznikl[aoiy]?|zrodil[aoiy]?)\b",
        r"\bpřivedl\w* na svět\b[^.]{0,110}?\bYEAR\b",
        r"\bzapsán\w*\b[^.]{0,20}\b(obchodního|živnostenského|do)\b[^.]{0,40}\bYEAR\b",
        r"\bživnost\w*\b[^.]{0,30}\b(od|z|mám|máme)\b[^.]{0,30}?\bYEAR\b",
        r"\bYEAR\b.{0,60}?\b(was|were) (in business|born|up and running|under way)\b",
        r"\bdoors (were )?(first )?opened\b[^.]{0,30}?\bYEAR\b|\bopened (its|our|the|their) doors\b[^.]{0,30}?\bYEAR\b",
        r"\b(started|began) life\b[^.]{0,40}?\bYEAR\b",
        r"\b(historie|příběh|kořeny|začátky|počátky)\b[^.]{0,50}?\b(sahá|sahají|začíná|začal|začala|píše|začaly|jsou)\w*\b[^.]{0,30}?\bYEAR\b",
        r"\bOPENED\b[^.]{0,60}?\b(v|ve|od|roku|rok|r\.|na|k|dne|začátkem|počátkem|koncem|během|\d{1,2}\.)\s*(?:[\w.]+\s+){0,3}?\bYEAR\b",
        r"\b(v|roku|rok|od|na|dne|začátkem|počátkem|koncem|\d{1,2}\.)\s+(?:[\w.]+\s+){0,3}?YEAR\b[^.]{0,50}?\bOPENED\b",
        r"\b(founded|established|incorporated|set up|started|begun|began|began trading|launched|opened|formed|created|went into business|setting up|opening)\b[^.]{0,70}?\b(in|since|back in|of|on|from)\s+(?:[\w,]+\s+){0,4}?YEAR\b",
        r"\bYEAR\b[^.]{0,70}?\b(founded|established|set up|started|began|launched|opened (its|our|the|his|her|their|for)|formed|incorporated)\b",
        r"\b(established|founded|est\.?|estd\.?|založeno|zal\.)\s*:?\s*(in\s+)?YEAR\b",
        r"\b(rok založení|year founded|year established|founded|založeno)\s*:?\s*YEAR\b",
        r"\b(dates?|goes|go|going|dating)\s+back\s+to\s+YEAR\b",
        r"\b(made|forged|baked|brewed|sold|sewed|fitted|mended|built|painted|roasted|kept|threw|printed) (his|her|their|our|my|the) (very )?first\b[^.]{0,50}?\bin YEAR\b",
        r"\b(vyrobil|upekl|uvařil|ušil|prodal|opravil|vyřezal|ukoval|postavil|vytočil)\w*\b[^.]{0,30}?\bprvní\w*\b[^.]{0,40}?\bYEAR\b",
        r"\b(první|poprvé)\b[^.]{0,40}\b(jsme|jsem)\b[^.]{0,40}?\bYEAR\b",
        r"\b(our (story|history|journey)|it all)\b[^.]{0,20}\b(began|starts|begins|started)\b[^.]{0,30}\bYEAR\b",
    )
)  # fmt: skip
LASTING = tuple(
    re.compile(pattern.replace("YEAR", YEAR), re.IGNORECASE)
    for pattern in (
        r"\b(již |už )?od\s+(r\.\s*|roku\s+|jara\s+|léta\s+|podzimu\s+|\d{1,2}\.\s*(?:\w+\.?\s+)?|(?!roku)\w+(?:na|du|ří|ce)\s+)?YEAR\b",
        r"\b(ever\s+)?since\s+(\w+\s+)?YEAR\b",
    )
)
HOUSE = r"(?:practice|business|shop|firm|company|workshop|bakery|brewery|garage|nursery|studio|salon|school|clinic|surgery|farm|yard|pub|hotel|firm[auy]|obchod|podnik|ordinac\w+|dílnu|dílny|pekárn\w+|prodejnu|školu|hospodu|statek|živnost|salon|hotel|zahradnictví|servis|penzion)"
# Told over two clauses: "in 1987, which is when the firm began".
TOLD_AFTER = tuple(
    re.compile(pattern.replace("YEAR", YEAR), re.IGNORECASE)
    for pattern in (
        r"\bYEAR\b,?\s+(?:and\s+)?(?:which|that|this)(?: is|’s|'s| was)\s+(?:when|where|how)\b.{2,60}?\b(?:began|started|opened|was born|came about|set up)\b",
        r"\bYEAR\b,?\s+(?:and\s+)?(?:which|that|this)(?: is|’s|'s| was)\s+the year (?:we|our|the)\b.{0,30}?\b(?:count from|began|started|opened|was born)\b",
        r"\bYEAR\b,?\s+kdy\b.{2,60}?\b(?:vznikl\w*|začal\w*|založil\w*|otevřel\w*)\b",
    )
)
# Where nothing else is told, a company begins for us when those who run it took it over.
TAKEN_OVER = tuple(
    re.compile(pattern.replace("YEAR", YEAR).replace("HOUSE", HOUSE), re.IGNORECASE)
    for pattern in (
        r"\b(?:bought|took over|taken over|acquired|took on)\s+(?:the |this |our |what was )?(?:\w+ ){0,2}?HOUSE\b.{0,50}?\bYEAR\b",
        r"\bYEAR\b.{0,40}?\b(?:bought|took over|acquired|took on)\s+(?:the |this )?(?:\w+ ){0,2}?HOUSE\b",
        r"\b(?:převzal\w*|koupil\w*|odkoupil\w*)\b.{0,40}?\bHOUSE.{0,50}?\bYEAR\b",
        r"\bYEAR\b.{0,40}?\b(?:převzal\w*|koupil\w*|odkoupil\w*)\b.{0,40}?\bHOUSE",
    )
)
# What began later than the company: a new service, a move, a prize, a branch, a website.
LATER = re.compile(
    r"\b(také|taky|navíc|nově|rovněž|rozšíř\w*|přestěh\w*|rekonstr\w*|poboč\w*|druh(á|ou|é) |certifik\w*|ocen\w*|získal\w*|získáv\w*|e-?shop\w*|web\w*|akredit\w*|oprávn\w*|licenc\w*|norm[auy]\w*|ISO|titul\w*|stojí|stála|stál\b|stand(s|ing)\b|has stood|vede|vedou|řídí|šéfuje|v čele|"
    r"člen\w*|spolupr\w*|vyhrál\w*|přidal\w*|převzal\w*|koupil\w*|nesmí\w*|zákon\w*|evropsk\w*|držitel\w*|vlastní\w* (mlýn|prodejn)\w*|elektronick\w*|nov(ý|á|é|ou|ého) |"
    r"also|additionally|expand\w*|moved|moving|relocat\w*|renovat\w*|second(?!-hand)|third|branch\w*|certifi\w*|award\w*|won|website|online|webshop|member\w*|accredit\w*|"
    r"joined|took over|runs?|has been run|led by|in charge|moved|acquired|bought|partner\w*|new |added|extended|changed|law|regulation|qualified|graduat\w*|vystudoval\w*|absolvoval\w*|vyučil\w*|born|narozen\w*|postaven\w*|built|"
    r"recept\w*|recipe|budov\w*|building|dům|domě|house (was|dates|from))",
    re.IGNORECASE,
)
BUSINESS = re.compile(
    r"\b(firm|spolecnost|podnik|zivnost|rodinn|kancelar|ordinac|klinik|diln|obchod|prodejn|studio|atelier|skol|farm|salon|servis|agentur|tradic|"
    r"company|business|practice|shop|workshop|studio|agency|clinic|surgery|family|store|firm|tradition|brand|znack|podnikani|"
    r"tatinek|maminka|tata\b|mama\b|otec|rodice|father|mother|parents|dad\b|mum\b|pekar|cukrar|kavar|prazir|restaur|hotel|penzion|pivovar|vinar|palir|reznic|mlekar|vcelar|pokryvac|klempir|instalat|elektro|truhlar|stolar|zamec|"
    r"kovar|stavebn|kram|salon|pujcovn|skolk|hospod|penzion|vydej|bistr|cajovn|kniho|tvorb|zkusebn|zahrad|kvetin|auto|lekar|fyzio|optik|veterin|ucet|advokat|realit|tiskar|fotogr|kadern|kosmet|"
    r"bakery|cafe|café|roaster|restaurant|brewery|winery|distillery|butcher|dairy|roofing|roofers|plumb|electric|joinery|garden|florist|garage|dental|"
    r"pharmacy|account|bookkeep|law|solicitor|insurance|estate|software|design|print|photo|hair|gym|yoga|nursery|pottery|wharf|yard|press|kennel|stables|boat|salon|museum|gallery|kitchen|stall|mill|smith|foundry|club|centre|academy|"
    r"doors\b|dvere|jsme|jsem|we|nas|nase|our|my)",
)
CLAUSE = re.compile(
    r"\s*[;–—]\s*|,\s+(?=(a (?!to\b)|ale |v roce|od roku|in |and |but |when |which|který|která|kde|kdy))|\s+(?=a (v roce|od roku)\s)|\s+(?=and (in|since)\s)"
)


@dataclass(frozen=True, slots=True)
class _Claim:
    year: str
    date: str
    weight: float
    statement: Statement


def founded(source: Material) -> list[Found]:
    claims = [claim for statement in source.statements if (claim := _claim(statement, source))]
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
    names = _telling(own_names(source.brand, str(source.known.get("identity.legal_name") or "")))
    text = statement.text if statement.own or _leaves(statement, names) else _until_another(statement, names)
    text = _less_asides(text, names)
    if not text:
        return None
    if told := next((hit for pattern in TOLD_AFTER if (hit := pattern.search(text))), None):
        return _Claim(told[1], _date(text, told[1]), 2.0 * _weight(passage), statement)
    if told := next((hit for pattern in TAKEN_OVER if (hit := pattern.search(text))), None):
        ours = PAST_WE.search(text) or passage.role in ("about", "home", "")
        return _Claim(told[1], told[1], 0.3 * _weight(passage), statement) if ours else None
    for clause in _clauses(text):
        for patterns, weight in ((BEGUN, 2.0), (LASTING, 1.2)):
            match = min(
                (hit for pattern in patterns if (hit := pattern.search(clause))),
                key=lambda hit: len(hit[0]),
                default=None,
            )
            near = _near(clause, match, lasting=patterns is LASTING) if match else clause
            if match is None or LATER.search(near):
                continue
            if not _about_us(clause, match, statement, names, lasting=patterns is LASTING):
                continue
            year = re.findall(YEAR, match[0])[-1 if patterns is LASTING else 0]
            if not 1600 < int(year) <= 2026:
                continue
            older = 0.3 if BEFORE_US.search(statement.text[: statement.text.find(year)]) else 1.0
            return _Claim(year, _date(clause, year), weight * older * _weight(passage), statement)
    return None


def _weight(passage: Passage) -> float:
    if "about" in (passage.role, passage.section):
        return 1.5
    return 1.0 if passage.role == "home" else 0.6


# What an ancestor or somebody before us began is older than the company, unless nothing else is told.
BEFORE_US = re.compile(
    r"\b(pra)*(děd\w*|báb\w*|babič\w*)\b|\b(great-?)*grand(father|mother|parents|dad|ma)\b|\bpředch\w+ majitel",
    re.IGNORECASE,
)


# "Pets at Home (founded 1991)": an aside about whoever is named before it.
ASIDE = re.compile(r"(\w+)\s*\((?:founded|established|est\.?|založen\w*|zal\.)[^)]*\)", re.IGNORECASE)


def _less_asides(text: str, names: frozenset[str]) -> str:
    return ASIDE.sub(lambda aside: aside[0] if _named(plain(aside[1]), " ".join(names)) else aside[1], text)


def _telling(names: frozenset[str]) -> frozenset[str]:
    """The names less the words of a trade, which others in it share; all of them where nothing else is left."""
    return frozenset(name for name in names if not names_a_trade(name)) or names


def _leaves(statement: Statement, names: frozenset[str]) -> bool:
    """Whether somebody tells how they left another house to work on their own, or whose founding it is."""
    if statement.passage.second_hand or statement.passage.kind == "quote":
        return False
    bare = plain(statement.text)
    begun = re.finditer(r"\b(founded|set up|opened|started|zalozil\w*|otevrel\w*|rozjel\w*) ", bare)
    after = [bare[began.end() :][:30] for began in begun]
    return ON_ONES_OWN.search(statement.text) is not None or any(
        _named(name, text) for name in names for text in after
    )


def _until_another(statement: Statement, names: frozenset[str]) -> str:
    """What a sentence says before it turns to somebody else, where that speaks of the company itself."""
    if statement.passage.second_hand or statement.passage.kind == "quote":
        return ""
    text = before_another(statement.text, names)
    return (
        text
        if text != statement.text and (PAST_WE.search(text) or any(n in plain(text) for n in names))
        else ""
    )


def _near(clause: str, match: re.Match[str], *, lasting: bool) -> str:
    """The part of a clause that belongs to the year: up to a little after it, for "since" from the last "and"."""
    start = (
        max(clause.rfind(" a ", 0, match.start()), clause.rfind(" and ", 0, match.start()), 0)
        if lasting
        else 0
    )
    if not lasting:
        start = max(0, match.start() - 40)
    after = re.split(r"\s(?:a|and)\s", clause[match.end() : match.end() + 22])[0]
    return clause[start : match.end()] + after


def _clauses(text: str) -> list[str]:
    return [piece for piece in CLAUSE.split(text) if piece and len(piece) > 6] or [text]


def _named(name: str, bare: str) -> bool:
    """Whether a text without diacritics holds a name, in whatever case of declension."""
    return name in bare or (
        len(name) > 5 and re.search(rf"\b{re.escape(name[:-1])}\w{{0,3}}\b", bare) is not None
    )


# What somebody did before or beside the company.
TEACHER = re.compile(
    r"\b(učitel\w*|mistr\w*|profesor\w*|studoval\w*|vyučoval\w*|pracoval\w* (v|u|pro)|worked (at|for)|taught|teacher|professor|mentor)\b",
    re.IGNORECASE,
)


# How a founder leaves another house: whatever is named before is where they came from.
ON_ONES_OWN = re.compile(
    r"\b(set up|started|struck out|went|going|branched out|out) on (her|his|their|my|our) own\b|\bset up (in business )?(alone|by (him|her|my)self)\b|"
    r"\bosamostatnil\w*|\bna vlastní (nohy|pěst|triko)\b",
    re.IGNORECASE,
)


def _about_us(
    clause: str, match: re.Match[str], statement: Statement, names: frozenset[str], *, lasting: bool
) -> bool:
    """Whether the subject is this company: it says "we", its own name, a word for a business, or nobody else is named."""
    bare = plain(re.sub(r",\s+(kde|kter\w+|jejíž|jehož|where|which|whose)\s[^,]+,", " ", clause))
    spoken = PAST_WE.search(clause) or (lasting and acts_as_we(clause))
    if spoken or any(_named(name, bare) for name in names):
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
    if ON_ONES_OWN.search(clause) and statement.passage.role in ("home", "about", "contact", ""):
        return True
    if lasting:
        short = len(words(statement.text)) <= 9
        told = short and (
            statement.passage.role in ("home", "about", "contact") or statement.passage.section == "about"
        )
        return not others and (told or (BUSINESS.search(bare) is not None and len(words(clause)) <= 16))
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
