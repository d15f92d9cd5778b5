"""Every URL of a URLconf, with its parameters filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import RegexPattern, RoutePattern

SAMPLES = {"uuid": lambda: str(uuid4()), "int": lambda: "999999"}


@dataclass(frozen=True)
class Address:
    """`keyed` where the path names an object; it names one that does not exist."""

    path: str
    view: Any
    keyed: bool


def addresses(urlconf: str) -> Iterator[Address]:
    """Each path once, with the view that answers it: an earlier pattern may stand before a later one."""
    for path, keyed in dict(_below(get_resolver(urlconf).url_patterns, "/", False)).items():
        yield Address(path, resolve(path, urlconf).func, keyed)


def _below(patterns: Any, prefix: str, keyed: bool) -> Iterator[tuple[str, bool]]:
    for pattern in patterns:
        part, has_key = _filled(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, prefix + part, keyed or has_key)
        elif isinstance(pattern, URLPattern):
            yield prefix + part, keyed or has_key


def _filled(pattern: RoutePattern | RegexPattern) -> tuple[str, bool]:
    text = str(pattern)
    if isinstance(pattern, RoutePattern):
        filled = re.sub(
            r"<(?:(\w+):)?(\w+)>", lambda match: _sample(match[1], pattern.converters[match[2]]), text
        )
        return filled, filled != text
    bare = text.removeprefix("^").removesuffix("$").removesuffix(r"\Z")
    filled = re.sub(r"\((?:\?P<\w+>)?([^()]*)\)", lambda match: _fitting(match[1]), bare).replace("\\", "")
    return filled, filled != bare.replace("\\", "")


def _fitting(expression: str) -> str:
    """A text that matches what stands in a group: a UUID, the first of several words, or any word."""
    samples = (str(uuid4()), expression.split("|")[0], "nothing", "1")
    return next((sample for sample in samples if re.fullmatch(expression, sample)), "nothing")


def _sample(kind: str | None, converter: Any) -> str:
    return (
        SAMPLES[kind]()
        if kind in SAMPLES
        else _fitting(str(converter.regex).removeprefix("(?:").removesuffix(")"))
    )
