"""The one way to ask an AI: through the chain of providers, validated, and with a record of each call."""

import json
import logging
import time
from collections.abc import Mapping
from functools import cache
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from posthub.ai.models import CallRecord
from posthub.ai.prompts import data_block, render
from posthub.ai.providers.base import JSON, Provider, ProviderError, TextAnswer, TextRequest
from posthub.core import logging as context
from posthub.core.database import connection

logger = logging.getLogger(__name__)
A = TypeVar("A", bound=BaseModel)


@cache
def provider(name: str) -> Provider:
    made: Provider = import_string(settings.AI_PROVIDERS[name])()
    return made


# use → the prompt file that stands beside the domain owning the answer
PROMPTS = {
    "dna": "company/dna",
    "personas": "personas/personas",
    **{use: f"content/{use}" for use in ("topics", "outline", "section", "social", "rewrite")},
}


def ask(use: str, *, language: str, inputs: Mapping[str, JSON], answer: type[A]) -> A:
    """The validated answer of the first provider in the chain that gives one.

    Raises ProviderError with a cause in plain words where nobody could answer.
    """
    rendered = render(
        PROMPTS[use],
        language=language,
        schema=json.dumps(answer.model_json_schema(), ensure_ascii=False),
        data="\n".join(
            data_block(name, json.dumps(value, ensure_ascii=False, default=str))
            for name, value in inputs.items()
        ),
    )
    request = TextRequest(
        use=use,
        language=language,
        instructions=rendered.text,
        # As JSON and back: what a provider gets is data, the same for one in this process and one far away.
        inputs=json.loads(json.dumps(inputs, default=str)),
        schema=answer.model_json_schema(),
        prompt_name=rendered.name,
        prompt_version=rendered.version,
    )
    problem: ProviderError | None = None
    for name in settings.AI_CHAIN:
        try:
            return _answered(name, request, answer)
        except ProviderError as refusal:
            logger.warning("%s did not answer %s: %s", name, use, refusal.cause)
            problem = refusal
    raise problem or ProviderError(_("No AI provider is set up."), permanent=True)


def _answered(name: str, request: TextRequest, answer: type[A]) -> A:
    began = time.monotonic()
    got: TextAnswer | None = None
    outcome = "error"
    try:
        got = provider(name).text(request)
        valid = answer.model_validate(got.data)
        outcome = "ok"
        return valid
    except ProviderError:
        outcome = "provider_error"
        raise
    except ValidationError as problem:
        outcome = "invalid"
        logger.warning("%s answered %s in another shape: %s", name, request.use, problem)
        raise ProviderError(_("The AI answered in a shape we cannot use."), permanent=False) from problem
    finally:
        _record(name, request, got, outcome, time.monotonic() - began)


def _record(name: str, request: TextRequest, got: TextAnswer | None, outcome: str, seconds: float) -> None:
    job = context.job_id.get()
    CallRecord.objects.create(
        schema_name=connection.schema_name,
        use=request.use,
        provider=name,
        model=got.model if got else "",
        prompt_name=request.prompt_name,
        prompt_version=request.prompt_version,
        input_tokens=got.input_tokens if got else 0,
        output_tokens=got.output_tokens if got else 0,
        milliseconds=round(seconds * 1000),
        outcome=outcome,
        job_id=UUID(job) if job else None,
    )
