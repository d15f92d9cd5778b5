"""Voice rules with what they brought: how many texts are approved at the first look."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from posthub.approvals.models import Decision, Outcome, VoidReason
from posthub.company.models import Company
from posthub.personas.models import VoiceRule
from posthub.personas.queries import rules_of

KINDS = ("article", "post")
WINDOW = datetime.timedelta(days=365)
PASSED = {Outcome.APPROVED.value, Outcome.AGREED.value, Outcome.SENT_ON.value, Outcome.CHECKED.value}


@dataclass(frozen=True, slots=True)
class Look:
    """The first decision on a text."""

    at: datetime.datetime
    passed: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """Texts approved at the first look, of those that were looked at."""

    passed: int
    of: int

    @property
    def percent(self) -> int:
        return round(100 * self.passed / self.of) if self.of else 0


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
    looks = first_looks()
    lines = [_line(rule, looks) for rule in rules_of(company).order_by("-asked", "created_at")]
    return Rules(
        proposed=[line for line in lines if line.rule.state == "PROPOSED"],
        active=[line for line in lines if line.rule.state == "ACTIVE"],
        over=[line for line in lines if line.rule.state in {"RETIRED", "DISMISSED"}],
        whole=rate(looks),
    )


def first_looks() -> list[Look]:
    """The first decision on each text of the last year."""
    rows = Decision.objects.filter(kind__in=KINDS, created_at__gte=timezone.now() - WINDOW)
    rows = rows.exclude(void_reason=VoidReason.UNDONE)
    firsts = rows.order_by("kind", "object_id", "created_at").distinct("kind", "object_id")
    return [Look(at, outcome in PASSED) for at, outcome in firsts.values_list("created_at", "outcome")]


def rate(looks: Sequence[Look]) -> Rate:
    return Rate(sum(look.passed for look in looks), len(looks))


def _line(rule: VoiceRule, looks: Sequence[Look]) -> Line:
    if rule.state != "ACTIVE":
        return Line(rule)
    before = [look for look in looks if look.at < rule.state_since]
    return Line(rule, rate(before), rate([look for look in looks if look.at >= rule.state_since]))
