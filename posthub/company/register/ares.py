"""ARES, the Czech register of companies: open to everybody, no key.

https://ares.gov.cz/ekonomicke-subjekty-v-be/rest: a search by POST, an entry by GET. A search with more than a
thousand matches is answered with 400 and a sentence that holds their count; an unknown number with 404.
"""

import json
import re
import time
from typing import Any
from urllib.parse import quote

import httpx
from django.core.cache import cache

from posthub.company.register.contract import MOST_FOUND, Entry, TooMany, Unavailable

SECONDS = 12  # answers of two seconds are usual
KEPT_SECONDS = 3600
MOST_BYTES = 1024 * 1024
USER_AGENT = "PostHub (company search)"
COUNTED = re.compile(r"\(\d[\d\s\u00a0]*\)")  # how many matches there were, where they were too many


class Ares:
    name = "ARES"

    def __init__(self, base_url: str) -> None:
        self._base = base_url.rstrip("/")

    def by_name(self, name: str) -> list[Entry]:
        asked = " ".join(name.split())
        answer = self._kept(
            f"name:{asked.casefold()}",
            "POST",
            "/vyhledat",
            {"obchodniJmeno": asked, "start": 0, "pocet": 2 * MOST_FOUND},
        )
        rows = (answer or {}).get("ekonomickeSubjekty")
        if not isinstance(rows, list):
            raise Unavailable("no list of companies")
        entries = [self._entry(row) for row in rows if isinstance(row, dict) and not row.get("datumZaniku")]
        # A row without a number is no company that could be asked for again.
        return [entry for entry in entries if entry.registration_id and entry.name][:MOST_FOUND]

    def by_number(self, registration_id: str) -> Entry | None:
        answer = self._kept(f"number:{registration_id}", "GET", f"/{quote(registration_id, safe='')}", None)
        return self._entry(answer) if answer else None

    def _kept(self, key: str, method: str, path: str, body: Any) -> dict[str, Any] | None:
        """The answer, asked for once an hour. A cache is shared by whoever asks for the same."""
        key = "ares:" + quote(f"{self._base}:{key}", safe="")[:220]
        kept = cache.get(key)
        if kept is None:
            kept = {"answer": self._ask(method, path, body)}
            cache.set(key, kept, KEPT_SECONDS)
        answer: dict[str, Any] | None = kept["answer"]
        return answer

    def _ask(self, method: str, path: str, body: Any) -> dict[str, Any] | None:
        status, content = _fetch(method, f"{self._base}/ekonomicke-subjekty{path}", body)
        if status == httpx.codes.NOT_FOUND:
            return None
        said = _said(content)
        if status == httpx.codes.BAD_REQUEST and COUNTED.search(_text(said, "popis")):
            raise TooMany(_text(said, "popis"))
        if status != httpx.codes.OK:
            raise Unavailable(f"status {status}")
        return said

    def _entry(self, row: dict[str, Any]) -> Entry:
        seat = row.get("sidlo") if isinstance(row.get("sidlo"), dict) else {}
        number = _text(row, "ico")
        return Entry(
            registration_id=number.zfill(8) if number else "",
            name=_text(row, "obchodniJmeno"),
            vat_id=_text(row, "dic"),
            street=_street(seat),
            city=_text(seat, "nazevObce"),
            zip=_zip(_text(seat, "psc")),
            country=_text(seat, "kodStatu"),
            founded=_text(row, "datumVzniku")[:10],
            source_url=f"{self._base}/ekonomicke-subjekty/{number.zfill(8)}",
        )


def _fetch(method: str, url: str, body: Any) -> tuple[int, bytes]:
    """Status and content, the whole of it within SECONDS and MOST_BYTES. Raises Unavailable."""
    until = time.monotonic() + SECONDS
    headers = {"Accept": "application/json", "User-Agent": USER_AGENT}
    content = b""
    try:
        with httpx.stream(method, url, json=body, timeout=SECONDS, headers=headers) as response:
            for piece in response.iter_bytes():
                content += piece
                if len(content) > MOST_BYTES or time.monotonic() > until:
                    raise Unavailable("an answer without an end")
            return response.status_code, content
    except httpx.HTTPError as problem:
        raise Unavailable(type(problem).__name__) from problem


def _said(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except ValueError as problem:
        raise Unavailable("no JSON") from problem
    if not isinstance(said, dict):
        raise Unavailable("no object")
    return said


def _text(row: Any, key: str) -> str:
    value = row.get(key)
    return str(value).strip()[:200] if isinstance(value, str | int) else ""


def _street(seat: Any) -> str:
    """ "Mlýnská 27/3"; in villages without streets the village or "č.p." stands before the number."""
    numbers = "/".join(
        number for number in (_text(seat, "cisloDomovni"), _text(seat, "cisloOrientacni")) if number
    )
    way = _text(seat, "nazevUlice") or (_text(seat, "nazevCastiObce") or "č. p." if numbers else "")
    return f"{way} {numbers}".strip()


def _zip(text: str) -> str:
    return f"{text[:3]} {text[3:]}" if len(text) == 5 and text.isdigit() else text
