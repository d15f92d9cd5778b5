"""What can be written about: names of products, services and materials; never an award, a lone adjective or a menu line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .language import Tongue
from .wording import harmless, is_order, stems, words

_SIZE = re.compile(
    r"[\s,(–-]*\b\d+(?:[.,]\d+)?\s*(?:kg|dkg|g|ml|cl|dl|l|cm|mm|m2|m²|m|ks|kusů|oz|lb|pcs|%|kč|czk|eur|€|£)\b\.?\)?",
    re.IGNORECASE,
)
_MENU = frozenset(
    "product products service services figures prices price fees shops shop home about contact contacts menu blog"
    " news references reviews gallery faq allergens fillings dough offer pricing team story page"
    " easter christmas velikonoce vánoce drinks the dough"
    " produkt produkty služby služba ceník ceny kontakt kontakty reference galerie nabídka obchod úvod domů blog"
    " novinky aktuality alergeny náplně těsto složení rozvoz doprava poradna tým příběh stránka prodejny"
    " people person adults children guests osoby osoba dospělí děti hosté příjezd odjezd nákup nákupu".split()
)
_HEADING = re.compile(
    r"^(?:ano|ne|jasně|jistě|žádn\w+|stejn\w+|na|po|od|do|při|bez|přes|mimo|před|yes|no|not|without|same"
    r"|vše|ráno|večer|dnes|get|book|join|volunteer|donate|contact|call|visit|meet|find|become|see|read|shop|jak|na co|co|kdy|kde|kdo|proč|pro|z čeho|k čemu|kam|kolik|čím|o nás|naše|náš|naši|sezónní"
    r"|how|what|the|when|where|who|why|for|by|our|about|your|which|a simple|more)\b|[?›»|:]|\.\s|\b(?:je|jsou|má|"
    r"máme|costs?|is|are|has|have|was|we|you|us|vás|vám|nás|námi"
    r"|přežijí|\w{3,}(?:íme|áme|eme))\b",
    re.IGNORECASE,
)
_NOUN_ENDS = ("ství", "ctví", "ení", "ání", "ění", "utí", "ití", "etí", "ilí", "lí", "oží", "roští", "zdí")
_ADJECTIVE = re.compile(r"(?:ý|é|í|á|ých|ého|ému|ým|ím|ými|ímu|ou|sky|cky|ově)$")
_VERB = re.compile(r"(?:ovat|ávat|ívat|nout|[ií]t|držel\w?|drží|eme|íme|áme|ujeme)$")
_TOO_LONG = 45
_OF_A_POST = re.compile(r"/(?:blog|news|novinky|aktuality|clanky|magazin)(?:[/.]|$)")


def named(name: str) -> str:
    """The name without weights, sizes and prices, and without the list of its kinds."""
    bare = _SIZE.sub("", harmless(name)).strip(" ,;.–-")
    head = bare.partition(",")[0].strip()
    return head if "," in bare and len(words(head)) >= 2 else bare


def adjective(word: str, tongue: Tongue) -> bool:
    """Whether a Czech word looks like an adjective, a verb or an oblique case instead of a noun."""
    low = word.casefold()
    if tongue.code != "cs":
        return False
    return bool(_VERB.search(low)) or (bool(_ADJECTIVE.search(low)) and not low.endswith(_NOUN_ENDS))


def is_name(name: str, tongue: Tongue, barred: Iterable[frozenset[str]] = ()) -> bool:
    """Whether the name is a noun phrase that something can be written about."""
    said = words(name)
    low = [word.casefold() for word in said]
    if not 3 <= len(name) <= _TOO_LONG or not said or is_order(name) or _HEADING.search(name):
        return False
    if said[0].isdigit():
        return False  # "58 minutes on stone" is a line about something
    if len(said) > 6 or all(word in _MENU or word.isdigit() for word in low):
        return False
    if set(low) & _MENU and set(low) & {"a", "and"}:
        return False  # two places of the menu: "Pokoje a ceny"
    if set(low) & {month.casefold() for month in tongue.months}:
        return False
    if all(adjective(word, tongue) for word in said):
        return False
    own = stems(name, tongue)
    return bool(own) and not any(own <= other or (other and other <= own) for other in barred)


def barred_by(dna: Mapping[str, Any], city: str, tongue: Tongue) -> list[frozenset[str]]:
    """Awards, groups of customers and places, as stems: they are no subjects."""
    found = [city]
    for point in ("proof.awards_certs", "audience.segments", "audience.geo_markets"):
        found += [
            str(entry.get("name") or "") if isinstance(entry, Mapping) else str(entry)
            for entry in dna.get(point) or ()
        ]
    return [marks for text in found if (marks := stems(text, tongue))]


def strays(dna: Mapping[str, Any]) -> frozenset[str]:
    """Entries of the offer that are none: what an article speaks of, and the tail of "toys of beech, maple and lime"."""
    found: list[str] = []
    made_of = ""
    for entry in dna.get("offer.products_services") or ():
        if not isinstance(entry, Mapping):
            continue
        name, url = named(str(entry.get("name") or "")), str(entry.get("url") or "")
        tail = name.islower() and len(words(name)) == 1 and not entry.get("desc")
        if _OF_A_POST.search(url) or (tail and made_of == url):
            found.append(name.casefold())
        elif re.search(r"\s(?:ze?|of)\s", name):
            made_of = url
    return frozenset(found)


def searched(
    phrases: Iterable[str], products: list[str], trade_words: Iterable[str], tongue: Tongue
) -> Iterator[str]:
    """The search phrases that are names: the end of a product's name, or a word of the trade."""
    known = {word.casefold() for word in trade_words}
    tails = [[word.casefold() for word in words(product)] for product in products]
    for phrase in phrases:
        low = [word.casefold() for word in words(phrase)]
        if not low or (tongue.code == "cs" and adjective(low[-1], tongue)):
            continue
        ends = any(
            tail[-len(low) :] == low and len(low) < len(tail) and len(tail[-len(low) - 1]) > 2
            for tail in tails
        )
        if (ends and len(low) > 1) or (len(low) == 1 and low[0] in known):
            yield phrase
