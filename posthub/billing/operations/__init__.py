from posthub.billing.operations.plans import choose_plan, extend_trial, give_up_networks
from posthub.billing.operations.usage import release, require_room, require_standing, reserve

__all__ = [
    "choose_plan",
    "extend_trial",
    "give_up_networks",
    "release",
    "require_room",
    "require_standing",
    "reserve",
]
