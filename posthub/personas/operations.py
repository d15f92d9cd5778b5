"""Voices: asked for, chosen, changed, retired. Choosing waits for its turn, so the plan's limit holds."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posthub.billing.models import Feature
from posthub.billing.operations import require_standing
from posthub.company.models import Company
from posthub.core.errors import OverAllowance, Refused
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import enqueue, retry
from posthub.lifecycle.machine import advance, begin, locked
from posthub.organizations.models import Organization
from posthub.organizations.queries import current_organization
from posthub.personas.models import Persona, VoiceRule
from posthub.personas.queries import latest_proposal, next_batch
from posthub.personas.rules import LONGEST, rule_in

MOST_BATCHES = 8
OVERRIDES = ("name", "role_title", "one_line", "sample")


@transaction.atomic
def propose_personas(company: Company, *, by: Any) -> Job:
    """Ask for six voices (six more); while they are being written, asking again gives that job."""
    require_standing(current_organization())
    current = Company.objects.select_for_update().get(pk=company.pk)
    batch = next_batch(current)
    if batch >= MOST_BATCHES:
        raise Refused(_("There are many voices already. Change one of them instead of asking for others."))
    last = latest_proposal(current)
    if last is not None and last.payload.get("batch") == batch:
        if last.state in {JobState.DEAD, JobState.CANCELLED}:
            return retry(last, by=by)
        return last
    return enqueue(
        "personas.propose",
        key=f"{current.pk}:{batch}",
        payload={"company": str(current.pk), "batch": batch},
        title=_("Writing six voices"),
        by=by,
        result_url=reverse("personas:welcome_personas" if batch == 0 else "personas:persona_list"),
    )


@transaction.atomic
def choose_personas(company: Company, chosen: Collection[UUID], *, by: Any) -> list[Persona]:
    """Let exactly these voices write. Raises OverAllowance where the plan allows fewer."""
    Company.objects.select_for_update().get(pk=company.pk)
    own = list(Persona.objects.filter(company=company))
    wanted = [persona for persona in own if persona.pk in set(chosen)]
    if not wanted:
        raise Refused(_("Choose at least one voice: somebody has to write."))
    _check_limit(len(wanted))
    for persona in own:
        if persona.state == "ACTIVE" and persona not in wanted:
            advance(persona, "RETIRED", by=by)
    return [persona if persona.state == "ACTIVE" else advance(persona, "ACTIVE", by=by) for persona in wanted]


@transaction.atomic
def activate_persona(persona: Persona, *, by: Any) -> Persona:
    """One more voice, if the plan has room for it."""
    Company.objects.select_for_update().get(pk=persona.company_id)
    active = Persona.objects.filter(company=persona.company_id, state="ACTIVE").exclude(pk=persona.pk).count()
    _check_limit(active + 1)
    return advance(persona, "ACTIVE", by=by)


@transaction.atomic
def give_up(organization: Organization, chosen: Collection[str]) -> None:
    """A smaller plan began: those chosen for it go first, then the last ones, until the rest fits."""
    limit = require_standing(organization).limit_of(Feature.PERSONAS)
    for company in Company.objects.select_for_update().all():
        active = list(Persona.objects.filter(company=company, state="ACTIVE").order_by("batch", "position"))
        going = [persona for persona in active if str(persona.pk) in chosen]
        staying = [persona for persona in active if persona not in going]
        for persona in going + staying[limit:]:
            advance(persona, "RETIRED", by=None)


def retire_persona(persona: Persona, *, by: Any) -> Persona:
    """It writes nothing new; what it wrote stays."""
    return advance(persona, "RETIRED", by=by)


@transaction.atomic
def edit_persona(persona: Persona, *, by: Any, **changes: Any) -> Persona:
    """Change the words of a voice; lists such as `do` and `dont` belong to its voice."""
    current = locked(persona)
    for name, value in changes.items():
        if name in OVERRIDES:
            setattr(current, name, value)
        current.voice = {**current.voice, name: value}
    current.save()
    return current


def _check_limit(wanted: int) -> None:
    limit = require_standing(current_organization()).limit_of(Feature.PERSONAS)
    if wanted > limit:
        raise OverAllowance(
            ngettext(
                "Your plan has room for %(limit)s voice and %(count)s are chosen. Untick some or change the plan.",
                "Your plan has room for %(limit)s voices and %(count)s are chosen. Untick some or change the plan.",
                limit,
            )
            % {"limit": limit, "count": wanted},
            feature=Feature.PERSONAS,
            used=wanted,
            limit=limit,
        )


@transaction.atomic
def propose_rules(
    company: Company, remarks: Collection[str], *, kind: str, source_id: UUID
) -> list[VoiceRule]:
    """Note what the remarks ask for from now on, for the marketer to confirm; what is known counts once more."""
    Company.objects.select_for_update().get(pk=company.pk)
    made = []
    for proposal in filter(None, map(rule_in, remarks)):
        rule = VoiceRule.objects.filter(company=company, text=proposal.text).first()
        if rule is not None:
            rule.asked += 1
            rule.save(update_fields=["asked", "updated_at"])
            continue
        rule = VoiceRule(
            company=company,
            text=proposal.text,
            avoid=proposal.avoid,
            instead=proposal.instead,
            source_kind=kind,
            source_id=source_id,
        )
        made.append(begin(rule, "PROPOSED"))
    return made


def confirm_rule(rule: VoiceRule, *, by: Any) -> VoiceRule:
    """From now on every prompt is given it and every text is checked for it."""
    return advance(rule, "ACTIVE", by=by)


def dismiss_rule(rule: VoiceRule, *, by: Any) -> VoiceRule:
    return advance(rule, "DISMISSED", by=by)


def retire_rule(rule: VoiceRule, *, by: Any) -> VoiceRule:
    """It holds no longer; confirming it again brings it back."""
    return advance(rule, "RETIRED", by=by)


@transaction.atomic
def add_rule(company: Company, text: str, *, by: Any) -> VoiceRule:
    """A rule of the marketer's own, confirmed by being written."""
    said = " ".join(text.split())[:LONGEST]
    if len(said) < 5:
        raise Refused(_("Say the rule in a sentence."))
    proposal = rule_in(said)
    rule = VoiceRule.objects.filter(company=company, text=said).first()
    if rule is None:
        avoid, instead = (proposal.avoid, proposal.instead) if proposal else ("", "")
        rule = begin(VoiceRule(company=company, text=said, avoid=avoid, instead=instead), "PROPOSED", by=by)
    return rule if rule.state == "ACTIVE" else confirm_rule(rule, by=by)
