"""Documents: given, shown, taken away again."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posthub.company import operations, queries
from posthub.company.models import Company, Document
from posthub.company.uploads import ACCEPT, checked
from posthub.company.views.dna import company_here
from posthub.core.access import member
from posthub.core.errors import Refused
from posthub.core.htmx import back_to, reply, wants_fragment
from posthub.core.tenancy import TenantRequest
from posthub.jobs.queries import delay_since

MOST_AT_ONCE = 10


def documents_context(company: Company) -> dict[str, object]:
    listed = queries.documents_of(company)
    reading = [document for document in listed if document.state == "READING"]
    return {
        "company": company,
        "documents": listed,
        "accept": ACCEPT,
        "most_bytes": settings.DOCUMENT_MAX_BYTES,
        "waiting": bool(reading),
        "poll_ms": delay_since(min(document.state_since for document in reading)) if reading else 0,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@member
def documents(request: TenantRequest) -> HttpResponse:
    company = queries.first_company()
    if company is None:
        return redirect("company:welcome")
    added, problems = _take_in(request, company) if request.method == "POST" else ([], [])
    # All of them are in the list; which of them came in is said where some did not.
    context = {**documents_context(company), "problems": problems, "added": added if problems else []}
    if request.method == "POST" and not problems and not wants_fragment(request):
        return HttpResponseRedirect(back_to(request, "company:documents"), status=303)
    part = "document_list" if "list" in request.GET else "documents"
    name = f"company/documents.html#{part}" if wants_fragment(request) else "company/documents.html"
    response = render(request, name, context, status=422 if problems else 200)
    response["Vary"] = "HX-Request"
    return response


def _take_in(request: TenantRequest, company: Company) -> tuple[list[str], list[str]]:
    """Keep each file that passes: their names, and what was wrong with the others in words."""
    files = request.FILES.getlist("file")
    added, problems = list[str](), [] if files else [_("Choose a file first.")]
    if len(files) > MOST_AT_ONCE:
        return [], [_("At most %(number)s files at once, please.") % {"number": MOST_AT_ONCE}]
    for file in files:
        try:
            added.append(operations.add_document(company, upload=checked(file), by=request.user).name)
        except Refused as refusal:
            problems.append(refusal.message)
    return added, problems


@require_safe
@member
def document_file(request: TenantRequest, pk: UUID) -> FileResponse:
    """The file itself, only ever as a download of no type a browser would show."""
    document = get_object_or_404(Document, pk=pk)
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type="application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@member
def read_document_again(request: TenantRequest, pk: UUID) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    operations.read_document_again(document, by=request.user)
    context = documents_context(company_here(request))
    return reply(request, "company/documents.html#document_list", context, otherwise="company:documents")


@require_POST
@member
def remove_document(request: TenantRequest, pk: UUID) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    operations.remove_document(document, by=request.user)
    messages.success(request, _("“%(name)s” was removed.") % {"name": document.name})
    context = documents_context(company_here(request))
    return reply(request, "company/documents.html#document_list", context, otherwise="company:documents")
