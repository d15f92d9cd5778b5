"""Sentences of the site that an article may repeat: whole, about this company, true without their neighbours."""

import re

from posthub.ai.providers.offline.dna_history import BEGUN, LASTING
from posthub.ai.providers.offline.dna_passages import Material, Statement, own_names
from posthub.ai.providers.offline.dna_promises import GUARANTEE
from posthub.ai.providers.offline.dna_proof import AWARDS, NUMBER
from posthub.ai.providers.offline.dna_size import COMMON
from posthub.ai.providers.offline.dna_text import DATED, WE_EN, acts_as_we, is_noise, plain, says_we, words
from posthub.ai.providers.offline.dna_trade import names_a_trade

MOST = 400
VERB = re.compile(
    r"\b(je|jsou|byl[aoiy]?|má|mají|máme|jsme|jsem|lze|může|mohou|stojí|trvá|\w+(?:áme|íme|eme|ujeme|uje|ují|ává|ávají|ívá|ívají|ají|ejí|eme|í|á|e|al[aiyo]?|il[aiyo]?|el[aiyo]?|nul[aiyo]?|šl[aoiy]|en[aoyi]?|án[aoyi]?)|"
    r"is|are|was|were|has|have|had|can|will|we|offers?|provides?|comes?|takes?|includes?|\w+(?:ed|es|s|ing))\b",
    re.IGNORECASE,
)
# Sentences that lean on the one before, or that tell the reader to do something.
LEANING = re.compile(
    r"^(ano\b|ne,|yes\b|no,|každého z nich|každý z nich|díky tomu|díky (tomu|němu|nim)|za to|k němu|z něj|z toho|v něm|po něm|tu\b|poslední|první den|obě|oba|další|celý přehled|výsledek|rozdíl|kromě toho|přesto|zato|ani|ten|ta|to|ti|ty|tento|tato|toto|tyto|tím|tak|takže|proto|proto se|navíc|ale|však|jenže|potom|pak|poté|dále|on|ona|oni|jeho|její|jejich|tehdy|tady|zde|tam|jak\b|a |i |nebo|také|stejně|"
    r"this|that|these|those|it|it's|its|they|their|he|she|his|her|so|but|and|or|then|there|here|also|however|therefore|because|instead|both|such)\b",
    re.IGNORECASE,
)
CALL = re.compile(
    r".*\b(najdete|naleznete|podívejte se|přečtěte si|you('ll| will| can)? find (it|them|more|our|the)|see (our|the) )|^(zavolejte|volejte|napište|pište|kontaktujte|objednejte|přijďte|navštivte|podívejte|vyberte|stačí|neváhejte|klikněte|vyplňte|ozvěte|sledujte|rezervujte|přečtěte|zjistěte|těšíme se|vyzkoušejte|ochutnejte|nechte|"
    r"přijď|objednej|zavolej|napiš|děkujeme|omlouváme|call|contact|email|visit|book|order|click|read|find out|get in touch|give us|drop|please|follow|sign up|join|see|check|browse|discover|"
    r"pop in|come|look|try|thank|thanks|sorry|ask|let us|subscribe|fill|request|feel free|don't hesitate|do not hesitate)\b",
    re.IGNORECASE,
)
# The company as its own pages call it.
OUR_HOUSE = re.compile(
    r"\b(firm[auy]|spolecnost|podnik|rodinn\w+|kancelar|ordinac\w|klinik\w|diln\w|prodejn\w|studio|skol[ay]|pekarn\w|kavarn\w|pivovar|hotel|"
    r"divadl\w|the (company|firm|business|practice|shop|workshop|studio|bakery|brewery|school|clinic|farm|family)|(founded|established|opened|started) in)\b"
)
# Addresses and counters of visitors are no facts to tell.
ADDRESS = re.compile(
    r"\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b|\b\d{3}\s\d{2}\s[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]|visitor number|návštěvník číslo|reklamac\w+ (posílejte|zasílejte)"
)
STALE = re.compile(
    r"^(19|20)\d\d (prices|ceny)|\b(platn\w+ (do|od) |ceny platné|do vyprodání|akce trvá|do konce (měsíce|roku|ledna|února|března)|původní cena|původně|sleva|slev\w+|valid until|offer ends|was £|was \$|while stocks|sale ends|% off|discount|"
    r"dnes (jen|pouze|zavřeno|otevřeno)|zítra|tento týden|tento měsíc|letos|aktuálně|momentálně|nyní hledáme|today only|tomorrow|this (week|month|year|weekend)|currently (closed|hiring|looking)|zavřeno|closed|hledáme)\b",
    re.IGNORECASE,
)
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("guarantee", GUARANTEE),
    ("history", re.compile(r"\b(dědeček|babička|pradědeček|generac\w*|grandfather|grandmother|great-grand\w+|generations?)\b", re.IGNORECASE)),
    ("proof", AWARDS),
    ("people", re.compile(r"\b(tým\w*|kolektiv|majitel\w*|zakladatel\w*|zaměstn\w+|pekař\w*|mistr\w*|lékař\w*|team|staff|owner|founder|employ\w+|dentists?|bakers?|roofers?|accountants?|craftsm[ae]n)\b", re.IGNORECASE)),
    ("number", NUMBER),
    ("process", re.compile(r"\b(nejprve|nejdřív|poté|následně|postup\w*|kyne|zraje|hodin\w*|ručně|vyrábíme|zpracov\w+|krok\w*|first|then|after|process|step|hours|by hand|ferment\w*|slowly|prove[sd]?|mature\w*)\b", re.IGNORECASE)),
    ("advice", re.compile(r"\b(doporučujeme|měl[aoi]? by|je dobré|vyplatí se|nezapomeňte|tip|pokud|když|we recommend|should|it is best|make sure|if you|worth|avoid|tip:)\b", re.IGNORECASE)),
    ("service", re.compile(r"\b(služ\w+|zajist\w*|poskyt\w*|provád\w*|opravuj\w*|montáž\w*|poraden\w*|servis\w*|rozvoz|dodáv\w*|service\w*|repair\w*|install\w*|provide|deliver\w*|offer\w*|treat\w*|advis\w*|prepare)\b", re.IGNORECASE)),
)  # fmt: skip


