"""Decisions and remarks of people. Each decision is kept with the hash of exactly what it was made on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posthub.approvals.models import Comment, Decision, Outcome
from posthub.content.claims import unverified
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations import articles, posts, topics
from posthub.content.operations.review import Remark
from posthub.content.policies import AGAIN, CLIENT_STAGE, STAFF_STAGE
from posthub.core.errors import Refused, WrongState
from posthub.jobs.models import Job
from posthub.lifecycle.machine import locked
from posthub.organizations.queries import current_organization
from posthub.personas.operations import propose_rules

Text = BlogPost | SocialPost
Subject = Topic | BlogPost | SocialPost


@transaction.atomic
def approve(subject: Subject, *, by: Any, seen: str) -> None:
    """Accept exactly what was seen; the next step of its way starts."""
    current = _only_from(CLIENT_STAGE, subject)
    if current.content_hash == seen:
        _refuse_unverified(current)
    if isinstance(subject, Topic):
        topics.approve_topic(subject, by=by, seen=seen)
    elif isinstance(subject, BlogPost):
        articles.approve(subject, by=by, seen=seen)
    else:
        posts.approve(subject, by=by, seen=seen)
    _record(subject, Outcome.APPROVED, by=by, seen=seen)


@transaction.atomic
def approve_all(subjects: Mapping[Subject, str], *, by: Any) -> int:
    """Accept several at once, each as it was seen: all of them or none."""
    for subject, seen in subjects.items():
        approve(subject, by=by, seen=seen)
    return len(subjects)


@transaction.atomic
def send_to_client(subject: Text, *, by: Any, seen: str) -> None:
    """The team's yes: now the client decides."""
    _only_from(STAFF_STAGE, subject)
    _verbs(subject).send_to_client(subject, by=by, seen=seen)
    _record(subject, Outcome.SENT_ON, by=by, seen=seen)


@transaction.atomic
def request_changes(
    subject: Text,
    *,
    by: Any,
    seen: str,
    stage: frozenset[str],
    text: str,
    quote: str = "",
    by_team: bool = False,
) -> None:
    """Send it back with the open remarks on this version and, where given, one more.

    `stage` is the states in which this person decides (policies.stage_of); the AI works the remarks in,
    or with `by_team` the people who look after the organization.
    """
    _only_from(stage, subject)
    if text.strip():
        comment(subject, by=by, text=text, quote=quote)
    said = list(pending_remarks(subject, by=by))
    remarks = [Remark(quote=remark.quote, text=remark.text) for remark in said]
    verbs = _verbs(subject)
    ask = verbs.leave_to_team if by_team else verbs.request_changes
    ask(subject, by=by, seen=seen, remarks=remarks)
    _record(subject, Outcome.CHANGES, by=by, seen=seen, why=" · ".join(remark.text for remark in remarks))
    company = subject.topic.company if isinstance(subject, BlogPost) else subject.blog_post.topic.company
    propose_rules(company, [remark.text for remark in said], kind=subject.KIND, source_id=subject.pk)


@transaction.atomic
def send_all_to_client(subjects: Mapping[Text, str], *, by: Any) -> int:
    for subject, seen in subjects.items():
        send_to_client(subject, by=by, seen=seen)
    return len(subjects)


@transaction.atomic
def request_changes_of_all(
    subjects: Mapping[Text, str], *, by: Any, stage: frozenset[str], **said: Any
) -> None:
    """The same remark for several posts, each as it was seen: all of them or none."""
    for subject, seen in subjects.items():
        request_changes(subject, by=by, seen=seen, stage=stage, **said)


@transaction.atomic
def reject(subject: Subject, *, by: Any, seen: str, reason: str) -> None:
    _only_from(CLIENT_STAGE, subject)
    if not reason.strip():
        raise Refused(_("Say why in a sentence: the next proposal takes it into account."))
    if isinstance(subject, Topic):
        topics.reject_topic(subject, by=by, seen=seen, reason=reason.strip())
    else:
        _verbs(subject).reject(subject, by=by, seen=seen, reason=reason.strip())
    _record(subject, Outcome.REJECTED, by=by, seen=seen, why=reason.strip())


