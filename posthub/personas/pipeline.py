"""Writing six voices from what is known of the company."""

from typing import Any

from django.utils.translation import gettext as _

from posthub.ai import gateway
from posthub.company.models import Company
from posthub.company.queries import company_input, usable_dna, usable_facts
from posthub.jobs.runner import RunningJob
from posthub.lifecycle.machine import begin
from posthub.personas.generation import PersonasAnswer
from posthub.personas.models import Persona
from posthub.personas.queries import with_rules


def propose_personas(job: RunningJob) -> None:
    company = Company.objects.get(pk=job.payload["company"])
    batch = int(job.payload["batch"])
    if Persona.objects.filter(company=company, batch=batch).exists():
        return
    job.step(_("Reading what we know of you"), 10)
    inputs = {
        "company": company_input(company),
        **with_rules(company, usable_dna(company)),
        "facts": usable_facts(company),
        "batch": batch,
        "avoid": list(Persona.objects.filter(company=company).values_list("name", flat=True)),
    }
    job.step(_("Writing the same paragraph in six voices"), 40)
    answer = PersonasAnswer.model_validate(job.remember("personas", lambda: _ask(company, inputs)))
    job.step(_("Checking that they differ"), 90)
    with job.effect():
        for position, draft in enumerate(answer.personas):
            voice = draft.model_dump(mode="json")
            begin(
                Persona(
                    company=company,
                    batch=batch,
                    position=position,
                    name=draft.name,
                    role_title=draft.role_title,
                    one_line=draft.one_line,
                    sample=draft.sample,
                    voice=voice,
                ),
                "DRAFT",
            )


def _ask(company: Company, inputs: dict[str, Any]) -> dict[str, Any]:
    answer = gateway.ask("personas", language=company.language, inputs=inputs, answer=PersonasAnswer)
    return answer.model_dump(mode="json")
