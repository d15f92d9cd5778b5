"""The month of topics."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posthub.company.queries import first_company
from posthub.content import operations
from posthub.content.forms import TopicForm
from posthub.content.models import Topic
from posthub.content.planning import month_to_plan
from posthub.content.policies import can_edit
from posthub.content.views.finding import topic_for
from posthub.content.views.month import month_page, row_and_head
from posthub.core.access import member
from posthub.core.days import is_month
from posthub.core.errors import PostHubError, Refused, Stale, WrongState
from posthub.core.htmx import reply, show, wants_fragment
from posthub.core.tenancy import TenantRequest
from posthub.jobs.queries import task_of
from posthub.organizations.access import Forbidden
from posthub.personas.models import Persona


@require_safe
@member
def topics(request: TenantRequest) -> HttpResponse:
    asked = request.GET.get("month", "")
    month = asked if is_month(asked) else month_to_plan(request.organization.zone)
    context = month_page(request, month)
    context["ready"] = bool(context["rows"]) or Persona.objects.filter(state="ACTIVE").exists()
    return show(request, "content/topics.html", context, fragment="arrived")


@require_POST
@member
def start_month(request: TenantRequest) -> HttpResponse:
    company = first_company()
    if company is None:
        raise Refused(_("Tell us about the company first."))
    month = request.POST.get("month") or None
    job = operations.propose_month(company, month=month, by=request.user)
    return reply(
        request, "jobs/progress.html#bar", {"job": job, "task": task_of(job)}, otherwise=job.result_url
    )


@require_safe
@member
def topic(request: TenantRequest, pk: UUID) -> HttpResponse:
    found = topic_for(pk)
    return show(request, "content/topic.html", row_and_head(request, found), fragment="fresh")


@require_http_methods(["GET", "HEAD", "POST"])
@member
def edit_topic(request: TenantRequest, pk: UUID) -> HttpResponse:
    found = topic_for(pk)
    if not can_edit(found, supervises=request.supervises):
        raise Forbidden(_("This topic was decided on. Its article can be changed instead."))
    shown = {"version": found.content_hash, "title": found.title, "angle": found.angle, "date": found.date}
    form = TopicForm(request.POST or None, initial=shown)
    if request.method != "POST":
        return show(request, "content/edit_topic.html", {"form": form, "topic": found}, fragment="form")
    status = 422
    if form.is_valid():
        try:
            said = form.cleaned_data
            saved = operations.edit_topic(
                topic_for(pk), by=request.user, seen=said["version"], title=said["title"], angle=said["angle"],
                date=said["date"],
            )  # fmt: skip
        except (Refused, Stale, WrongState) as problem:
            form.add_error(None, problem.message)
            status = problem.status
        else:
            messages.success(request, _("Saved"))
            return _row(request, saved)
    name = "content/edit_topic.html#form" if wants_fragment(request) else "content/edit_topic.html"
    return render(request, name, {"form": form, "topic": topic_for(pk)}, status=status)


@require_POST
@member
def propose_another(request: TenantRequest, pk: UUID) -> HttpResponse:
    found = topic_for(pk)
    try:
        job = operations.propose_another(found, by=request.user)
    except PostHubError as problem:
        messages.error(request, problem.message)
        return HttpResponseRedirect(f"{resolve_url('content:topics')}?month={found.month}", status=303)
    return reply(
        request, "jobs/progress.html#bar", {"job": job, "task": task_of(job)}, otherwise=job.result_url
    )


def _row(request: TenantRequest, found: Topic) -> HttpResponse:
    back = f"{resolve_url('content:topics')}?month={found.month}"
    return reply(request, "content/topics.html#fresh", row_and_head(request, found), otherwise=back)
