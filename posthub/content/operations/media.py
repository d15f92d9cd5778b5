"""Having a post illustrated, as far as the plan goes."""

from django.urls import reverse
from django.utils.translation import gettext as _

from posthub.ai.routes import makes
from posthub.billing.queries import plan_of
from posthub.content.models import SocialPost
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.organizations.queries import current_organization

FILMED = frozenset({"tiktok"})


def have_illustrated(post: SocialPost) -> Job | None:
    """Ask for the picture or film of this version; None where the plan has none, or nobody could make it."""
    plan = plan_of(current_organization())
    filmed = post.platform in FILMED
    if post.version is None or not (plan.video if filmed else plan.images):
        return None
    if not makes("video" if filmed else "image"):
        return None
    return enqueue(
        "content.make_film" if filmed else "content.make_picture",
        key=f"{post.pk}:{post.version.number}",
        payload={"post": str(post.pk), "version": post.version.number},
        title=_("Filming for %(network)s") % {"network": post.platform}
        if filmed
        else _("Making a picture for %(network)s") % {"network": post.platform},
        result_url=reverse("approvals:review", args=[SocialPost.KIND, post.pk]),
    )
