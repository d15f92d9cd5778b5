"""Reading a website: from its pages to a draft of the DNA and the facts it states."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from posthub.ai import gateway
from posthub.company.changes import blank_points, copy_into, same
from posthub.company.extraction import find_all
from posthub.company.generation import DnaAnswer, FoundPoint
from posthub.company.models import Company, Dna, DnaPoint, Verdict
from posthub.company.operations.companies import host_of
from posthub.company.pipeline.facts import Sentence, note_facts
from posthub.company.points import BY_KEY
from posthub.company.queries import company_input, refused_by
from posthub.company.reader import Page, SiteReading, read_site
from posthub.company.values import known
from posthub.core.errors import WorkFailed
from posthub.jobs.runner import RunningJob
from posthub.lifecycle.machine import advance, begin

MOST_PAGES_KEPT = 60
MOST_FACTS = 400


def read_website(job: RunningJob) -> None:
    """Read the site and write what it says: a first draft, or a proposal beside the accepted version."""
    company = Company.objects.get(pk=job.payload["company"])
    found = job.remember("found", lambda: _found(job, company))
    job.step(_("Summing up"), 95)
    with job.effect():
        locked = Company.objects.select_for_update().get(pk=company.pk)
        answer = DnaAnswer.model_validate(found["answer"])
        write_points(locked, answer.points)
        subjects = found["subjects"]
        facts = [
            Sentence(fact.text, fact.kind, subjects.get(fact.source_url, ""), fact.source_url)
            for fact in answer.facts
        ]
        note_facts(locked, facts, document=None)
        _note_reading(locked, found)


def _found(job: RunningJob, company: Company) -> dict[str, Any]:
    reading = _read(job, company.website, company.language)
    job.step(_("Finding products"), 60)
    findings = find_all(reading, lambda language, inputs: _ask(job, language, inputs))
    answer = DnaAnswer(points=list(findings.points.values()), facts=findings.facts[:MOST_FACTS])
    return {
        "answer": answer.model_dump(mode="json"),
        "url": reading.url,
        "pages": [{"url": page.url, "title": page.title, "status": page.status} for page in reading.pages],
        "subjects": {page.url: subject_of(page) for page in reading.pages},
    }


def _read(job: RunningJob, website: str, language: str) -> SiteReading:
    def tell(url: str, read: int, most: int) -> None:
        label = _("Reading the website (%(read)s of at most %(most)s pages)")
        job.step(label % {"read": read, "most": most}, round(50 * read / max(1, most)))

    tell(website, 0, 15)
    allow = [f"{host}:{port}" for host, port in settings.READER_ALLOW]
    reading = read_site(website, language=language, allow=allow, on_progress=tell)
    if not reading.pages:
        raise WorkFailed(unreadable(website, reading), permanent=True)
    return reading


def unreadable(website: str, reading: SiteReading) -> str:
    """Why nothing could be read, in a sentence that names the site and what the reader met."""
    # The last one is the page's own; before it may stand what robots.txt met on the same way.
    reason = reading.problems[-1].reason if reading.problems else _("no page was found")
    return _("We could not read %(site)s: %(reason)s.") % {
        "site": host_of(website) or website,
        "reason": reason.rstrip("."),
    }


def _ask(job: RunningJob, language: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    job.step(_("Tone of voice"), 75)
    return gateway.ask("dna", language=language, inputs=inputs, answer=DnaAnswer).model_dump(mode="json")


def subject_of(page: Page) -> str:
    """What a page is about: its first heading, else its title as far as the first divider."""
    heading = next((block.text for block in page.blocks if block.kind == "h1"), "")
    return (heading or page.title.split(" | ")[0].split(" – ")[0]).strip()[:160]


def write_points(company: Company, found: list[FoundPoint]) -> Dna | None:
    """The draft that holds what was found; None where an accepted version already says the same.

    Points with a verdict or from a person stay as they are, and nothing refused comes back elsewhere.
    """
    versions = {dna.state: dna for dna in company.versions.filter(state__in=["ACCEPTED", "DRAFT"])}
    accepted, draft = versions.get("ACCEPTED"), versions.get("DRAFT")
    base = _points(accepted or draft)
    if accepted and draft:
        base.update({key: point for key, point in _points(draft).items() if _settled(point)})
    proposed = _proposed(base, found)
    if accepted is None and draft is not None:
        DnaPoint.objects.bulk_update(_over(_points(draft), proposed), PROPOSED)
        return draft
    if draft is not None:
        advance(draft, "DISMISSED", why="read again")
    if accepted and all(same(point.value, base[key].value) for key, point in proposed.items() if key in base):
        return None
    latest = company.versions.order_by("-number").values_list("number", flat=True).first() or 0
    new = begin(Dna(company=company, number=latest + 1), "DRAFT")
    points = {point.key: point for point in blank_points(new)}
    for key, point in points.items():
        if key in base:
            copy_into(point, base[key])
    _over(points, proposed)
    DnaPoint.objects.bulk_create(points.values())
    return new


PROPOSED = ["value", "source_url", "quote", "confidence", "inferred"]


def _points(dna: Dna | None) -> dict[str, DnaPoint]:
    return {point.key: point for point in dna.points.all()} if dna else {}


def _settled(point: DnaPoint) -> bool:
    return point.by_person or point.verdict != Verdict.UNCHECKED


def _proposed(base: dict[str, DnaPoint], found: list[FoundPoint]) -> dict[str, FoundPoint]:
    refused = refused_by(list(base.values()))
    proposed = {}
    for point in found:
        settled = point.key in base and _settled(base[point.key])
        if point.key not in BY_KEY or settled or point.key in proposed:
            continue
        value = refused.without(point.key, point.value)
        if known(value):
            proposed[point.key] = point.model_copy(update={"value": value})
    return proposed


def _over(points: dict[str, DnaPoint], proposed: dict[str, FoundPoint]) -> list[DnaPoint]:
    """Write what is proposed into the points; a changed value waits to be checked."""
    for key, found in proposed.items():
        point = points[key]
        point.value = found.value
        point.source_url, point.quote = found.source_url[:500], found.quote[:600]
        point.confidence, point.inferred = found.confidence, found.inferred
    return [points[key] for key in proposed]


def _note_reading(company: Company, found: dict[str, Any]) -> None:
    company.website = found["url"][:300]
    company.read_at = timezone.now()
    company.pages_read = found["pages"][:MOST_PAGES_KEPT]
    if company.name == host_of(company.website):
        company.name = company_input(company)["brand_name"][:160]
    company.save()
