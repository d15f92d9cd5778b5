"""For whom and where the company works, and when in the year it is busiest."""

import re
from functools import cache

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_lexicon import lexicon
from posthub.ai.providers.offline.dna_passages import Material, Statement
from posthub.ai.providers.offline.dna_sections import section_of
from posthub.ai.providers.offline.dna_served import listed_groups
from posthub.ai.providers.offline.dna_size import staff_in
from posthub.ai.providers.offline.dna_text import plain, says_i, says_we, squeezed, words

# Words after which the people served are named, on text without diacritics.
SERVING = re.compile(
    r"\b(pro\b|dodavame|zasobujeme|rozvazime|pomahame|slouzime|pracujeme pro|pecujeme o|zamerujeme se na|specializujeme se na|nasimi (zakazniky|klienty|odberateli)|mezi nase (zakazniky|klienty|odberatele|pacienty)|"
    r"nasi (zakaznici|klienti|odberatele|pacienti)|obsluhujeme|prijimame|vitame|ucime|osetrujeme|stehujeme|fotime|hostime|ubytovavame|cvicime|trenujeme|uklizime (u|pro)|doucujeme|pojistujeme|kupuji|objednavaji|\w{2,}(ou|eji|aji) u nas|obracej\w* se na nas|chodi k nam|jezdi k nam|odebiraji|vari z|zastupujeme|poradime|"
    r"for\b|serve|serving|we see|welcome|accept|suppl(y|ies|ying)|help|helping|work with|working with|we (take|record|move|photograph|train|coach|insure|host|cater for|clean for|do it for)|looks? after|our (customers|clients|patients)( are| include|:)?|aimed at|look after|looking after|trusted by|treat|teach|advise|deliver to|sell to|to (local )?(cafes|restaurants|hotels|shops|homeowners|landlords|businesses|families|schools))"
)
# "Půjčujeme karavany rodinám a párům": those to whom something is done stand in the dative.
GIVEN = re.compile(r"\w+(?:am|um|im|kum|tum)\b")
ACTING = re.compile(r"\b\w{3,}(?:ujeme|ame|ime|avame|eme)\b")
EXCLUDED = re.compile(
    r"\b(stazujte|gdpr|job|kurz vede|bez ohledu|narozen|prior|such as the|award for|cena pro|not for|not suitable|nevhodn\w*|(neni|nejsou) vhodn\w*|nesmi|neni pro|nejsme pro|podnikov\w+)\b"
)
SERVES_AREA = re.compile(
    r"\b(pusob\w*|dodavame|rozvaz\w*|dovaz\w*|jezdime|dojizd\w*|prijedeme|pokryvame|obsluhujeme|zasobujeme|realizujeme|pracujeme|montujeme|opravujeme|zajistujeme|provadime|nabizime|doruc\w*|rozvoz|oblast\w*|po cele|v cele|zasilame|posilame|doprav\w+|post to|post (it )?anywhere|vyvazime|"
    r"serv(e|es|ing)|cover(s|ing|age)?|deliver\w*|work(s|ing)? (across|in|throughout|all over|around)|anywhere in|\b(we|i) (teach|train|groom|walk|photograph|tune|sweep)|\w{3,}(ujeme|ame|ime|eme)\b.{0,60}\bpo|\b(na|po|z|ze) \w+sk[ua]\b|for (\w+,? ){1,6}in\b|(homes|customers|clients|people) in|v \w+(skem|ckem) (a \w+(skem|ckem) )?kraji|ve \w+(skem|ckem) (a \w+(skem|ckem) )?kraji|pracuji|jezdim|dojizdim|zajedeme|vyrazime|prijedem|across|throughout|all over|areas?|based in|ship\w*|operat\w+|suppl(y|ies|ying)|travel|call[\s-]out|pobock\w*|kancelar\w* v|office in|for people in|branch\w* in|shops? in)\b"
)
NOT_SERVED = re.compile(
    r"\b(z dovozu|dovazi|vyrob\w+ v|mouk\w+ z|import\w*|from (italy|france|germany)|studoval|vystudoval|graduated|studied|trained (in|at)|narodil|born)\b"
)
MONTHS = {
    "led(?:en|na|nu)|january": 1, "unor(?:a|u)?|february": 2, "brez(?:en|na|nu)|march": 3, "dub(?:en|na|nu)|april": 4, "kvet(?:en|na|nu)|may": 5,
    "cerv(?:en|na|nu)|june": 6, "cerven(?:ec|ce|ci)|july": 7, "srp(?:en|na|nu)|august": 8, "zari|september": 9, "rij(?:en|na|nu)|october": 10,
    "listopad(?:u)?|november": 11, "prosin(?:ec|ce|ci)|december": 12,
}  # fmt: skip
FEASTS = {
    r"vanoc\w*|vanoce|advent\w*|christmas|mikulas\w*": 12, r"velikono\w*|easter": 4, r"valentyn\w*|valentine\w*": 2, r"masopust\w*": 2,
    r"martin\w* (hus|vin)\w*|halloween|dusick\w*|black friday": 11, r"d(e|)n\w* matek|mother'?s day": 5, r"danov\w+ prizn\w*|tax year end|end of the tax year": 3, r"self[\s-]assessment deadline": 1,
}  # fmt: skip
SEASONS = {
    r"na jare|jaro\b|jarni\w*|spring": 4,
    r"v lete|leto\b|letni\w*|summer": 7,
    r"na podzim|podzim\w*|autumn": 10,
    r"v zime|zima\b|zimni\w*|winter": 1,
}
SEASONAL = re.compile(
    r"\b(sezon\w*|season\w*|nejvic\w*|nejvetsi (napor|zajem|poptavka)|kazd(y|e|ou) (rok|leto|zim\w*|jaro|podzim)|kazdoroc\w*|pred (vanoc|velikon)\w*|behem adventu|v advent\w*|o vanoc\w*|"
    r"na velikonoce|k velikonoc\w*|na vanoce|k vanoc\w*|objednavky (do|na|prijimame)|peceme (jen|pouze)|busiest|every (year|summer|winter|spring|autumn|christmas|easter|(\w+ and )?(january|february|march|april|may|june|july|august|september|october|november|december))|each (year|summer|winter|spring|autumn)|hardest month|quietest|hektick\w*|blazinec|nejsilnejsi|nejvytizen\w*|se plni|rush|busy|fullest|fills? up|books? up|(zajem|napor|poptavka).{0,30}nejvetsi|booked up|sells? out|napor|nejvytizen\w*|plno mame|mame plno|"
    r"at christmas|for christmas|before christmas|at easter|for easter|peak|only in|in (spring|summer|autumn|winter)|before winter|(in|v|ve) (MONTH) (or|and|a|nebo|i) (MONTH)|jen v|pouze v|pred zimou|na jare|na podzim|v lete|v zime|vzdy(cky)?|poradame|turnus\w*|fronta|byva(ji)? (pryc|plno|plna|vyprodan\w*)|go a year ahead)\b".replace(
        "MONTH", "|".join(MONTHS)
    )
)


