"""Which voices a company has, and how many of them may write."""

from django.db.models import Max, QuerySet

from posthub.company.models import Company
from posthub.company.queries import jobs_of
from posthub.jobs.models import Job
from posthub.personas.models import Persona


def personas_of(company: Company) -> QuerySet[Persona]:
    return Persona.objects.filter(company=company).order_by("batch", "position")


def to_choose_from(company: Company) -> list[Persona]:
    """The active voices first, then the newest six that were proposed."""
    newest = Persona.objects.filter(company=company).aggregate(batch=Max("batch"))["batch"]
    own = list(personas_of(company))
    active = [persona for persona in own if persona.state == "ACTIVE" and persona.batch != newest]
    return [*active, *(persona for persona in own if persona.batch == newest)]


def latest_proposal(company: Company) -> Job | None:
    """The last time that voices were asked for."""
    return jobs_of("personas.propose", company).first()


def next_batch(company: Company) -> int:
    newest = Persona.objects.filter(company=company).aggregate(batch=Max("batch"))["batch"]
    return 0 if newest is None else int(newest) + 1
