"""The DNA page and what can be done on its rows, here and in the set-up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posthub.accounts.models import User
from posthub.company import operations, queries
from posthub.company.changes import open_changes
from posthub.company.forms import PointForm
from posthub.company.models import Company, Dna, DnaPoint
from posthub.company.points import BY_KEY
from posthub.company.views.rows import Row, change_rows, completeness, group_of, groups_of, page_of
from posthub.core.access import member, supervisor
from posthub.core.errors import Stale
from posthub.core.htmx import go, reply, show, wants_fragment
from posthub.core.tenancy import TenantRequest
from posthub.jobs.queries import task_of


def company_here(request: TenantRequest) -> Company:
    company = queries.first_company()
    if company is None:
        raise Http404
    return company


def point_here(pk: UUID) -> DnaPoint:
    return get_object_or_404(DnaPoint.objects.select_related("dna__company"), pk=pk)


def review_context(company: Company, *, at: str, only: str, opened: str = "") -> dict[str, Any]:
    """What both the page and the set-up show of the DNA: points, proposals, the reading under way."""
    # The job before the facts: where it says that it is over, what it wrote is seen.
    reading = queries.reading_of(company)
    versions = list(Dna.objects.filter(company=company))
    accepted = next((dna for dna in versions if dna.state == "ACCEPTED"), None)
    draft = next((dna for dna in versions if dna.state == "DRAFT"), None)
    points = queries.points_in_order(accepted or draft)
    proposed = queries.points_in_order(draft) if accepted and draft else []
    return {
        "company": company,
        "versions": versions,
        "accepted": accepted,
        "draft": draft,
        "at": at,
        "only": only,
        "groups": groups_of(points, only=only, at=at, opened=opened),
        "meter": completeness(points),
        "changes": change_rows(open_changes(points, proposed), at),
        "job": reading,
        "task": task_of(reading) if reading else None,
        "reading_failed": operations.reading_failed(reading),
    }


@require_safe
@member
def dna(request: TenantRequest) -> HttpResponse:
    company = queries.first_company()
    if company is None:
        return redirect("company:welcome")
    context = review_context(
        company, at="", only=request.GET.get("only", ""), opened=request.GET.get("open", "")
    )
    return show(request, "company/dna.html", context, fragment="review")


@require_safe
@member
def dna_version(request: TenantRequest, number: int) -> HttpResponse:
    """One version beside the one before it."""
    company = company_here(request)
    version = get_object_or_404(Dna, company=company, number=number)
    previous = Dna.objects.filter(company=company, number__lt=number).exclude(state="DISMISSED").first()
    before = {point.key: point for point in queries.points_in_order(previous)}
    after = queries.points_in_order(version)
    changed = [
        {"row": Row(point), "before": Row(before[point.key]) if point.key in before else None}
        for point in after
        if point.key in before and point.value != before[point.key].value
    ]
    confirmed = queries.confirmed_by(version)
    context = {
        "version": version,
        "previous": previous,
        "changed": changed,
        "rows": [Row(p) for p in after],
        "confirmed": confirmed,
        "by": User.objects.filter(pk=confirmed.by_id).first() if confirmed and confirmed.by_id else None,
        "alone": previous is None,
    }
    return render(request, "company/dna_version.html", context)


@require_safe
@member
def point(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One row by itself, for who leaves the form of a row; as a page, the row's place on its page."""
    row = Row(point_here(pk), request.GET.get("at", ""))
    if not wants_fragment(request):
        return redirect(row.page_url)
    return render(request, "company/dna_rows.html#row", {"row": row})


@require_http_methods(["GET", "HEAD", "POST"])
@member
def edit_point(request: TenantRequest, pk: UUID) -> HttpResponse:
    found = point_here(pk)
    row = Row(found, request.GET.get("at", ""))
    prefix = found.key.replace(".", "-")
    form = PointForm(BY_KEY[found.key], request.POST or None, current=found.value, prefix=prefix)
    if request.method == "POST" and form.is_valid():
        filled = operations.fill_point(found, form.value(), by=request.user)
        messages.success(request, _("Saved."))
        return _judged(request, filled)
    # On a page of its own there is no row to put the answer into: the form goes back to the page with the rows.
    context = {"row": row, "form": form, "company": found.dna.company, "in_row": wants_fragment(request)}
    status = 422 if form.is_bound else 200
    return show(request, "company/point.html", context, fragment="form", status=status)


@require_POST
@member
def judge_point(request: TenantRequest, pk: UUID) -> HttpResponse:
    found = point_here(pk)
    verdict = request.POST.get("verdict", "")
    if verdict not in {"right", "wrong", "never", "unchecked"}:
        raise Http404
    try:
        judged = operations.judge_point(found, verdict, by=request.user, seen=request.GET.get("seen"))
    except Stale as problem:
        return _stale(request, problem)
    return _judged(request, judged)


def _judged(request: TenantRequest, judged: DnaPoint) -> HttpResponse:
    row = Row(judged, request.GET.get("at", ""))
    points = list(judged.dna.points.all())
    context = {"row": row, "meter": completeness(points), "group": group_of(judged, points), "oob": True}
    return reply(request, "company/dna_rows.html#judged", context, otherwise=row.page_url)


def _stale(request: TenantRequest, problem: Stale) -> HttpResponse:
    """The row as it is now, and in words that nothing was decided."""
    row = Row(problem.subject, request.GET.get("at", ""))
    context = {"row": row, "problem": problem.message}
    if wants_fragment(request):
        return render(request, "company/dna_rows.html#stale", context, status=409)
    return render(request, "company/point.html", {**context, "form": None}, status=409)


@require_POST
@member
def take_new_value(request: TenantRequest, pk: UUID) -> HttpResponse:
    operations.take_new_value(point_here(pk), by=request.user, seen=request.GET.get("seen"))
    return _changes_left(request, _("Accepted."))


@require_POST
@member
def keep_old_value(request: TenantRequest, pk: UUID) -> HttpResponse:
    operations.keep_old_value(point_here(pk), by=request.user, seen=request.GET.get("seen"))
    return _changes_left(request, _("Left as it was."))


def _changes_left(request: TenantRequest, done: str) -> HttpResponse:
    """What is left to settle; the last one settled changes the whole page, so it is loaded anew."""
    at = request.GET.get("at", "")
    context = review_context(company_here(request), at=at, only="")
    if not context["changes"]:
        messages.success(request, done)
        return go(request, page_of(at))
    return reply(request, "company/dna_rows.html#changes", context, otherwise=page_of(at) + "#changes")


@require_POST
@supervisor
def accept_dna(request: TenantRequest, pk: UUID) -> HttpResponse:
    version = get_object_or_404(Dna.objects.select_related("company"), pk=pk)
    accepted = operations.accept_dna(version, by=request.user)
    messages.success(request, _("Version %(number)s is confirmed.") % {"number": accepted.number})
    return go(request, "personas:welcome_personas" if request.GET.get("at") == "welcome" else "company:dna")


@require_POST
@member
def dismiss_dna(request: TenantRequest, pk: UUID) -> HttpResponse:
    version = get_object_or_404(Dna, pk=pk)
    operations.dismiss_dna(version, by=request.user)
    messages.success(request, _("Everything stays as it was."))
    return go(request, "company:dna")


@require_POST
@member
def read_website(request: TenantRequest) -> HttpResponse:
    at = request.GET.get("at", "")
    job = operations.read_website(company_here(request), by=request.user)
    context = {"job": job, "task": task_of(job), "at": at}
    return reply(request, "company/dna_rows.html#reading", context, otherwise=page_of(at))