def segments(source: Material) -> list[Found]:
    """Groups of people named where the site says whom it serves, or listed under a heading that asks for whom it is."""
    named: dict[str, tuple[dict[str, str], Statement]] = {}
    for statement in source.statements:
        place = statement.passage
        listed = "audience" in (place.section, *(section_of(name) for name in place.headings[-2:]))
        if (
            place.second_hand
            or place.role in ("blog", "jobs")
            or place.section in ("jobs", "faq", "blog")
            or not (statement.own or listed)
        ):
            continue
        text = plain(statement.text)
        for trade in lexicon("segments")["segment"]:
            hit = _served(
                text,
                trade["stems"],
                listed=listed
                or (
                    place.is_heading
                    and len(words(statement.text)) <= 5
                    and re.match(r"(pro|for)\b", text) is not None
                ),
            )
            name = trade["cs"] if source.czech else trade["en"]
            if hit and name not in named:
                entry = {"name": name, "b2b_b2c": trade["side"], "desc": statement.text[:300]}
                named[name] = (entry, statement)
        if statement.own and statement.whole and place.role in ("home", "about", "services", "products", ""):
            strap = place.role == "home" and place.index <= 3
            for name in listed_groups(statement.text, czech=source.czech, strap=strap):
                if not any(plain(name)[:5] in plain(known) for known in named):
                    named[name] = ({"name": name, "b2b_b2c": "", "desc": statement.text[:300]}, statement)
    entries = _without_wider(named, source)
    if not entries:
        return []
    first = entries[0][1]
    return [found("audience.segments", [entry for entry, _ in entries][:8], first.url, first.text, 0.75)]


