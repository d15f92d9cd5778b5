"""Real words for the Visual Book: what its samples show, and the call and properties of each component."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posthub.ui import reference

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
        "families": reference.families_described(),
    }  # fmt: skip
