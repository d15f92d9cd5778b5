"""What people do about AI: staff try a route or a prompt, an organization brings its own key."""

from typing import Any

from django.db import transaction

from posthub.ai.models import ProviderAccount, Route, Trial
from posthub.ai.routes import USE_OF
from posthub.ai.vault import seal
from posthub.audit import operations as audit
from posthub.jobs.operations import enqueue
from posthub.organizations.models import Organization


@transaction.atomic
def try_route(route: Route, *, by: Any) -> Trial:
    """Put a sample question to this step of a chain, in the background."""
    trial = Trial.objects.create(use=route.use, provider=route.provider, model=route.model, asked_by=by)
    return _enqueued(trial, language="en", by=by)


@transaction.atomic
def try_prompt(name: str, *, body: str, by: Any) -> Trial:
    """Put the sample question to the use's own chain with `body` in place of the published text."""
    prompt_use, _dot, language = name.partition("/")[2].partition(".")
    use = USE_OF.get(prompt_use, prompt_use)
    trial = Trial.objects.create(use=use, prompt_name=name, body=body, asked_by=by)
    return _enqueued(trial, language=language, by=by)


def _enqueued(trial: Trial, *, language: str, by: Any) -> Trial:
    payload = {"trial": str(trial.pk), "language": language}
    enqueue("ai.try", key=str(trial.pk), payload=payload, title=str(trial), by=by)
    return trial


@transaction.atomic
def bring_key(organization: Organization, *, provider: str, key: str, by: Any) -> None:
    """From now on this provider is asked with the organization's own key, where it is asked at all."""
    account, _made = ProviderAccount.objects.select_for_update().get_or_create(
        provider=provider, organization=organization
    )
    account.sealed_key, account.enabled = seal(key), True
    account.save(update_fields=["sealed_key", "enabled", "updated_at"])
    _record("ai.key_brought", organization, provider, by)


@transaction.atomic
def take_key_back(organization: Organization, provider: str, *, by: Any) -> bool:
    """Forget the organization's key; False where it had none."""
    gone, _rows = ProviderAccount.objects.filter(organization=organization, provider=provider).delete()
    if gone:
        _record("ai.key_taken_back", organization, provider, by)
    return bool(gone)


def _record(action: str, organization: Organization, provider: str, by: Any) -> None:
    audit.record(action, subject=f"provider:{provider}", actor_id=by.pk, chain=organization.schema_name)
