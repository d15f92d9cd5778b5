"""What speaks for the company: prizes and certificates, numbers it states."""

import re

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_history import YEAR
from posthub.ai.providers.offline.dna_passages import Material, Passage, Statement
from posthub.ai.providers.offline.dna_text import acts_as_we, plain, says_i, says_we, squeezed, words

AWARDS = re.compile(
    r"(?<!\w)(ocenění|ocenen\w*|vítěz\w*|vyhrál\w*|zvítězil\w*|certifik\w+|osvědčen\w+|držitel\w*|medail\w+|titul\w*|soutěž\w*|ISO\s?\d{4,5}|HACCP|nominac\w*|finalist\w*|"
    r"(?:1\.|2\.|3\.|první|druhé|třetí) místo|člen(?:em|y|ka|kou|kami|ky|ové)?\b|medail\w*|zlat\w+ (?:medail|ocen|chut)\w*|BIO certif\w*|cech\w*|komor\w+|cena\b|cenu\b|značk\w+ kvality|značku\b|známku\b|"
    r"awards?\b|awarded|(?:were|was) named|voted|crowned|winners?\b|won\b|winning|certified|licen[sc]ed|certificat\w+|accredited|accreditation|akreditac\w+|regulated by|licen[sc]e\b|[A-Z]{2,8} members?\b|highly commended|of the year|diplomas?\b|qualified with|(?:rated|judged|graded) (?:us )?(?:outstanding|good|excellent)|shortlisted|finalist|member of|members of|registered with|approved by|gold medal|chartered|gas safe|"
    r"NICEIC|TrustMark|Federation of|Guild of|Institute of|Which\? Trusted|Checkatrade|CompetentRoofer|NFRC|ACCA|ICAEW|Soil Association|B Corp|Great Taste)",
    re.IGNORECASE,
)
NAMES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:ocenění|titul|akreditac\w+|certifikát\w*|certifikac\w+|osvědčení|medaili|značku|známku|soutěž[ie]?|soutěže|soutěži|cenu|ceny|držitel\w*)\s+(?:kvality\s+|v soutěži\s+|za\s+)?(?P<name>[„\"“]?(?:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w+&.’'-]*|ISO)(?:[\s-]+(?:[\w+&’'-]+)){0,7})",
        r"(?:získal\w*|obdržel\w*|vyhrál\w*|dostal\w*|převzal\w*|odnesl\w*|máme|mám)\s+(?:jsme\s+|si\s+|v roce \d{4}\s+){0,3}(?P<name>(?:[Zz]lat|[Ss]tříbrn|[Bb]ronzov)\w+\s+(?:medail|ocen|plaket|pečeť|cen)\w*(?:\s+[\w-]+){0,5})",
        r"(?P<name>ISO(?:/IEC)?\s?\d{4,5}(?::\d{4})?)",
        r"\b(?P<name>(?:ČSN\s)?(?:EN|BS)(?:\sISO)?\s\d{2,5}(?:-\d+)?)\b",
        r"(?:člen(?:em|y|ové|ka|kou|kami|ky)?)\s+(?P<name>(?:Cech|Profesn|Sdruž|Spolek|Spolk|Obec|Obce|Grémi|Federac|Institut|Asociac|Komor|Svaz|Hospodářsk|Česk|Společenst|Unie|Klub)\w*(?:\s+[\w-]+){0,6})",
        r"(?:won|awarded|received|winners? of|win|holds?|hold|earned|given)\s+(?:us\s+)?(?:the |a |an |our )?(?P<name>(?:[\w’'-]+\s+){0,2}?[A-Z][\w’'&?-]*(?:\s+(?:[A-Z0-9][\w’'&-]*|of|the|for|and|in|&)){0,8})",
        r"(?:named|voted|crowned|jmenováni|zvoleni|vyhlášeni)\s+(?:the )?(?P<name>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w’'&-]*(?:\s+(?:[A-Z][\w’'&-]*|of|the|for|and|in|&)){0,8})",
        r"(?:members?|fellows?) of\s+(?:the )?(?P<name>[A-Z][\w’'&-]*(?:\s+(?:[A-Z][\w’'&-]*|of|the|for|and|in|&)){0,8})",
        r"(?:registered|accredited|certified|approved|regulated|licen[sc]ed|inspected)\s+(?:with|by)\s+(?:the )?(?P<name>[A-Z][\w’'&-]*(?:\s+(?:[A-Z][\w’'&-]*|of|the|for|and|&)){0,8})",
        r"(?P<name>[A-Z][\w’'&-]*(?:\s+(?:[A-Z0-9][\w’'&-]*|of|the|for|and|&)){0,6}\s+(?:[Aa]wards?|[Cc]ertificat(?:e|ion)|[Aa]ccreditation|Accredited|Registered|[Aa]pproved|[Cc]ertified|[Mm]ember))\b",
        r"shortlisted\s+(?:\w+\s+)?for\s+(?:the )?(?P<name>[A-Z][\w’'&-]*(?:\s+(?:[A-Z][\w’'&-]*|of|the|for|and|&)){0,8})",
        r"\b(?P<name>(?:[A-Z][\w’'&-]*\s+){1,5}of the Year)\b",
        r"\b(?:[Rr]ated|[Jj]udged|[Gg]raded)\s+(?:us\s+)?(?P<name>[‘'“\"]?(?:Outstanding|Good|Excellent|[Ff]ive[ -]stars?|5[ -]stars?)[’'”\"]?(?:\s+by\s+(?:the\s+)?[A-Z][\w&]*(?:\s+[A-Z][\w&]*)*)?)",
        r"\b(?P<name>[A-Z]{3,8})(?:[ -](?:accredited|approved|certified|registered|members?))\b",
        r"\b(?P<name>Gas Safe(?: Registered)?|NICEIC(?: approved)?|TrustMark|CompetentRoofer|NFRC|HACCP|Great Taste(?: Award)?|Regionální potravina|Klasa|Czech Made|B Corp)\b",
    )
)


