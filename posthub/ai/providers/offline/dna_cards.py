"""Cards: small headings in a row, each with a line or two below, as pages show what they offer or promise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from posthub.ai.providers.offline.dna_offer_names import PRICE
from posthub.ai.providers.offline.dna_passages import Material, Passage
from posthub.ai.providers.offline.dna_sections import section_of
from posthub.ai.providers.offline.dna_text import is_noise, plain, squeezed, words

PROMISING = re.compile(
    r"\b(no|free|every|each|always|never|only|within|same[\s-]day|guarantee\w*|made|own|fixed|for life|insured|minimum|live|one|first|zero|without|"
    r"zdarma|bez|vlastní\w*|každ\w+|vždy|nikdy|záruk\w*|pojišt\w*|pevn\w+|jen|pouze|žádn\w+|první|týž|ještě|ručně|sami|za vás)\b|\d",
    re.IGNORECASE,
)
LOW_ON_PAGE = 14  # what greets visitors stands above this block


@dataclass(frozen=True, slots=True)
class Card:
    head: Passage
    text: str  # the first paragraph below


def rows(source: Material) -> Iterator[list[Card]]:
    """Headings of one level below the same heading, each with text of its own; a row holds at least one."""
    row: list[Card] = []
    for place, passage in enumerate(source.passages):
        if not passage.is_heading:
            continue
        card = _card(source.passages, place)
        if row and (card is None or not _beside(row[-1].head, passage)):
            yield row
            row = []
        if card is not None:
            row.append(card)
    if row:
        yield row


def _card(passages: list[Passage], place: int) -> Card | None:
    head = passages[place]
    below = passages[place + 1] if place + 1 < len(passages) else None
    if head.kind == "h1" or head.second_hand or below is None or not _belongs(head, below):
        return None
    return Card(head, squeezed(below.text))


def _belongs(head: Passage, below: Passage) -> bool:
    return below.url == head.url and below.index > head.index and below.kind in ("p", "li")


def _beside(one: Passage, other: Passage) -> bool:
    same = one.url == other.url and one.kind == other.kind and one.index < other.index
    return same and one.headings[:-1] == other.headings[:-1]


def greeting(source: Material) -> list[Passage]:
    """What the start page promises right below its welcome: three to six cards, or as many short lines."""
    for row in rows(source):
        head = row[0].head
        if head.role == "home" and head.index <= LOW_ON_PAGE and _unannounced(head) and _promise(row, source):
            return [card.head for card in row]
    return _lines(source)


def _unannounced(head: Passage) -> bool:
    return not any(section_of(name) for name in head.headings[:-1])


def _promise(row: list[Card], source: Material) -> bool:
    """Most of the heads promise something; or one does, and none of them is named anywhere else, as goods are."""
    promising = sum(bool(PROMISING.search(card.head.text)) for card in row)
    claiming = promising > 0 or any(PROMISING.search(card.text) for card in row)
    return (
        3 <= len(row) <= 6
        and all(2 <= len(words(card.head.text)) <= 8 and len(words(card.text)) <= 16 for card in row)
        and not any(PRICE.search(card.text) for card in row)
        and (
            promising * 2 > len(row)
            or (claiming and not any(_named_elsewhere(card.head, source) for card in row))
        )
    )


def _named_elsewhere(head: Passage, source: Material) -> bool:
    name = plain(squeezed(head.text))
    texts = [title for url, title in source.titles if url != head.url]
    texts += [
        each.text
        for each in source.passages
        if each.url != head.url and (each.is_heading or each.kind == "td")
    ]
    return any(name in plain(text) for text in texts)


def _lines(source: Material) -> list[Passage]:
    run: list[Passage] = []
    for passage in source.passages:
        if passage.role == "home" and passage.index <= LOW_ON_PAGE and is_line(passage):
            run.append(passage)
        elif len(run) >= 3:
            break
        else:
            run = []
    told = [passage for passage in run if PROMISING.search(passage.text)]
    return run if 3 <= len(run) <= 6 and len(told) * 2 > len(run) else []


def is_line(passage: Passage) -> bool:
    """A few words that are no sentence, no price and no button: what a benefit reads like."""
    text = squeezed(passage.text)
    priced = PRICE.search(text) and not re.search(r"\b(zdarma|free)\b", text, re.IGNORECASE)
    return (
        passage.kind == "p"
        and not passage.section
        and 3 <= len(words(text)) <= 9
        and re.search(r"[.!?:…]$", text) is None
        and not priced
        and not is_noise(text)
    )
