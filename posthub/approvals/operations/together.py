"""One decision on many things. What is still as it was seen is decided, in one batch that one undo takes back;
what is not stays as it is, and why is said.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from posthub.approvals.models import Decision, Outcome
from posthub.approvals.operations import deciding as one_by_one
from posthub.approvals.operations.recording import Subject, check_open, deciding, unsaved
from posthub.approvals.operations.remarks import send_remarks
from posthub.approvals.queries.review import WITH
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations import together
from posthub.content.policies import CLIENT_STAGE, STAFF_STAGE
from posthub.core.errors import OverAllowance, PostHubError, Refused, Stale, WrongState
from posthub.lifecycle.machine import Ledger, advance_all, close, locked_all
from posthub.organizations.models import Organization, Quorum, StaffStage
from posthub.organizations.queries import current_organization

# What a form showed: the kind and id of each thing, with the hash of its content.
Shown = Mapping[tuple[str, UUID], str]
PROBLEMS = (Stale, WrongState, Refused, OverAllowance)


@dataclass(slots=True)
class Together:
    """What became of a decision on many things."""

    decided: list[Subject] = field(default_factory=list)
    left: list[tuple[Subject, PostHubError]] = field(default_factory=list)


@deciding
def approve_shown(shown: Shown, *, by: Any, supervises: bool, batch: UUID) -> Together:
    """The client's yes, or the team's, to everything that is as it was shown."""
    organization, found = current_organization(), _locked(shown)
    if not _one_is_enough(organization, supervises=supervises):
        verb = one_by_one.approve if supervises else one_by_one.send_to_client
        return _each(found, shown, lambda subject, seen: verb(subject, by=by, seen=seen, batch=batch))
    result = Together()
    stage = CLIENT_STAGE if supervises else STAFF_STAGE
    fit = _fit(found, shown, organization, result, by=by, stage=stage)
    outcome = Outcome.APPROVED if supervises else Outcome.SENT_ON
    Decision.objects.bulk_create(
        unsaved(subject, outcome, by=by, seen=shown[subject.KIND, subject.pk], batch=batch) for subject in fit
    )
    send_remarks(fit, by=by)
    _move(fit, organization, by=by, supervises=supervises)
    result.decided = fit
    return result


def approve_all(subjects: Mapping[Any, str], *, by: Any, batch: UUID | None = None) -> int:
    """Accept several at once, each as it was seen: all of them or none."""
    return _all_or_none(subjects, by=by, supervises=True, batch=batch)


def send_all_to_client(subjects: Mapping[Any, str], *, by: Any, batch: UUID | None = None) -> int:
    return _all_or_none(subjects, by=by, supervises=False, batch=batch)


@deciding
def _all_or_none(subjects: Mapping[Any, str], *, by: Any, supervises: bool, batch: UUID | None) -> int:
    shown = {(subject.KIND, subject.pk): seen for subject, seen in subjects.items()}
    result = approve_shown(shown, by=by, supervises=supervises, batch=batch or uuid4())
    for _subject, problem in result.left:
        raise problem
    return len(result.decided)


@deciding
def request_changes_to_shown(
    shown: Shown, *, by: Any, stage: frozenset[str], text: str, by_team: bool, batch: UUID
) -> Together:
    """The same remark to everything that is as it was shown."""

    def ask(subject: Any, seen: str) -> None:
        one_by_one.request_changes(
            subject, by=by, seen=seen, stage=stage, text=text, by_team=by_team, batch=batch
        )

    return _each([one for one in _locked(shown) if one.KIND != "topic"], shown, ask)


def _locked(shown: Shown) -> list[Any]:
    """In the order of the kinds, so that no two wait for each other."""
    found: list[Any] = []
    for kind, (model, related) in WITH.items():
        if ids := [pk for of_kind, pk in shown if of_kind == kind]:
            found += locked_all(model.objects.select_related(*related).filter(pk__in=ids))
    return found


def _one_is_enough(organization: Organization, *, supervises: bool) -> bool:
    """Whether with one yes it is decided: then many are decided in the same few statements as one."""
    if supervises:
        return bool(organization.client_quorum == Quorum.ANYONE)
    return bool(organization.staff_quorum == Quorum.ANYONE and organization.staff_stage != StaffStage.BOTH)


def _each(found: list[Any], shown: Shown, decide: Callable[[Any, str], Any]) -> Together:
    result = Together()
    for subject in found:
        try:
            with transaction.atomic():
                decide(subject, shown[subject.KIND, subject.pk])
        except PROBLEMS as problem:
            result.left.append((subject, problem))
        else:
            result.decided.append(subject)
    return result


def _fit(
    found: list[Any],
    shown: Shown,
    organization: Organization,
    result: Together,
    *,
    by: Any,
    stage: frozenset[str],
) -> list[Any]:
    """What may be decided, each by the same rules as alone; the rest goes into `result`."""
    fit = []
    for subject in found:
        try:
            check_open(subject, stage=stage, seen=shown[subject.KIND, subject.pk])
            one_by_one.refuse_stopped(subject, organization, by=by, client=stage == CLIENT_STAGE)
            if stage == CLIENT_STAGE and subject.KIND == "post":
                together.check_can_go_out(subject)
        except PROBLEMS as problem:
            result.left.append((subject, problem))
        else:
            fit.append(subject)
    too_many: Mapping[Any, PostHubError] = together.reserve_for(_of(Topic, fit), organization)
    result.left += list(too_many.items())
    return [subject for subject in fit if subject not in too_many]


def _move(fit: list[Any], organization: Organization, *, by: Any, supervises: bool) -> None:
    ledger = Ledger(by)
    if supervises:
        together.approve_topics(_of(Topic, fit), ledger=ledger)
        together.approve_articles(_of(BlogPost, fit), organization, ledger=ledger)
        together.approve_posts(_of(SocialPost, fit), ledger=ledger)
    else:
        advance_all(_of(BlogPost, fit), "PENDING_APPROVAL", ledger=ledger)
        advance_all(_of(SocialPost, fit), "PENDING_APPROVAL", ledger=ledger)
    close(ledger)


def _of(kind: Any, subjects: list[Any]) -> list[Any]:
    return [subject for subject in subjects if isinstance(subject, kind)]