END_OF_NAME = re.compile(
    rf"\s+(?:{YEAR}|v roce|jako|před|mezi|za|(?:in|since|from) (?:the )?\d|pro|který|která|jsme|se|od|a také|a v|a od|for|twice|as|in (?:our|the)|and (?:we|our|are|have|is|in))\b"
)


# Praise on a page of reviews is its author's; a prize that "we won" is the company's there too.
WON = re.compile(
    r"^(?![„“\"»]).*\b(jsme (získali|vyhráli|obdrželi|dostali)|we (won|received|were (awarded|named)|have won))\b",
    re.IGNORECASE,
)


def awards(source: Material) -> list[Found]:
    """Prizes, certificates and memberships the company says it has, with their years."""
    entries: dict[str, tuple[dict[str, object], str, str]] = {}
    for statement in source.statements:
        place = statement.passage
        if not statement.own and not (
            place.section == "testimonials" and place.kind == "p" and WON.search(statement.text)
        ):
            continue
        listed = place.section == "awards" and place.kind == "li"
        if (
            place.role in ("blog", "jobs")
            or place.section in ("jobs", "faq", "blog")
            or (place.section == "team" and not says_we(statement.text))
            or place.is_heading
            or statement.text.endswith("?")
        ):
            continue
        names = [_listed_award(statement.text)] if listed else _told_awards(statement)
        for name in names:
            if name:
                _note(
                    entries,
                    name,
                    statement.text,
                    statement.url,
                    alone=len(names) == 1,
                    told=_year_before(statement.text, names, name),
                )
    for passage in source.passages:
        if passage.kind == "td" and passage.section == "awards" and not passage.second_hand:
            cells = [squeezed(cell) for cell in passage.text.split("\t")]
            name = next((cell for cell in cells if not re.fullmatch(YEAR, cell) and words(cell)), "")
            if name and re.search(YEAR, passage.text):
                _note(entries, name, passage.text, passage.url)
    if not entries:
        return []
    value = [entry for entry, _, _ in entries.values()][:12]
    _, quote, url = next(iter(entries.values()))
    return [found("proof.awards_certs", value, url, quote, 0.8)]


def _note(
    entries: dict[str, tuple[dict[str, object], str, str]],
    name: str,
    text: str,
    url: str,
    *,
    alone: bool = True,
    told: str = "",
) -> None:
    """One award; the year is the one right behind its name, or the sentence's only one where it is the only award."""
    bare = plain(name)
    if any(bare in known or known in bare for known in entries):
        return
    after = text[text.find(name) + len(name) :][:22] if name in text else ""
    behind = re.match(
        rf"(?:[^a-zA-Z,]*(?:in |v roce |z roku |za rok |for |od roku |od |since )?|,\s*){YEAR}", after
    )
    years = re.findall(rf"\b{YEAR}\b", re.sub(r"ISO\S*\s?[\d:]+", "", text))
    year = told or (behind[1] if behind else _nearest(years, text, name) if years and alone else "")
    entries[bare] = ({"name": name, "year": int(year) if year else None}, text, url)


