"""Sign-off certificates: fetched by the organization, checked by anybody."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from posthub.approvals import certificate as certificates
from posthub.approvals.views.finding import subject_for
from posthub.content.models import Topic
from posthub.core.access import anyone, member
from posthub.core.days import is_month
from posthub.core.tenancy import TenantRequest

LARGEST = 4 * 1024 * 1024


@require_safe
@member
def certificate(request: TenantRequest, kind: str, pk: UUID, form: str) -> HttpResponse:
    subject = subject_for(kind, pk)
    if isinstance(subject, Topic):
        raise Http404  # a topic is no text that goes out
    return _file(request, certificates.of_subject(subject, request.organization), f"{kind}-{pk}", form)


@require_safe
@member
def month_certificate(request: TenantRequest, month: str, form: str) -> HttpResponse:
    if not is_month(month) or form not in {"pdf", "json"}:
        raise Http404
    return _file(request, certificates.of_month(month, request.organization), month, form)


def _file(request: TenantRequest, said: dict[str, Any], name: str, form: str) -> HttpResponse:
    whole = certificates.signed(said)
    if form == "pdf":
        data, kind = certificates.as_pdf(whole, zone=request.organization.zone), "application/pdf"
    else:
        data, kind = certificates.as_json(whole), "application/json"
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="sign-off-{name}.{form}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@anyone
def check_certificate(request: HttpRequest) -> HttpResponse:
    """Needs the certificate and nothing else: no account, no row."""
    if request.method != "POST":
        return render(request, "public/certificate.html", {})
    given = request.FILES.get("file")
    if given is None or (given.size or 0) > LARGEST:
        problem = _("Choose a certificate, a JSON or PDF file of up to 4 MB.")
        return render(request, "public/certificate.html", {"error": problem}, status=422)
    data = given.read()
    try:
        found = certificates.taken_from_pdf(data) if data.startswith(b"%PDF") else json.loads(data)
    except (ValueError, RecursionError):
        found = None
    verdict = certificates.verify(found)
    good = found if verdict.good else {}
    context = {"verdict": verdict, "certificate": good, "things": good.get("items", [])}
    return render(request, "public/certificate.html", context)
