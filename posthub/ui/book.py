"""Real words for the Visual Book: what its samples show, and the call and properties of each component."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posthub.ui import book_calendar
from posthub.ui.book_search import entries, fits

COLOURS = (
    "canvas", "surface", "sunken", "paper", "ink", "ink-2", "ink-3", "line", "control", "brand", "brand-soft",
    "accent", "ok", "warn", "bad", "info", "mark", "gradient", "gradient-hero",
)  # fmt: skip
STATES = (
    "DRAFT", "GENERATING", "IN_REVIEW", "PENDING_APPROVAL", "CHANGES_REQUESTED", "APPROVED", "REJECTED",
    "SCHEDULED", "DELIVERING", "DELIVERED", "FAILED", "ON_HOLD", "ACTIVE", "QUEUED", "RUNNING", "DONE",
    "PAST_DUE",
)  # fmt: skip

SEGMENTS = (
    ("same", "Droždí "),
    ("ins", "do chleba"),
    ("same", " nepřidáváme žádné. "),
    ("del", "Je to zázrak přírody!"),
    ("fold", 6),
    ("same", "Bohouš má příbuzných dost."),
)
POST = _(
    "You don’t need a ladder to check your roof. A dry morning, binoculars and five minutes from across the "
    "street will do. Here’s the order Pete looks in, and the one thing that means pick up the phone."
)


class SampleForm(forms.Form):
    website = forms.URLField(
        assume_scheme="https",
        label=_("Website"),
        help_text=_("We read public pages only, about thirty seconds."),
    )
    address = forms.SlugField(label=_("Address"))
    wish = forms.CharField(label=_("What should change?"), widget=forms.Textarea, required=False)
    tone = forms.ChoiceField(
        label=_("Why"), choices=[("tone", _("Tone")), ("facts", _("Facts")), ("long", _("Too long"))]
    )
    starts = forms.DateField(
        label=_("Starts on"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    sourced = forms.BooleanField(label=_("Facts must have a source"), required=False, initial=True)
    remind = forms.BooleanField(label=_("Remind me after a day"), required=False, initial=True)


class SmallForm(forms.Form):
    note = forms.CharField(label=_("Note to your marketer"), help_text=_("Only they see it."))


def _form() -> SampleForm:
    form = SampleForm(
        {"website": "https://pekarstvinovak.example", "address": "novak", "tone": "tone", "remind": "on"}
    )
    form.add_error("address", _("Taken. Free: pekarstvi-novak, novak-litomysl."))
    return form


def _task(**given: Any) -> SimpleNamespace:
    known = {
        "active": False, "poll_ms": 1000, "step_label": "", "progress": None, "cause": "",
        "result_url": "", "urls": {},
    }  # fmt: skip
    return SimpleNamespace(**{**known, **given})


def _tasks() -> dict[str, Any]:
    # A poll once in a day: the page must stand still while somebody looks at it.
    running = _task(
        id="running", state="RUNNING", active=True, poll_ms=86_400_000,
        step_label=_("Writing the sections, 4 of 7"),
        progress=58, urls={"status": "#", "cancel": "#"},
    )  # fmt: skip
    failed = _task(
        id="failed", state="FAILED", urls={"retry": "#"},
        cause=_("The image service refused the request. Your text is safe and the picture wasn’t counted."),
    )  # fmt: skip
    done = _task(
        id="done", state="DONE", step_label=_("1,420 words, 11 facts with a source."), result_url="#"
    )
    steps = (
        {"label": _("Outline"), "state": "done", "note": "14 s"},
        {"label": _("Writing the sections"), "state": "now", "note": "4 / 7"},
        {"label": _("Checking every claim"), "state": "todo"},
    )
    return {"running": running, "failed": failed, "done": done, "steps": steps}


def samples() -> dict[str, Any]:
    return {
        "colours": COLOURS,
        "state_codes": STATES,
        "segments": SEGMENTS,
        "post_text": str(POST),
        "form": _form(),
        "small_form": SmallForm(),
        "tasks": _tasks(),
        "page": Paginator(range(230), 12).page(7),
        "steps": (_("Company"), _("Company DNA"), _("Voices"), _("Plan and rhythm")),
        "readiness": (
            (_("topic"), "done"), (_("article"), "done"), (_("posts"), "yours"), (_("pictures"), "todo"),
            (_("approval"), "todo"),
        ),
        "now": timezone.now(),
        "groups": (
            {"url": "#", "label": _("Who you are"), "count": "6 / 6"},
            {"url": "#", "label": _("What you offer"), "count": "5 / 7", "current": True},
        ),
        "choices": (("pro", "Pro"), ("basic", "Basic")),
        "features": (_("24 posts a month"), _("6 personas"), _("5 networks")),
        "missing": (_("video"),),
        "calendar": book_calendar.sample(),
        **_figures(),
        **_inputs(),
        **_lists(),
    }  # fmt: skip


def index() -> list[tuple[str, str]]:
    """Every component and the entry it is shown in."""
    return sorted((name, first) for first, (names, _heading) in entries().items() for name in names)


def found(query: str) -> bool:
    """Whether any entry holds all words that are looked for."""
    return any(fits(first, query) for first in entries())


def _figures() -> dict[str, Any]:
    weeks = [f"{number}." for number in range(41, 49)]
    return {
        "chart": {
            "weeks": weeks,
            "delivered": [
                (_("posts"), [4, 6, 5, 9, 8, 11, 10, 12]),
                (_("articles"), [1, 2, 2, 3, 2, 3, 3, 4]),
            ],
            "hours": [
                (_("you"), [30, 26, 22, None, 14, 12, 9, 7]),
                (_("our team"), [12, 14, 9, 8, 8, 6, 7, 5]),
            ],
            "networks": ["Facebook", "LinkedIn", "Instagram", "X"],
            "shares": [(_("posts"), [18, 12, 9, 5])],
            "spark": [11, 12, 15, 14, 18, 21],
        }
    }


def _inputs() -> dict[str, Any]:
    return {
        "editor_text": _(
            "**A dry morning** is enough.\n\n## What to look for\n- the ridge line\n- slipped slates"
        ),
        "companies": (
            ("Pekařství Novák", "Litomyšl"),
            ("Pekárna Podhorka", "Podhora"),
            ("Pečivo Černý", "Písek"),
        ),
        "towns": (("Brno", ""), ("Litomyšl", ""), ("Praha", "")),
        "swatches": (("#4F46E5", _("Indigo")), ("#047857", _("Green")), ("#B45309", _("Amber"))),
        "free_slots": (
            ("2026-12-03 09:00", _("Thu 3 Dec, 9:00")),
            ("2026-12-04 09:00", _("Fri 4 Dec, 9:00")),
        ),
        "picture": static("book/loaf.svg"),
    }


def _lists() -> dict[str, Any]:
    now = timezone.now()
    return {
        "later": now + timedelta(days=2),
        "soon": timezone.localtime(now).replace(hour=23, minute=55),
        "before": now - timedelta(minutes=40),
        "people": ("Jana Nováková", "Tomáš Beran", "Eva Malá", "Petr Dvořák", "Iva Černá"),
        "tiers": (
            {"name": "Basic", "price": "990 Kč", "href": "#", "action": _("Move to Basic")},
            {"name": "Pro", "price": "1 990 Kč", "current": True},
        ),
        "tier_rows": ((_("Posts a month"), (12, 24)), (_("Images"), (False, True)), (_("Personas"), (3, 6))),
        "shortcuts": ((("j", "k"), _("next, previous")), (("a",), _("approve")), (("?",), _("this sheet"))),
    }
