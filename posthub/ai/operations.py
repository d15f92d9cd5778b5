"""What staff do about AI: try a route or a prompt. Keys and prompts have modules of their own."""

from typing import Any

from django.db import transaction

from posthub.ai.models import Route, Trial
from posthub.ai.routes import USE_OF
from posthub.jobs.operations import enqueue


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
