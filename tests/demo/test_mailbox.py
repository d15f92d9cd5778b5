"""The demo's mailbox: every mail, its links and codes, and nothing that could run."""

from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.test import Client, override_settings

from posthub.core.tenancy import in_schema
from posthub.demo import mail
from posthub.demo.models import StoredMail
from posthub.organizations.models import Organization

BACKEND = "posthub.demo.mail.MailboxBackend"


def send(message: EmailMessage) -> int:
    return get_connection(BACKEND).send_messages([message])


def letter(
    subject: str = "Hello", text: str = "Text", html: str = "", to: str = "sofia@example.com"
) -> EmailMessage:
    message = EmailMultiAlternatives(subject, text, "PostHub <a@example.com>", [to])
    if html:
        message.attach_alternative(html, "text/html")
    return message


def test_a_mail_is_kept_with_both_its_parts(db: None) -> None:
    assert send(letter(html="<p>Text</p>")) == 1
    kept = StoredMail.objects.get()
    assert (kept.recipients, kept.subject, kept.text, kept.html) == (
        "sofia@example.com",
        "Hello",
        "Text",
        "<p>Text</p>",
    )


def test_a_mail_of_html_alone_can_still_be_read(db: None) -> None:
    message = EmailMessage("Hello", "<p>Only <b>this</b></p>", "a@example.com", ["b@example.com"])
    message.content_subtype = "html"
    send(message)
    assert StoredMail.objects.get().text == "Only this"


def test_a_mail_to_nobody_is_no_mail(db: None) -> None:
    assert send(EmailMessage("Hello", "Text", "a@example.com", [])) == 0


def test_mail_sent_from_an_organizations_schema_is_found(acme: Organization) -> None:
    with in_schema(acme.schema_name):
        send(letter())
    assert StoredMail.objects.count() == 1


def test_only_the_newest_are_kept(db: None) -> None:
    StoredMail.objects.bulk_create(
        StoredMail(recipients="x", sender="x", subject=str(n)) for n in range(mail.KEPT)
    )
    send(letter("Newest"))
    assert StoredMail.objects.count() == mail.KEPT
    assert not StoredMail.objects.filter(subject="0").exists()
    assert StoredMail.objects.first().subject == "Newest"  # type: ignore[union-attr]


@override_settings(DEMO=True)
def test_links_and_codes_are_picked_out(apex: Client) -> None:
    send(
        letter(
            text="Your code:\n\n123456\n\nor http://acme.posthub.localhost:8000/invitation/a:b/.\nPrice 199000 CZK"
        )
    )
    context = apex.get("/mailbox/").context["letters"]
    assert [(one.links, one.codes) for one in context] == [
        (["http://acme.posthub.localhost:8000/invitation/a:b/"], ["123456"])
    ]


@override_settings(DEMO=True)
def test_nothing_of_a_mail_runs_on_the_page(apex: Client) -> None:
    bad = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    send(letter(subject=bad, text=f"{bad} javascript:alert(1)", html=bad, to='"<b>"@example.com'))
    page = apex.get("/mailbox/").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


@override_settings(DEMO=True)
def test_the_newest_comes_first_and_one_persons_mail_can_be_picked(apex: Client) -> None:
    send(letter("First"))
    send(letter("Second", to="oscar@example.com"))
    both = apex.get("/mailbox/").context["letters"]
    assert [one.mail.subject for one in both] == ["Second", "First"]
    own = apex.get("/mailbox/", {"to": "sofia"}).context["letters"]
    assert [one.mail.subject for one in own] == ["First"]


@pytest.mark.parametrize("demo", [False, True])
def test_the_page_exists_only_in_the_demo_and_only_on_the_apex(apex: Client, acme: Any, demo: bool) -> None:
    with override_settings(DEMO=demo):
        assert apex.get("/mailbox/").status_code == (200 if demo else 404)
        assert Client(HTTP_HOST="acme.posthub.localhost").get("/mailbox/").status_code == 404
