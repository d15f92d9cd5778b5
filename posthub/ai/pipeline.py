"""The worker's side of a trial: ask, and keep what came."""

import time
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from posthub.ai import gateway, routes
from posthub.ai.models import Trial, Use
from posthub.ai.providers.base import ProviderError, fault
from posthub.ai.samples import sample_of
from posthub.jobs.runner import RunningJob

SHOWN = 20_000
PROMPT_OF = {Use.RESEARCH: "dna"}


def try_out(job: RunningJob) -> None:
    trial = Trial.objects.get(pk=job.payload["trial"])
    job.step(_("Asking the AI"), 20)
    found = job.remember("found", lambda: _found(trial, job.payload["language"]))
    with job.effect():
        for field, value in found.items():
            setattr(trial, field, value)
        trial.save()


def _found(trial: Trial, language: str) -> dict[str, Any]:
    """What becomes of the trial, a refusal included."""
    began = time.monotonic()
    try:
        return _asked(trial, language)
    except ProviderError as refusal:
        return {
            "outcome": refusal.outcome,
            "cause": f"{refusal.cause} {refusal.detail}".strip()[:500],
            "milliseconds": round((time.monotonic() - began) * 1000),
        }


def _asked(trial: Trial, language: str) -> dict[str, Any]:
    if trial.use == Use.VIDEO:
        raise fault("not_offered", _("A film is not made for a trial: it would cost its full price."))
    if trial.use == Use.IMAGE:
        drawn = _picture(trial)
        record, answer = drawn.record, _("A picture of %(count)s bytes.") % {"count": drawn.value}
    else:
        written = _text(trial, language)
        record, answer = written.record, written.value.model_dump_json(indent=1)
    return {
        "outcome": "ok",
        "answer": answer[:SHOWN],
        "provider": record.provider,
        "model": record.model,
        "prompt_name": record.prompt_name,
        "prompt_version": record.prompt_version,
        "input_tokens": record.input_tokens,
        "output_tokens": record.output_tokens,
        "cost": None if record.cost is None else str(record.cost),
        "milliseconds": record.milliseconds,
    }


def _steps(trial: Trial) -> list[routes.Candidate]:
    return [routes.one(trial.provider, trial.model, trial.use)] if trial.provider else routes.chain(trial.use)


def _text(trial: Trial, language: str) -> gateway.Answered[Any]:
    use = PROMPT_OF.get(trial.use, trial.use)  # type: ignore[call-overload]
    answer = import_string(settings.AI_ANSWERS[use])
    request = gateway.text_request(
        use, language=language, inputs=sample_of(use, language), answer=answer, body=trial.body or None
    )
    return gateway.down_the_chain(
        _steps(trial), lambda candidate, until: gateway.text(candidate, request, answer, until)
    )


def _picture(trial: Trial) -> gateway.Answered[int]:
    request = gateway.media_request(
        "image",
        subject="A loaf of bread on a wooden board",
        brand="Alder Bakery",
        language="en",
        ratio="1:1",
        words="Alder Bakery",
        body=trial.body or None,
    )

    def size(candidate: routes.Candidate, until: float) -> gateway.Answered[int]:
        return gateway.picture_from(candidate, request, until, lambda made: len(made.content))

    return gateway.down_the_chain(_steps(trial), size)
