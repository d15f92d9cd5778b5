"""A spot of a picture, pressed or written in percent: the same for members and for who came by a link."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from posthub.approvals.operations.remarks import Spot
from posthub.approvals.queries.social import picture_of
from posthub.core.errors import Refused

SHOWN_WIDE = 300  # of the picture one points into, so that it fits a phone


def spot_of(request: HttpRequest) -> Spot | None:
    """The place in the picture that the form names, None where it is about words."""
    if not request.POST.get("picture"):
        return None
    try:
        return Spot(
            UUID(request.POST["picture"]), int(request.POST.get("x", "")), int(request.POST.get("y", ""))
        )
    except ValueError as problem:
        raise Refused(_("Give the spot in percent, from 0 to 100.")) from problem


def picture_pointed_at(request: HttpRequest, subject: Any, token: str = "") -> dict[str, Any]:
    """The picture with the spot that was pointed at last: in percent, or where in the shown picture was pressed.

    With `token` it is shown to whoever holds that review link; {} where there is no picture.
    """
    shown = getattr(subject, "shown_media", None) or {}
    if shown.get("kind") != "image":
        return {}
    media = subject.media.get(pk=shown["id"])
    height = round(SHOWN_WIDE * media.height / media.width) if media.width else SHOWN_WIDE
    given = request.POST if request.method == "POST" else request.GET
    pressed = number(request.GET.get("at.x", "")), number(request.GET.get("at.y", ""))
    x, y = number(given.get("x", "")), number(given.get("y", ""))
    if (
        pressed[0] is not None and pressed[1] is not None and any(pressed)
    ):  # a key presses it at no place at all
        x, y = min(100, pressed[0] * 100 // SHOWN_WIDE), min(100, pressed[1] * 100 // height)
    return {
        "id": shown["id"],
        "wide": SHOWN_WIDE,
        "high": height,
        "x": 50 if x is None else x,
        "y": 50 if y is None else y,
        **picture_of(subject, token),
    }


def number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None
