"""Having a post illustrated, as far as the plan goes."""

from django.urls import reverse
from django.utils.translation import gettext as _

from posthub.ai.routes import makes
from posthub.billing.models import Feature
from posthub.content.allowances import count_if_left
from posthub.content.models import SocialPost
from posthub.core.database import connection
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue

FILMED = frozenset({"tiktok"})


def have_illustrated(post: SocialPost) -> Job | None:
    """Ask for the picture or film of this version; None where none is left, or nobody could make it."""
    filmed = post.platform in FILMED
    if post.version is None or not makes("video" if filmed else "image"):
        return None
    task, key = "content.make_film" if filmed else "content.make_picture", f"{post.pk}:{post.version.number}"
    asked = Job.objects.filter(key=f"{connection.schema_name}:{task}:{key}").first()
    if asked is not None:
        return asked
    counted = count_if_left(Feature.VIDEOS if filmed else Feature.IMAGES)
    if counted is None:
        return None
    return enqueue(
        task,
        key=key,
        payload={"post": str(post.pk), "version": post.version.number, "counted": counted},
        title=_("Filming for %(network)s") % {"network": post.platform}
        if filmed
        else _("Making a picture for %(network)s") % {"network": post.platform},
        result_url=reverse("approvals:review", args=[SocialPost.KIND, post.pk]),
    )
