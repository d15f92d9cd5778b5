"""What making content takes from the plan's allowance, and gives back where nothing came of it.

A job's payload says what was counted for it: {"feature": "rewrites", "period": "2026-12-03"}.
"""

from typing import Any

from posthub.billing.models import Feature
from posthub.billing.operations import release, reserve
from posthub.core.errors import OverAllowance
from posthub.organizations.queries import current_organization

Counted = dict[str, str]


def count(feature: Feature, *, period: str = "") -> Counted:
    """Take one; raises OverAllowance where none is left."""
    return {"feature": feature.value, "period": reserve(current_organization(), feature, period=period)}


def count_if_left(feature: Feature) -> Counted | None:
    try:
        return count(feature)
    except OverAllowance:
        return None


def give_back(payload: dict[str, Any]) -> None:
    counted: Counted | None = payload.get("counted")
    if counted:
        release(current_organization(), Feature(counted["feature"]), period=counted["period"])


def nothing_made(payload: dict[str, Any], cause: str) -> None:
    """The burial of a picture or a film."""
    give_back(payload)


def count_again(payload: dict[str, Any]) -> dict[str, Any]:
    """For work that came to nothing and is asked for once more: what it takes now."""
    counted: Counted | None = payload.get("counted")
    if not counted:
        return payload
    feature = Feature(counted["feature"])
    # An article belongs to its month, whenever it is written; the rest to the month that is paid now.
    period = counted["period"] if feature == Feature.POSTS else ""
    return {**payload, "counted": count(feature, period=period)}


def counted_as_rewrite(payload: dict[str, Any]) -> bool:
    """Articles are given back where their topic's approval is taken back."""
    return (payload.get("counted") or {}).get("feature") == Feature.REWRITES
