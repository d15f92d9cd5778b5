"""What a fact is about: the heading it may stand under."""

import re
from functools import lru_cache

from .language import tongue
from .sayings import Told, has_verb

THEMES = (
    "offer",
    "making",
    "price",
    "ordering",
    "place",
    "people",
    "history",
    "promise",
    "proof",
    "figures",
    "keeping",
    "us",
)
REST = "rest"  # true, but nothing says under which heading: it is told only of what it names
OF_KIND = {
    "product": "offer",
    "process": "making",
    "service": "ordering",
    "people": "people",
    "history": "history",
    "guarantee": "promise",
    "proof": "proof",
    "number": "figures",
    "advice": "keeping",
}
# Lists of short values are of one theme each, whatever kind they were given.
OF_POINT = {
    "offer.products_services": "offer",
    "offer.usp": "promise",
    "offer.guarantees": "promise",
    "market.differentiators": "promise",
    "proof.awards_certs": "proof",
    "proof.testimonials": "proof",
    "proof.numbers": "figures",
}
STANDS_BY = ("dna:offer.usp", "dna:market.differentiators", "dna:offer.guarantees")
_BUYING = re.compile(
    r"\b(?:výkupní|nakupujeme|kupujeme|platíme|nás vyš\w+|koupili bychom|tisíc Kč|milion\w* Kč|we (?:buy|pay))\b",
    re.IGNORECASE,
)
_PROOF = re.compile(
    r"\b(?:ocen\w+|certifik\w*|medail\w*|soutěž\w*|vyhrál\w*|získal\w*|značk\w+|člen\w*|akredit\w*|osvědčen\w*|doporuč\w+|televiz\w+"
    r"|award\w*|certifi\w+|medal\w*|member\w*|won|approved|accredit\w*|recommend\w*|registered|shortlisted)\b",
    re.IGNORECASE,
)
# What the words of a sentence say it is about, the surest sign first.
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("making", re.compile(r"\b(?:dodáv(?:á|ají) [A-ZÁ-Ž]|we get our\b|comes? from\b)")),
    ("promise", re.compile(
        r"\b(?:vrátíme|vyměníme|odečteme|neplatíte|ručíme|reklamac\w+|reklamovan\w+|když se (?:něco )?nepovede|záruk\w+|dobropis\w*|doručili|závozů včas"
        r"|(?:will )?(?:refund|replace|take back)|we make good|money back|warrant(?:y|ies)|you do not pay|you don.t pay)\b",
        re.IGNORECASE)),
    ("price", re.compile(
        r"[£€$]\s?\d|\bCZK\s?\d|\d\s?(?:Kč|,-|EUR|GBP|p\b)|\d,-|\d+ korun|\b\w+ (?:pounds|pence)\b"
        r"|\b(?:ceník\w*|ceny|zdarma|příplat\w+|zálo[hz][aoyu]\w*|splatnost\w*|fakturuj\w+|platit (?:lze|se|můžete|kartou)"
        r"|(?:lze|můžete|dá se|se dá) (?:za)?platit|price list|prices|free of charge|deposits?|invoices?|you (?:can )?pay|surcharge)\b",
        re.IGNORECASE)),
    ("place", re.compile(
        r"\b(?:sídlí\w*|najdete nás|provozovn\w+|parkov\w+|nádraží|otevíráme|otevřeno|zavíráme|míst k sezení"
        r"|based in|find us|parking|car park|bus stop|railway station|opening hours|(?:is|are) open|we open)\b",
        re.IGNORECASE)),
    ("people", re.compile(
        r"\b(?:vede (?:firmu|dílnu|prodejnu|tým|ordinaci|ji|krámek)|stará se o|starají se o|vyuč\w+|vystudoval\w*|je u nás|stojí u díže|je nás|jezdí stejnou trasu"
        r"|přijímá objednávky|zvedá telefon|je jednatel\w*|runs the|looks after|trained|joined|apprentic\w+|people work|picks up the phone)\b",
        re.IGNORECASE)),
    ("ordering", re.compile(
        r"\b(?:objedn\w+|\w*rozváž\w+|rozvoz\w*|dodá(?:me|váme|ní|vky)\b|doruč\w+|vyzved\w+|termín\w*|rezerv\w+|poptáv\w+|závoz\w*|zásobujeme"
        r"|zavolá\w+|e-mail\w*|telefon\w*|pořádáme|přihlá\w+|předem|ozvěte|ochutnávku|rozpis\w*|smlouv\w+|v okruhu|do \d+ kilomet\w+"
        r"|order\w*|deliver\w*|book(?:ing|ings|ed)?|quotes?|appointments?|collect(?:ion|ed)?|call-?outs?|by phone|e-?mail|within \w+ miles)\b",
        re.IGNORECASE)),
    ("history", re.compile(
        r"\b(?:založil\w*|založen\w*|od roku|v roce (?:1[89]\d\d|20[01]\d)|generac\w+|dědeč\w+|otec|babič\w+|otevřel[ai]?"
        r"|founded|established|since (?:1[89]\d\d|20[01]\d)|in (?:1[89]\d\d|20[01]\d)|generations?|grandfather|grandmother)\b|^Mě(?:l|la|li) ",
        re.IGNORECASE)),
    ("keeping", re.compile(
        r"\b(?:doporučujeme|vyplatí se|(?:ne)?patří (?:do|na|jen)|je dobré|nejlépe|vydrží|skladuj\w*|uchov\w+|zmraz(?!en[éý])\w*|mrazit|uložte|nechte|dejte|nakrájejte|vytřete|pokropte"
        r"|počítejte|krájejte|nepatří|jen na cestu|keep (?:it|them|one)|store|should|best|avoid|never|always|look (?:in|for|out)|if you)\b",
        re.IGNORECASE)),
    ("us", re.compile(
        r"^(?:Jsme|Pracuj\w+|Zásobujeme|Přijímáme|Působíme|V \w+ pracuj\w+|Ročně|Každý rok|We are|We have|We work|Our (?:firm|team|shop|workshop|yard))\b|\bnás je\b",
        re.IGNORECASE)),
    ("offer", re.compile(r"^\w+(?:eme|íme|áme) pro (?!vás)|^we \w+ for\b|^Alergeny|^Allergens", re.IGNORECASE)),
    ("making", re.compile(
        r"\b(?:mel(?:eme|e|eno)|zra(?:je|jí|l)|zrát|kyn(?:e|ou|out|utí)|peč(?:eme|e|ou|ení)|vař(?:íme|í|ené|ená)|praž(?:íme|í)|suš(?:íme|í)|louh\w+|hnět\w+|tvaruj\w+"
        r"|zaděl\w+|zamích\w+|smích\w+|přelož\w+|odpočívá|kypř\w+|kvás\w+|kvas\w+|těst\w+|šij(?:eme|e)|brous\w+|kov(?:áme|e)|řež(?:eme|e)|lep(?:íme|í)|stáč\w+|lisuj\w+"
        r"|fouk\w+|ručně|rukama|vyráb(?:íme|í)|zpracov\w+|postup\w*|nejdřív|nejprve|kontroluj\w+|vážíme|měř(?:íme|í)|čist(?:íme|í)|nepoužíváme|používáme"
        r"|bak(?:e|es|ed|ing)|ferment\w*|prov(?:e|es|ing)|knead\w*|mill(?:ed|s)?|grind\w*|by hand|forg\w+|polish\w*|stitch\w*|sew\w*|temper\w*"
        r"|we (?:test|check|measure|clean|sort|flush|rake|match|photograph|use)|first we|step)\b",
        re.IGNORECASE)),
)  # fmt: skip
# Which signs say more than the kind that a sentence was given when it was found.
_OVER = {
    "general": frozenset(theme for theme, _ in _SIGNS),
    "number": frozenset(("promise", "price", "place", "people", "ordering", "history", "making")),
    "product": frozenset(("promise", "price", "ordering", "history", "keeping", "making")),
    "service": frozenset(("promise", "price", "place", "people", "history", "making")),
    "process": frozenset(("promise", "price", "ordering", "history", "keeping")),
    "people": frozenset(("price", "ordering", "making")),
    "history": frozenset(("price",)),
    "advice": frozenset(("price", "people", "ordering", "history", "making")),
    "guarantee": frozenset[str](),
}


@lru_cache(maxsize=8_000)
def _of_text(text: str, kind: str) -> str:
    if kind == "proof" and _PROOF.search(text):
        return "proof"
    kind = "general" if kind == "proof" or kind not in _OVER else kind
    seen = [theme for theme, sign in _SIGNS if sign.search(text)]
    if _BUYING.search(text) and "price" in seen:
        return REST  # what the company pays is no price of its own
    if kind == "advice" and "keeping" in seen:
        return "keeping"
    if kind in ("number", "general", "product") and text.count(",") >= 3 and not has_verb(text, tongue("cs")):
        return "offer"  # what it is made of
    over = next((theme for theme in seen if theme in _OVER[kind]), "")
    return over or (REST if kind == "advice" else OF_KIND.get(kind, REST))


def theme_of(fact: Told) -> str:
    if fact.frame:
        return OF_POINT.get(fact.frame, REST)
    if fact.fact_id.startswith(STANDS_BY):
        theme = _of_text(fact.text, "general")
        return "promise" if theme == REST else theme
    return _of_text(fact.text, fact.kind)
