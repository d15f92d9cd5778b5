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
    shown = {name for names, _heading in book.entries().values() for name in names}
    assert set(COMPONENTS) - OF_FORMS - {"specimen"} - shown == set()
    assert shown - set(COMPONENTS) == set()


# The components a designer looks for, as the book of requirements numbers them, and the tags that draw each.
ASKED_FOR = (
    "button", "card", "dialog", "table column", "field input", "progress_bar", "avatar avatar_group", "badge state",
    "dropdown menu_item", "tabs tab panels panel", "accordion", "tooltip", "alert", "spinner", "pagination load_more",
    "breadcrumb crumb", "nav_list bottom_bar rail_switch", "brand search_box page_head", "site_footer", "empty_state",
    "skeleton", "text_editor", "file_drop", "slot_picker", "color_picker", "cropper", "chart sparkline",
    "calendar_month calendar_week calendar_list", "timeline pipeline", "stepper", "rating", "slider", "toggle",
    "chip choice", "divider", "approval_bar", "diff", "comment_thread remark internal_note", "post_preview",
    "task_progress", "toasts toast", "usage_meter", "bulk_bar", "filter_bar", "combobox", "dna_field", "persona_card",
    "stat", "quota_gate", "sla", "organization_switcher", "impersonation_bar", "shortcut_sheet",
    "theme_switch language_switch", "code_input", "tier_table", "error_summary", "copy_field",
)  # fmt: skip


def test_all_fifty_eight_components_are_in_the_visual_book():
    shown = {name for names, _heading in book.entries().values() for name in names}
    assert len(ASKED_FOR) == 58
    assert [names for names in ASKED_FOR if not set(names.split()) <= shown] == []


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