def facts(source: Material) -> list[dict[str, str]]:
    chosen: dict[str, dict[str, str]] = {}
    for statement in source.statements:
        text = statement.text
        if is_fact(statement, source):
            key = " ".join(plain(word) for word in words(text))
            chosen.setdefault(key, {"text": text, "source_url": statement.url, "kind": kind_of(statement)})
    return list(chosen.values())[:MOST]


def is_fact(statement: Statement, source: Material) -> bool:
    text, place = statement.text, statement.passage
    if not statement.whole or not 20 <= len(text) <= 400 or text[-1:] in "?…" or text.endswith("..."):
        return False
    if (
        place.second_hand
        or place.kind in ("quote", "h1", "h2", "h3", "address")
        or place.role in ("legal", "jobs")
    ):
        return False
    if is_noise(text) or STALE.search(text) or not VERB.search(text) or not _stands_alone(statement):
        return False
    if (re.match(r"[\w ]{3,18}: ", text) and place.section in ("contact", "hours")) or re.search(
        r"\d{1,2}[:.]\d{2}\s*[–-]\s*\d{1,2}", text
    ):
        return False
    if place.role == "blog" and re.search(r"\b(jsem|mě|mi|mně|můj|moje|I|my|me|I'm|I've)\b", text):
        return False
    if re.search(r"@|https?://|www\.|\d{3}\s\d{3}\s\d{3}|[„“\"].{60,}", text) or len(words(text)) < (
        5 if place.role == "blog" else 4
    ):
        return False
    if (
        not re.match(r"[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ0-9(]", text)
        or re.match(r"[„“\"»]", place.text)
        or ADDRESS.search(text)
    ):
        return False
    if "blog" in (place.role, place.section) and COUNTED.search(text) and not _calls_us(text, source):
        return False  # the figures of an article are the world's, unless the sentence says they are ours
    if place.role == "blog" and says_we(text) and any(pattern.search(text) for pattern in BEGUN):
        return False  # when the company began is for its own pages to say
    if DATED.search(text) and not _speaks_of_us(statement, source):
        return False  # what happened in some year happened to us only where the sentence says so
    return statement.own or _our_choice(text)


