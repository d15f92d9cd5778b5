"""A topic of an organization, with the company and the persona it needs, written in the current schema."""

import datetime

from posthub.company.models import Company
from posthub.content.models import Topic
from posthub.lifecycle.machine import begin
from posthub.personas.models import Persona


def make_topic(title: str = "Rye bread on a Sunday") -> Topic:
    company = Company.objects.create(name="Bakery")
    persona = begin(
        Persona(
            company=company, name="Jana", role_title="Baker", one_line="Plain.", sample="Bread.", voice={}
        ),
        "ACTIVE",
    )
    topic = Topic(
        company=company,
        persona=persona,
        month="2026-12",
        date=datetime.date(2026, 12, 7),
        title=title,
        angle="Why it keeps.",
        funnel_stage="awareness",
        plan={},
    )
    return begin(topic, "DRAFT")
