"""The mails of the product, and how one of them goes to one person in that person's language.

`CATALOGUE` is all there is: apps declare theirs in a module `letters`, each with a sample of what it says. A mail
that is not declared cannot be sent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from posthub.core.tenancy import base_url, url_of

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Letter:
    """One kind of mail: templates/mail/<name>/{subject.txt,body.txt,body.html}, or with `prefix` one of allauth's.

    `occasion` says who gets it and when; `sample` is worked out in the language it is shown in.
    """

    name: str
    occasion: Words
    sample: Callable[[], Mapping[str, Any]]
    prefix: str = ""


CATALOGUE: dict[str, Letter] = {}
GROUPS: list[tuple[Words, list[Letter]]] = []


def declare(group: Words, letters: Iterable[Letter]) -> None:
    """Put the mails of an app into the catalogue, as a part of it that is called `group`."""
    listed = list(letters)
    assert not {letter.name for letter in listed} & set(CATALOGUE), "a name stands for one mail"
    CATALOGUE.update({letter.name: letter for letter in listed})
    GROUPS.append((group, listed))


def send(name: str, *, to: str, language: str, context: Mapping[str, Any]) -> None:
    compose(name, to=to, language=language, context=context).send()


def send_after_commit(name: str, *, to: str, language: str, context: Mapping[str, Any]) -> None:
    """For what was done already. A mail server that is away undoes nothing of it; that it failed stands in the log."""

    def after() -> None:
        send(name, to=to, language=language, context=context)

    transaction.on_commit(after, robust=True)


def compose(name: str, *, to: str, language: str, context: Mapping[str, Any]) -> EmailMessage:
    """The mail as it would go out. KeyError for one that nobody declared."""
    letter = CATALOGUE[name]
    full = {**context, "base_url": base_url()}
    with translation.override(language):
        if letter.prefix:
            made: EmailMessage = get_adapter().render_mail(f"{letter.prefix}{name}", to, full)
            return made
        subject = " ".join(render_to_string(f"mail/{name}/subject.txt", full).split())
        body = flowing(render_to_string(f"mail/{name}/body.txt", full), full)
        message = EmailMultiAlternatives(subject, body, to=[to])
        message.attach_alternative(render_to_string(f"mail/{name}/body.html", full), "text/html")
        return message


def flowing(body: str, context: Mapping[str, Any]) -> str:
    """`body` as its language goes on after the greeting: after a comma Czech writes small, English large.

    What begins with a name, or with another value of the `context`, stays as it is.
    """
    greeting = f"{gettext('Hello,')}\n\n"
    before, found, rest = body.partition(greeting)
    if not found or any(
        isinstance(value, str) and value and rest.startswith(value) for value in context.values()
    ):
        return body
    first = rest[:1].lower() if get_language() == "cs" else rest[:1].upper()
    return f"{before}{greeting}{first}{rest[1:]}"


def compose_sample(name: str, *, to: str, language: str) -> EmailMessage:
    """What the mail says to somebody who does not exist."""
    with translation.override(language):
        return compose(name, to=to, language=language, context=CATALOGUE[name].sample())


def sample_address(path: str) -> str:
    """Where a sample leads: an address like those of organizations."""
    return url_of(f"podhorka.{settings.BASE_HOST}", path)
