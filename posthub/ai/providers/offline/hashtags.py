"""Hashtags of a post, out of what its company and its article are about."""

import re

from .ideas import subjects
from .material import Material
from .wording import is_order, stems, words


def hashtags(material: Material, title: str, most: int) -> list[str]:
    """Names out of the title first, then what is near them, town, trade and company; letters and digits only."""
    every = subjects(material)
    there = [name for name in every if name.casefold() in title.casefold()]
    near = [
        name
        for name in every
        if name not in there and stems(name, material.tongue) & stems(title, material.tongue)
    ]
    names = [*there, material.brand, *near[:2], material.city, material.industry]
    tags = []
    for name in names:
        parts = words(name)
        tag = re.sub(r"[\W_]", "", "".join(part[:1].upper() + part[1:] for part in parts))
        if parts and len(parts) <= 4 and 3 <= len(tag) <= 30 and not tag.isdigit() and not is_order(name):
            tags.append(tag)
    unique = list({tag.casefold(): tag for tag in reversed(tags)}.values())[::-1]
    return [f"#{tag}" for tag in unique[:most]]
