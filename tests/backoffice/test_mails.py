"""What administrators see of the mails: each that there is, as people get it, and one of them sent to themselves."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import allauth
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from posthub.accounts.mail import CATALOGUE, GROUPS, compose_sample

APEX = "posthub.localhost"
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
OF_ALLAUTH = Path(allauth.__file__).parent / "templates"
NAMES = ("Tereza", "Pekárna", "Podhorka")
NOT_ASKED_FOR = {"password_reset_code"}  # a new password is set through a link here


def test_every_mail_there_is_stands_in_the_catalogue() -> None:
    """A template without a sample could neither be sent nor be seen."""
    ours = {folder.name for folder in (TEMPLATES / "mail").iterdir() if folder.is_dir()}
    for prefix in ("account/email", "mfa/email"):
        ending = "_subject.txt"
        sent = {path.name.removesuffix(ending) for path in (OF_ALLAUTH / prefix).glob(f"*{ending}")}
        written = {path.name.removesuffix(ending) for path in (TEMPLATES / prefix).glob(f"*{ending}")}
        assert written == sent - NOT_ASKED_FOR
        ours |= written
    assert set(CATALOGUE) == ours
    assert sum(len(letters) for _group, letters in GROUPS) == len(CATALOGUE)


def test_every_sample_says_everything_in_both_languages(settings: Any) -> None:
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | {"string_if_invalid": "NOTHING"}}]
    wrong = []
    for name in CATALOGUE:
        czech, english = (compose_sample(name, to="adam@example.com", language=code) for code in ("cs", "en"))
        for mail in (czech, english):
            assert isinstance(mail, EmailMultiAlternatives)
            whole = f"{mail.subject}\n{mail.body}\n{mail.alternatives[0][0]}"
            if "NOTHING" in whole or "None" in whole or not mail.subject or "\n" in str(mail.subject):
                wrong.append((name, mail.subject))
        flows = [
            first.islower() == (mail is czech)
            for mail, greeting in ((czech, "Dobrý den,\n\n"), (english, "Hello,\n\n"))
            if (first := mail.body.partition(greeting)[2][:1])
            and not mail.body.partition(greeting)[2].startswith(NAMES)
        ]
        if not all(flows):
            wrong.append((name, "goes on after the greeting in another way"))
        if czech.subject == english.subject or czech.body == english.body:
            wrong.append((name, "is not translated"))
    assert wrong == []


def test_an_administrator_looks_at_a_mail_and_sends_it_to_themselves(
    browser_of: Callable[..., Client], mailoutbox: list[Any]
) -> None:
    adam = browser_of("adam", host=APEX)
    listed = adam.get("/staff/mails/?language=cs").content.decode()
    assert listed.count("?language=cs") >= len(CATALOGUE)
    answer = adam.get("/staff/mails/billing_receipt/?language=cs")
    page = answer.content.decode()
    assert "Děkujeme" in page
    frame = re.search(r"<iframe [^>]*>", page)
    assert frame is not None
    assert " sandbox srcdoc=" in frame[0]
    assert "&lt;!DOCTYPE html&gt;" in frame[0]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert mailoutbox == []
    sent = adam.post("/staff/mails/billing_receipt/send/", {"language": "cs", "to": "eve@example.com"})
    assert (sent.status_code, sent["Location"]) == (303, "/staff/mails/billing_receipt/?language=cs")
    (mail,) = mailoutbox
    assert mail.to == ["adam@example.com"]
    assert "přišla platba" in mail.subject
    assert mail.subject.startswith("[")
    assert len(mail.alternatives) == 1
    # What templates made is marked as safe; as plain text it is words all the same.
    assert "view=week&d=" not in adam.get("/staff/mails/week_ahead/").content.decode()
    assert adam.get("/staff/mails/no_such_mail/").status_code == 404
    assert adam.post("/staff/mails/no_such_mail/send/").status_code == 404
    assert browser_of("mona", host=APEX).get("/staff/mails/billing_receipt/").status_code == 404
