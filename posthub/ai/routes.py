"""Who is asked for what, in which order, where and with whose key."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from posthub.ai.models import ProviderAccount, Route, Use
from posthub.ai.providers.base import Access, Provider
from posthub.ai.vault import unseal
from posthub.core.database import connection

# What callers say, where it is not the use's own name.
USE_OF = {"dna": Use.RESEARCH}
# Two ways to make films, one account.
ACCOUNT_OF = {"omni": "gemini", "veo": "gemini"}
KIND_OF = {Use.IMAGE: "image", Use.VIDEO: "video"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One provider that may be asked. `account` names it where its calls and failures are counted."""

    provider: str
    model: str
    access: Access
    account: str
    own_key: bool = False


@cache
def provider(name: str) -> Provider:
    made: Provider = import_string(settings.AI_PROVIDERS[name])()
    return made


def chain(use: str) -> list[Candidate]:
    """Staff's routes for this use, else the chain of the settings."""
    use = USE_OF.get(use, use)
    kind = KIND_OF.get(use, "text")  # type: ignore[call-overload]
    rows = list(Route.objects.filter(use=use, enabled=True).values_list("provider", "model"))
    steps = rows or steps_of_settings(kind)
    steps = [(name, model or settings.AI_MODELS.get(name, {}).get(kind, "")) for name, model in steps]
    accounts = _accounts({ACCOUNT_OF.get(name, name) for name, _ in steps} - {"offline"})
    return [_candidate(name, model, accounts) for name, model in steps]


def steps_of_settings(kind: str) -> list[tuple[str, str]]:
    return [step_of(entry) for entry in settings.AI_CHAINS[kind]]


def makes(use: str) -> bool:
    """Whether anybody is there to be asked for this."""
    return bool(chain(use))


def one(name: str, model: str, use: str) -> Candidate:
    """This provider and model alone, as PostHub reaches it."""
    kind = KIND_OF.get(use, "text")  # type: ignore[call-overload]
    model = model or settings.AI_MODELS.get(name, {}).get(kind, "")
    return _candidate(name, model, _accounts({ACCOUNT_OF.get(name, name)} - {"offline"}))


def step_of(entry: str) -> tuple[str, str]:
    """ "gemini" or "gemini:model"."""
    name, _, model = entry.partition(":")
    return name, model


def _accounts(names: set[str]) -> dict[str, ProviderAccount]:
    """The account of each provider: the organization's own before PostHub's."""
    if not names:
        return {}
    rows = ProviderAccount.objects.filter(provider__in=names, enabled=True).select_related("organization")
    found: dict[str, ProviderAccount] = {}
    for row in rows:
        mine = row.organization is not None and row.organization.schema_name == connection.schema_name
        if mine or (row.organization is None and row.provider not in found):
            found[row.provider] = row
    return found


def _candidate(name: str, model: str, accounts: dict[str, ProviderAccount]) -> Candidate:
    owner = ACCOUNT_OF.get(name, name)
    given = settings.AI_ACCESS.get(owner, {})
    access = Access(**given)
    account = accounts.get(owner)
    if account is None:
        return Candidate(name, model, access, f"{owner}:{model}")
    own = account.organization_id is not None
    access = Access(
        account.base_url or access.base_url,
        # Our key never goes to an address that an organization names.
        unseal(account.sealed_key) or ("" if own else access.key),
        account.answers,  # type: ignore[arg-type]
    )
    whose = f"{account.organization_id}:" if own else ""
    return Candidate(name, model, access, f"{whose}{owner}:{model}", own)
