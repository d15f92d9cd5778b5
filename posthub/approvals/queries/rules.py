"""Voice rules with what they brought: how many texts are approved at the first look."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from posthub.approvals.queries.first_looks import Look, Rate, first_looks, rate
from posthub.company.models import Company
from posthub.personas.models import VoiceRule
from posthub.personas.queries import rules_of

WINDOW = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """A rule; `before` and `since` it was confirmed, for those that hold."""

    rule: VoiceRule
    before: Rate | None = None
    since: Rate | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    proposed: list[Line]
    active: list[Line]
    over: list[Line]
    whole: Rate


def rules_with_rates(company: Company) -> Rules:
    """Two queries, whatever the number of rules."""
    looks = first_looks(timezone.now() - WINDOW)
    lines = [_line(rule, looks) for rule in rules_of(company).order_by("-asked", "created_at")]
    return Rules(
        proposed=[line for line in lines if line.rule.state == "PROPOSED"],
        active=[line for line in lines if line.rule.state == "ACTIVE"],
        over=[line for line in lines if line.rule.state in {"RETIRED", "DISMISSED"}],
        whole=rate(looks),
    )


def _line(rule: VoiceRule, looks: Sequence[Look]) -> Line:
    if rule.state != "ACTIVE":
        return Line(rule)
    before = [look for look in looks if look.at < rule.state_since]
    return Line(rule, rate(before), rate([look for look in looks if look.at >= rule.state_since]))
