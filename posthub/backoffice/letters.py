"""Mails about what an organization takes along, and what staff are told in the morning."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posthub.accounts.mail import Letter, declare, sample_address
from posthub.backoffice.mornings import notes_on
from posthub.backoffice.queries import Client
from posthub.core.tenancy import base_url
from posthub.organizations.models import Organization


def said() -> dict[str, Any]:
    return {
        "organization": "Pekárna Podhorka",
        "until": timezone.now() + datetime.timedelta(days=7),
        "action_url": sample_address("/settings/data/"),
    }


def morning() -> dict[str, Any]:
    now = timezone.now()
    needing = [
        client("Pekárna Podhorka", ball="others", at_risk=True, due=now + datetime.timedelta(days=1)),
        client("Alder & Finch", ball="you", count=2, since=now - datetime.timedelta(hours=20), failed=1),
    ]
    return {
        "lines": [{"name": one.organization.name, "notes": list(notes_on(one))} for one in needing],
        "count": len(needing),
        "more": 0,
        "going_out": 5,
        "action_url": f"{base_url()}/staff/",
        "profile_url": f"{base_url()}/profile/",
    }


def client(name: str, **known: Any) -> Client:
    """One that stands in no database."""
    nothing = {"count": 0, "since": None, "due": None, "next_out": None, "failed": 0, "late": False}
    rest = {"plan": "", "rank": 0, "at_risk": False, **nothing, **known}
    return Client(organization=Organization(name=name), **rest)


declare(
    _("The team"),
    [
        Letter(
            "staff_morning",
            _("To each of the staff on working days, when a client of theirs needs something."),
            morning,
        )
    ],
)
declare(
    _("Your data"),
    [
        Letter("export_ready", _("To whoever asked for everything as a file, when it is there."), said),
    ],
)
