"""Decisions as rows. Written before what they allow: the database looks for them."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.approvals.models import Decision, Outcome, VoidReason
from posthub.approvals.operations.remarks import send_remarks
from posthub.audit import operations as audit
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.core import logging as context
from posthub.core.database import connection
from posthub.core.errors import WrongState
from posthub.lifecycle.machine import check_unchanged, locked
from posthub.lifecycle.models import Stateful
from posthub.organizations.queries import organization_held
from posthub.worklist.operations import gathered

Text = BlogPost | SocialPost
Subject = Topic | BlogPost | SocialPost
S = TypeVar("S", bound=Stateful)
P = ParamSpec("P")
R = TypeVar("R")
_deciding: ContextVar[bool] = ContextVar("deciding", default=False)


def deciding(operation: Callable[P, R]) -> Callable[P, R]:
    """One transaction, and one decision at a time in an organization, so that no two wait for each other.

    Inside, the organization is read once, and the list of open work is written once at the end. An operation
    within another one joins it.
    """

    @wraps(operation)
    def decide(*args: P.args, **kwargs: P.kwargs) -> R:
        if _deciding.get():
            return operation(*args, **kwargs)
        token = _deciding.set(True)
        try:
            chain = connection.schema_name
            with transaction.atomic(), audit.holding(chain), organization_held(), gathered():
                return operation(*args, **kwargs)
        finally:
            _deciding.reset(token)

    return decide


def still_open(subject: S, *, stage: frozenset[str], seen: str) -> S:
    """The row, locked, still in `stage` and as it was seen.

    Of two people who decide at once the second comes too late, even where a later state allows the same move.
    """
    current = locked(subject)
    check_open(current, stage=stage, seen=seen)
    return current


def check_open(current: Stateful, *, stage: frozenset[str], seen: str) -> None:
    if current.state not in stage:
        raise WrongState(_("Somebody has decided on this already."))
    check_unchanged(current, seen)


def record(
    subject: Subject, outcome: Outcome, *, by: Any, seen: str, why: str = "", batch: UUID | None = None
) -> Decision:
    """`subject` as it is before the decision takes effect. The person's unsent remarks go along."""
    send_remarks([subject], by=by)
    decision = unsaved(subject, outcome, by=by, seen=seen, why=why, batch=batch or uuid4())
    decision.save(force_insert=True)
    return decision


def unsaved(
    subject: Subject, outcome: Outcome, *, by: Any, seen: str, batch: UUID, why: str = ""
) -> Decision:
    return Decision(
        batch=batch,
        before=subject.state,
        kind=subject.KIND,
        object_id=subject.pk,
        outcome=outcome,
        content_hash=seen,
        by_id=by.pk,
        by_name=str(by)[:120],
        link_id=context.origin.get().get("link"),
        why=why[:1000],
    )


def void(kind: str, object_id: UUID, reason: VoidReason) -> int:
    """What was said about `object_id` does not stand any more; it stays on record."""
    return Decision.objects.filter(kind=kind, object_id=object_id, voided_at=None).update(
        voided_at=timezone.now(), void_reason=reason, updated_at=timezone.now()
    )
