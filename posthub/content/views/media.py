"""A picture or film, for members of its organization only."""

from pathlib import PurePath
from uuid import UUID

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from posthub.content.models import Media, Picture
from posthub.core.access import member
from posthub.core.tenancy import TenantRequest

SHOWN = frozenset({"image/jpeg", "video/mp4", "video/webm"})


@require_safe
@member
def media_file(request: TenantRequest, pk: UUID) -> FileResponse:
    return served(get_object_or_404(Media, pk=pk))


def served(media: Media | Picture) -> FileResponse:
    """Shown as what it was found to be when it came in, and as nothing else."""
    try:
        file = media.file.open("rb")
    except FileNotFoundError as problem:
        raise Http404 from problem  # its row is there, its file is not: lost, or not copied back yet
    content_type = media.content_type if media.content_type in SHOWN else "application/octet-stream"
    response = FileResponse(
        file,
        as_attachment=content_type not in SHOWN,
        filename=PurePath(str(media.file)).name,
        content_type=content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
