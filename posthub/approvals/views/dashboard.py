"""The first page of an organization's host: who has the ball."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from posthub.approvals.consequence import things_waiting
from posthub.approvals.queries import forecast, review
from posthub.approvals.queries.overview import Overview, overview, things_decided
from posthub.approvals.queries.quorum import waits_for_others
from posthub.billing.models import Feature
from posthub.billing.queries import allowance, period_of
from posthub.company.models import Company
from posthub.content.diff import first_words
from posthub.content.models import Topic
from posthub.content.queries import beginning_of
from posthub.core.access import member
from posthub.core.tenancy import TenantRequest
from posthub.jobs.queries import running_jobs, task_of
from posthub.ui.times import day

MINUTES = {"topic": 0.5, "article": 4, "post": 2}


@require_safe
@member
def dashboard(request: TenantRequest) -> HttpResponse:
    agreed = waits_for_others(request.user, rules=request.organization)
    seen = overview(
        request.organization.zone,
        of=request.user,
        supervises=request.supervises,
        agreed=agreed,
    )
    request.waiting = len(seen.queue.mine)
    if not seen.anything and not Company.objects.exists():
        return render(request, "approvals/first_run.html", {"welcome_url": reverse("company:welcome")})
    done = things_decided(by=request.user, since=review.start_of_today())
    period = period_of(request.organization)
    known = forecast.pace()
    context: dict[str, Any] = {
        "overview": seen,
        "lang": request.organization.language,
        "day_format": pgettext("day of the month", "D j"),
        "today_format": pgettext("day of the month", "j"),
        "waiting": len(seen.queue.mine),
        **_first(request, seen),
        "minutes": max(1, round(sum(MINUTES[entry.line.kind] for entry in seen.queue.mine))),
        "resume_label": _("Continue, %(now)s of %(all)s")
        % {"now": done + 1, "all": done + len(seen.queue.mine)},
        "done_today": done,
        "nothing_yet": not seen.anything and not Topic.objects.exists(),
        "jobs": [(job, task_of(job)) for job in running_jobs(request.tenant.schema_name)],
        "risks": (risks := forecast.at_risk(seen.queue.mine, known, zone=request.organization.zone))[:4],
        "risk_count": len(risks),
        "pace": known,
        "with_team": [entry for entry in seen.queue.others if entry.ball != "machine"],
        "team_note": _team_note(seen, supervises=request.supervises),
        "month_name": capfirst(date_format(datetime.date.fromisoformat(f"{period}-01"), "F Y")),
        "usage": allowance(request.organization, Feature.POSTS, period=period),
    }
    return render(request, "approvals/dashboard.html", context)


def _team_note(seen: Overview, *, supervises: bool) -> str:
    """What the client may leave to the team; not where something failed, and not for the team itself."""
    others = [entry for entry in seen.queue.others if entry.ball != "machine"]
    if not supervises or any(entry.line.state == "FAILED" for entry in others):
        return ""
    return _("None of it needs you")


def _first(request: TenantRequest, seen: Overview) -> dict[str, Any]:
    """The top of the pile: how much waits, since when, and the first thing of it."""
    first, oldest = seen.first, seen.queue.oldest
    if first is None or oldest is None:
        return {}
    days = (timezone.now() - oldest).days
    since = (
        ngettext("for %(count)s day", "for %(count)s days", days) % {"count": days}
        if days
        else _("since today")
    )
    return {
        "first": first,
        "headline": things_waiting(len(seen.queue.mine)),
        "ball": "late" if any(entry.ball == "late" for entry in seen.queue.mine) else "you",
        "since": since,
        "first_day": day(first.line.day, weekday=True),
        "first_words": first_words(beginning_of(first.line)),
    }
