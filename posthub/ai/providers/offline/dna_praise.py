"""Words of customers, each with the name that stands beside or right below it."""

import re
from itertools import pairwise

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_passages import Material, Passage
from posthub.ai.providers.offline.dna_sections import section_of
from posthub.ai.providers.offline.dna_text import is_noise, squeezed, words

QUOTED = re.compile(
    r"[„“\"»«‟]\s*(?P<quote>[^„“”\"»«]{15,500}?)\s*[“”\"«»]\s*[,.]?\s*(?P<rest>.*)$", re.DOTALL
)
AUTHOR = re.compile(
    r"^[\s—–\-~|,:·*]*(?P<name>(?:(?:paní|pan|slečna|manželé|rodina|maminka|tatínek)\s+)?(?:[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w.’'&-]*)(?:[ ,]+(?:[\w.’'&()-]+)){0,9})\s*[★☆⭐.]*$"
)


def testimonials(source: Material) -> list[Found]:
    """Quotes with the name that stands beside or right below them."""
    entries: list[tuple[dict[str, str], Passage]] = []
    for passage, after in pairwise([*source.passages, _end()]):
        inside = passage.kind == "quote" or "testimonials" in (passage.section, passage.role)
        if passage.is_heading or (
            not inside and not re.match(r"\s*(?:(?:\w+\s){0,3}\w+:\s*)?[„“\"»]", passage.text)
        ):
            continue
        if {"faq", "blog"} & {passage.section, passage.role} or is_noise(passage.text):
            continue
        entry = _testimonial(passage, after, source.passages)
        if entry and entry["quote"] not in {known["quote"] for known, _ in entries}:
            entries.append((entry, passage))
    if not entries:
        return []
    first, passage = entries[0]
    return [
        found("proof.testimonials", [entry for entry, _ in entries][:12], passage.url, first["quote"], 0.85)
    ]


def _end() -> Passage:
    return Passage("", "", "", "", "p", "", (), "", False, -1)


def _testimonial(passage: Passage, after: Passage, passages: list[Passage]) -> dict[str, str] | None:
    text = squeezed(passage.text)
    match = QUOTED.match(re.sub(r"^(?:\w+\s){0,3}\w+:\s*(?=[„“\"»])", "", text))
    said, _, signed = passage.text.strip().rpartition("\n")
    inside = passage.kind == "quote" or "testimonials" in (passage.section, passage.role)
    if match:
        quote, author = match["quote"], _author(match["rest"])
    elif passage.kind == "quote" and re.search(r"[.!?…]$", said.strip()) and _author(signed):
        quote, author = squeezed(said), _author(signed)
    elif inside and (split := re.match(r"(?P<quote>.{20,}?[.!?…])\s*[—–-]\s*(?P<rest>[^.!?]{2,70})$", text)):
        quote, author = split["quote"], _author(split["rest"])
    elif inside and (
        split := re.match(r"(?P<rest>[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][^.:!?\d]{2,50}):\s+(?P<quote>.{20,})$", text)
    ):
        quote, author = split["quote"].strip('„“”"'), _author(split["rest"])
    elif (
        len(words(text)) >= (3 if passage.kind == "quote" else 5)
        and text[-1] in '.!?…“”"'
        and (
            passage.kind == "quote"
            or (inside and re.match(r"\s*[—–~-]\s*\w", after.text))
            or (inside and after.kind == "h3")
        )
    ):
        quote, author = text.strip('„“”"» '), ""
    else:
        return None
    if (
        not author
        and after.url == passage.url
        and (inside or not after.is_heading)
        and len(after.text) <= 80
        and (not after.text.endswith((".", "!", "?")) or re.search(r"\b[^\W\d_]\.$", after.text))
    ):
        author = _author(squeezed(after.text))
    if not author and inside and passage.heading and not section_of(passage.heading):
        author = _author(passage.heading)
    if not author or (not inside and len(words(author)) > 7):
        return None
    return {"quote": quote.strip(), "author": author, "url": passage.url}


def _author(text: str) -> str:
    text = re.sub(r"\s*\|\s*", ", ", squeezed(text).strip("()★☆⭐ "))
    match = AUTHOR.match(text)
    name = match["name"].strip(" ,") if match else ""
    name = name if re.search(r"\b[^\W\d_]\.$", name) else name.rstrip(".")
    if re.search(r"\b(since|od roku|zákazník od|customer since)\b", name, re.IGNORECASE):
        return ""  # whose customer somebody is, not who
    heads = section_of(name.partition(",")[0])  # "Radek Louda, customer of the shop" is a person
    return "" if not name or is_noise(name) or heads or len(name) > 80 else name
