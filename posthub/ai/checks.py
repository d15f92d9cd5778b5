"""Whether an answer may be used: its shape, its language, its addresses, and no echo of what we said."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string
from pydantic import BaseModel, ValidationError

from posthub.ai.providers.base import JSON, TextRequest, fault

A = TypeVar("A", bound=BaseModel)
MOST_CHARACTERS = 300_000
ADDRESS = re.compile(
    r"(?:\b(?:https?|ftp|wss?|javascript|vbscript|file):(?://)?|\bdata:[\w.+-]+/|\bwww\.|(?<![:/\w])//(?=[\w-]+\.))"
    r"[^\s<>\"'`)\]}]+",
    re.IGNORECASE,
)
ON_THE_SITE = re.compile(r"/(?!/)\S*")
MARKDOWN_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
# Whatever stands under these names is words, and an address among words is no permission to link to it.
WORDS = frozenset(
    {"text", "markdown", "quote", "title", "words", "remarks", "reject_reasons", "sample", "written"}
)
DELIMITER = re.compile(r"<<\s*(?:DATA|END)\b")
SHORTEST_ECHO = 60
# Quotes and names stand in a company's profile as they are on its site, in whatever language that is.
ANY_LANGUAGE = frozenset({"dna"})


def checked(request: TextRequest, data: JSON, answer: type[A], *, mark: str = "") -> A:
    """The answer as a valid object. Raises ProviderError that names what is wrong with it."""
    strings = list(strings_of(data))
    if sum(map(len, strings)) > MOST_CHARACTERS:
        raise fault("oversized", "more than a book")
    try:
        valid = answer.model_validate(data)
    except ValidationError as problem:
        raise fault("invalid", _said(problem)) from problem
    if not any(string.strip() for string in strings):
        raise fault("empty", "no words in it")
    _refuse_echo(request, strings, mark)
    _refuse_addresses(request, strings)
    _refuse_language(request, strings)
    return valid


def strings_of(data: JSON) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from strings_of(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from strings_of(value)


def _said(problem: ValidationError) -> str:
    """What pydantic found, short enough to be sent back."""
    found = problem.errors(include_url=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in found[:8])


def _refuse_echo(request: TextRequest, strings: list[str], mark: str) -> None:
    text = "\n".join(strings)
    if DELIMITER.search(text) or (mark and mark in text):
        raise fault("echo", "a delimiter")
    bare = " ".join(text.split())
    for sentence in _sentences(request.instructions):
        if sentence in bare:
            raise fault("echo", sentence)


@lru_cache(maxsize=64)
def _sentences(instructions: str) -> tuple[str, ...]:
    """The prompt's own sentences, long enough to be nobody else's."""
    prose = re.sub(r"```.*?```", " ", instructions, flags=re.DOTALL)
    parts = re.split(r"(?<=[.:!?])\s+|\n\s*\n|\n- ", prose)
    bare = (" ".join(part.split()) for part in parts)
    return tuple(part for part in bare if len(part) >= SHORTEST_ECHO)


def _refuse_addresses(request: TextRequest, strings: list[str]) -> None:
    allowed = allowed_addresses(request.inputs)
    hosts = {host for address in allowed if (host := _host(address))} if request.use == "dna" else set()
    for string in strings:
        for address in addresses_in(string):
            if _plain(address) not in allowed and _host(address) not in hosts:
                raise fault("off_list_link", address[:200])


def addresses_in(text: str) -> list[str]:
    """Everything in a text that a reader or a browser could follow away from it."""
    linked = [target for target in MARKDOWN_LINK.findall(text) if not target.startswith("#")]
    return [*(match.rstrip(".,;:!?…“”„") for match in ADDRESS.findall(text)), *linked]


def allowed_addresses(inputs: JSON) -> set[str]:
    """Addresses that were given as such: a value of its own, not a word in somebody's text."""
    return {
        _plain(value)
        for value in _values(inputs)
        if ADDRESS.fullmatch(value.strip()) or ON_THE_SITE.fullmatch(value.strip())
    }


def _values(data: JSON) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            if key not in WORDS:
                yield from _values(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _values(value)


def _plain(address: str) -> str:
    return address.strip().rstrip("/").casefold()


def _host(address: str) -> str:
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:
        return ""
    return (parts.hostname or "").removeprefix("www.") if parts.scheme in {"", "http", "https"} else ""


def _refuse_language(request: TextRequest, strings: list[str]) -> None:
    """Only where the words are many enough to tell."""
    if request.use in ANY_LANGUAGE:
        return
    prose = " ".join(string for string in strings if string.count(" ") >= 3)
    guess: Any = import_string(settings.AI_LANGUAGE_GUESS)
    wanted = request.language.partition("-")[0]
    if (heard := guess(prose)) and heard != wanted:
        raise fault("wrong_language", f"{heard} for {wanted}")


def as_data(inputs: Mapping[str, JSON]) -> dict[str, JSON]:
    """As JSON and back: what a provider gets is data, the same for one in this process and one far away."""
    made: dict[str, JSON] = json.loads(json.dumps(inputs, default=str))
    return made
