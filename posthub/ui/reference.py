"""The table of all components, for docs/components.md and the Visual Book."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from posthub.ui.component import COMPONENTS, REQUIRED, Component, Property

INTRODUCTION = Path(__file__).with_suffix(".md")


def _said(item: Property, place: int | None) -> str:
    text = item.name
    if item.default is REQUIRED:
        text += "\\*"
    if place is not None:
        text += "¹²³⁴"[place]
    if item.choices:
        shown = [f"**{choice}**" if choice == item.default else choice for choice in item.choices if choice]
        text += f" ({' · '.join(shown)})"
    elif item.icon:
        text += " (icon)"
    elif isinstance(item.default, bool):
        text += f" ({'yes' if item.default else 'no'})"
    elif item.default not in (REQUIRED, "", None, ()):
        text += f" ({item.default})"
    return text


def properties_of(component: Component) -> str:
    places = {
        name: at
        for at, name in enumerate(item.name for item in component.properties.values() if item.positional)
    }
    said = [_said(item, places.get(item.name)) for item in component.properties.values()]
    said += [f"slot {name}" for name in component.slots]
    return "; ".join(said) or "–"


def families() -> list[tuple[str, list[Component]]]:
    every = sorted(COMPONENTS.values(), key=lambda item: item.family)
    return [(family, list(items)) for family, items in groupby(every, key=lambda item: item.family)]


def _lines() -> Iterator[str]:
    yield INTRODUCTION.read_text(encoding="utf-8")
    for family, items in families():
        yield f"## {family.capitalize()}\n"
        yield "| tag | properties (default) | what it is |"
        yield "|---|---|---|"
        for item in items:
            about = " ".join(item.about.split()).replace("|", "\\|")
            tag = f"`{item.name}` … `end{item.name}`" if item.block else f"`{item.name}`"
            yield f"| {tag} | {properties_of(item)} | {about} |"
        yield ""


def as_markdown() -> str:
    return "\n".join(_lines())
