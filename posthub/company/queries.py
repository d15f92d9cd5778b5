"""What is known about a company, as people see it and as the AI may use it (docs/ai-inputs.md)."""

import re
from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, When

from posthub.company.models import Company, Dna, DnaPoint, Document, Verdict
from posthub.company.points import BY_KEY, POINTS, Point
from posthub.company.values import Refusals, entries, known, line, refusals, spoken
from posthub.core.counting import NumberOf
from posthub.core.database import connection
from posthub.jobs.models import Job
from posthub.organizations.models import Organization

REFUSED = frozenset({Verdict.WRONG.value, Verdict.NEVER.value})
SENTENCE = re.compile(r"\w.*\s.*[.!?…]$", re.DOTALL)

# Which points state something that an article may repeat, and what kind of fact that is. What is not
# here steers the writing (voice, keywords, rules) but is nothing to be said aloud.
FACT_KINDS = {
    "identity.legal_name": "general",
    "identity.brand_name": "general",
    "identity.founded": "history",
    "identity.hq_address": "general",
    "identity.industry": "general",
    "offer.products_services": "product",
    "offer.flagship": "product",
    "offer.usp": "proof",
    "offer.guarantees": "guarantee",
    "audience.geo_markets": "general",
    "market.differentiators": "proof",
    "proof.testimonials": "proof",
    "proof.awards_certs": "proof",
    "proof.numbers": "number",
}


def count_companies(organization: Organization) -> NumberOf:
    """For the plan's gauge."""
    return NumberOf(Company.objects.all())


def first_company() -> Company | None:
    """The company of this organization; the oldest where there are several."""
    return Company.objects.order_by("created_at").first()


def current_dna(company: Company) -> Dna | None:
    """The accepted version, else the newest draft."""
    first = Case(When(state="ACCEPTED", then=0), default=1, output_field=IntegerField())
    open_versions = Dna.objects.filter(company=company, state__in=["ACCEPTED", "DRAFT"])
    return open_versions.order_by(first, "-number").first()


def open_draft(company: Company) -> Dna | None:
    return Dna.objects.filter(company=company, state="DRAFT").order_by("-number").first()


def readings_of(company: Company) -> QuerySet[Job]:
    """The jobs that read this company's website, the newest first."""
    return jobs_of("company.read_website", company)


def reading_of(company: Company) -> Job | None:
    """The newest reading, unless it was of another address than the company has now: nothing is to be said of it."""
    newest = readings_of(company).first()
    if newest is None or newest.state == Job.State.DONE:
        return newest
    return newest if newest.payload.get("website", company.website) == company.website else None


def jobs_of(task: str, company: Company) -> QuerySet[Job]:
    jobs = Job.objects.filter(schema_name=connection.schema_name, task=task, payload__company=str(company.pk))
    return jobs.defer("answers", "detail").order_by("-created_at")


def points_in_order(dna: Dna | None) -> list[DnaPoint]:
    """The version's points in the order people see."""
    if dna is None:
        return []
    by_key = {point.key: point for point in DnaPoint.objects.filter(dna=dna)}
    return [by_key[point.key] for point in POINTS if point.key in by_key]


def refused_by(points: list[DnaPoint]) -> Refusals:
    """Everything the client refused: values with such a verdict, and values that were corrected since."""
    phrases: list[str] = []
    for point in points:
        if point.verdict in REFUSED:
            phrases += refusals(point.key, point.value)
        for value in point.refused_values:
            phrases += refusals(point.key, value)
    return Refusals(phrases)


def usable_dna(company: Company) -> dict[str, Any]:
    """The known points that were not refused. What must never be said is added to the forbidden claims."""
    points = points_in_order(current_dna(company))
    refused = refused_by(points)
    usable: dict[str, Any] = {}
    for point in points:
        if point.verdict in REFUSED or not known(point.value):
            continue
        # Banned words and forbidden claims name what is refused on purpose.
        blocks = point.key in {"constraints.forbidden_claims", "voice.vocabulary_banned"}
        value = point.value if blocks else refused.without(point.key, point.value)
        if known(value):
            usable[point.key] = value
    never = [
        phrase
        for point in points
        if point.verdict == Verdict.NEVER
        for phrase in refusals(point.key, point.value)
    ]
    if never:
        forbidden = usable.get("constraints.forbidden_claims", [])
        usable["constraints.forbidden_claims"] = list(dict.fromkeys([*forbidden, *never]))
    return usable


def usable_facts(company: Company) -> list[dict[str, Any]]:
    """What an article may repeat: points, sentences of the site, sentences of documents, none of it refused.

    Ids are stable: a point keeps its key, a sentence the position it was first given.
    """
    points = points_in_order(current_dna(company))
    refused = refused_by(points)
    facts = [fact for point in points for fact in _facts_of(point)]
    facts.extend(
        {
            "id": f"{'d' if row.document_id else 's'}:{row.position}",
            "text": row.text,
            "kind": row.kind,
            "source_url": row.source_url,
            "subject": row.subject,
        }
        for row in company.facts.filter(refused=False).order_by("position")
    )
    return [fact for fact in facts if not refused.hit(f"{fact['subject']} {fact['text']}")]


def _facts_of(point: DnaPoint) -> list[dict[str, Any]]:
    """A guess that nobody confirmed is no fact."""
    guessed = point.inferred and not point.by_person and point.verdict != Verdict.RIGHT
    if point.key not in FACT_KINDS or point.verdict in REFUSED or guessed:
        return []
    shape = BY_KEY[point.key]
    several = isinstance(point.value, list)
    return [
        {
            "id": f"dna:{point.key}.{number}" if several else f"dna:{point.key}",
            "text": _said(point, shape, entry),
            "kind": FACT_KINDS[point.key],
            "source_url": point.source_url,
            "subject": spoken(entry) if isinstance(entry, dict) and "name" in entry else "",
        }
        for number, entry in enumerate(entries(point.value))
    ]


def _said(point: DnaPoint, shape: Point, entry: Any) -> str:
    """The sentence it stands in, where the site says it in so many words; else the value."""
    text = line(shape, entry)
    alone = not isinstance(point.value, list) and shape.kind in {"text", "date"}
    if alone and not point.by_person and text in point.quote and SENTENCE.match(point.quote):
        return point.quote
    return text


def company_input(company: Company, dna: dict[str, Any] | None = None) -> dict[str, str]:
    """How the AI is told about the company itself; `dna` is its usable_dna, where that is at hand."""
    dna = usable_dna(company) if dna is None else dna
    industry = dna.get("identity.industry")
    address = dna.get("identity.hq_address")
    return {
        "brand_name": str(dna.get("identity.brand_name") or dna.get("identity.legal_name") or company.name),
        "industry": str(industry.get("label") or "") if isinstance(industry, dict) else str(industry or ""),
        "city": str(address.get("city") or "") if isinstance(address, dict) else "",
        "language": company.language,
    }


def documents_of(company: Company) -> list[Document]:
    """The documents with the number of facts each gave, the newest first; without their texts."""
    return list(company.documents.defer("text").annotate(noted=Count("facts")).order_by("-created_at"))
