"""Taking the last decision back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from posthub.approvals import operations
from posthub.approvals.models import Decision
from posthub.content.platforms import PLATFORMS
from posthub.core.access import member
from posthub.core.errors import WrongState
from posthub.core.tenancy import TenantRequest


@require_POST
@member
def undo(request: TenantRequest, batch: UUID) -> HttpResponse:
    """Back to what it was about, whether it could be undone or not; what stood in the way is said there."""
    decided = list(Decision.objects.filter(batch=batch, by_id=request.user.pk).order_by("created_at")[:6])
    if not decided:
        raise Http404
    try:
        operations.undo(batch, by=request.user)
        messages.success(request, _("Undone. It waits for you again."))
    except WrongState as problem:
        messages.error(request, problem.message)
    first = decided[0]
    back = resolve_url("approvals:review", first.kind, first.object_id)
    # Many things at once were decided in the list, and the posts of one article on their own page.
    several = len(decided) > len(PLATFORMS) or (
        {one.kind for one in decided} != {"post"} and len(decided) > 1
    )
    return HttpResponseRedirect(resolve_url("approvals:inbox") if several else back, status=303)
