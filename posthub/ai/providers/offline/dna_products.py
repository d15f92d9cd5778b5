"""What the company sells: from price tables, headings and lists under telling headings, and sentences that enumerate."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_offer_lines import enumerated, parted
from posthub.ai.providers.offline.dna_offer_names import GENERIC, PRICE, named
from posthub.ai.providers.offline.dna_offer_pages import (
    cards_of_pages,
    lists_of_pages,
    pages_of_a_trade,
    pages_of_one,
)
from posthub.ai.providers.offline.dna_passages import Material, Passage
from posthub.ai.providers.offline.dna_sections import section_of
from posthub.ai.providers.offline.dna_text import is_noise, plain, squeezed, words

NO_OFFERS = frozenset(("included", "hours", "contact", "area", "shipping", "faq", "legal"))
OFFERS = frozenset(("services", "products", "pricing"))
OFFERING = (
    r"\b(?:nabízíme|poskytujeme|provádíme|zajišťujeme|vyrábíme|pečeme|vaříme|pražíme|šijeme|prodáváme|pěstujeme|montujeme|opravujeme|dodáváme|"
    r"specializujeme se (?:především |hlavně |zejména )?na|zaměřujeme se (?:především |hlavně |zejména )?na|věnujeme se (?:především |hlavně |zejména )?|zabýváme se (?:především |hlavně |zejména )?|"
    r"naše nabídka zahrnuje|v nabídce máme|v sortimentu máme|v nabídce (?:najdete|naleznete)|u nás (?:najdete|koupíte|seženete)|"
    r"we (?:also |now |mainly |currently )?(?:offer|provide|make|bake|sell|roast|brew|supply|install|repair|carry out|specialise in|specialize in|build|produce|grow|fit|do)|"
    r"our (?:services|products|range) (?:include|includes|are|cover|covers)|specialising in|specializing in|services include)\s+"
)
LIST = re.compile(OFFERING + r"(?P<list>[^.!?]{6,260})", re.IGNORECASE)


# A description that goes on about another firm is none of the offer.
OTHERS_SINCE = re.compile(
    r"\b(founded|established|est\.|založen\w*)\s+(in |v roce |roku )?\d{4}", re.IGNORECASE
)
# What stands below the name of a branch, not of an offer.
ADDRESS = re.compile(r"\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b|\b\d{3}\s\d{2}\s[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]")


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    desc: str
    url: str
    quote: str
    weight: float


def products(source: Material) -> list[Found]:
    """The point of products, each once, named as on the site; the surest kind of evidence first."""
    kept: dict[str, _Item] = {}
    of_one = pages_of_one(source)
    for item in (
        *_tables(source),
        *_beyond(of_one, _headings(source)),
        *_beyond(of_one, _priced(source)),
        *_beyond(of_one, _lists(source)),
        *_priced_lines(source),
        *_product_pages(source),
        *_beyond(of_one, _cards(source)),
    ):
        key = plain(item.name)
        if key not in kept and item.weight < 0.8 and any(known.startswith(f"{key} ") for known in kept):
            continue  # "Skupina B: 14 900 Kč" beside "Skupina B – osobní auto"
        if key not in kept or (not kept[key].desc and item.desc):
            kept[key] = item
    told = list(_told(source))
    for item in told if len(kept) < 3 or len(told) >= 3 else ():
        if len(kept) < 3 or not any(plain(item.name) in name or name in plain(item.name) for name in kept):
            kept.setdefault(plain(item.name), item)
    items = [item for item in kept.values() if not _is_own_name(item.name, source)][:40]
    if not items:
        return []
    value = [
        {"name": item.name, "desc": "" if OTHERS_SINCE.search(item.desc) else item.desc, "url": item.url}
        for item in items
    ]
    weight = sum(item.weight for item in items) / len(items)
    return [found("offer.products_services", value, items[0].url, items[0].quote, weight)]


def _beyond(pages: frozenset[str], items: Iterator[_Item]) -> Iterator[_Item]:
    """Without what stands on pages about one thing each: its dough and its allergens are no goods of their own."""
    return (item for item in items if item.url not in pages)


def _cards(source: Material) -> Iterator[_Item]:
    for head, text in (*cards_of_pages(source), *pages_of_a_trade(source), *lists_of_pages(source)):
        name = named(parted(head.text)[0])
        if name and not ADDRESS.search(text):
            yield _Item(name, shorten(text), head.url, head.text, 0.7)


def _is_own_name(name: str, source: Material) -> bool:
    return bool(source.brand) and plain(name) == plain(source.brand)


def _tables(source: Material) -> Iterator[_Item]:
    for passage in source.passages:
        if (
            passage.kind != "td"
            or passage.second_hand
            or passage.section in NO_OFFERS
            or passage.role == "blog"
        ):
            continue
        cells = [squeezed(cell) for cell in passage.text.split("\t")]
        priced = any(PRICE.search(cell) for cell in cells[1:])
        if not priced and passage.section not in OFFERS and not _beside_prices(source, passage):
            continue
        if not priced and not any(re.search(r"[a-z]", plain(cell)) for cell in cells[1:]):
            continue
        name = named(cells[0])
        if name and not (
            len(cells) > 1 and (_is_header(cells) or (not priced and _heads_prices(source, passage)))
        ):
            yield _Item(name, shorten("; ".join(cells[1:])), passage.url, passage.text, 0.85)


def _heads_prices(source: Material, passage: Passage) -> bool:
    """Whether the row right below has as many cells and prices, so that this one only names its columns."""
    below = next(
        (other for other in source.passages if other.url == passage.url and other.index == passage.index + 1),
        None,
    )
    return (
        below is not None
        and below.kind == "td"
        and below.text.count("\t") == passage.text.count("\t")
        and PRICE.search(below.text.partition("\t")[2]) is not None
        and not re.search(r"\d", passage.text)
    )


def _beside_prices(source: Material, passage: Passage) -> bool:
    """Whether a row stands below another of its table that names a price: "Rebuilding | by agreement"."""
    above = next(
        (other for other in source.passages if other.url == passage.url and other.index == passage.index - 1),
        None,
    )
    return (
        above is not None and above.kind == "td" and PRICE.search(above.text.partition("\t")[2]) is not None
    )


def _is_header(cells: list[str]) -> bool:
    if any(re.search(r"\d", cell) for cell in cells):
        return False
    return all(
        GENERIC.match(plain(cell).strip(" :"))
        or re.match(r"cena|price|mnozstvi|unit|popis|desc|kc|czk|od$", plain(cell))
        for cell in cells[1:]
    )


def shorten(text: str) -> str:
    return text if len(text) <= 300 else text[:300].rpartition(" ")[0] + " …"


def _headings(source: Material) -> Iterator[_Item]:
    """Second- and third-level headings below a heading, or on a page, that announces the offer."""
    for place, passage in enumerate(source.passages):
        if passage.kind not in ("h2", "h3") or passage.second_hand:
            continue
        above = [section_of(name) for name in passage.headings[:-1]]
        if section_of(passage.text) or not _offered(passage, above) or _heads_a_group(source.passages, place):
            continue
        name = named(passage.text)
        if name and (after := _following(source.passages, place)) and not ADDRESS.search(after):
            yield _Item(name, shorten(squeezed(after)), passage.url, passage.text, 0.8)


def _heads_a_group(passages: list[Passage], place: int) -> bool:
    """Whether a table or several lines with prices of their own stand right below: each of those is an offer."""
    below = _below(passages, place)
    return bool(below) and (
        below[0].kind == "td"
        or sum(each.kind == "li" and bool(PRICE.search(each.text)) for each in below) >= 2
    )


def _priced(source: Material) -> Iterator[_Item]:
    """Headings with a price right below, where a page has at least two of them."""
    hits: dict[str, list[_Item]] = {}
    for place, passage in enumerate(source.passages):
        if passage.kind not in ("h2", "h3") or passage.second_hand or section_of(passage.text):
            continue
        below = _below(source.passages, place)
        price = next((PRICE.search(other.text) for other in below if PRICE.search(other.text)), None)
        name = named(passage.text)
        if name and price:
            desc = next((squeezed(other.text) for other in below if not is_noise(other.text)), "")
            hits.setdefault(passage.url, []).append(
                _Item(name, shorten(desc), passage.url, passage.text, 0.75)
            )
    for items in hits.values():
        if len(items) >= 2:
            yield from items
            yield from _siblings(source, items)


def _siblings(source: Material, priced: list[_Item]) -> Iterator[_Item]:
    """Other headings of the same level beside those with prices; some things are priced on request."""
    names = {item.quote for item in priced}
    level = next(
        (each.kind for each in source.passages if each.text in names and each.url == priced[0].url), ""
    )
    for place, passage in enumerate(source.passages):
        if (
            passage.url != priced[0].url
            or passage.kind != level
            or passage.text in names
            or section_of(passage.text)
        ):
            continue
        name = named(passage.text)
        after = _following(source.passages, place)
        if (
            name
            and after
            and len(after) <= 200
            and not ADDRESS.search(after)
            and not passage.second_hand
            and passage.role != "home"
        ):
            yield _Item(name, shorten(squeezed(after)), passage.url, passage.text, 0.7)


def _below(passages: list[Passage], place: int) -> list[Passage]:
    """At most three passages between a heading and the next one."""
    result: list[Passage] = []
    for passage in passages[place + 1 : place + 4]:
        if passage.is_heading or passage.url != passages[place].url:
            break
        result.append(passage)
    return result


def _offered(passage: Passage, above: list[str]) -> bool:
    telling = next((name for name in reversed(above) if name), "")
    if telling:
        return telling in OFFERS
    return passage.role in OFFERS


def _following(passages: list[Passage], place: int) -> str:
    """The first text below a heading, on the same page; a heading with nothing below is no offer."""
    head = passages[place]
    for passage in passages[place + 1 : place + 3]:
        if passage.url != head.url or (passage.is_heading and passage.kind <= head.kind):
            return ""
        if not passage.is_heading:
            return "" if is_noise(passage.text) else passage.text
    return ""


def _lists(source: Material) -> Iterator[_Item]:
    for passage in source.passages:
        if (
            passage.kind != "li"
            or passage.role == "blog"
            or ((passage.section not in OFFERS or passage.second_hand) and not _own_work(passage))
        ):
            continue
        if (
            passage.headings
            and not section_of(passage.heading)
            and named(passage.heading)
            and passage.kind == "li"
            and len(passage.headings) > 2
        ):
            continue  # details of one product
        text = squeezed(passage.text)
        head, desc = parted(text)
        name = named(head)
        if name:
            yield _Item(name, shorten(desc), passage.url, passage.text, 0.75)


def _priced_lines(source: Material) -> Iterator[_Item]:
    """Paragraphs of a line each that name a thing and its price, where a page has at least two of them."""
    hits: dict[str, list[_Item]] = {}
    for passage in source.passages:
        if (
            passage.kind not in ("p", "h3")
            or passage.second_hand
            or passage.section in NO_OFFERS
            or len(passage.text) > 140
        ):
            continue
        text = squeezed(passage.text)
        head, desc = parted(text)
        if head == text or not PRICE.search(desc) or len(words(head)) > 7:
            continue
        name = named(re.sub(r"\s*\([^)]*\)$", "", head))
        if name and not section_of(name) and not re.search(r"\b(od|za|stojí|costs?|from|is|are)$", name):
            hits.setdefault(passage.url, []).append(
                _Item(name, shorten(desc), passage.url, passage.text, 0.75)
            )
    for items in hits.values():
        if len(items) >= 2:
            yield from items


def _own_work(passage: Passage) -> bool:
    """A craft's \"our work\" lists kinds of work: short, without names of places, clients or years."""
    short = len(words(passage.text)) <= 4 and not re.search(r"\d|\s[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]", passage.text)
    return (
        short
        and re.fullmatch(r"(our|nase) (work|prace)|what we do|co delame", plain(passage.heading)) is not None
    )


def _product_pages(source: Material) -> Iterator[_Item]:
    """The main heading of a page that lies below the list of products or services."""
    for passage in source.passages:
        if passage.kind != "h1" or passage.role not in ("products", "services"):
            continue
        depth = passage.url.split("?")[0].rstrip("/").count("/") - 2
        if depth < 2 or section_of(passage.text):
            continue
        name = named(passage.text)
        first = next(
            (
                other
                for other in source.passages
                if other.url == passage.url and other.kind == "p" and not is_noise(other.text)
            ),
            None,
        )
        if name:
            yield _Item(name, shorten(squeezed(first.text)) if first else "", passage.url, passage.text, 0.85)


def _told(source: Material) -> Iterator[_Item]:
    """ "We offer X, Y and Z", where the parts are short and nothing but things."""
    for statement in source.own():
        if statement.passage.role == "blog" or statement.passage.section in ("faq", "jobs", "blog"):
            continue
        for match in LIST.finditer(statement.text):
            for name in enumerated(match["list"]):
                yield _Item(name, "", statement.url, statement.text, 0.6)
