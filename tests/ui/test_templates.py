"""Rules every template keeps."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string

from posthub.ui import book
from posthub.ui.component import COMPONENTS
from posthub.ui.contracts import CONTRACTS

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
OURS = sorted(
    str(path.relative_to(TEMPLATES))
    for folder in ("ui", "errors", "public", "visual_book", "shell")
    for path in (TEMPLATES / folder).rglob("*.html")
) + sorted(path.name for path in TEMPLATES.glob("base*.html"))

BANNED = re.compile(
    r"""\son\w+\s*=|\shx-on|\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|javascript:|hx-vals=['"]js:|https?://(?:cdn|unpkg)"""
)


@pytest.mark.parametrize("name", OURS)
def test_the_template_compiles_and_is_short(name):
    get_template(name)
    assert len((TEMPLATES / name).read_text().splitlines()) <= 150


@pytest.mark.parametrize("name", OURS)
def test_the_template_has_no_inline_style_script_or_handler(name):
    html = re.sub(r"{%.*?%}", "", (TEMPLATES / name).read_text(), flags=re.DOTALL)
    assert BANNED.findall(html) == []


def test_every_component_has_its_template():
    missing = [name for name, item in COMPONENTS.items() if not (TEMPLATES / item.template).exists()]
    assert missing == []


# What forms are drawn with; the fields of the book show them.
OF_FORMS = {"form", "form_field", "formset"}


def test_the_visual_book_has_an_entry_for_every_component():
    shown = {name for names in book.entries().values() for name in names}
    assert set(COMPONENTS) - OF_FORMS - {"specimen"} - shown == set()
    assert shown - set(COMPONENTS) == set()


def test_every_component_says_what_it_promises_to_everybody():
    assert set(CONTRACTS) == set(COMPONENTS) - OF_FORMS


@pytest.mark.parametrize("code", [403, 404, 409, 429, 500])
def test_an_error_is_a_page_and_a_fragment(code):
    page = render_to_string(f"errors/{code}.html", {"reference": "7K2"})
    fragment = render_to_string(f"errors/{code}.html#panel", {"reference": "7K2"})
    assert "<html" in page
    assert "<html" not in fragment
    assert fragment.strip() in page
    assert f'<p class="oops-code">{code}</p>' in fragment
    assert "7K2" in fragment
