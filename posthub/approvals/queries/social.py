"""The social posts of one article, each as its network will show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posthub.ai.routes import makes
from posthub.approvals.consequence import said
from posthub.approvals.queries.facts import Chip
from posthub.approvals.queries.remarks import with_loose
from posthub.content.models import SocialPost
from posthub.content.platforms import PLATFORMS, length
from posthub.content.policies import can_decide, can_edit, can_hold, can_move, can_release
from posthub.organizations.models import Organization
from posthub.ui.numbers import grouped
from posthub.ui.times import clock, day


@dataclass(frozen=True, slots=True)
class Preview:
    """What {% post_preview %} is given, and what may be done with the post."""

    post: SocialPost
    author: str
    handle: str
    detail: str
    text: str
    tags: str
    hook: str
    count: int
    limit: int
    fold: int
    when: str
    goes_out: str
    fact: str
    fact_kind: str
    art: str
    open: bool

    name: str
    may_edit: bool
    image: str = ""
    film: str = ""
    alt: str = ""
    drawn: bool = False  # by the offline provider, which is no AI

    @property
    def lacks_picture(self) -> bool:
        return self.post.lacks_picture and bool(self.post.text)

    @property
    def movable(self) -> bool:
        return can_move(self.post)

    @property
    def may(self) -> dict[str, bool]:
        return {"hold": can_hold(self.post), "release": can_release(self.post)}

    @property
    def choice(self) -> str:
        """The post and what was seen of it, as one value of a form."""
        return f"{self.post.pk}:{self.post.content_hash}"


def preview_of(
    post: SocialPost,
    organization: Organization,
    *,
    supervises: bool,
    loose: Sequence[Chip] = (),
    token: str = "",
) -> Preview:
    """`loose` are the claims without a source of all the posts on the page, numbered there as they are here.

    With `token` its picture is shown to whoever holds that review link.
    """
    company = post.blog_post.topic.company
    extra = post.version.extra if post.version else {}
    hashtags = extra.get("hashtags", [])
    platform = PLATFORMS[post.platform]
    used = length(post.platform, post.text, hashtags) if post.text else 0
    local = post.scheduled_at.astimezone(ZoneInfo(organization.zone))
    fact, fact_kind = _fact(post, used - platform.limit)
    return Preview(
        post=post,
        author=company.name,
        handle=f"{'@' if post.platform == 'x' else ''}{slugify(company.name).replace('-', '')[:24]}",
        detail=f"{day(local.date())} {clock(local)}",
        text=_marked(post, loose),
        tags=" ".join(tag for tag in hashtags if tag.casefold() not in post.text.casefold()),
        hook=extra.get("hook", "") if post.platform == "tiktok" else "",
        count=used,
        limit=platform.limit,
        fold=platform.fold,
        when=f"{day(local.date(), weekday=True)} {clock(local)}",
        goes_out=said(local),
        fact=fact,
        fact_kind=fact_kind,
        art=_art(post),
        name=platform.name,
        **picture_of(post, token),
        may_edit=can_edit(post, supervises=supervises),
        open=can_decide(post, supervises=supervises),
    )


def picture_of(post: SocialPost, token: str = "") -> dict[str, Any]:
    """The address and words of its picture or film, as a page shows them."""
    shown = getattr(post, "shown_media", None) or {}
    address = _address_of(shown["id"], token) if shown else ""
    return {
        "image": address if shown.get("kind") == "image" else "",
        "film": address if shown.get("kind") == "video" else "",
        "alt": shown.get("alt", ""),
        "drawn": shown.get("provider") == "offline",
    }


def _address_of(media: str, token: str) -> str:
    return (
        reverse("approvals:letter_media", args=[token, media])
        if token
        else reverse("content:media_file", args=[media])
    )


def _marked(post: SocialPost, loose: Sequence[Chip]) -> str:
    """The words, with claims without a source marked where there are any; then they are HTML."""
    own = [number for number, chip in enumerate(loose, start=1) if chip.subject.pk == post.pk]
    if not own:
        return post.text
    sentences = [loose[number - 1].sentence for number in own]
    return mark_safe(with_loose(escape(post.text), sentences, first=own[0]))  # noqa: S308 -- escaped before


def _art(post: Any) -> str:
    """What stands where a picture or a video would be, "" where the network needs none; `post` of review.subjects."""
    if post.platform == "tiktok":
        if not post.plan_video:
            return _("Your plan makes no videos. Add a picture, or film one to these words.")
        return _("Video to come") if makes("video") else _("No provider of videos is set up yet.")
    if post.platform == "instagram":
        promise = _("Picture to come")
        return promise if post.plan_images else _("Your plan makes no pictures. Add one of your own.")
    return ""


def _fact(post: SocialPost, over: int) -> tuple[str, str]:
    """The one thing worth knowing before a look: what is wrong, else that all is well."""
    if post.state == "FAILED":
        return _("Could not be written"), "bad"
    if not post.text:
        return _("Being written"), "ok"
    if over > 0:
        said_over = ngettext("%(count)s character too long", "%(count)s characters too long", over)
        return said_over % {"count": grouped(over)}, "bad"
    extra = post.version.extra if post.version else {}
    findings = extra.get("findings", [])
    if findings:
        return str(findings[0]["cause"]), "warn"
    loose = sum(1 for claim in extra.get("claims", []) if not claim.get("fact_id"))
    if loose:
        return ngettext("%(count)s claim to check", "%(count)s claims to check", loose) % {
            "count": loose
        }, "warn"
    if post.lacks_picture:
        return _("The words fit, a picture is missing"), "warn"
    return _("Fits"), "ok"
