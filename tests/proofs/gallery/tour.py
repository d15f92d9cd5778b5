"""All places, one language after the other: find the screens, look at them in several browsers, say what was found."""

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from posthub.accounts.models import User
from posthub.core.tenancy import in_schema
from tests.proofs.gallery import markup, report
from tests.proofs.gallery.looking import LOOKS, Look, Visit, seen_by
from tests.proofs.gallery.places import Place, places
from tests.proofs.gallery.screens import Screen, Walk, never_reached

Looks = tuple[tuple[int, int, str], ...]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
# What answers no page: files, fragments that a page shows by itself, and links that work once.
NO_SCREENS: dict[str, str] = {
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": "needs a device; tests/journeys/test_passkey.py",
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": "needs a device; tests/journeys/test_passkey.py",
    "accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "a link that works once",
    "organizations/<uuid:pk>/export/": "a file",
    "calendar/<str:token>.ics": "a file",
    "documents/<uuid:pk>/file/": "a file",
    "media/<uuid:pk>/": "a file",
    "media/pictures/<uuid:pk>/file/": "a file",
    "r/<str:token>/media/<uuid:pk>/": "a file",
    "comments/<uuid:pk>/reply/": "a form beside the text; tests/journeys/test_month.py",
    "r/<str:token>/spot/": "a form beside the picture",
    "review/article/<uuid:pk>/part/": "a form beside the text; tests/journeys/test_month.py",
    "jobs/<uuid:pk>/": "only while work goes on",
    "topics/<uuid:pk>/": "a row of the list, asked for when work on it is over",
    "company/points/<uuid:pk>/": "a row of the list, asked for after it was edited",
}


@dataclass
class Tour:
    """What was asked for, and what has been seen so far."""

    port: int
    only: list[str]
    states: list[str]
    roles: list[str]
    say: Callable[[str], None]

    def __post_init__(self) -> None:
        self.reached: dict[str, set[str]] = defaultdict(set)
        self.same = 0

    def visits(self, language: str, every: list[Place]) -> Iterator[Visit]:
        """Screens that a person sees exactly as another one does are looked at once."""
        User.objects.update(language=language)
        known: set[tuple[str, str]] = set()
        for place in every:
            if place.state not in self.states:
                continue
            for role, person in place.people.items():
                if self.roles and role not in self.roles:
                    continue
                for visit, seen in self._of(place, role, person, language):
                    self.same += seen in known
                    if seen not in known and (not self.only or any(one in visit.name for one in self.only)):
                        yield visit
                    known.add(seen)

    def _of(
        self, place: Place, role: str, person: User | None, language: str
    ) -> Iterator[tuple[Visit, tuple[str, str]]]:
        client = signed_in(person, place, language)
        walk = Walk(client, place.host, *(([], place.besides) if person else (place.letters, [])))
        names = (person.name, person.email, person.get_staff_role_display()) if person else ()
        for screen in walk.screens(errors=place.state == "error"):
            visit = self._visit(screen, place, role, language, client)
            yield visit, (screen.name, screen.looks_like(names))
        self.reached[walk.urlconf] |= walk.reached
        if place.state == "error" and person is None:
            yield from self._error_pages(place, language, client)

    def _visit(self, screen: Screen, place: Place, role: str, language: str, client: Client) -> Visit:
        cookies = {name: morsel.value for name, morsel in client.cookies.items() if name != "csrftoken"}
        url = f"http://{place.host}:{self.port}{screen.path}"
        return Visit(
            screen.name, url, role, place.state, language, tuple(cookies.items()), screen.status, screen.sends
        )

    def _error_pages(
        self, place: Place, language: str, client: Client
    ) -> Iterator[tuple[Visit, tuple[str, str]]]:
        """Each page for an error that there is, as its template says it."""
        policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
        for path in sorted((TEMPLATES / "errors").glob("*.html")):
            if "{% extends" not in path.read_text():
                continue  # a part that several of them share
            with translation.override(language):
                body = render_to_string(f"errors/{path.name}", {"reference": "7K2-91F"})
            status = int(path.stem) if path.stem.isdigit() else 503
            url = f"http://{place.host}:{self.port}/errors/{path.stem}/"
            visit = Visit(
                f"error {path.stem}", url, "anonymous", "error", language, status=status, body=body, policy=policy
            )  # fmt: skip
            yield replace(visit, cookies=()), (visit.name, body)

    def missing(self) -> list[str]:
        return [
            route
            for urlconf, reached in self.reached.items()
            for route in never_reached(urlconf, reached)
            if route not in NO_SCREENS
        ]


def signed_in(person: User | None, place: Place, language: str) -> Client:
    client = Client(HTTP_HOST=place.host)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if person is not None:
        with in_schema(place.schema):  # a session belongs to the host it was begun on
            client.force_login(person, backend=BACKEND)
    return client


def looked_at(
    visits: list[Visit], pictures: Path, browser: str | None, looks: Looks
) -> Iterator[tuple[list[Look], str]]:
    """In as many browsers as there are cores; a part of them at a time, so that none waits at the end."""
    parts = [visits[at : at + 24] for at in range(0, len(visits), 24)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for part in pool.map(partial(seen_by, pictures=pictures, chromium=browser, looks=looks), parts):
            yield from part


def keep(found: list[tuple[list[Look], str]], path: Path) -> None:
    """What was seen, for whoever wants to count it again."""
    told = [
        {"screen": look.visit.name, "window": look.window, "problems": look.problems, "url": look.visit.url}
        | {key: getattr(look.visit, key) for key in ("role", "state", "language")}
        for looks, _text in found
        for look in looks
    ]
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def judge_markup(found: list[tuple[list[Look], str]], folder: Path) -> None:
    """Once for each screen: the markup is the same in all windows."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for number, (looks, text) in enumerate(found):
        if text:
            files[str(number)] = folder / f"{number}.html"
            files[str(number)].write_text(text, encoding="utf-8")
            looks[0].problems += [("html", words) for words in markup.parse_errors(text)]
    for number, breaches in markup.rule_breaches(files).items():
        found[int(number)][0][0].problems += [("html", words) for words in breaches]


def tour(
    *,
    port: int,
    pictures: Path,
    browser: str | None,
    only: list[str],
    states: list[str],
    roles: list[str],
    languages: list[str],
    windows: list[str],
    say: Callable[[str], None],
    show: Callable[[str], None],
) -> int:
    on_tour = Tour(port, only, states, roles, say)
    say("Making an organization in which everything went wrong")
    every = places()
    found: list[tuple[list[Look], str]] = []
    looks_asked = tuple(look for look in LOOKS if f"{look[0]}-{look[2]}" in windows)
    for language in languages:
        say(f"Finding the screens, {language}")
        visits = list(on_tour.visits(language, every))
        say(f"Looking at {len(visits)} screens, {language}")
        found += looked_at(visits, pictures, browser, looks_asked)
    keep(found, pictures / "looks.json")
    judge_markup(found, pictures / "markup")
    looks = [look for some, _text in found for look in some]
    missing = on_tour.missing() if not (only or roles) else []
    show(report.table(looks))
    show(report.problems(looks))
    show("\n".join(f"never reached: {route}" for route in missing))
    extra: dict[str, Any] = {
        "pages": len(found),
        "same_for_another_role": on_tour.same,
        "never_reached": len(missing),
        "validators": markup.validators(),
    }
    figures = report.figures(looks, extra)
    show(json.dumps(figures))
    return 1 if missing or any(figures[kind] for kind in report.KINDS) else 0
