"""How templates come from the disk to their readers' browsers."""

import re

from django.template import Engine

from tests.guards.source import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def source_of(name: str) -> str:
    return str(Engine.get_default().get_template(name).source)


def test_pages_are_sent_without_their_indentation() -> None:
    page = source_of("errors/404.html")
    assert page == "\n".join(line.lstrip() for line in page.splitlines()) + "\n"
    assert page.count("\n") == (ROOT / "templates" / "errors" / "404.html").read_text().count("\n")


def test_plain_text_of_mails_keeps_its_shape() -> None:
    for path in (ROOT / "templates").rglob("*.txt"):
        name = str(path.relative_to(ROOT / "templates"))
        assert source_of(name) == path.read_text()


def test_no_translated_text_runs_over_a_line_end_that_is_taken_away() -> None:
    """Its message would be another one than was collected, unless it is trimmed."""
    blocks = re.compile(r"{% blocktrans(?:late)?\b([^%]*)%}(.*?){% endblocktrans", re.DOTALL)
    for path in TEMPLATES:
        for arguments, text in blocks.findall(path.read_text()):
            assert "\n" not in text or "trimmed" in arguments, f"{path.name}: {text}"


def test_nothing_whose_white_space_shows_is_indented() -> None:
    for path in TEMPLATES:
        for text in re.findall(r"<(?:pre|textarea)\b.*?</(?:pre|textarea)>", path.read_text(), re.DOTALL):
            assert "\n " not in re.sub(r"<[^>]*>", "", text), path.name