def _stands_alone(statement: Statement) -> bool:
    """Whether a sentence is true and whole without its neighbours, and neither asks for anything nor offers a job."""
    text = statement.text
    return not (
        _answers(statement)
        or LEANING.match(text)
        or CALL.match(text)
        or PAY.search(text)
        or re.search(r"\bs\.\s?r\.\s?o\.$", text)
    )


COUNTED = re.compile(r"\d\s?%|\b\d{1,3}[ \u00a0.,]\d{3}\b|\b(million|milion\w*|billion|miliard\w*)\b")


def _speaks_of_us(statement: Statement, source: Material) -> bool:
    text = statement.text
    if _names_us(text, source):
        return True
    if _founds_another(text, _own(source)):
        return False
    return statement.passage.role in ("home", "about", "contact", "products", "services", "") and (
        OUR_HOUSE.search(plain(text)) is not None
    )


def _calls_us(text: str, source: Material) -> bool:
    """As _names_us, but only a capital makes a name of a word like "sails"."""
    names = [word for word in words(text) if word[0].isupper() and plain(word) in _own(source)]
    return acts_as_we(text) or WE_EN.search(text) is not None or bool(names)


def _own(source: Material) -> frozenset[str]:
    return own_names(source.brand, str(source.known.get("identity.legal_name") or ""))


def _names_us(text: str, source: Material) -> bool:
    """Whether "we" act in the sentence, or it names the company."""
    bare = plain(text)
    return (
        acts_as_we(text)
        or WE_EN.search(text) is not None
        or any(
            re.search(rf"\b{re.escape(name[:-1] if len(name) > 5 else name)}\w{{0,3}}\b", bare)
            for name in _own(source)
        )
    )


# What a job pays and gives, wherever it is advertised.
PAY = re.compile(
    r"(Kč (měsíčně|hrubého|čistého)|\b(nástupní )?(plat|mzda|mzdu)\b|\b(a year|per annum|salary)\b).*\b(dovolen|benefit|straven|služební|holiday|leave|pension|shift|bonus)\w*",
    re.IGNORECASE,
)


def _answers(statement: Statement) -> bool:
    """Whether the sentence right before asks something that this one only answers."""
    return statement.passage.text.partition(statement.text)[0].rstrip().endswith("?")


# "Vaillant was founded in 1874": only firms are, and this name is not ours.
FOUNDED = re.compile(
    r"^(?P<name>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w’'-]+) (?:(?:was|were) (?:founded|established)|employs|byl\w* založen\w*|zaměstnává|vznikl\w*)\b"
)


def _founds_another(text: str, names: frozenset[str]) -> bool:
    match = FOUNDED.match(text)
    name = plain(match["name"]) if match else ""
    return (
        bool(name)
        and name not in COMMON
        and not names_a_trade(name)
        and not OUR_HOUSE.match(name)
        and not any(name[:5] == own[:5] for own in names)
    )


def _our_choice(text: str) -> bool:
    """ "We buy our flour from a mill nearby": about us, as long as it tells nothing of the others in figures."""
    return (
        bool(re.match(r"(We|Our \w+ (is|are|comes?)|\w+(áme|íme|eme|ujeme)\b)", text))
        and says_we(text)
        and not re.search(r"\d", text)
        and not re.search(r"\b(založen|founded|established|employ|zaměstnáv)", text, re.IGNORECASE)
    )


def kind_of(statement: Statement) -> str:
    text, place = statement.text, statement.passage
    if place.role == "blog" and not says_we(text):
        return "advice"
    if any(pattern.search(text) for pattern in (*BEGUN, *LASTING)):
        return "history"
    for name, pattern in KINDS:
        if pattern.search(text):
            return name
    if place.section in ("products", "pricing") or place.role == "products":
        return "product"
    if place.section == "services" or place.role == "services":
        return "service"
    return "general"
