"""What the page about plan and payments says, worked out from the rows: words and figures, no HTML."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from posthub.billing.models import BillingDetails, Interval, Status, Subscription
from posthub.billing.operations.checkout import currency_after
from posthub.billing.page.invoices import invoices_of
from posthub.billing.page.offers import Offers, compared, offers_of
from posthub.billing.page.usage import Meter, kept, meters_of, resets
from posthub.billing.page.words import alerts, day, headline
from posthub.billing.queries import Terms, all_in_use, sells, terms_of
from posthub.billing.standing import Standing
from posthub.organizations.models import Organization

__all__ = ["compared", "day", "page_of"]


@dataclass(slots=True)
class Page:
    """`kept` instead of `meters` where nothing new is made; `changes` says how what is to come is taken back."""

    title: str
    lead: str
    plans: str
    meters: list[Meter]
    kept: list[tuple[str, int]]
    offers: Offers
    invoices: list[dict[str, Any]]
    details: BillingDetails | None
    resets: str = ""
    alerts: list[dict[str, Any]] = field(default_factory=list)
    subscribed: bool = False
    cancels: bool = False
    changes: str = ""
    period: str = ""

    @property
    def mark(self) -> str:
        """The same as long as the page says the same."""
        said = [
            self.title,
            self.lead,
            self.resets,
            self.meters,
            self.kept,
            self.offers,
            self.invoices,
            self.alerts,
        ]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:12]


def page_of(organization: Organization) -> Page:
    terms = terms_of(organization)
    with_it = ("plan", "next_plan", "organization__billing_details")
    row = Subscription.objects.filter(organization=organization).select_related(*with_it).first()
    details: BillingDetails | None = getattr(
        row.organization if row else organization, "billing_details", None
    )
    bought = row if row is not None and row.stripe_id and row.status != Status.CANCELED else None
    standing = all_in_use(organization)
    title, lead = headline(organization, terms, bought, details)
    currency = currency_after(organization, row)
    return Page(
        title,
        lead,
        plans=_plans(bought, terms),
        meters=meters_of(organization, terms, standing),
        kept=kept(terms, standing),
        offers=offers_of(organization, terms, bought, currency=currency, standing=standing),
        invoices=invoices_of(organization),
        details=details,
        resets=resets(organization, terms),
        alerts=list(alerts(organization, terms, bought, details)),
        subscribed=bought is not None,
        cancels=bool(bought and bought.cancels_at),
        changes=_taken_back(bought),
        period=str((Interval(bought.interval) if bought and bought.interval else Interval.MONTH).label),
    )


def _plans(bought: Subscription | None, terms: Terms) -> str:
    if bought is not None or terms.standing == Standing.ACTIVE:
        return _("What would change")
    return _("Choose a plan") if sells() else _("Plans")


def _taken_back(bought: Subscription | None) -> str:
    if bought is None or bought.next_plan_id is None:
        return ""
    return _("Stay on this plan") if bought.next_plan_id != bought.plan_id else _("Go on paying yearly")
