"""The media library: pictures that people give, and which part of them goes with which post."""

import uuid
from dataclasses import asdict
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from posthub.ai.providers.base import ProviderError
from posthub.audit import operations as audit
from posthub.content import files
from posthub.content.models import Media, Picture, SocialPost
from posthub.content.operations.review import EDITABLE
from posthub.content.platforms import PLATFORMS
from posthub.core.database import connection
from posthub.core.errors import Refused, WrongState
from posthub.lifecycle.machine import advance, check_unchanged, locked

MOST_PICTURES = 500
ACCEPT = "image/jpeg,image/png,image/webp"
DECIDED = frozenset({"APPROVED", "SCHEDULED", "ON_HOLD"})


def add_picture(file: "UploadedFile[bytes]", *, by: Any) -> Picture:
    """Make the picture anew from what it shows and keep it. What it claims to be is not asked. Raises Refused."""
    name = (file.name or "").replace("\\", "/").rsplit("/", 1)[-1][:120] or _("Picture")
    if Picture.objects.count() >= MOST_PICTURES:
        raise Refused(
            _("There is room for %(number)s pictures. Remove one first.") % {"number": MOST_PICTURES}
        )
    content = file.read(files.MOST_BYTES + 1)
    generated = files.made_by_machine(content)
    try:
        made = files.picture(content, source=files.BY_MODEL if generated else "")
    except ProviderError as problem:
        if size := files.too_small(content):
            said = _(
                "“%(name)s” is too small: it has %(size)s points, at least %(side)s × %(side)s are needed."
            )
            raise Refused(said % {"name": name, "size": size, "side": files.LEAST_SIDE}) from problem
        raise Refused(
            _("“%(name)s” is no JPEG, PNG or WebP picture of at least %(side)s × %(side)s points.")
            % {"name": name, "side": files.LEAST_SIDE}
        ) from problem
    return _kept(made, name, by=by, generated=generated)


@transaction.atomic
def _kept(made: files.MediaFile, name: str, *, by: Any, generated: bool) -> Picture:
    if Picture.objects.filter(content_hash=made.hash).exists():
        raise Refused(_("“%(name)s” is here already.") % {"name": name})
    picture = Picture.objects.create(
        name=name, by_id=by.pk, generated=generated, content_hash=made.hash, **_saved(made)
    )
    _record("picture.added", f"picture:{picture.pk}", by, name=name)
    return picture


def _saved(made: files.MediaFile) -> dict[str, Any]:
    path = f"org/{connection.schema_name}/media/{uuid.uuid4()}.{made.kind}"
    return {
        "file": default_storage.save(path, ContentFile(made.content)),
        "content_type": made.content_type,
        "size": len(made.content),
        "width": made.width,
        "height": made.height,
    }


@transaction.atomic
def describe_picture(picture: Picture, *, alt_text: str, focal_x: int, focal_y: int) -> Picture:
    """Posts that show it already keep what was said of it when it was approved."""
    picture.alt_text, picture.focal_x, picture.focal_y = alt_text, focal_x, focal_y
    picture.save(update_fields=["alt_text", "focal_x", "focal_y", "updated_at"])
    return picture


@transaction.atomic
def remove_picture(picture: Picture, *, by: Any) -> None:
    """Posts keep their own files."""
    path = str(picture.file.name)
    _record("picture.removed", f"picture:{picture.pk}", by, name=picture.name)
    picture.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


@transaction.atomic
def use_picture(
    picture: Picture, post: SocialPost, *, by: Any, seen: str = "", wanted: files.Frame | None = None
) -> Media:
    """Show the part of the picture that fits the post's network: as wide as `wanted` and around its middle, or all
    that fits around what must stay in sight. What was approved without it waits again.
    """
    if not picture.alt_text:
        raise Refused(_("Say first what the picture shows: it goes out with it."))
    current = _open(post, seen)
    ratio = PLATFORMS[current.platform].ratio
    around = wanted.center if wanted else (float(picture.focal_x), float(picture.focal_y))
    share = wanted.w if wanted else 100
    frame = files.framed(ratio, picture.width, picture.height, around=around, share=share)
    with picture.file.open("rb") as file:
        source = files.BY_MODEL if picture.generated else ""
        made = files.part_of(file.read(), frame, source=source)
    if min(made.width, made.height) < files.LEAST_SIDE:
        raise Refused(_("That part of the picture is too small for the network."))
    _wait_again(current, by=by, why=_("Its picture was changed"))
    number = current.version.number if current.version else 1
    Media.objects.filter(social_post=current, version_number=number, kind="image").delete()
    media = Media.objects.create(
        social_post=current, version_number=number, kind="image", alt_text=picture.alt_text, picture=picture,
        generated=picture.generated, content_hash=made.hash, provider="upload", **_saved(made),
    )  # fmt: skip
    _record("picture.used", f"post:{current.pk}", by, picture=picture.name, frame=asdict(frame))
    return media


@transaction.atomic
def describe_media(media: Media, *, by: Any, seen: str, alt_text: str) -> Media:
    """Other words about a post's picture are another thing to approve."""
    if alt_text == media.alt_text:
        return media
    current = _open(media.social_post, seen)
    _wait_again(current, by=by, why=_("The description of its picture was changed"))
    media.alt_text = alt_text
    media.save(update_fields=["alt_text", "updated_at"])
    _record("media.described", f"post:{current.pk}", by)
    return media


def _open(post: SocialPost, seen: str) -> SocialPost:
    current = locked(post)
    if seen:
        check_unchanged(current, seen)
    if current.state not in EDITABLE or current.version is None:
        raise WrongState(_("This post is being written or has gone out. Its picture stays as it is."))
    return current


def _wait_again(current: SocialPost, *, by: Any, why: str) -> None:
    if current.state in DECIDED:
        advance(current, "PENDING_APPROVAL", by=by, why=why)


def _record(action: str, subject: str, by: Any, **detail: Any) -> None:
    audit.record(action, subject=subject, actor_id=by.pk, chain=connection.schema_name, detail=detail)