def _year_before(text: str, names: list[str], name: str) -> str:
    """The year that stands before a prize where every prize of the sentence has its own before it; else ""."""
    years = list(re.finditer(rf"\b{YEAR}\b", text))
    places = [text.find(each) for each in names]
    if len(names) < 2 or len(years) != len(names) or min(places) < 0:
        return ""
    pairs = list(zip(years, sorted(places), strict=True))
    return (
        next((year[0] for year, at in pairs if at == text.find(name)), "")
        if all(year.start() < at for year, at in pairs)
        else ""
    )


def _nearest(years: list[str], text: str, name: str) -> str:
    at = text.find(name)
    return min(years, key=lambda year: abs(text.find(year) - at))


def _listed_award(text: str) -> str:
    name = re.sub(
        rf"^\s*{YEAR}\s*[–—:-]?\s*|[\s,–—:(-]*(?:v roce |z roku |in |since |od roku )?\b{YEAR}\b\)?\s*\.?$",
        "",
        squeezed(text),
    )
    name = re.split(r"\s[–—]\s", name)[0].strip(" .,:;")
    return name if 1 <= len(words(name)) <= 12 else ""


# A label and what it lists: Accreditations, then FORS Gold, ISO 14001 and BRCGS.
LABELLED_LIST = re.compile(
    r"(?:accreditations?|certifications?|certificates|memberships?|awards|certifikace|certifikáty|ocenění|členství|oprávnění):\s*(?P<list>[^.!?]{3,200})",
    re.IGNORECASE,
)


def _told_awards(statement: Statement) -> list[str]:
    text = statement.text
    if listed := LABELLED_LIST.match(text):
        return [
            name
            for part in re.split(r",\s*(?:and |a )?|\s(?:and|a)\s(?=[A-Z]\w*\s[A-Z])", listed["list"])
            if (name := _trimmed(part))
        ]
    if not AWARDS.search(text) or not (
        says_we(text)
        or statement.passage.section == "awards"
        or re.search(YEAR, text)
        or statement.passage.role in ("home", "about", "products", "services", "team", "")
    ):
        return []
    if re.search(
        r"\b(pomůžeme|pomáháme|nabízíme|školení|přihlas\w*|nominujte|zajistíme|for your|we help|we can help|apply for|zpracujeme|na míru|cena (je|za|od)|v ceně|cenu (za|vám|sdělíme|díla|zakázky)|ask for)\b",
        text,
        re.IGNORECASE,
    ):
        return []
    names: list[str] = []
    for match in sorted(
        (hit for pattern in NAMES for hit in pattern.finditer(text)), key=lambda hit: hit.start("name")
    ):
        name = re.sub(r"^ISO[\s\d/:IEC-]*\s(?:and|a)\s", "", _trimmed(match["name"]))
        if name and not any(plain(name) in plain(known) or plain(known) in plain(name) for known in names):
            names.append(name)
    return names


def _trimmed(text: str) -> str:
    """The name alone: cut where the sentence goes on about the year or the reason."""
    name = END_OF_NAME.split(text.strip(' „“"'))[0].strip(' ,.„“"”(')
    name = re.sub(r"(\s+(in|of|the|for|and|&))+$", "", name)
    usable = len(name) > 2 and len(words(name)) <= 9
    return name if usable and not re.fullmatch(r"(We|Our|The|In|Awards?|This|ISO)", name) else ""


