"""The set-up: company, DNA, voices (posthub.personas), plan and rhythm. Each step is saved by itself."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from posthub.billing.models import Plan
from posthub.billing.queries import plan_of
from posthub.company import operations, queries
from posthub.company.forms import CompanyForm, RhythmForm, looks_like_website
from posthub.company.models import Company
from posthub.company.register.numbers import as_number
from posthub.company.register.search import Found, search
from posthub.company.views.dna import review_context
from posthub.company.views.documents import documents_context
from posthub.core.access import member
from posthub.core.htmx import go, show
from posthub.core.tenancy import TenantRequest
from posthub.jobs.models import Job
from posthub.organizations.operations import change_settings


def step_context(request: TenantRequest, step: int) -> dict[str, Any]:
    """What base_wizard.html needs; steps that were passed are links."""
    steps = [
        {"label": _("Company"), "href": reverse("company:welcome_company")},
        {"label": _("Company DNA"), "href": reverse("company:welcome_dna")},
        {"label": _("Voices"), "href": reverse("personas:welcome_personas")},
        {"label": _("Plan and rhythm"), "href": reverse("company:welcome_rhythm")},
    ]
    return {"steps": steps, "step": step, "organization": request.organization, "later_url": "/"}


@require_safe
@member
def welcome(request: TenantRequest) -> HttpResponse:
    """The step at which this organization stands."""
    company = queries.first_company()
    if company is None:
        return redirect("company:welcome_company")
    if not company.versions.filter(state="ACCEPTED").exists():
        return redirect("company:welcome_dna")
    if not company.personas.filter(state="ACTIVE").exists():
        return redirect("personas:welcome_personas")
    return redirect("company:welcome_rhythm")


@require_http_methods(["GET", "HEAD", "POST"])
@member
def welcome_company(request: TenantRequest) -> HttpResponse:
    company = queries.first_company()
    if request.method == "POST":
        form = CompanyForm(request.POST)
        if form.is_valid():
            return _to_register(request, form) or _begin(request, company, form)
    elif "company" in request.GET:
        form = CompanyForm(initial={"language": request.organization.language, **request.GET.dict()})
    elif company is not None:
        form = CompanyForm.of(company)
    else:
        form = CompanyForm(initial={"language": request.organization.language})
    context = {**step_context(request, 1), "form": form, "company": company, **_found(request)}
    return show(
        request,
        "company/welcome_company.html",
        context,
        fragment="found",
        status=422 if form.is_bound else 200,
    )


def _found(request: TenantRequest) -> dict[str, Any]:
    """What the register knows of the name that was typed; nothing where nothing or an address was."""
    text = str(request.POST.get("company", "") or request.GET.get("company", ""))[:300].strip()
    found: Found | None = None if not text or looks_like_website(text) else search(text)
    chosen = request.POST.get("entry", "")
    options = [(entry, entry.registration_id == chosen) for entry in found.entries] if found else []
    return {"found": found, "options": options, "by_hand": not any(checked for _entry, checked in options)}


def _to_register(request: TenantRequest, form: CompanyForm) -> HttpResponse | None:
    """The list of companies, where it was asked for; a number alone is looked up, too."""
    text = str(form.cleaned_data["company"])
    unsettled = form.entry_chosen is None and not looks_like_website(text)
    if not unsettled or not ("search" in request.POST or as_number(text)):
        return None
    asked = {"company": text, "site": form.cleaned_data["site"], "language": form.cleaned_data["language"]}
    return go(request, f"{reverse('company:welcome_company')}?{urlencode(asked)}")


def _begin(request: TenantRequest, company: Company | None, form: CompanyForm) -> HttpResponse:
    said: dict[str, Any] = {
        "name": form.name,
        "website": form.website,
        "language": form.cleaned_data["language"],
        "entry": form.entry_chosen,
    }
    if company is None:
        company = operations.start_company(**said, by=request.user)
    elif form.website or form.entry_chosen or form.name != company.name:
        company = operations.change_company(company, **said, by=request.user)
    if form.website:
        operations.read_website(company, by=request.user)
    return go(request, "company:welcome_dna")


@require_safe
@member
def welcome_dna(request: TenantRequest) -> HttpResponse:
    company = queries.first_company()
    if company is None:
        return redirect("company:welcome_company")
    only = request.GET.get("only") or ("all" if "by_hand" in request.GET else "")
    review = review_context(company, at="welcome", only=only, opened=request.GET.get("open", ""))
    job = review["job"]
    # The company's row may be older than the job's: it was read before.
    waiting = job is not None and job.state != Job.State.DONE and company.read_at is None
    shown = not waiting or "by_hand" in request.GET
    context = {
        **step_context(request, 2),
        **review,
        **documents_context(company),
        # Before anything was read there is nothing to check; whoever likes fills it in by hand meanwhile.
        "show_points": shown,
        "alone": not shown,
    }
    return show(request, "company/welcome_dna.html", context, fragment="review")


@require_http_methods(["GET", "HEAD", "POST"])
@member
def welcome_rhythm(request: TenantRequest) -> HttpResponse:
    plan = plan_of(request.organization)
    saved = "saved" in request.GET
    if request.method == "POST":
        form = RhythmForm(request.POST, networks=plan.platforms)
        if form.is_valid():
            change_settings(request.organization, by=request.user, **form.choices_made())
            return go(request, reverse("company:welcome_rhythm") + "?saved=1")
    else:
        form = RhythmForm.of(request.organization, networks=plan.platforms)
    context = {
        **step_context(request, 4),
        "form": form,
        "plan": plan,
        "saved": saved,
        "voices": _voices(),
        "plan_line": _plan_in_words(plan),
        "days": _days_in_words(request.organization.post_days),
    }
    return render(request, "company/welcome_rhythm.html", context, status=422 if form.is_bound else 200)


def _plan_in_words(plan: Plan) -> str:
    posts, personas, networks = plan.posts_a_month, plan.active_personas, plan.platforms
    return _("Your plan: %(plan)s (%(posts)s, %(personas)s, %(networks)s).") % {
        "plan": plan.title,
        "posts": ngettext(
            "%(count)s article a month with its posts", "%(count)s articles a month with their posts", posts
        )
        % {"count": posts},
        "personas": ngettext("%(count)s voice", "%(count)s voices", personas) % {"count": personas},
        "networks": ngettext("%(count)s network", "%(count)s networks", networks) % {"count": networks},
    }


def _days_in_words(numbers: str) -> str:
    """ "1,4" is "Monday, Thursday"; Czech writes days small."""
    names = [str(WEEKDAYS[int(number) - 1]) for number in numbers.split(",") if number]
    return capfirst(", ".join(name.lower() if get_language() == "cs" else name for name in names))


def _voices() -> list[str]:
    company = queries.first_company()
    if company is None:
        return []
    return list(company.personas.filter(state="ACTIVE").values_list("name", flat=True))
