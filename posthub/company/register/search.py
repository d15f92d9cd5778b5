"""The register searched for what somebody typed, with what to say where nothing can be shown."""

from dataclasses import dataclass, field
from typing import Literal

from posthub.company.extraction.registration import valid_ico
from posthub.company.register import Entry, RegisterError, TooMany, register
from posthub.company.register.contract import LEAST_LETTERS
from posthub.company.register.numbers import as_number

Problem = Literal["", "short", "many", "number", "unavailable"]


@dataclass(frozen=True, slots=True)
class Found:
    """`register` names the source beside the companies."""

    entries: list[Entry] = field(default_factory=list)
    problem: Problem = ""
    register: str = ""


def search(text: str) -> Found:
    """By number where the text is one, else by name."""
    wanted, number = text.strip(), as_number(text)
    if len(wanted) < LEAST_LETTERS:
        return Found(problem="short")
    if number and not valid_ico(number):
        return Found(problem="number")
    source = register()
    try:
        entries = [source.by_number(number)] if number else source.by_name(wanted)
    except TooMany:
        return Found(problem="many", register=source.name)
    except RegisterError:
        return Found(problem="unavailable", register=source.name)
    return Found([entry for entry in entries if entry], register=source.name)