def _served(text: str, stems: list[str], *, listed: bool) -> bool:
    if not _stems(tuple(stems)).search(text) or EXCLUDED.search(text):
        return False
    for match in _stems(tuple(stems)).finditer(text):
        if GIVEN.match(text[match.start() :]) and ACTING.search(text[: match.start()][-90:]):
            return True
        before = text[max(0, match.start() - 90) : match.start()]
        triggers = list(SERVING.finditer(before))
        between = before[triggers[-1].end() :] if triggers else ""
        if listed or (
            triggers and len(between.split()) <= 9 and not re.search(r"[.;:!?]", between.rstrip(" :"))
        ):
            return True
    return False


@cache
def _stems(stems: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})")


def _without_wider(
    named: dict[str, tuple[dict[str, str], Statement]], source: Material
) -> list[tuple[dict[str, str], Statement]]:
    narrow, wide = ("malé firmy", "firmy") if source.czech else ("small businesses", "businesses")
    if narrow in named and wide in named and named[narrow][1] is named[wide][1]:
        named.pop(wide)
    return list(named.values())


def markets(source: Material) -> list[Found]:
    """Regions and countries a sentence says are served, as ISO 3166 codes."""
    codes: dict[str, Statement] = {}
    for statement in source.statements:
        place = statement.passage
        area = "area" in (place.section, *(section_of(name) for name in place.headings[-2:]))
        text = plain(statement.text)
        if (
            place.second_hand
            or place.role in ("blog", "jobs", "legal")
            or NOT_SERVED.search(text)
            or not (statement.own or area)
        ):
            continue
        if not area and not SERVES_AREA.search(text) and not _is_strap(statement):
            continue
        for code in _codes(statement.text, text):
            codes.setdefault(code, statement)
    regions = {code.partition("-")[0] for code in codes if "-" in code}
    whole = [code for code in codes if "-" not in code]
    chosen = [code for code in codes if "-" in code] + [
        code
        for code in whole
        if code not in regions
        or re.search(r"\b(po cel|cele|all over|throughout|across|nationwide)", plain(codes[code].text))
    ]
    if not chosen:
        return _where_it_sits(source)
    first = codes[chosen[0]]
    return [found("audience.geo_markets", chosen, first.url, first.text, 0.75)]


def _where_it_sits(source: Material) -> list[Found]:
    """The region of the seat, where no sentence says where the company works: a guess."""
    known = source.known.get("identity.hq_address")
    address = known if isinstance(known, dict) else {}
    city = str(address.get("city") or "")
    codes = [code for code in codes_of(city) if "-" in code]
    codes = codes or _by_post(re.sub(r"\s", "", str(address.get("zip") or "")) if city else "")
    place = next((each for each in source.passages if city and city in squeezed(each.text)), None)
    if not codes or place is None:
        return []
    return [found("audience.geo_markets", codes[:1], place.url, city, 0.45, inferred=True)]


def _by_post(code: str) -> list[str]:
    """The region of a Czech post code; none for any other."""
    if not re.fullmatch(r"\d{5}", code):
        return []
    begun = [
        (prefix, region)
        for region, prefixes in lexicon("places")["postcodes"].items()
        for prefix in prefixes
        if code.startswith(prefix)
    ]
    return [region for _, region in sorted(begun, key=lambda pair: -len(pair[0]))][:1]


def _is_strap(statement: Statement) -> bool:
    """A line without a verb near the top of the start page: "Piano tuning in Edinburgh and the Lothians"."""
    place = statement.passage
    return (
        place.role == "home"
        and place.index <= 3
        and not statement.whole
        and 3 <= len(words(statement.text)) <= 14
        and re.search(r"\b(in|v|ve|na|across|around|po)\s+[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]", statement.text) is not None
    )


