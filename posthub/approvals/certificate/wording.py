"""What a certificate says. Everything the hashes are made of stands in it, so that it can be checked alone."""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.accounts.models import User
from posthub.approvals.models import Decision, Outcome
from posthub.audit.models import AuditEntry
from posthub.content.models import BlogPost, SocialPost, shown_of
from posthub.core.errors import Refused
from posthub.organizations.models import Organization

FORMAT = "posthub-sign-off/1"
ACCEPTED = ("APPROVED", "SCHEDULED", "DELIVERING", "DELIVERED", "ON_HOLD")
YES = (Outcome.APPROVED, Outcome.AGREED, Outcome.CHECKED, Outcome.SENT_ON)
Text = BlogPost | SocialPost


def of_subject(subject: Text, organization: Organization) -> dict[str, Any]:
    if subject.state not in ACCEPTED:
        raise Refused(_("There is nothing to certify: nobody has approved this as it is."))
    return _whole([subject], organization)


def of_month(month: str, organization: Organization) -> dict[str, Any]:
    """Everything of "2026-12" that is approved as it stands."""
    articles = BlogPost.objects.filter(topic__month=month, state__in=ACCEPTED)
    posts = SocialPost.objects.filter(blog_post__topic__month=month, state__in=ACCEPTED)
    subjects: list[Text] = [
        *articles.select_related("topic", "version"),
        *posts.select_related("blog_post__version", "blog_post__topic", "version"),
    ]
    if not subjects:
        raise Refused(_("Nothing of this month is approved yet."))
    return _whole(subjects, organization)


def _whole(subjects: list[Text], organization: Organization) -> dict[str, Any]:
    ids = [subject.pk for subject in subjects]
    standing = Decision.objects.filter(object_id__in=ids, voided_at=None, outcome__in=YES)
    decisions = list(standing.select_related("link").order_by("created_at"))
    names = _names(decision.by_id for decision in decisions)
    entries = _entries(organization.schema_name, subjects)
    return {
        "format": FORMAT,
        "organization": {"id": str(organization.pk), "name": organization.name},
        "issued_at": _moment(timezone.now()),
        "items": [_item(subject, decisions, names, entries) for subject in subjects],
    }


def _item(
    subject: Text, decisions: list[Decision], names: dict[UUID, str], entries: dict[str, AuditEntry]
) -> dict[str, Any]:
    version = subject.version
    assert version is not None
    item: dict[str, Any] = {
        "kind": subject.KIND,
        "id": str(subject.pk),
        "title": version.title,
        "text": version.text,
        "beside": shown_of(version.extra),
        "words_hash": version.content_hash,
        "content_hash": subject.content_hash,
    }
    if isinstance(subject, SocialPost):
        item |= {
            "network": subject.platform,
            "goes_out_at": _moment(subject.scheduled_at),
            "media": _picture(subject),
        }
    entry = entries.get(f"{subject.KIND}:{subject.pk}")
    return {
        **item,
        "decisions": [
            {
                "outcome": decision.outcome,
                "by": names.get(decision.by_id) or decision.by_name,
                "at": _moment(decision.created_at),
                "via": "rule" if decision.rule else "mail" if decision.link_id else "account",
                **({"rule": decision.rule} if decision.rule else {}),
                "content_hash": decision.content_hash,
            }
            for decision in decisions
            if decision.object_id == subject.pk and decision.content_hash == subject.content_hash
        ],
        "audit": {"number": entry.number, "hash": entry.hash} if entry else None,
    }


def _picture(post: SocialPost) -> dict[str, str] | None:
    if not post.media_hash:
        return None
    shown = post.media.order_by("-version_number", "-created_at")[0]
    return {"kind": shown.kind, "sha256": shown.content_hash, "alt": shown.alt_text}


def _names(people: Iterable[UUID]) -> dict[UUID, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in=set(people))}


def _entries(chain: str, subjects: list[Text]) -> dict[str, AuditEntry]:
    """The last entry of the log about each subject's approval."""
    rows = AuditEntry.objects.filter(
        chain=chain,
        subject__in=[f"{subject.KIND}:{subject.pk}" for subject in subjects],
        action__endswith=".approved",
    ).order_by("number")
    return {row.subject: row for row in rows}


def _moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).replace(microsecond=0).isoformat()
