"""What somebody ticked in the inbox, with all that is said about it before it is decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from posthub.accounts.models import User
from posthub.approvals import consequence
from posthub.approvals.models import Look
from posthub.approvals.queries import review
from posthub.approvals.queries.inbox import Entry
from posthub.organizations.models import Organization

MOST = 100  # things decided on at once


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing of the list: `subjects` is what is decided, the posts of an article one by one."""

    entry: Entry
    subjects: list[Any]
    opened: bool
    consequence: str

    @property
    def shown(self) -> list[str]:
        """What the form sends back: the kind, the id and the hash of what stands there now."""
        return [f"{one.KIND}:{one.pk}:{one.content_hash}" for one in self.subjects]


def ticked(entries: Iterable[Entry], *, choices: list[str], batches: list[str]) -> list[Entry]:
    """The entries a form names, by themselves or by their whole batch."""
    named, months = set(choices), set(batches)
    return [entry for entry in entries if entry.choice in named or entry.line.month in months][:MOST]


def chosen(entries: list[Entry], *, by: User, organization: Organization, supervises: bool) -> list[Chosen]:
    """At most four statements."""
    subjects = subjects_of(pk for entry in entries for pk in entry.pks)
    looks = dict(
        Look.objects.filter(by_id=by.pk, object_id__in=list(subjects)).values_list("object_id", "seen_hash")
    )
    return [
        _chosen(entry, subjects, looks, organization, supervises=supervises)
        for entry in entries
        if any(pk in subjects for pk in entry.pks)
    ]


def subjects_of(ids: Iterable[UUID]) -> dict[UUID, Any]:
    wanted = set(ids)
    found: dict[UUID, Any] = {}
    for kind in review.WITH:
        if wanted - set(found):
            rows = review.subjects(kind).filter(pk__in=wanted - set(found))
            found |= {subject.pk: subject for subject in rows}
    return found


def _chosen(
    entry: Entry,
    subjects: dict[UUID, Any],
    looks: dict[UUID, str],
    organization: Organization,
    *,
    supervises: bool,
) -> Chosen:
    own = [subjects[pk] for pk in entry.pks if pk in subjects]
    opened = all(looks.get(one.pk) == one.content_hash for one in own)
    first = own[0]
    networks = review.networks_for(first, organization.platforms) if first.KIND == "article" else 0
    if first.KIND == "post" and supervises:
        said = consequence.of_posts(own, organization.zone)
    else:
        said = consequence.of(first, networks=networks, zone=organization.zone, staff=not supervises)
    return Chosen(entry, own, opened, said)


def read_shown(values: Iterable[str]) -> dict[tuple[str, UUID], str]:
    """What `Chosen.shown` wrote, read back; what is not of that form is left out."""
    shown: dict[tuple[str, UUID], str] = {}
    for value in values:
        kind, _colon, rest = value.partition(":")
        pk, _colon, seen = rest.partition(":")
        try:
            key = (kind, UUID(pk))
        except ValueError:
            continue
        if kind in review.WITH:
            shown[key] = seen
    return dict(list(shown.items())[: MOST * 5])