def codes_of(place: str) -> list[str]:
    """The codes of a place by its name alone: "Olomoucký kraj"."""
    return _codes(place, plain(place))


@cache
def _places() -> list[tuple[str, str]]:
    """(stem, code) of every place known, the longest stem first."""
    places = lexicon("places")
    parts = (places["regions"], places["countries"])
    pairs = [(stem, code) for part in parts for code, stems in part.items() for stem in stems]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _codes(text: str, bare: str) -> list[str]:
    """Codes of the places a text names, the longest name first: "North East Lincolnshire" is not Lincolnshire."""
    found_here: list[str] = []
    for stem, code in _places():
        if stem in bare and _names_place(stem, text, bare):
            found_here.append(code)
            bare = re.sub(rf"\b{re.escape(stem)}\w*", lambda match: "_" * len(match[0]), bare)
    return found_here


def _names_place(stem: str, text: str, bare: str) -> bool:
    """The stem begins a word that is written with a capital, or is an adjective of a region.

    A short one that begins a sentence is an ordinary word ("Most operators", "Bath towels").
    """
    for match in re.finditer(rf"\b{re.escape(stem)}\w{{0,6}}", bare):
        if match.start() == 0 and len(stem) <= 4 and len(words(bare)) > 1:
            continue
        original = text[match.start() : match.end()] if len(text) == len(bare) else match[0].title()
        if original[:1].isupper() and len(match[0]) - len(stem) <= (
            0 if len(stem) <= 4 and stem.isalpha() and stem not in ("brno", "brne", "brna") else 6
        ):
            return True
        if re.search(r"(sk|ck)(y|em|eho|ych|ou|a)$", match[0]) and "kraj" in bare:
            return True
    return False


def seasonality(source: Material) -> list[Found]:
    """Months that matter every year; not the date of one event, holiday closing or article."""
    entries: dict[int, tuple[dict[str, object], Statement]] = {}
    for statement in source.own():
        text = plain(statement.text)
        place = statement.passage
        if (
            place.role in ("blog", "jobs", "legal")
            or place.section in ("blog", "hours", "jobs", "awards", "faq")
            or re.search(r"\b(19|20)\d\d\b|zavren|dovolen|closed|holiday hours", text)
        ):
            continue
        listed = any(
            re.search(
                r"sezon|season|rocniho obdobi|podle mesic|prubehu roku|through the year|rok (v|na)\b",
                plain(name),
            )
            for name in place.headings
        ) or re.match(r"[a-z]+( (a|az|and|to) [a-z]+)?:", text)
        if not statement.whole or staff_in(statement) or not (listed or SEASONAL.search(text)):
            continue
        if not re.search("|".join((*MONTHS, *FEASTS)), text) and not (
            says_we(statement.text) or says_i(statement.text)
        ):
            continue
        for month in _months(text):
            entries.setdefault(month, ({"month": month, "note": squeezed(statement.text)[:200]}, statement))
    if not entries:
        return []
    ordered = [entries[month] for month in sorted(entries)][:12]
    first = ordered[0][1]
    return [found("market.seasonality", [entry for entry, _ in ordered], first.url, first.text, 0.65)]


def _from_to(text: str) -> list[int]:
    """All months of "June to August", also over the turn of the year."""
    names = "|".join(MONTHS)
    span = re.search(rf"\b(?P<first>{names})\s+(?:az|to|till|through|[–-])\s+(?P<last>{names})\b", text)
    if span is None:
        return []
    first, last = (
        next(month for pattern, month in MONTHS.items() if re.fullmatch(pattern, span[end]))
        for end in ("first", "last")
    )
    return [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]


def _months(text: str) -> list[int]:
    feasts = [month for pattern, month in FEASTS.items() if re.search(rf"\b({pattern})", text)]
    months = [
        month
        for pattern, month in MONTHS.items()
        if re.search(rf"\b({pattern})\b", text)
        and not (month == 5 and not re.search(r"kvet|\bin may|may to|to may", text))
    ]
    if feasts or months:
        return sorted({*feasts, *months, *_from_to(text)})
    return [month for pattern, month in SEASONS.items() if re.search(rf"\b({pattern})", text)]
