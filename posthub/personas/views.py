"""Voices: chosen in the set-up, looked after on their own pages."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posthub.billing.queries import plan_of
from posthub.company.labels import choice_name
from posthub.company.models import Company
from posthub.company.queries import first_company
from posthub.company.views.wizard import step_context
from posthub.core.access import member
from posthub.core.errors import OverAllowance, Refused
from posthub.core.htmx import back_to, form_on, go, reply, show, wants_fragment
from posthub.core.tenancy import TenantRequest
from posthub.jobs.queries import task_of
from posthub.personas import operations, queries
from posthub.personas.forms import PersonaForm
from posthub.personas.models import Persona

SKELETONS = range(6)


def choice_context(request: TenantRequest, company: Company, chosen: set[str] | None) -> dict[str, Any]:
    """The voices to choose from; `chosen` is what was ticked, None for what is active."""
    offered = queries.to_choose_from(company)
    if chosen is None:
        chosen = {str(persona.pk) for persona in offered if persona.state == "ACTIVE"}
    job = queries.latest_proposal(company)
    return {
        "company": company,
        "personas": [{"persona": persona, "checked": str(persona.pk) in chosen} for persona in offered],
        "chosen": len(chosen),
        "limit": plan_of(request.organization).active_personas,
        "job": job if job and job.state != "DONE" else None,
        "task": task_of(job) if job else None,
        "skeletons": SKELETONS,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@member
def welcome_personas(request: TenantRequest) -> HttpResponse:
    company = first_company()
    if company is None:
        return redirect("company:welcome_company")
    chosen: set[str] | None = None
    problem = ""
    if request.method == "POST":
        chosen = set(request.POST.getlist("persona"))
        try:
            operations.choose_personas(company, _uuids(chosen), by=request.user)
            return go(request, "company:welcome_rhythm")
        except (OverAllowance, Refused) as refusal:
            problem = refusal.message
    context = {**step_context(request, 3), **choice_context(request, company, chosen), "problem": problem}
    return show(
        request, "personas/welcome_personas.html", context, fragment="arrived", status=422 if problem else 200
    )


@require_safe
@member
def chosen(request: TenantRequest) -> HttpResponse:
    """How many voices are ticked, in words, while somebody is choosing; as a page, the choice itself."""
    if not wants_fragment(request):
        return redirect("personas:welcome_personas")
    context = {
        "chosen": len(set(request.GET.getlist("persona"))),
        "limit": plan_of(request.organization).active_personas,
    }
    return render(request, "personas/welcome_personas.html#chosen", context)


def _uuids(texts: set[str]) -> list[UUID]:
    """What was ticked; anything that is no id is nobody's voice."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@require_POST
@member
def propose_personas(request: TenantRequest) -> HttpResponse:
    company = first_company()
    if company is None:
        return redirect("company:welcome_company")
    operations.propose_personas(company, by=request.user)
    return go(request, back_to(request, "personas:persona_list"))


@require_safe
@member
def persona_list(request: TenantRequest) -> HttpResponse:
    company = first_company()
    if company is None:
        return redirect("company:welcome")
    return show(request, "personas/persona_list.html", list_context(request, company), fragment="personas")


def list_context(request: TenantRequest, company: Company) -> dict[str, Any]:
    own = list(queries.personas_of(company))
    active = [persona for persona in own if persona.state == "ACTIVE"]
    job = queries.latest_proposal(company)
    return {
        "active": active,
        "others": [persona for persona in own if persona.state != "ACTIVE"],
        "limit": plan_of(request.organization).active_personas,
        "language": company.language,
        "job": job if job and job.state != "DONE" else None,
        "task": task_of(job) if job else None,
    }


def persona_here(pk: UUID) -> Persona:
    return get_object_or_404(Persona.objects.select_related("company"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@member
def persona(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One voice in full, and the form that changes it."""
    found = persona_here(pk)
    form = PersonaForm(request.POST) if request.method == "POST" else PersonaForm.of(found)
    if form.is_bound and form.is_valid():
        operations.edit_persona(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return go(request, back_to(request, found.get_absolute_url()))
    context = {"persona": found, "form": form, **style_of(found)}
    return render(request, "personas/persona.html", context, status=422 if form.is_bound else 200)


def style_of(persona: Persona) -> dict[str, Any]:
    """How it writes, in words."""
    sentences = {"short": _("short"), "medium": _("of middle length"), "long": _("long")}
    voice = persona.voice
    return {
        "sentences": sentences.get(voice.get("sentence_length", ""), ""),
        "tone": [choice_name(tone) for tone in voice.get("tone", [])],
        "formality": choice_name(voice.get("formality", "")),
    }


@form_on("personas:persona_list")
@member
def activate_persona(request: TenantRequest, pk: UUID) -> HttpResponse:
    found = persona_here(pk)
    problem = ""
    try:
        operations.activate_persona(found, by=request.user)
        messages.success(request, _("%(name)s may write now.") % {"name": found.name})
    except OverAllowance as refusal:
        problem = refusal.message
    context = {**list_context(request, found.company), "problem": problem}
    if problem:
        return show(request, "personas/persona_list.html", context, fragment="personas", status=422)
    return reply(request, "personas/persona_list.html#personas", context, otherwise="personas:persona_list")


@require_POST
@member
def retire_persona(request: TenantRequest, pk: UUID) -> HttpResponse:
    retired = operations.retire_persona(persona_here(pk), by=request.user)
    messages.success(request, _("%(name)s rests now; what it wrote stays.") % {"name": retired.name})
    context = list_context(request, retired.company)
    return reply(request, "personas/persona_list.html#personas", context, otherwise="personas:persona_list")
