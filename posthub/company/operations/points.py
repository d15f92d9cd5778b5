"""The points of the DNA: judged, filled in, accepted. Each takes effect in every version that is open."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from posthub.audit import operations as audit
from posthub.company.changes import copy_into, fingerprint, open_changes, same
from posthub.company.models import Company, Dna, DnaPoint, Verdict
from posthub.company.operations.companies import locked_company
from posthub.company.queries import REFUSED
from posthub.company.values import known
from posthub.core.database import connection
from posthub.core.errors import Refused, Stale, WrongState
from posthub.lifecycle.machine import advance

OPEN = ("DRAFT", "ACCEPTED")


@transaction.atomic
def judge_point(point: DnaPoint, verdict: str, *, by: Any, seen: str | None = None) -> DnaPoint:
    """Say that a point is right, wrong or never to be said. `seen` is the fingerprint of the value shown."""
    current = _open_point(point, seen)
    if not known(current.value):
        raise Refused(_("Nothing is known here yet. Fill it in first."))
    current.verdict = Verdict(verdict)
    if current.verdict not in REFUSED:
        current.refused_values = [value for value in current.refused_values if not same(value, current.value)]
    return _saved(current, by=by, action="judged")


@transaction.atomic
def fill_point(point: DnaPoint, value: Any, *, by: Any) -> DnaPoint:
    """Put in the value somebody typed; no reading overwrites it. An empty one clears the point for good.

    A value that was refused stays refused after it was corrected. The same value again changes nothing: it keeps
    its evidence and what was said of it.
    """
    current = _open_point(point, None)
    if known(value) and same(value, current.value):
        return current
    if current.verdict in REFUSED and known(current.value) and not same(value, current.value):
        current.refused_values = [*current.refused_values, current.value]
    current.value = value if known(value) else None
    current.verdict = Verdict.RIGHT if known(value) else Verdict.UNCHECKED
    current.by_person = True
    current.inferred = False
    current.confidence = 1 if known(value) else 0
    current.quote = current.source_url = ""
    return _saved(current, by=by, action="filled")


@transaction.atomic
def take_new_value(point: DnaPoint, *, by: Any, seen: str | None = None) -> Dna:
    """Accept one change that a new reading proposes; `point` is the draft's."""
    current = _open_point(point, seen)
    current.verdict = Verdict.RIGHT
    current.save()
    return _settled(current.dna, by=by)


@transaction.atomic
def keep_old_value(point: DnaPoint, *, by: Any, seen: str | None = None) -> Dna:
    """Dismiss one change; the accepted value is right, then, and later readings leave it alone."""
    current = _open_point(point, seen)
    accepted = DnaPoint.objects.get(dna__company=current.dna.company, dna__state="ACCEPTED", key=current.key)
    if accepted.verdict == Verdict.UNCHECKED:
        accepted.verdict = Verdict.RIGHT
        accepted.save()
    copy_into(current, accepted).save()
    return _settled(current.dna, by=by)


@transaction.atomic
def accept_dna(dna: Dna, *, by: Any) -> Dna:
    """Make this draft the version that everything is written from; the one before is replaced."""
    locked_company(dna.company)
    for before in Dna.objects.filter(company=dna.company, state="ACCEPTED").exclude(pk=dna.pk):
        advance(before, "REPLACED", by=by)
    accepted = advance(dna, "ACCEPTED", by=by)
    _take_over_name(accepted.company)
    return accepted


def dismiss_dna(dna: Dna, *, by: Any) -> Dna:
    """Leave everything as it was accepted."""
    return advance(dna, "DISMISSED", by=by)


def _take_over_name(company: Company) -> None:
    brand = DnaPoint.objects.filter(
        dna__company=company, dna__state="ACCEPTED", key="identity.brand_name"
    ).first()
    if brand is not None and known(brand.value) and brand.verdict not in REFUSED:
        Company.objects.filter(pk=company.pk).update(name=str(brand.value)[:160])


def _open_point(point: DnaPoint, seen: str | None) -> DnaPoint:
    """The point as it is now, the company locked. Raises WrongState, Stale."""
    locked_company(point.dna.company)
    current = DnaPoint.objects.select_related("dna__company").get(pk=point.pk)
    if current.dna.state not in OPEN:
        raise WrongState(_("There is a newer version of these facts. Reload the page to see it."))
    if seen is not None and seen != fingerprint(current):
        raise Stale(_("This changed since you opened it. Nothing was decided."), subject=current, seen=seen)
    return current


def _saved(point: DnaPoint, *, by: Any, action: str) -> DnaPoint:
    point.save()
    others = DnaPoint.objects.filter(dna__company=point.dna.company, dna__state__in=OPEN, key=point.key)
    for other in others.exclude(pk=point.pk):
        copy_into(other, point).save()
    audit.record(
        f"dna_point.{action}",
        subject=f"dna_point:{point.pk}",
        actor_id=getattr(by, "pk", None),
        chain=connection.schema_name,
        detail={"key": point.key, "verdict": str(point.verdict), "value": point.value},
    )
    return point


def _settled(draft: Dna, *, by: Any) -> Dna:
    """Once every change was settled the draft takes over, or goes where it changes nothing."""
    accepted = Dna.objects.filter(company=draft.company, state="ACCEPTED").first()
    if accepted is None:
        return draft
    before, after = list(accepted.points.all()), list(draft.points.all())
    if open_changes(before, after):
        return draft
    values = {point.key: point.value for point in before}
    if all(same(point.value, values.get(point.key)) for point in after):
        return dismiss_dna(draft, by=by)
    return accept_dna(draft, by=by)
