"""Where the demo's mails go instead of out: into a table that the mailbox page shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.html import strip_tags

from posthub.core.tenancy import PUBLIC, in_schema
from posthub.demo.models import StoredMail

KEPT = 500
LINK = re.compile(r"https?://[^\s<>\"')\]]+")
# A code stands alone on its line, so that prices and years are not taken for one.
CODE = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)


class MailboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [stored(message) for message in email_messages if message.recipients()]
        with in_schema(PUBLIC):
            StoredMail.objects.bulk_create(rows)
            newest = StoredMail.objects.order_by("-id").values("id")[:KEPT]
            StoredMail.objects.exclude(id__in=list(newest.values_list("id", flat=True))).delete()
        return len(rows)


def stored(message: EmailMessage) -> StoredMail:
    html = ""
    if isinstance(message, EmailMultiAlternatives):
        html = next((str(part[0]) for part in message.alternatives if part[1] == "text/html"), "")
    text = str(message.body)
    if message.content_subtype == "html":
        html, text = text, strip_tags(text)
    return StoredMail(
        recipients=", ".join(message.recipients())[:500],
        sender=message.from_email[:300],
        subject=str(message.subject)[:300],
        text=text,
        html=html,
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as the page shows it: its text, and what one would click or copy. Its HTML is never shown raw."""

    mail: StoredMail
    links: list[str]
    codes: list[str]


def opened(mail: StoredMail) -> Letter:
    links = dict.fromkeys(link.rstrip(".,;:") for link in LINK.findall(mail.text))
    return Letter(mail, list(links), CODE.findall(mail.text))
