"""How the hosted pages look and speak."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from posthub.demo.stripe.world import Row

HERE = Path(__file__).parent
HTML = "text/html; charset=utf-8"
_SIGNS = {"czk": "Kč", "eur": "€", "usd": "$", "gbp": "£", "pln": "zł"}
Words = dict[str, Any]


@dataclass(frozen=True)
class Page:
    status: int
    body: bytes
    kind: str = HTML
    headers: dict[str, str] = field(default_factory=dict)


def see(address: str) -> Page:
    return Page(303, b"", headers={"Location": address})


@functools.cache
def _all_words() -> dict[str, Words]:
    words: dict[str, Words] = json.loads((HERE / "words.json").read_text(encoding="utf-8"))
    return words


def words_for(locale: str | None, headers: dict[str, str]) -> Words:
    """By the session's locale; `auto` is by what the browser prefers."""
    wanted = locale if locale and locale != "auto" else headers.get("accept-language", "en")
    return _all_words()["cs" if wanted.lower().startswith(("cs", "sk")) else "en"]


def language(words: Words) -> str:
    return "cs" if words is _all_words()["cs"] else "en"


@functools.cache
def _template() -> Template:
    return Template((HERE / "page.html").read_text(encoding="utf-8"))


def page(words: Words, title: str, *parts: str, status: int = 200) -> Page:
    text = _template().substitute(
        language=language(words),
        title=escape(title),
        stand_in=escape(words["stand_in"]),
        nothing_moves=escape(words["nothing_moves"]),
        body="\n".join(part for part in parts if part),
    )
    return Page(status, text.encode())


def section(title: str, *parts: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{''.join(parts)}</section>"


def money(words: Words, amount: int, currency: str) -> str:
    whole, rest = divmod(abs(amount), 100)
    groups = f"{whole:,}".replace(",", "\u00a0" if language(words) == "cs" else ",")
    cents = "" if rest == 0 else f"{',' if language(words) == 'cs' else '.'}{rest:02}"
    return f"{'−' if amount < 0 else ''}{groups}{cents}\u00a0{_SIGNS.get(currency, currency.upper())}"


def day(words: Words, moment: int) -> str:
    date = datetime.fromtimestamp(moment, UTC)
    return (
        f"{date.day}.\u00a0{date.month}.\u00a0{date.year}" if language(words) == "cs" else f"{date:%-d %B %Y}"
    )


def choices(name: str, options: dict[str, str]) -> str:
    checked = next(iter(options))
    return "".join(
        f'<label class="choice"><input type="radio" name="{escape(name)}" value="{escape(value)}"'
        f"{' checked' if value == checked else ''}><span>{escape(label)}</span></label>"
        for value, label in options.items()
    )


def text_input(name: str, label: str, value: Any = "", *, kind: str = "text", needed: bool = False) -> str:
    return (
        f'<label>{escape(label)}<input type="{kind}" name="{escape(name)}" value="{escape(str(value or ""))}"'
        f"{' required' if needed else ''}></label>"
    )


def button(label: str, *, name: str = "", value: str = "", plain: bool = False) -> str:
    named = f' name="{escape(name)}" value="{escape(value)}"' if name else ""
    looks = ' class="plain"' if plain else ""
    return f"<button{named}{looks}>{escape(label)}</button>"


def post_form(*parts: str) -> str:
    return f'<form method="post">{"".join(parts)}</form>'


def link(address: str | None, label: str) -> str:
    return f'<a class="back" href="{escape(address)}">{escape(label)}</a>' if address else ""


def problem(words: Words, code: str) -> str:
    if not code:
        return ""
    said = words["errors"].get(code, words["errors"]["other"])
    return f'<p class="error" role="alert">{escape(said)}</p>'


def table(rows: list[tuple[str, str]], total: tuple[str, str] | None = None) -> str:
    lines = "".join(f"<tr><td>{escape(left)}</td><td>{escape(right)}</td></tr>" for left, right in rows)
    foot = f"<tfoot><tr><th>{escape(total[0])}</th><th>{escape(total[1])}</th></tr></tfoot>" if total else ""
    return f"<table><tbody>{lines}</tbody>{foot}</table>"


def code_of(body: Row) -> str:
    """The word under which words.json knows an error."""
    error = body["error"]
    known = (error.get("decline_code"), error.get("code"))
    return next((code for code in known if code and code != "generic_decline"), "other")
