"""Looking for a component in the Visual Book: by its own words, which are English, and by everyday ones."""

import re
from functools import cache
from pathlib import Path

from django.utils.translation import gettext, pgettext_lazy

from posthub.core.folding import folded
from posthub.ui.component import COMPONENTS
from posthub.ui.contracts import CONTRACTS
from posthub.ui.reference import properties_of

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "visual_book"
PIECE = re.compile(r'<h2[^>]*>{% translate "(?P<heading>[^"]+)" %}|{% specimen "(?P<names>[\w ]+)" %}')

# What people call the parts of an entry, by its first component.
EVERYDAY = {
    "alert": pgettext_lazy("visual book", "alert, message, notice, warning"),
    "progress_bar": pgettext_lazy("visual book", "progress, usage, meter, readiness"),
    "task_progress": pgettext_lazy("visual book", "progress, background work"),
    "skeleton": pgettext_lazy("visual book", "waiting, loading, spinner"),
    "brand": pgettext_lazy("visual book", "logo, main menu, search, theme, language, page heading"),
    "user_menu": pgettext_lazy("visual book", "user menu, bottom bar, footer, shortcuts"),
    "field": pgettext_lazy("visual book", "field, error"),
    "input": pgettext_lazy("visual book", "input, choice, switch, code, file"),
    "form_fields": pgettext_lazy("visual book", "form"),
    "filter_bar": pgettext_lazy("visual book", "filter, show more"),
    "bulk_bar": pgettext_lazy("visual book", "selection, together"),
    "panels": pgettext_lazy("visual book", "panels, tabs"),
    "media_tile": pgettext_lazy("visual book", "picture, film, media"),
    "tier_table": pgettext_lazy("visual book", "plans, prices"),
    "sla": pgettext_lazy("visual book", "deadline, people, tip"),
    "card": pgettext_lazy("visual book", "card, paper"),
    "table": pgettext_lazy("visual book", "table, column"),
    "empty_state": pgettext_lazy("visual book", "empty list, figure, plan, allowance"),
    "accordion": pgettext_lazy("visual book", "accordion, fold, divider"),
    "diff": pgettext_lazy("visual book", "change, comparison"),
    "comment_thread": pgettext_lazy("visual book", "comment, answer, internal note"),
    "approval_bar": pgettext_lazy("visual book", "approval, decision, queue"),
    "chart": pgettext_lazy("visual book", "chart, graph"),
    "dna_field": pgettext_lazy("visual book", "fact, source, DNA"),
    "persona_card": pgettext_lazy("visual book", "persona, voice, card"),
    "post_preview": pgettext_lazy("visual book", "preview, post, network"),
    "calendar_month": pgettext_lazy("visual book", "calendar, month, day"),
    "calendar_week": pgettext_lazy("visual book", "calendar, week"),
    "calendar_list": pgettext_lazy("visual book", "calendar, list"),
    "text_editor": pgettext_lazy("visual book", "text editor"),
    "combobox": pgettext_lazy("visual book", "suggestions, choosing from a list"),
    "slider": pgettext_lazy("visual book", "slider, rating, stars"),
    "color_picker": pgettext_lazy("visual book", "colour, time, slot"),
    "cropper": pgettext_lazy("visual book", "picture, crop"),
    "tabs": pgettext_lazy("visual book", "tabs, switch of views"),
    "stepper": pgettext_lazy("visual book", "steps, stages"),
    "timeline": pgettext_lazy("visual book", "history, event, breadcrumbs, pages, side menu"),
    "button": pgettext_lazy("visual book", "button, form"),
    "dropdown": pgettext_lazy("visual book", "menu, dialog, window, copying"),
    "ball": pgettext_lazy("visual book", "ball, whose turn"),
    "state": pgettext_lazy("visual book", "state"),
    "badge": pgettext_lazy("visual book", "badge, count, chip, avatar"),
    "icon": pgettext_lazy("visual book", "icon, network, date and time"),
}


@cache
def entries() -> dict[str, tuple[list[str], str]]:
    """By the first component of each entry: all of them, and the heading it stands under, read from the templates."""
    known = {}
    for path in TEMPLATES.glob("*.html"):
        heading = ""
        for piece in PIECE.finditer(path.read_text(encoding="utf-8")):
            heading = piece["heading"] or heading
            if piece["names"]:
                known[piece["names"].split()[0]] = (piece["names"].split(), heading)
    return known


def fits(first: str, query: str) -> bool:
    """Whether the entry that begins with this component has all words, whatever their capitals and accents."""
    names, heading = entries()[first]
    told = [_told_of(name) for name in names]
    told += [gettext(heading) if heading else "", str(EVERYDAY.get(first, ""))]
    every = folded(" ".join(told))
    return all(word in every for word in folded(query).split())


def _told_of(name: str) -> str:
    component = COMPONENTS[name]
    return " ".join([name, component.about, CONTRACTS[name], properties_of(component)])
