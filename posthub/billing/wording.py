"""Why something is not to be had on a plan, in whole sentences."""

from django.utils.translation import gettext as _

from posthub.billing.models import Feature, Status
from posthub.billing.queries import Terms
from posthub.billing.standing import Standing


def why_over(terms: Terms, feature: Feature, limit: int) -> str:
    if not terms.standing.makes:
        return why_stopped(terms)
    if limit == 0:
        return _none_of(feature)
    return _all_used(feature) % {"limit": limit}


def why_stopped(terms: Terms) -> str:
    """Why nothing new is made any more."""
    status = terms.facts.get("status") or ""
    if status in {Status.PAST_DUE, Status.UNPAID, Status.PAUSED}:
        said = _(
            "A payment is overdue, so nothing new is written. Pay the open invoice and it goes on at once."
        )
    elif status == Status.CANCELED:
        said = _("Your plan has ended, so nothing new is written. Choose a plan and it goes on at once.")
    else:
        said = _("Your trial is over, so nothing new is written. Choose a plan and it goes on at once.")
    if terms.standing == Standing.FROZEN:
        said += " " + _("Until then everything can be read and exported, and nothing changed.")
    return said


def _none_of(feature: Feature) -> str:
    return {
        Feature.VIDEOS: _("Your plan has no films. The video add-on brings them."),
        Feature.IMAGES: _("Your plan has no pictures. A larger plan brings them."),
    }.get(feature) or _("Your plan does not have this. A larger plan brings it.")


def _all_used(feature: Feature) -> str:
    return {
        Feature.POSTS: _("Your plan allows %(limit)s articles a month and they are all used."),
        Feature.REWRITES: _("Your plan allows %(limit)s rewritten texts a month and they are all used."),
        Feature.IMAGES: _("Your plan allows %(limit)s pictures a month and they are all used."),
        Feature.VIDEOS: _("Your plan allows %(limit)s films a month and they are all used."),
        Feature.PERSONAS: _("Your plan has room for %(limit)s active personas and they are all chosen."),
        Feature.NETWORKS: _("Your plan has room for %(limit)s networks and they are all chosen."),
        Feature.SEATS: _("Your plan has room for %(limit)s people and they are all there."),
        Feature.COMPANIES: _("Your plan has room for %(limit)s companies and they are all there."),
    }[feature]
