"""Decisions of people. Each is kept with the hash of exactly what it was made on, and before what it allows."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from posthub.approvals.models import Outcome
from posthub.approvals.operations.recording import Subject, Text, deciding, record, still_open
from posthub.approvals.operations.remarks import comment, pending_remarks
from posthub.approvals.queries.quorum import client_agrees, team_agrees
from posthub.approvals.queries.stopping import why_stopped
from posthub.company.models import Company
from posthub.content.models import BlogPost, Topic
from posthub.content.operations import articles, posts, together, topics
from posthub.content.operations.review import Remark
from posthub.content.policies import AGAIN, CLIENT_STAGE, STAFF_STAGE
from posthub.core.errors import Refused
from posthub.jobs.models import Job
from posthub.lifecycle.machine import Ledger, close
from posthub.organizations.models import Organization
from posthub.organizations.queries import current_organization
from posthub.personas.operations import propose_rules


@deciding
def approve(subject: Subject, *, by: Any, seen: str, batch: UUID | None = None) -> Outcome:
    """Accept exactly what was seen; with the last yes that is wanted the next step of its way starts."""
    current = still_open(subject, stage=CLIENT_STAGE, seen=seen)
    organization = current_organization()
    refuse_stopped(current, organization, by=by, client=True)
    last = client_agrees(organization, current, by=by, seen=seen)
    outcome = Outcome.APPROVED if last else Outcome.AGREED
    record(current, outcome, by=by, seen=seen, batch=batch)
    if last:
        ledger = Ledger(by)
        together.approve_one(current, organization, ledger=ledger)
        close(ledger)
    return outcome


@deciding
def send_to_client(subject: Text, *, by: Any, seen: str, batch: UUID | None = None) -> Outcome:
    """The team's yes; with the last one that is wanted the client is asked."""
    current = still_open(subject, stage=STAFF_STAGE, seen=seen)
    organization = current_organization()
    refuse_stopped(current, organization, by=by, client=False)
    last = team_agrees(organization, current, by=by, seen=seen)
    outcome = Outcome.SENT_ON if last else Outcome.CHECKED
    record(current, outcome, by=by, seen=seen, batch=batch)
    if last:
        _verbs(current).send_to_client(current, by=by, seen=seen)
    return outcome


@deciding
def request_changes(
    subject: Text,
    *,
    by: Any,
    seen: str,
    stage: frozenset[str],
    text: str,
    quote: str = "",
    by_team: bool = False,
    batch: UUID | None = None,
) -> None:
    """Send it back with the open remarks on this version and, where given, one more.

    `stage` is the states in which this person decides (policies.stage_of); the AI works the remarks in,
    or with `by_team` the people who look after the organization.
    """
    current = still_open(subject, stage=stage, seen=seen)
    if text.strip():
        comment(current, by=by, text=text, quote=quote)
    said = list(pending_remarks(current, by=by))
    remarks = [Remark(quote=remark.quote, text=remark.text) for remark in said]
    why = " · ".join(remark.text for remark in remarks)
    record(current, Outcome.CHANGES, by=by, seen=seen, why=why, batch=batch)
    verbs = _verbs(current)
    ask = verbs.leave_to_team if by_team else verbs.request_changes
    ask(current, by=by, seen=seen, remarks=remarks)
    propose_rules(
        _company(current), [remark.text for remark in said], kind=current.KIND, source_id=current.pk
    )


@deciding
def request_changes_of_all(
    subjects: Mapping[Text, str],
    *,
    by: Any,
    stage: frozenset[str],
    batch: UUID | None = None,
    **said: Any,
) -> None:
    """The same remark for several posts, each as it was seen: all of them or none."""
    batch = batch or uuid4()
    for subject, seen in subjects.items():
        request_changes(subject, by=by, seen=seen, stage=stage, batch=batch, **said)


@deciding
def reject(subject: Subject, *, by: Any, seen: str, reason: str, batch: UUID | None = None) -> None:
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why in a sentence: the next proposal takes it into account."))
    current = still_open(subject, stage=CLIENT_STAGE, seen=seen)
    record(current, Outcome.REJECTED, by=by, seen=seen, why=reason, batch=batch)
    if isinstance(current, Topic):
        topics.reject_topic(current, by=by, seen=seen, reason=reason)
    else:
        _verbs(current).reject(current, by=by, seen=seen, reason=reason)


@deciding
def regenerate(
    subject: Text,
    *,
    by: Any,
    seen: str,
    stage: frozenset[str],
    reason: str = "",
    batch: UUID | None = None,
) -> Job:
    current = still_open(subject, stage=stage | AGAIN, seen=seen)
    reason = reason.strip()
    record(current, Outcome.REGENERATED, by=by, seen=seen, why=reason, batch=batch)
    job: Job = _verbs(current).regenerate(current, by=by, seen=seen, reason=reason)
    return job


@deciding
def regenerate_part(
    post: BlogPost,
    *,
    by: Any,
    seen: str,
    stage: frozenset[str],
    part: str,
    wish: str = "",
    batch: UUID | None = None,
) -> Job:
    """Have one headline, paragraph or section of an article written again; the rest stays as it is."""
    current = still_open(post, stage=stage, seen=seen)
    record(current, Outcome.REGENERATED, by=by, seen=seen, why=wish.strip(), batch=batch)
    return articles.regenerate_part(current, by=by, seen=seen, part=part, wish=wish)


def refuse_stopped(current: Subject, organization: Organization, *, by: Any, client: bool) -> None:
    """A leftover, a word that is never said, a claim without a source where each wants one, and one's own words."""
    if reason := why_stopped(current, organization, by=by, client=client):
        raise Refused(reason, subject=current)


def _company(subject: Text) -> Company:
    topic = subject.topic if isinstance(subject, BlogPost) else subject.blog_post.topic
    return topic.company


def _verbs(subject: Text) -> Any:
    return articles if isinstance(subject, BlogPost) else posts
