"""The worker's side of pictures and films: ask, check what came, keep it in the organization's own folder."""

import time
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from posthub.ai import gateway
from posthub.ai.providers.base import MediaRequest, Picture, ProviderError
from posthub.content import files
from posthub.content.models import Media, SocialPost
from posthub.content.platforms import PLATFORMS
from posthub.core.database import connection
from posthub.core.errors import WorkFailed
from posthub.core.files import folder_of
from posthub.jobs.runner import RunningJob
from posthub.lifecycle.machine import advance, locked

FILM_SECONDS = 8
MOST_WORDS = 90


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the storage and where it came from, as the job remembers it."""

    file: str
    content_type: str
    size: int
    width: int
    height: int
    content_hash: str
    provider: str
    model: str


def make_picture(job: RunningJob) -> None:
    post = _wanted(job)
    if post is None:
        return
    job.step(_("Making the picture"), 20)
    request = _request("image", post)

    def made() -> dict[str, Any]:
        answered = gateway.picture(request, _usable)
        return asdict(_keep(job, answered.value, answered.record.provider, answered.record.model))

    kept = Kept(**job.remember("picture", made))
    with job.effect():
        _attach("image", post, request, kept)


def make_film(job: RunningJob) -> None:
    """The operation's name is remembered: whoever takes this job over goes on asking for the same film."""
    post = _wanted(job)
    if post is None:
        return
    job.step(_("Having the film made"), 5)
    request = _request("video", post)
    operation = gateway.Operation(**job.remember("operation", lambda: asdict(gateway.start_film(request))))
    kept = Kept(**job.remember("film", lambda: asdict(_awaited(job, operation, request))))
    with job.effect():
        _attach("video", post, request, kept)


def _awaited(job: RunningJob, operation: gateway.Operation, request: MediaRequest) -> Kept:
    until = time.monotonic() + settings.AI_FILM_SECONDS
    asked = 0
    while time.monotonic() < until:
        asked += 1
        job.step(_("The film is being made"), min(90, 10 + 3 * asked))
        try:
            film = gateway.film(operation, request)
        except ProviderError as problem:
            if problem.permanent:
                raise
            film = None
        if film is not None:
            return _keep(job, files.film(film.content), film.provider, film.model)
        time.sleep(settings.AI_FILM_POLL_SECONDS)
    raise WorkFailed(
        _("The film is still being made. We go on asking for it."), permanent=False, retry_after=20
    )


def _usable(made: Picture) -> files.MediaFile:
    source = files.BY_PROGRAM if made.provider == "offline" else files.BY_MODEL
    return files.picture(made.content, source=source)


def _wanted(job: RunningJob) -> SocialPost | None:
    """The post, if this version of it is still the one people look at."""
    posts = SocialPost.objects.select_related("version", "blog_post__topic__company")
    post = posts.filter(pk=job.payload["post"]).first()
    current = post is not None and post.version is not None and post.version.number == job.payload["version"]
    return post if current else None


def _request(use: str, post: SocialPost) -> MediaRequest:
    company = post.blog_post.topic.company
    extra = post.version.extra if post.version else {}
    words = (extra.get("hook") or post.title).strip()
    return gateway.media_request(
        use,
        subject=extra.get("image_brief") or post.title,
        brand=company.name,
        language=company.language,
        ratio=PLATFORMS[post.platform].ratio,
        words=words if len(words) <= MOST_WORDS else post.title,
        seconds=FILM_SECONDS if use == "video" else 0,
    )


def _keep(job: RunningJob, made: files.MediaFile, provider: str, model: str) -> Kept:
    """Under the job's own name: another attempt writes over what the one before left behind."""
    path = f"{folder_of(connection.schema_name)}/media/{job.job.pk}.{made.kind}"
    default_storage.delete(path)
    name = default_storage.save(path, ContentFile(made.content))
    return Kept(
        name, made.content_type, len(made.content), made.width, made.height, made.hash, provider, model
    )


def _attach(use: str, post: SocialPost, request: MediaRequest, kept: Kept) -> None:
    """What was approved without it waits for approval again, with it; what has gone out stays as it went."""
    current = locked(post)
    if current.state in {"DELIVERING", "DELIVERED"}:
        return
    if current.state in {"APPROVED", "SCHEDULED", "ON_HOLD"}:
        added = _("A film was added") if use == "video" else _("A picture was added")
        advance(current, "PENDING_APPROVAL", why=added)
    _write(use, post, request, kept)


def _write(use: str, post: SocialPost, request: MediaRequest, kept: Kept) -> Media:
    extra = post.version.extra if post.version else {}
    return Media.objects.create(
        social_post=post,
        version_number=post.version.number if post.version else 1,
        kind=use,
        alt_text=(extra.get("alt_text") or f"{request.brand}: {request.words}")[:300],
        seconds=request.seconds,
        prompt=request.prompt,
        prompt_name=request.prompt_name,
        prompt_version=request.prompt_version,
        **asdict(kept),
    )
