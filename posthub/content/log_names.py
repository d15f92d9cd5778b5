"""What entries of an organization's log are about, as people know it: its title and its page."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from posthub.content.queries import lines

KINDS = ("topic", "article", "post")


class Named(NamedTuple):
    title: str
    network: str
    url: str


def named(subjects: Iterable[str]) -> dict[str, Named]:
    """Of subjects like "post:<id>" those that are texts and still there. One statement, or none."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for subject in subjects:
        kind, _colon, pk = subject.partition(":")
        if kind in KINDS and len(pk) == 36:
            wanted[kind].add(UUID(pk))
    asked = {kind: Q(pk__in=pks) for kind, pks in wanted.items()}
    found = lines(topics=asked.get("topic"), articles=asked.get("article"), posts=asked.get("post"))
    return {f"{line.kind}:{line.pk}": Named(line.title, line.network, line.url) for line in found}
