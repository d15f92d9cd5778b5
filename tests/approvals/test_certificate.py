"""The certificate names who approved which words; a changed letter, and it is not good any more."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, override_settings

from posthub.approvals import operations
from posthub.approvals.certificate import taken_from_pdf, verify
from posthub.approvals.certificate.signing import _key
from tests.shelf import Shelf


@pytest.fixture
def fetched(shelf: Shelf, browser_of: Any, cast: Any) -> Any:
    """The certificate of an approved post, as the client downloads it."""
    post = shelf.posts(platforms=("x",))[0]
    operations.approve(post, by=cast.sofia, seen=post.content_hash)
    return lambda form: browser_of("sofia").get(f"/certificate/post/{post.pk}.{form}")


def test_json_and_pdf_hold_the_same_and_are_good(fetched: Any) -> None:
    said = json.loads(fetched("json").content)
    (item,) = said["items"]
    (decision,) = item["decisions"]
    assert (decision["by"], decision["outcome"], decision["via"]) == ("Sofia", "approved", "account")
    assert item["text"].startswith("Bread takes time")
    assert item["audit"]["number"] > 0
    assert verify(said).problems == []
    paper = fetched("pdf")
    assert paper["Content-Type"] == "application/pdf"
    inside = taken_from_pdf(paper.content)
    assert verify(inside).good
    assert inside["items"] == said["items"]


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["items"][0].update(text="Other words."),
        lambda said: said["items"][0].update(goes_out_at="2030-01-01T08:00:00+00:00"),
        lambda said: said["items"][0]["decisions"][0].update(by="Somebody else"),
        lambda said: said["items"].clear(),
        lambda said: said.update(signature="AAAA"),
        lambda said: said.update(signature=7),
        lambda said: said.update(format="another"),
    ],
)
def test_whatever_is_changed_it_is_not_good(fetched: Any, change: Any) -> None:
    said = json.loads(fetched("json").content)
    change(said)
    assert not verify(said).good


@pytest.mark.parametrize("given", [None, [], "x", 7, {}, {"format": "posthub-sign-off/1"}])
def test_anything_else_is_not_good(given: Any) -> None:
    assert not verify(given).good


def test_another_installation_did_not_sign_it(fetched: Any) -> None:
    said = json.loads(fetched("json").content)
    with override_settings(SECRET_KEY="another-key-of-another-installation-1"):
        assert not verify(said).good
    _key.cache_clear()


def test_anybody_can_check_it_on_the_apex(fetched: Any, apex: Client) -> None:
    for form in ("json", "pdf"):
        file = SimpleUploadedFile(f"c.{form}", fetched(form).content)
        answer = apex.post("/certificate/", {"file": file})
        assert (answer.status_code, "The certificate is good" in answer.content.decode()) == (200, True)
    for bad in (b"%PDF-1.4 broken", b"{", b"[" * 100_000):
        answer = apex.post("/certificate/", {"file": SimpleUploadedFile("c", bad)})
        assert "The certificate is not good" in answer.content.decode()
    assert apex.post("/certificate/").status_code == 422


def test_the_command_checks_it(fetched: Any, tmp_path: Path, capsys: Any) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(fetched("pdf").content)
    call_command("verify_certificate", str(good))
    assert capsys.readouterr().out == "Good: 1 of Acme\n"
    bad = tmp_path / "bad.json"
    bad.write_text(fetched("json").content.decode().replace("Sofia", "Sonia"))
    with pytest.raises(SystemExit):
        call_command("verify_certificate", str(bad))


def test_nothing_is_certified_that_nobody_approved(shelf: Shelf, browser_of: Any) -> None:
    post = shelf.posts(platforms=("x",))[0]
    sofia = browser_of("sofia")
    assert sofia.get(f"/certificate/post/{post.pk}.json").status_code == 422
    assert sofia.get("/certificate/month/2030-01.json").status_code == 422


def test_a_month_is_certified_as_a_whole(shelf: Shelf, browser_of: Any) -> None:
    shelf.posts("SCHEDULED", platforms=("x", "facebook"))
    said = json.loads(browser_of("sofia").get("/certificate/month/2027-02.json").content)
    kinds = sorted(item["kind"] for item in said["items"])
    assert kinds == ["article", "post", "post"]
