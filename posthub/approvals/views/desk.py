"""What the review page is made of."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from posthub.approvals import consequence
from posthub.approvals.certificate.wording import ACCEPTED
from posthub.approvals.policies import rights_on
from posthub.approvals.queries import facts, inbox, path, remarks, review, social
from posthub.approvals.queries.stopping import why_stopped
from posthub.approvals.views.finding import topic_words
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.platforms import PLATFORMS
from posthub.core.tenancy import TenantRequest
from posthub.jobs.queries import task_of
from posthub.ui.times import day

Context = dict[str, Any]
SHOWN = 25


def desk(request: TenantRequest, subject: review.Subject, *, view: str = "") -> Context:
    """Everything the page shows about one thing, and the queue it stands in."""
    supervises = request.supervises
    topic = review.topic_of(subject)
    today = review.start_of_today()
    decisions = review.decisions_on(subject, and_of=request.user, since=today)
    posts = posts_on_page(subject)
    threads = page_threads(request, subject, posts)
    own = [decision for decision in decisions if decision.object_id == subject.pk]
    job = _job(request, subject)
    rights = rights_on(subject, supervises=supervises, decides=request.decides)
    return {
        "subject": subject,
        "kind": subject.KIND,
        "item_key": str(subject.pk),
        "kind_name": inbox.KIND_NAMES[subject.KIND],
        "topic": topic,
        "persona": topic.persona,
        "lang": topic.company.language,
        "may": rights,
        **of_threads(threads),
        "decisions": own,
        "certified": subject.KIND != "topic" and subject.state in ACCEPTED,
        "job": job,
        "task": task_of(job) if job else None,
        **_queue(
            request,
            subject,
            [
                row
                for row in decisions
                if row.by_id == request.user.pk and row.created_at >= today and row.voided_at is None
            ],
        ),
        **_content(request, subject, threads=threads, own=own, posts=posts, view=view),
    }


def of_threads(threads: list[remarks.Thread]) -> Context:
    return {
        "threads": threads,
        "open_threads": [thread for thread in threads if not thread.remark.resolved_at],
        "unsent": sum(thread.remark.pending for thread in threads),
    }


def _queue(request: TenantRequest, subject: review.Subject, done: list[Any]) -> Context:
    rows = inbox.open_lines(of=request.user, and_also=[decision.object_id for decision in done])
    queue = inbox.queue_for(request.user, rows, rules=request.organization, supervises=request.supervises)
    request.waiting = len(queue.mine)
    inbox.mark_current(queue, subject)
    finished = inbox.finished(rows, done)
    before, after = queue.around(subject)
    return {
        "queue": queue,
        "before": before,
        "after": after,
        "batches": inbox.in_batches(queue.near(subject, SHOWN), of=queue.mine),
        "finished": finished[:3],
        "progress": len(finished) + 1,
        "progress_of": len(finished) + len(queue.mine),
    }


def _content(
    request: TenantRequest,
    subject: review.Subject,
    *,
    threads: list[remarks.Thread],
    own: list[Any],
    posts: list[SocialPost],
    view: str,
) -> Context:
    if isinstance(subject, Topic):
        return _of_topic(request, subject)
    if isinstance(subject, SocialPost):
        return _of_posts(request, subject, posts, threads)
    return _of_article(request, subject, threads=threads, own=own, view=view)


def _of_topic(request: TenantRequest, topic: Topic) -> Context:
    article = BlogPost.objects.filter(topic=topic).first() if topic.state == "APPROVED" else None
    return {
        "steps": path.path_of(topic, article=article, posts=[], supervises=request.supervises),
        "consequence": consequence.of_topic(topic),
        "version": topic.content_hash,
        "shown": topic_words(topic),
    }


def _of_article(
    request: TenantRequest, article: BlogPost, *, threads: list[remarks.Thread], own: list[Any], view: str
) -> Context:
    versions = review.recent_versions(article)
    before = review.last_look(versions, own, [thread.remark for thread in threads], request.user)
    since = review.since(before, article.version)
    staff = not request.supervises
    pending = article.state in {"PENDING_APPROVAL", "IN_REVIEW"}
    posts = [] if pending or article.state == "GENERATING" else review.posts_of(article)
    networks = review.networks_for(article, request.organization.platforms) if pending and not staff else 0
    found = facts.facts_in(article)
    return {
        "steps": path.path_of(article, article=article, posts=posts, supervises=request.supervises),
        "consequence": consequence.of(
            article, networks=networks, zone=request.organization.zone, staff=staff
        ),
        "version": article.content_hash,
        "stopped": _stopped(request, [article]),
        "versions": versions,
        "since": since,
        "with_changes": since is not None and view != "clean",
        "own_remarks": [
            one
            for one in threads
            if one.yours and one.remark.version_number < getattr(article.version, "number", 0)
        ],
        "clean": view == "clean",
        "approve_label": _("Send to the client") if staff else "",
        "paragraphs": remarks.marked(article.text, threads, loose_in(found)),
        "facts": found,
    }


def loose_in(found: facts.Facts | None) -> list[str]:
    return [chip.sentence for chip in found.unverified] if found else []


def posts_on_page(subject: review.Subject) -> list[SocialPost]:
    """A post is read together with those of its article for the other networks."""
    return review.posts_of(subject.blog_post) if isinstance(subject, SocialPost) else []


def page_threads(
    request: TenantRequest, subject: review.Subject, posts: list[SocialPost]
) -> list[remarks.Thread]:
    """The talks that stand beside it, and beside the other posts on its page."""
    texts: list[review.Subject] = [*posts] or [subject]
    return remarks.threads_on(*texts, by=request.user, supervises=request.supervises)


def _of_posts(
    request: TenantRequest, post: SocialPost, posts: list[SocialPost], threads: list[remarks.Thread]
) -> Context:
    organization = request.organization
    found = facts.facts_in(*posts)
    loose = found.unverified if found else []
    previews = [
        social.preview_of(one, organization, supervises=request.supervises, loose=loose) for one in posts
    ]
    to_decide = [preview for preview in previews if preview.open and request.decides]
    staff = not request.supervises
    times = consequence.of_posts([preview.post for preview in to_decide or previews], organization.zone)
    return {
        "steps": path.path_of(post, article=post.blog_post, posts=posts, supervises=request.supervises),
        "consequence": consequence.of_sending_on() if staff else times,
        "previews": previews,
        "pinned": remarks.pinned(previews, threads),
        "to_decide": to_decide,
        "approve_label": _approve_label(len(to_decide), staff=staff),
        "checked_on": day(datetime.date.fromisoformat(PLATFORMS[post.platform].checked_on)),
        "version": post.content_hash,
        "stopped": _stopped(request, [preview.post for preview in to_decide]),
        "facts": found,
    }


def _stopped(request: TenantRequest, texts: list[Any]) -> str:
    """Why the button beside the texts would refuse, with the network where there are several."""
    for text in texts:
        reason = why_stopped(text, request.organization, by=request.user, client=request.supervises)
        if reason:
            return f"{PLATFORMS[text.platform].name}: {reason}" if len(texts) > 1 else reason
    return ""


def _approve_label(count: int, *, staff: bool) -> str:
    if staff:
        return _("Send to the client")
    return _("Approve all %(count)s") % {"count": count} if count > 1 else _("Approve")


def _job(request: TenantRequest, subject: review.Subject) -> Any:
    if subject.state != "GENERATING":
        return None
    url = reverse("approvals:review", args=[subject.KIND, subject.pk])
    return review.job_on(url, request.tenant.schema_name)
