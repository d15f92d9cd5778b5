"""One request to the API, from its headers to its answer: key, version, idempotency, routing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from posthub.demo.stripe import (
    resources,  # noqa: F401 (registers the routes)
    routes,
)
from posthub.demo.stripe.errors import IDEMPOTENCY, INVALID, Refused, invalid
from posthub.demo.stripe.form import decode
from posthub.demo.stripe.periods import DAY
from posthub.demo.stripe.world import API_VERSION, OLDEST_VERSION, Row, World, token

_VERSION = re.compile(r"(\d{4}-\d{2}-\d{2})(\.[a-z]+)?")
_LONGEST_KEY = 255
# Answers that are kept under an idempotency key: the work was begun.
_KEPT = (200, 402, 500)


@dataclass(frozen=True)
class Answer:
    status: int
    body: Row
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def bytes(self) -> bytes:
        return json.dumps(self.body, ensure_ascii=False, indent=2).encode()


def answer(world: World, key: str, method: str, path: str, sent: str, headers: dict[str, str]) -> Answer:
    """`sent` is the query of a GET and the body of a POST; names of headers are in lower case."""
    request = "req_" + token(14)
    said = {"Request-Id": request, "Stripe-Version": headers.get("stripe-version", API_VERSION)}
    try:
        _check_key(key, headers)
        _check_version(headers)
        with world.lock:
            return _once(world, method, path, sent, headers.get("idempotency-key", ""), said)
    except Refused as problem:
        problem.body["error"]["request_log_url"] = f"https://dashboard.stripe.com/test/logs/{request}"
        return Answer(problem.status, problem.body, said)


def _check_key(key: str, headers: dict[str, str]) -> None:
    kind, _space, given = headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            given = base64.b64decode(given).decode().partition(":")[0]
        except ValueError:
            given = ""
    if not given:
        raise Refused(
            401, INVALID, "You did not provide an API key. Use Authorization: Bearer YOUR_SECRET_KEY."
        )
    if given.strip() != key:
        raise Refused(401, INVALID, f"Invalid API Key provided: {given[:7]}{'*' * 16}{given[-4:]}")


def _check_version(headers: dict[str, str]) -> None:
    if not (given := headers.get("stripe-version")):
        return
    match = _VERSION.fullmatch(given)
    if match is None or match[1] < OLDEST_VERSION:
        raise invalid(f"Invalid Stripe API version: {given}")


def _once(world: World, method: str, path: str, sent: str, name: str, said: dict[str, str]) -> Answer:
    """A POST that is named by an idempotency key is done once; the same answer for a day."""
    mark = hashlib.sha256(f"{method} {path} {sent}".encode()).hexdigest()
    if not name or method == "GET":
        return _done(world, method, path, sent, "", said)
    if len(name) > _LONGEST_KEY:
        raise invalid("Idempotency keys must be at most 255 characters.")
    before = world.used_keys.get(name)
    if before and before["at"] > world.now() - DAY:
        if before["mark"] != mark:
            message = (
                f"Keys for idempotent requests can only be used with the same parameters they were first used with. "
                f"Try using a key other than '{name}' if you meant to execute a different request."
            )
            raise Refused(400, IDEMPOTENCY, message)
        return Answer(before["status"], before["body"], said | {"Idempotent-Replayed": "true"})
    done = _done(world, method, path, sent, name, said)
    if done.status in _KEPT:
        world.used_keys[name] = {"mark": mark, "at": world.now(), "status": done.status, "body": done.body}
        world.save()
    return done


def _done(world: World, method: str, path: str, sent: str, name: str, said: dict[str, str]) -> Answer:
    world.request = {"id": said["Request-Id"], "idempotency_key": name or None}
    try:
        route, names = routes.found(method, path)
        given: dict[str, Any] = route.form.read(decode(sent))
        expand = given.pop("expand", [])
        row = world.shown(route.work(world, given, *names))
        if method != "GET":
            world.save()
        return Answer(200, routes.expanded(world, row, expand), said)
    except Refused as problem:
        if problem.status == 402:
            return Answer(402, problem.body, said)
        raise
    finally:
        world.request = {"id": None, "idempotency_key": None}