COUNTED = (
    r"(?:kaváren|kavárnám|restaurac\w+|odběratel\w*|zákazník\w*|klient\w*|pacient\w*|rodin\w*|firem|firmám|realizac\w+|zakázek|projekt\w*|střech\w*|domů|domech|bytů|kuchyn\w*|chleb\w*|bochník\w*|rohlík\w*|"
    r"pečiv\w*|druh\w*|položek|výrobk\w*|produkt\w*|kilogram\w*|kg\b|tun\b|tuny|litr\w*|hektar\w*|ha\b|m2|m²|metr\w*|kilometr\w*|km\b|let zkušenost\w*|let praxe|let tradic\w*|let na trhu|let\b|roků|poboč\w*|prodejen|provozoven|"
    r"kusů|ks\b|hektolitr\w*|hl\b|lahv\w+|sklenic\w*|talíř\w*|párů|košil|dortů|vajec|receptů|aut\b|vozů|strojů|svateb|akcí|žáků|tisíc\w*|milion\w*|strom\w*|včelstev|krav\w*|koz\w*|ovc\w*|lůžek|pokoj\w*|míst\b|kurz\w*|studentů|absolvent\w*|účetních|daňových přiznání|oprav\w*|montáž\w*|objednávek|hodnocení|recenz\w*|obcí|měst\b|zemí|generac\w*|"
    r"%|procent\w*|customers?|clients?|patients?|families|businesses|companies|homes|roofs|properties|projects|jobs|kitchens|loaves|cakes|cups|varieties|kinds|products|tonnes|kilos|litres|pints|acres|hectares|miles|"
    r"years?|generations|branches|shops|stores|cafés|cafes|restaurants|hotels|reviews|stars?|orders|courses|students|trees|hives|cows|goats|sheep|rooms|beds|seats|tax returns|returns|repairs|installations|countries|towns|villages|beers|wines|weddings|pieces|bottles|jars|pairs|cars|vehicles|machines|recipes|pupils|children|events|boxes|hectolitres|tons|awards|members|units|sites|buildings|houses|boilers|bathrooms|gardens|per cent|percent)"
)
NUMBER = re.compile(
    rf"(?<![\w,.:])(?P<number>\d{{1,3}}(?:[ \u00a0.,]\d{{3}})+|\d+(?:[.,]\d+)?)\s*(?P<plus>\+)?\s*(?:(?P<thing>{COUNTED})|(?:[\w-]+\s+){{1,2}}?(?P<late>{COUNTED}))",
    re.IGNORECASE,
)
# Any other thing that a sentence in the first person counts: "2,100 computers", "35 malých vinařů".
THINGS = re.compile(
    r"(?<![\w,.:/+-])(?P<number>\d{1,3}(?:[ \u00a0,.]\d{3})+|[1-9]\d{1,5})\s+(?:[^\W\d_]+\s+){0,1}?(?P<thing>[^\W\d_A-Z]{4,})"
)
NO_THING = re.compile(
    r"(minut|hodin|dn[íiů]|den|týdn|týden|měsíc|sekund|roku|roce|korun|procent|stup|centi|mili|gram|metr|kilom|"
    r"minute|hour|second|day|week|month|year|pound|percent|degree|mile|metre|grams?|january|february|march|april|june|july|august|september|october|november|december|"
    r"ledna|února|března|dubna|května|června|července|srpna|září|října|listopad|prosin|from|with|this|that|when|until)"
)


NOT_PROOF = re.compile(
    r"\b(odečteme|první den|first day|DPH|VAT|záruk\w*|garan\w*|warrant\w*|guarantee\w*|refund|vrácen\w*|zdarma nad|od \d+ Kč|doprav\w+ zdarma|splatn\w*|slev\w*|sleva|discount|off\b|open|otevřeno|otevírací|hodin denně|do \d+ (hodin|dn)|within \d+|notice|minimáln\w*|minimum|kapacit\w* kurzu|"
    r"visitor number|návštěvník číslo|doporučujeme|recommend|should|měl[aoi]? by|stačí|trvá|takes|lasts|vydrží|každých|every \d|per (person|hour)|za osobu|za hodinu|děti do|under \d|age|věk\w*|od \d+ let|let věku|obvykle|usually|storno|cancel\w*|deposit|zakázán\w*|mladší\w*|minors|prosím|please|neprodá\w*|unsold|zkazil\w*|spoil(ed|t)|nepoved\w*|went wrong|do \d+ km|within \d+ miles|do vzdálenosti|zálo[hz]\w*)\b|[£$€]|Kč|CZK",
    re.IGNORECASE,
)


# A line of a history begins with its year: "2022 Solar panels on the roof".
IN_A_YEAR = re.compile(rf"^({YEAR})\s+(?=[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ])")
NO_COUNTS = frozenset(("faq", "jobs", "blog", "pricing", "hours", "contact", "guarantee", "legal"))


def numbers(source: Material) -> list[Found]:
    """Counts the company states of itself; not prices, terms, guarantees or advice."""
    entries: dict[tuple[str, str], tuple[dict[str, str], Statement]] = {}
    for statement in source.own():
        if not _may_count(statement):
            continue
        for match in _counts(statement.text):
            if re.fullmatch(YEAR, match["number"]):
                continue
            digits = re.sub(r"[ \u00a0](?=\d{3})|(?<=\d)[.,](?=\d{3}\b)", "", match["number"])
            number = digits + (" %" if (match["thing"] or "") == "%" else "")
            claim = IN_A_YEAR.sub(r"\1: ", statement.text)
            entry = {"claim": claim, "number": number, "source_url": statement.url}
            entries.setdefault((plain(statement.text), number), (entry, statement))
    value = [entry for entry, _ in entries.values()]
    shown = counters(source)
    value = [*value, *(entry for entry, _ in shown)][:12]
    if not value:
        return []
    url, text = next(((said.url, said.text) for _, said in entries.values()), ("", ""))
    if not text:
        url, text = shown[0][1].url, shown[0][1].text
    return [found("proof.numbers", value, url, text, 0.75)]


