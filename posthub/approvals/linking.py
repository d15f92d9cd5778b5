"""Review by mail: rounds, their links, and the people they are for. A link never logs anybody in."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from posthub.approvals.models import Reviewer, ReviewLink, ReviewRound, RoundItem
from posthub.approvals.operations.recording import Subject
from posthub.audit import operations as audit
from posthub.core.database import connection
from posthub.jobs.operations import enqueue
from posthub.organizations.models import Organization
from posthub.organizations.queries import may_approve

LIFE = timedelta(days=7)


def token_of(link: ReviewLink) -> str:
    """256 bits, computed anew for each mail from the key that only this installation has: 43 characters."""
    said = f"review:{connection.schema_name}:{link.pk}:{link.epoch}:{link.issued_at.isoformat()}"
    digest = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(token: str) -> str:
    return hashlib.sha256(f"{connection.schema_name}:{token}".encode()).hexdigest()


@transaction.atomic
def open_round(
    subjects: Iterable[Subject], people: Iterable[Any], *, organization: Organization, due_at: datetime | None
) -> ReviewRound:
    """Send `subjects`, as they are, to `people` (users and reviewers): one mail with one link each."""
    made = ReviewRound.objects.create(due_at=due_at)
    RoundItem.objects.bulk_create(
        RoundItem(
            round=made,
            position=place,
            kind=subject.KIND,
            object_id=subject.pk,
            content_hash=subject.content_hash,
        )
        for place, subject in enumerate(subjects, start=1)
    )
    for person in people:
        mail_link(_link(made, person, organization, due_at), "asked")
    return made


def _link(made: ReviewRound, person: Any, organization: Organization, due_at: datetime | None) -> ReviewLink:
    end = timezone.now() + LIFE
    link = ReviewLink(
        round=made,
        person_id=person.pk,
        outside=isinstance(person, Reviewer),
        name=person.name,
        email=person.email,
        language=person.language or organization.language,
        epoch=organization.link_epoch,
        # Not for an hour or two, where something goes out soon: a day at least.
        expires_at=max(min(end, due_at or end), timezone.now() + timedelta(days=1)),
        issued_at=timezone.now(),
    )
    link.token_hash = hash_of(token_of(link))
    link.save(force_insert=True)
    return link


def mail_link(link: ReviewLink, name: str, *, delay: float = 0) -> None:
    """One mail of a kind ("asked", "reminder-1", "receipt-…", "renewed-…") for a link; a job of its own."""
    enqueue(
        "approvals.mail_link",
        key=f"{link.pk}:{name}",
        payload={"link": str(link.pk), "name": name.partition("-")[0]},
        delay=delay,
    )


def link_of(token: str) -> ReviewLink | None:
    """The link of this organization that the token is, whether it is still good or not."""
    return ReviewLink.objects.select_related("round").filter(token_hash=hash_of(token)).first()


def is_good(link: ReviewLink, organization: Organization) -> bool:
    return (
        link.revoked_at is None and link.expires_at > timezone.now() and link.epoch == organization.link_epoch
    )


def person_of(link: ReviewLink) -> Any:
    """Whom the link speaks for; None where they have left the organization since."""
    from posthub.accounts.models import User

    if link.outside:
        return Reviewer.objects.filter(pk=link.person_id, active=True).first()
    here = Organization.objects.filter(schema_name=connection.schema_name).values("pk")[:1]
    counts = may_approve(link.person_id, here, today=timezone.now().date())
    return User.objects.filter(counts, pk=link.person_id, is_active=True).first()


@transaction.atomic
def renew(link: ReviewLink, organization: Organization) -> ReviewLink | None:
    """A fresh link to the same address, for the same round; at most one an hour. None where there is nobody."""
    current = ReviewLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if current.revoked_at is not None or person_of(current) is None:
        return None
    now = timezone.now()
    current.issued_at, current.epoch = now, organization.link_epoch
    current.expires_at = now + LIFE
    current.token_hash = hash_of(token_of(current))
    current.save(update_fields=["issued_at", "epoch", "expires_at", "token_hash", "updated_at"])
    mail_link(current, f"renewed-{now:%Y%m%d%H}")
    return current


@transaction.atomic
def revoke(link: ReviewLink, *, by: Any) -> None:
    ReviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    _note("link.revoked", link.pk, by)


@transaction.atomic
def revoke_all(organization: Organization, *, by: Any) -> None:
    """A new epoch: every link there is ends at once."""
    audit.hold(connection.schema_name)
    Organization.objects.filter(pk=organization.pk).update(link_epoch=F("link_epoch") + 1)
    _note("link.all_revoked", organization.pk, by)


def _note(action: str, subject: UUID, by: Any) -> None:
    audit.record(action, subject=f"link:{subject}", actor_id=by.pk, chain=connection.schema_name)


@transaction.atomic
def add_reviewer(*, name: str, email: str, language: str, by: Any) -> Reviewer:
    """Somebody without an account who decides by mail; asked again, they are back."""
    reviewer, _made = Reviewer.objects.update_or_create(
        email=email, defaults={"name": name, "language": language, "active": True}
    )
    audit.record(
        "reviewer.added", subject=f"reviewer:{reviewer.pk}", actor_id=by.pk, chain=connection.schema_name
    )
    return reviewer


@transaction.atomic
def remove_reviewer(reviewer: Reviewer, *, by: Any) -> None:
    """Their links end with them; what they decided stands."""
    Reviewer.objects.filter(pk=reviewer.pk).update(active=False)
    ReviewLink.objects.filter(person_id=reviewer.pk, revoked_at=None).update(revoked_at=timezone.now())
    audit.record(
        "reviewer.removed", subject=f"reviewer:{reviewer.pk}", actor_id=by.pk, chain=connection.schema_name
    )
