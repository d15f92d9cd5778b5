"""Topics: asked for, approved, refused, changed."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.billing.models import Feature
from posthub.billing.operations import require_standing, reserve
from posthub.company.models import Company
from posthub.content.allowances import Counted
from posthub.content.models import BlogPost, Topic
from posthub.content.operations.listing import keep_listed
from posthub.content.planning import month_to_plan
from posthub.content.scheduling import FURTHEST
from posthub.core.days import is_month
from posthub.core.errors import Refused, Stale, WrongState
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue, enqueue_anew
from posthub.lifecycle.machine import advance, begin, locked
from posthub.organizations.queries import current_organization
from posthub.personas.models import Persona


@transaction.atomic
def propose_month(company: Company, *, month: str | None = None, by: Any) -> Job:
    """Ask for the topics of a month ("2026-12"; None for the next one worth planning)."""
    if not Persona.objects.filter(company=company, state="ACTIVE").exists():
        raise Refused(_("Choose at least one persona first: somebody has to write."))
    organization = current_organization()
    require_standing(organization)
    month = month or month_to_plan(organization.zone)
    if not is_month(month):
        raise Refused(_("Choose a month."))
    taken = Topic.objects.filter(company=company, month=month).count()
    return enqueue_anew(
        "content.propose_topics",
        key=f"{company.pk}:{month}:{taken}",
        payload={"company": str(company.pk), "month": month},
        title=_("Proposing topics"),
        by=by,
        result_url=reverse("content:topics") + f"?month={month}",
    )


def propose_first_month() -> None:
    """A plan was bought: topics for the next month worth planning, wherever somebody is there to write them."""
    for company in Company.objects.filter(personas__state="ACTIVE").distinct():
        propose_month(company, by=None)


@transaction.atomic
def approve_topic(topic: Topic, *, by: Any, seen: str) -> BlogPost:
    """Accept the topic and have its article written; counts against the month's allowance."""
    approved = advance(topic, "APPROVED", by=by, seen=seen)
    reserve(current_organization(), Feature.POSTS, period=approved.month)
    post = BlogPost.objects.filter(topic=approved).first()
    if post is None:
        post = begin(BlogPost(topic=approved), "GENERATING", by=by)
    have_written(post, by=by)
    return post


def have_written(
    post: BlogPost, *, by: Any, remarks: list[str] | None = None, counted: Counted | None = None
) -> Job:
    """Ask for the article's text. The job is named by the article's revision: an older one comes to nothing."""
    return enqueue(**writing_of(post, by=by, remarks=remarks, counted=counted))


def of_month(topic: Topic) -> Counted:
    """What the topic's approval took for its article."""
    return {"feature": Feature.POSTS.value, "period": topic.month}


def writing_of(
    post: BlogPost, *, by: Any, remarks: list[str] | None = None, counted: Counted | None = None
) -> dict[str, Any]:
    """The job that writes the article, as `enqueue` takes it; `counted` is what it took of the allowance."""
    counted = counted or of_month(post.topic)
    return {
        "task": "content.write_article",
        "key": f"{post.pk}:{post.revision}",
        "payload": {
            "kind": BlogPost.KIND,
            "id": str(post.pk),
            "revision": post.revision,
            "remarks": remarks or [],
            "counted": counted,
        },
        "title": _("Writing the article"),
        "by": by,
        "delay": settings.GRACE_SECONDS,
        "result_url": reverse("approvals:review", args=[BlogPost.KIND, post.pk]),
    }


@transaction.atomic
def reject_topic(topic: Topic, *, by: Any, seen: str, reason: str) -> Topic:
    """Refuse the topic; the reason is given to the next proposal."""
    rejected = advance(topic, "REJECTED", by=by, seen=seen, why=reason)
    rejected.reason = reason[:500]
    rejected.save(update_fields=["reason", "updated_at"])
    return rejected


@transaction.atomic
def propose_another(topic: Topic, *, by: Any) -> Job:
    """Ask for another topic in the place of a refused one."""
    current = locked(topic)
    if current.state != "REJECTED":
        raise WrongState(_("Only a rejected topic can be replaced."))
    return enqueue_anew(
        "content.replace_topic",
        key=f"{topic.pk}:{current.revision}",
        payload={"topic": str(topic.pk), "revision": current.revision},
        title=_("Looking for another topic"),
        by=by,
        result_url=reverse("content:topics") + f"?month={topic.month}",
    )


@transaction.atomic
def edit_topic(topic: Topic, *, by: Any, seen: str, title: str, angle: str, date: datetime.date) -> Topic:
    """Change the words or the day of a topic that nobody has decided on yet."""
    current = locked(topic)
    if current.content_hash != seen:
        raise Stale(_("This changed since you opened it. Nothing was saved."), subject=current, seen=seen)
    if current.state != "DRAFT":
        raise WrongState(_("This topic was decided on. Its article can be changed instead."))
    if date <= timezone.localdate():
        raise Refused(_("Choose a day that is still to come."))
    if date > timezone.localdate() + FURTHEST:
        raise Refused(_("That is more than a year away. Choose a nearer day."))
    current.title, current.angle, current.date, current.month = title, angle, date, date.strftime("%Y-%m")
    current.plan = {**current.plan, "title": title, "angle": angle}
    current.save()
    keep_listed(current)
    return current
