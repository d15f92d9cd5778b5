"""A company that can be written for, without anybody having read a website."""

import datetime

from posthub.company.models import Company, Dna, DnaPoint, Fact
from posthub.content.models import Topic
from posthub.lifecycle.machine import begin
from posthub.personas.models import Persona
from tests.ai.offline.asking import six
from tests.ai.offline.companies import COMPANIES


def make_company() -> Company:
    """With accepted DNA, its facts and three active voices, in the current schema."""
    given = COMPANIES["en"]
    company = Company.objects.create(name=given["company"]["brand_name"], language="en")
    dna = begin(Dna(company=company, number=1), "DRAFT")
    DnaPoint.objects.bulk_create(
        DnaPoint(dna=dna, key=key, value=value, confidence=0.9) for key, value in given["dna"].items()
    )
    Fact.objects.bulk_create(
        Fact(company=company, text=fact["text"], kind=fact["kind"], subject=fact["subject"], position=place)
        for place, fact in enumerate(given["facts"])
        if fact["id"].startswith("s:")
    )
    for place, voice in enumerate(six("en")[:3]):
        own = {key: voice[key] for key in ("name", "role_title", "one_line", "sample")}
        draft = {key: value for key, value in voice.items() if key != "id"}
        begin(Persona(company=company, position=place, voice=draft, **own), "ACTIVE")
    return company


def draft_topic(company: Company, title: str, *, day: int = 2) -> Topic:
    """A topic that waits for approval, for a day of March 2027."""
    topic = Topic(
        company=company,
        persona=Persona.objects.filter(company=company).order_by("position").first(),
        month="2027-03",
        date=datetime.date(2027, 3, day),
        title=title,
        angle="Told by the workshop.",
        funnel_stage="awareness",
        plan={},
    )
    return begin(topic, "DRAFT")
