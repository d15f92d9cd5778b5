"""One mail to one person, in that person's language: templates/mail/<name>/{subject.txt,body.txt,body.html}."""

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from posthub.core.tenancy import base_url


def send(name: str, *, to: str, language: str, context: Mapping[str, Any]) -> None:
    with translation.override(language):
        full = {**context, "base_url": base_url()}
        subject = " ".join(render_to_string(f"mail/{name}/subject.txt", full).split())
        message = EmailMultiAlternatives(subject, render_to_string(f"mail/{name}/body.txt", full), to=[to])
        message.attach_alternative(render_to_string(f"mail/{name}/body.html", full), "text/html")
        message.send()