COUNTER = re.compile(r"(?P<number>\d{1,3}(?:[ \u00a0.,]\d{3})+|\d{1,6}(?:[.,]\d)?)\s?(?P<mark>\+|%)?")


def counters(source: Material) -> list[tuple[dict[str, str], Passage]]:
    """Big figures that stand alone with their label right below, else right above, where a page has at least two."""
    hits: dict[str, list[tuple[dict[str, str], Passage]]] = {}
    passages = source.passages
    for place, passage in enumerate(passages):
        match = COUNTER.fullmatch(passage.text.strip())
        if (
            (whole := LABELLED.fullmatch(squeezed(passage.text)))
            and passage.role in ("home", "about")
            and not passage.second_hand
            and not re.fullmatch(YEAR, whole["number"])
        ):
            hits.setdefault(passage.url, []).append(
                (_counted(whole, squeezed(passage.text), passage), passage)
            )
        if (
            not match
            or passage.second_hand
            or passage.role not in ("home", "about")
            or re.fullmatch(YEAR, passage.text.strip())
        ):
            continue
        neighbours = [passages[at] for at in (place + 1, place - 1) if 0 <= at < len(passages)]
        label = next(
            (squeezed(each.text) for each in neighbours if each.url == passage.url and _labels(each)), ""
        )
        if label:
            entry = _counted(match, f"{passage.text.strip()} {label}", passage)
            hits.setdefault(passage.url, []).append((entry, passage))
    return [hit for found_here in hits.values() if len(found_here) >= 2 for hit in found_here]


# A figure and its label in one block: "2 350 vyvrtaných studní".
LABELLED = re.compile(
    COUNTER.pattern + r"\s(?!(?:Kč|CZK|hod|min|km|let|years?|dní|days?)\b)[^\W\d_]{3,}(?:\s[^\W\d_]+){0,4}"
)


def _counted(match: re.Match[str], claim: str, passage: Passage) -> dict[str, str]:
    number = re.sub(r"[ \u00a0.,](?=\d{3})", "", match["number"]) + (" %" if match["mark"] == "%" else "")
    return {"claim": claim, "number": number, "source_url": passage.url}


def _labels(passage: Passage) -> bool:
    text = passage.text.strip()
    return 1 <= len(words(text)) <= 6 and not re.search(r"[.!?\d£$€]|Kč", text) and passage.kind != "h1"


AT_LEAST = re.compile(
    r"(more than|over|přes|více než|už|již|celkem|skladem|nearly|almost|téměř|some)\b", re.IGNORECASE
)
LARGE = re.compile(
    r"(?<![\w,.£$€])(?P<number>\d{1,3}(?:[.,]\d{1,2})?\s+(?:million|milion\w*|billion|miliard\w*))\s+(?P<thing>(?!Kč|korun|eur|pound|dollar)[^\W\d_]{4,})",
    re.IGNORECASE,
)


def _counts(text: str) -> list[re.Match[str]]:
    counted = [match for match in NUMBER.finditer(text) if not re.search(r"\d\s$", text[: match.start()])]
    counted += LARGE.finditer(text)
    starts = {match.start("number") for match in counted}
    more = [
        match
        for match in (THINGS.finditer(text) if says_we(text) or says_i(text) or AT_LEAST.match(text) else ())
        if match.start("number") not in starts
        and not NO_THING.match(match["thing"].lower())
        and not re.search(r"(ISO|EN|No\.?|č\.|§|v roce|od roku|in|since|\d\.|\d)\s*$", text[: match.start()])
    ]
    return counted + more


def _may_count(statement: Statement) -> bool:
    place, text = statement.passage, statement.text
    if place.role in NO_COUNTS or place.section in NO_COUNTS or NOT_PROOF.search(text) or text.endswith("?"):
        return False
    if re.match(r"slozeni|ingredients|composition|what('s| is) in it", plain(place.heading)):
        return False
    if place.role == "products" and not acts_as_we(text) and not says_i(text):
        return False  # what a thing is made of, not what is made of it
    if place.is_heading and place.section != "numbers":
        return False
    return (
        says_we(text)
        or says_i(text)
        or place.section in ("numbers", "about", "why")
        or place.role in ("home", "about")
    )