@transaction.atomic
def regenerate(subject: Text, *, by: Any, seen: str, stage: frozenset[str], reason: str = "") -> Job:
    _only_from(stage | AGAIN, subject)
    job: Job = _verbs(subject).regenerate(subject, by=by, seen=seen, reason=reason.strip())
    _record(subject, Outcome.REGENERATED, by=by, seen=seen, why=reason.strip())
    return job


@transaction.atomic
def regenerate_part(
    post: BlogPost, *, by: Any, seen: str, stage: frozenset[str], part: str, wish: str = ""
) -> Job:
    """Have one headline, paragraph or section of an article written again; the rest stays as it is."""
    _only_from(stage, post)
    job = articles.regenerate_part(post, by=by, seen=seen, part=part, wish=wish)
    _record(post, Outcome.REGENERATED, by=by, seen=seen, why=wish.strip())
    return job


def comment(
    subject: Text, *, by: Any, text: str, quote: str = "", block: str = "", internal: bool = False
) -> Comment:
    """A remark on the text as it stands; on the words `quote` where given."""
    if not text.strip():
        raise Refused(_("Write what you want to say about it."))
    return Comment.objects.create(
        kind=subject.KIND,
        object_id=subject.pk,
        version_number=subject.version.number if subject.version else 0,
        block=block,
        quote=quote.strip()[:600],
        text=text.strip()[:2000],
        by_id=by.pk,
        by_name=str(by)[:120],
        internal=internal,
    )


def resolve(remark: Comment, *, resolved: bool) -> Comment:
    remark.resolved_at = timezone.now() if resolved else None
    remark.save(update_fields=["resolved_at", "updated_at"])
    return remark


def pending_remarks(subject: Text, *, by: Any) -> Any:
    """The person's own open remarks on the version that stands: they go along when changes are asked for.

    Where the client has left changes to the team, the client's remarks go along too.
    """
    rows = Comment.objects.filter(
        kind=subject.KIND,
        object_id=subject.pk,
        internal=False,
        resolved_at=None,
        version_number=subject.version.number if subject.version else 0,
    )
    return rows if subject.state == "CHANGES_REQUESTED" else rows.filter(by_id=by.pk)


def _only_from(stage: frozenset[str], subject: Subject) -> Subject:
    """Of two people who decide at once the second comes too late, even where a later state allows the same move."""
    current = locked(subject)
    if current.state not in stage:
        raise WrongState(_("Somebody has decided on this already."))
    return current


def _refuse_unverified(subject: Subject) -> None:
    """Where the organization wants a source for every claim, a text with one that has none is not approved."""
    version = None if isinstance(subject, Topic) else subject.version
    loose = unverified(version.extra.get("claims", [])) if version else []
    if not loose or not current_organization().block_unverified:
        return
    given = {"count": len(loose), "sentence": loose[0][:160]}
    raise Refused(
        ngettext(
            "%(count)s claim has no source: “%(sentence)s” Cut it or change it, or allow such claims in the settings.",
            "%(count)s claims have no source, the first: “%(sentence)s” Cut them or change them, or allow such claims"
            " in the settings.",
            len(loose),
        )
        % given
    )


def _verbs(subject: Text) -> Any:
    return articles if isinstance(subject, BlogPost) else posts


def _record(subject: Subject, outcome: Outcome, *, by: Any, seen: str, why: str = "") -> Decision:
    object_id: UUID = subject.pk
    return Decision.objects.create(
        kind=subject.KIND,
        object_id=object_id,
        outcome=outcome,
        content_hash=seen,
        by_id=by.pk,
        why=why[:1000],
    )
