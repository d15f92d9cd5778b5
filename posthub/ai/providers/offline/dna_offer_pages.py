"""Offers that only the make-up of pages shows: rows of cards on a page of its own, and a page for each service."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from posthub.ai.providers.offline.dna_cards import Card, rows
from posthub.ai.providers.offline.dna_offer_names import PRICE, named
from posthub.ai.providers.offline.dna_passages import Material, Passage
from posthub.ai.providers.offline.dna_sections import section_of
from posthub.ai.providers.offline.dna_text import plain, squeezed, words
from posthub.ai.providers.offline.dna_trade import names_a_trade

# Pages that lead somewhere, introduce somebody or explain something have rows of headings too.
NO_OFFER = re.compile(
    r"(kam|kde|kdo|jak|proc|co|kdy|kolik|where|who|how|why|when|what|which|things|places|vylet\w*|okoli|tip\w*|rad[ay]|postup\w*|pravidl\w*|"
    r"((nas[ie]|our|the) )?(lektor\w*|ucitel\w*|instruktor\w*|trener\w*|terapeut\w*|kadernic\w*|lekar\w*|teachers|tutors|instructors|trainers|coaches|therapists|stylists|doctors|people)$|"
    r"help|guide\w*|rules|steps|process|surroundings|walks)\b"
)
DATED = re.compile(r"\b(1[5-9]|20)\d\d\b")
MOST_WORDS = 40  # below the name of an offer; more is an article
Offer = tuple[Passage, str]


def cards_of_pages(source: Material) -> Iterator[Offer]:
    """Small headings with a line or two below, alone under the main heading of a page that announces nothing else.

    One page must have at least two of them; then a page with a single one counts too.
    """
    found = [row for row in rows(source) if _offers(row)]
    if any(len(row) >= 2 for row in found):
        for row in found:
            yield from ((card.head, card.text) for card in row)


def _offers(row: list[Card]) -> bool:
    head = row[0].head
    above = head.headings[:-1]
    return (
        head.role == ""
        and len(above) == 1
        and not section_of(above[0])
        and not _leads_away(above[0])
        and all(
            named(card.head.text)
            and not section_of(card.head.text)
            and len(words(card.head.text)) <= 5
            and len(words(card.text)) <= MOST_WORDS
            and not DATED.search(card.text)
            for card in row
        )
    )


def pages_of_a_trade(source: Material) -> Iterator[Offer]:
    """The headings of pages about one kind of work each, where at least two of them name the trade's own words."""
    heads = [
        (passage, below.text if below.url == passage.url and not below.is_heading else "")
        for passage, below in zip(source.passages, source.passages[1:], strict=False)
        if passage.kind in ("h1", "h2") and passage.role == "" and _is_work(passage)
    ]
    pages = {head.url for head, _ in heads if head.kind == "h1"}
    if len(pages) >= 2:
        yield from (offer for offer in heads if offer[0].url in pages)


def _is_work(passage: Passage) -> bool:
    bare = plain(passage.text)
    return (
        named(passage.text) != ""
        and not section_of(passage.text)
        and 1 < len(words(passage.text)) <= 5
        and not passage.second_hand
        and bare.split()[0] not in ("o", "z", "nas", "nase", "the", "our", "all")
        and any(names_a_trade(word) for word in bare.split())
    )


def pages_of_one(source: Material) -> frozenset[str]:
    """Pages below the list of what is sold whose main heading names one thing: what they hold tells of it.

    A page with others below it, or with prices under several of its headings, is a list itself.
    """
    urls = {passage.url for passage in source.passages}
    return frozenset(
        passage.url
        for passage in source.passages
        if passage.kind == "h1"
        and passage.role in ("products", "services")
        and len(_steps(passage.url)) >= 2
        and named(passage.text)
        and not section_of(passage.text)
        and not any(
            _steps(url)[: len(_steps(passage.url))] == _steps(passage.url) for url in urls - {passage.url}
        )
        and not _lists_prices(source, passage.url)
    )


def _steps(url: str) -> list[str]:
    """The path of a page, less the language it begins with."""
    path = [step for step in urlsplit(url).path.split("/") if step]
    return path[1:] if path and re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", path[0]) else path


def _lists_prices(source: Material, url: str) -> bool:
    """Whether several small headings of a page have a price right below, as in a list of goods."""
    pairs = zip(source.passages, source.passages[1:], strict=False)
    priced = [
        head
        for head, below in pairs
        if head.url == below.url == url
        and head.kind in ("h2", "h3")
        and PRICE.search(f"{head.text} {below.text}")
    ]
    return len(priced) >= 2


def lists_of_pages(source: Material) -> Iterator[Offer]:
    """Lists of "Name – what it is", three entries or more, on a page that announces nothing else."""
    listed: dict[str, list[Offer]] = {}
    for passage in source.passages:
        above = passage.headings[:1]
        if (
            passage.kind != "li"
            or passage.role
            or passage.second_hand
            or len(passage.headings) != 1
            or _leads_away(above[0])
        ):
            continue
        name, dash, told = squeezed(passage.text).partition(" – ")
        if dash and told and named(name) and len(words(name)) <= 5:
            listed.setdefault(passage.url, []).append((passage, told))
    yield from (offer for offers in listed.values() if len(offers) >= 3 for offer in offers)


def _leads_away(heading: str) -> bool:
    return (
        section_of(heading) not in ("", "services", "products")
        or heading.endswith("?")
        or NO_OFFER.match(plain(heading)) is not None
    )
