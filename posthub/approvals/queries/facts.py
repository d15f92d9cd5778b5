"""What is known about a text, in figures and words, never as a score: sources, loose claims, findings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from posthub.company.labels import NAMES
from posthub.company.models import Fact
from posthub.content.mending import LABELS
from posthub.content.models import BlogPost, SocialPost
from posthub.content.platforms import PLATFORMS

READ_A_MINUTE = 200
Text = BlogPost | SocialPost


@dataclass(frozen=True, slots=True)
class Chip:
    """A factual sentence and where it is from; no `source` where nobody knows."""

    sentence: str
    source: str
    quote: str
    url: str
    subject: Text
    network: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a check says of a text; `label` is the word on the button that mends it, "" where there is none."""

    cause: str
    severity: str
    fix: str
    label: str
    subject: Text
    network: str


@dataclass(frozen=True, slots=True)
class Facts:
    sourced: list[Chip]
    unverified: list[Chip]
    notes: list[Note]
    words: int
    minutes: int
    description: int


def facts_in(*subjects: Text) -> Facts | None:
    """Of one text, or of several that are decided on together."""
    written = [subject for subject in subjects if subject.version is not None]
    if not written:
        return None
    claims = [(one, claim) for one in written for claim in one.version.extra.get("claims", [])]  # type: ignore[union-attr]
    named = _documents(claim["fact_id"] for _one, claim in claims)
    chips = [_chip(one, claim, named) for one, claim in claims]
    words = sum(len(one.text.split()) for one in written)
    first = written[0].version
    return Facts(
        sourced=[chip for chip in chips if chip.source],
        unverified=[chip for chip in chips if not chip.source],
        notes=[_note(one, finding) for one in written for finding in one.version.extra.get("findings", [])],  # type: ignore[union-attr]
        words=words,
        minutes=max(1, round(words / READ_A_MINUTE)),
        description=len(first.extra.get("seo", {}).get("meta_description", "")) if first else 0,
    )


def _documents(fact_ids: Iterable[str]) -> dict[str, str]:
    """The names of the documents that the facts are from; no query where none is."""
    places = {
        fact_id: int(fact_id[2:]) for fact_id in fact_ids if fact_id[:2] == "d:" and fact_id[2:].isdigit()
    }
    if not places:
        return {}
    rows = Fact.objects.filter(position__in=places.values()).exclude(document=None)
    names = dict(rows.values_list("position", "document__name"))
    return {fact_id: names[place] for fact_id, place in places.items() if place in names}


def _chip(subject: Text, claim: dict[str, Any], documents: dict[str, str]) -> Chip:
    fact_id, url = claim["fact_id"], claim.get("url", "")
    source = source_of(fact_id, url, documents)
    return Chip(claim["sentence"], source, claim.get("quote", ""), url, subject, _network(subject))


def _network(subject: Text) -> str:
    return PLATFORMS[subject.platform].name if isinstance(subject, SocialPost) else ""


def source_of(fact_id: str, url: str, documents: dict[str, str]) -> str:
    """The source as people call it: a point of the DNA, a document, a page; "" where there is none."""
    if fact_id.startswith("dna:"):
        key = ".".join(fact_id.removeprefix("dna:").split(".")[:2])
        return str(NAMES.get(key, _("Company DNA")))
    if fact_id.startswith("d:"):
        return documents.get(fact_id, _("Your document"))
    if fact_id:
        page = urlsplit(url).path.strip("/")
        return _("Your website: %(page)s") % {"page": page} if page else _("Your website")
    return ""


def _note(subject: Text, finding: dict[str, Any]) -> Note:
    fix = finding.get("fix", "")
    return Note(
        cause=finding["cause"],
        severity=finding["severity"],
        fix=fix,
        label=str(LABELS.get(fix, "")),
        subject=subject,
        network=_network(subject),
    )
