"""Where an article leads: pages of the company's own site, never an address that was not given."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .library import pool
from .material import Material
from .scribe import Scribe
from .wording import harmless, is_order, safe_address, stems

_BETWEEN = re.compile(r"\s+[|–—·»-]\s+")
HOME = frozenset("home homepage index welcome úvod domů vítejte".split()) | {"úvodní stránka", "home page"}


@dataclass(frozen=True, slots=True)
class Link:
    anchor: str
    url: str


def link_line(scribe: Scribe, link: Link) -> str:
    lead = scribe.say_one_of("links") or pool(scribe.language, "links")[0]
    return f"{lead} [{link.anchor}]({link.url})."


def links_of(
    material: Material, targets: Sequence[Mapping[str, Any]], topic: Mapping[str, Any]
) -> list[Link]:
    """Up to four pages of the company's own site, the nearest first; never an address that was not given."""
    about = stems(
        f"{topic.get('title')} {topic.get('primary_keyword')} {topic.get('angle')}", material.tongue
    )
    usable = []
    for target in targets:
        url, anchor = str(target.get("url") or ""), anchor_of(str(target.get("title") or ""), material.brand)
        if safe_address(url) and 2 <= len(anchor) <= 110 and not is_order(anchor):
            usable.append(Link(anchor, url))
    unique = list({link.url: link for link in usable}.values())
    unique.sort(key=lambda link: -len(stems(link.anchor, material.tongue) & about))
    return unique[:4]


def anchor_of(title: str, brand: str) -> str:
    """ "Home - Northgate Systems" is "Northgate Systems", "Wholemeal loaf | Our bakery" the loaf."""
    parts = [harmless(part).strip(" .,…?") for part in _BETWEEN.split(title)]
    own = [part for part in parts if part and part.casefold() not in HOME and part != brand]
    named = own[0] if own else brand or parts[0]
    bare = named.removesuffix(brand).strip(" ,") if brand else named
    return bare or named


def call_of(material: Material, links: Sequence[Link]) -> Link | None:
    wanted = material.dna.get("offer.primary_cta")
    if isinstance(wanted, Mapping):
        url, label = str(wanted.get("url") or ""), harmless(str(wanted.get("label") or ""))[:80].strip(" .")
        if label and safe_address(url) and not is_order(label):
            return Link(label, url)
    website = str(material.dna.get("channels.website") or "")
    if safe_address(website):
        return Link(material.brand[:80] or website[:80], website)
    return None
