"""Which voices a company has, how many of them may write, and the rules they keep."""

from typing import Any

from django.db.models import Count, Max, QuerySet, Subquery

from posthub.company.models import Company
from posthub.company.queries import jobs_of
from posthub.jobs.models import Job
from posthub.organizations.models import Organization
from posthub.personas.models import Persona, VoiceRule


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


def count_active(organization: Organization) -> Subquery:
    """For the plan's gauge: of the company that has most of them."""
    active = Persona.objects.filter(state="ACTIVE").order_by().values("company").annotate(count=Count("pk"))
    return Subquery(active.order_by("-count").values("count")[:1])


def active_choices(organization: Organization) -> list[tuple[str, str]]:
    """Whom somebody may choose to retire for a smaller plan, of the company that has most."""
    active = list(Persona.objects.filter(state="ACTIVE").order_by("batch", "position"))
    by_company: dict[Any, list[tuple[str, str]]] = {}
    for persona in active:
        by_company.setdefault(persona.company_id, []).append((str(persona.pk), persona.name))
    return max(by_company.values(), key=len, default=[])


def rules_of(company: Company) -> QuerySet[VoiceRule]:
    return VoiceRule.objects.filter(company=company)


def active_rules(company: Company) -> list[dict[str, str]]:
    """The confirmed rules, as prompts and checks are given them."""
    return [
        {"text": rule.text, "avoid": rule.avoid, "instead": rule.instead}
        for rule in rules_of(company).filter(state="ACTIVE")
    ]


def with_rules(company: Company, dna: dict[str, Any]) -> dict[str, Any]:
    """The DNA and rules as inputs of a prompt; words that a rule avoids are banned ones for whoever writes."""
    rules = active_rules(company)
    avoided = [rule["avoid"] for rule in rules if rule["avoid"]]
    if avoided:
        banned = [*(dna.get("voice.vocabulary_banned") or []), *avoided]
        dna = {**dna, "voice.vocabulary_banned": list(dict.fromkeys(banned))}
    return {"dna": dna, "voice_rules": [rule["text"] for rule in rules]}
