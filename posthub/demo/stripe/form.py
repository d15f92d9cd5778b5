"""Stripe's bodies: forms whose names nest, `items[0][price]=…`, and what each of them may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from posthub.demo.stripe.errors import invalid, missing_parameter, unknown_parameter

_STEP = re.compile(r"\[([^\[\]]*)\]")
_MOST_FIELDS, _LONGEST_TEXT, _MOST_METADATA = 2000, 5000, 50
# From a value as it came, and the parameter's full name, to the value with its type.
Read = Callable[[Any, str], Any]


def decode(text: str) -> dict[str, Any]:
    """Nested dictionaries and lists; every leaf is a string."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as problem:
        raise invalid(str(problem)) from problem
    tree: dict[str, Any] = {}
    for name, value in pairs:
        head, bracket, rest = name.partition("[")
        _put(tree, [head, *_STEP.findall(bracket + rest)], value)
    return {name: _with_lists(value) for name, value in tree.items()}


def _put(tree: dict[str, Any], path: list[str], value: str) -> None:
    node = tree
    for step in path[:-1]:
        node = node.setdefault(step or str(len(node)), {})
        if not isinstance(node, dict):
            raise invalid(f"Invalid value: {path[0]} is both a value and a hash.", param=path[0])
    node[path[-1] or str(len(node))] = value


def _with_lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    entries = {name: _with_lists(value) for name, value in node.items()}
    if entries and all(name.isdigit() for name in entries):
        return [entries[name] for name in sorted(entries, key=int)]
    return entries


@dataclass(frozen=True)
class Form:
    """The parameters there are; any other one is refused, as are those that are needed and not there."""

    reads: dict[str, Read]
    needed: tuple[str, ...] = ()

    def __call__(self, given: Any, param: str) -> dict[str, Any]:
        return self.read(_hash(given, param), param)

    def read(self, given: dict[str, Any], param: str = "") -> dict[str, Any]:
        for name in given:
            if name not in self.reads:
                raise unknown_parameter(_full(param, name))
        for name in self.needed:
            if given.get(name, "") == "":
                raise missing_parameter(_full(param, name))
        return {name: self.reads[name](value, _full(param, name)) for name, value in given.items()}


def form(*needed: str, **reads: Read) -> Form:
    return Form(reads, needed)


def _full(param: str, name: str) -> str:
    return f"{param}[{name}]" if param else name


def _hash(given: Any, param: str) -> dict[str, Any]:
    if given == "":
        return {}
    if isinstance(given, list):
        return {str(place): value for place, value in enumerate(given)}
    if not isinstance(given, dict):
        raise invalid("Invalid object", param=param)
    return given


def text(given: Any, param: str) -> str | None:
    """None where it was left empty, which clears it."""
    if not isinstance(given, str):
        raise invalid("Invalid string", param=param)
    if len(given) > _LONGEST_TEXT:
        raise invalid(f"Invalid string: must be at most {_LONGEST_TEXT} characters", param=param)
    return given or None


def whole(given: Any, param: str) -> int | None:
    if given == "":
        return None
    if not isinstance(given, str) or not re.fullmatch(r"-?\d{1,15}", given):
        raise invalid(f"Invalid integer: {given}", param=param, code="parameter_invalid_integer")
    return int(given)


def flag(given: Any, param: str) -> bool:
    if given not in ("true", "false"):
        raise invalid(f"Invalid boolean: {given}", param=param)
    return bool(given == "true")


def url(given: Any, param: str) -> str | None:
    said = text(given, param)
    if said is not None and (urlsplit(said).scheme not in {"http", "https"} or not urlsplit(said).netloc):
        raise invalid("Not a valid URL", param=param, code="url_invalid")
    return said


def one_of(*values: str) -> Read:
    def read(given: Any, param: str) -> str | None:
        if given == "":
            return None
        if given not in values:
            raise invalid(f"Invalid {param}: must be one of {', '.join(values)}", param=param)
        return str(given)

    return read


def many(read: Read) -> Read:
    def all_of(given: Any, param: str) -> list[Any]:
        if given == "":
            return []
        if not isinstance(given, list):
            raise invalid("Invalid array", param=param)
        return [read(value, f"{param}[{place}]") for place, value in enumerate(given)]

    return all_of


def metadata(given: Any, param: str) -> dict[str, str]:
    entries = _hash(given, param)
    if len(entries) > _MOST_METADATA:
        raise invalid(f"You can only have {_MOST_METADATA} metadata keys.", param=param)
    for name, value in entries.items():
        if not isinstance(value, str) or len(value) > 500 or len(name) > 40:
            raise invalid(
                "Metadata values must be strings of up to 500 characters.", param=f"{param}[{name}]"
            )
    return entries


def anything(given: Any, param: str) -> Any:
    """Taken, kept as it came, and of no consequence here."""
    return given


def merged(before: dict[str, str], given: dict[str, str] | None) -> dict[str, str]:
    """Metadata after an update: what is empty goes, and an empty hash clears all."""
    if given is None:
        return before
    if not given:
        return {}
    return {name: value for name, value in (before | given).items() if value != ""}
