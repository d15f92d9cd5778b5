"""The one way to ask an AI: through a chain of providers, validated, inside a budget, with a record of each call."""

import json
import logging
import random
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from django.conf import settings
from pydantic import BaseModel

from posthub.ai import limits, overrides, spending
from posthub.ai.checks import as_data, checked
from posthub.ai.models import CallRecord
from posthub.ai.prompts import data_block, in_language
from posthub.ai.providers.base import (
    JSON,
    Deadline,
    Film,
    MediaRequest,
    Picture,
    ProviderError,
    TextRequest,
    Usage,
    billed,
    fault,
)
from posthub.ai.routes import Candidate, chain, provider

logger = logging.getLogger(__name__)
A = TypeVar("A", bound=BaseModel)
T = TypeVar("T")
R = TypeVar("R", TextRequest, MediaRequest)
# Of what is left, how much a provider may take while others stand behind it.
SHARE_OF_TIME = 0.6
PLACE = "\x00"

# use → the prompt file that stands beside the domain owning the answer
PROMPTS = {
    "dna": "company/dna",
    "personas": "personas/personas",
    **{use: f"content/{use}" for use in ("topics", "outline", "section", "social", "rewrite")},
}
# For pictures and films the prompt is all there is: no data, no shape of an answer.
MEDIA_PROMPTS = {use: f"content/{use}" for use in ("image", "video")}


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """An answer and the record of the call that gave it."""

    value: T
    record: CallRecord


def ask(use: str, *, language: str, inputs: Mapping[str, JSON], answer: type[A]) -> A:
    """The validated answer of the first provider in the chain that gives one.

    Raises ProviderError with a cause in plain words where nobody could answer.
    """
    mark = secrets.token_hex(6)
    request = text_request(use, language=language, inputs=inputs, answer=answer, mark=mark)
    return down_the_chain(
        chain(use), lambda candidate, until: text(candidate, request, answer, until, mark)
    ).value


def text_request(
    use: str,
    *,
    language: str,
    inputs: Mapping[str, JSON],
    answer: type[BaseModel],
    mark: str = "",
    body: str | None = None,
) -> TextRequest:
    """The question as every provider gets it; `body` is an unpublished text of the prompt."""
    schema = answer.model_json_schema()
    blocks = "\n".join(
        data_block(name, json.dumps(value, ensure_ascii=False, default=str), token=mark)
        for name, value in inputs.items()
    )
    prompt = overrides.rendered(
        in_language(PROMPTS[use], language),
        body=body,
        language=language,
        schema=json.dumps(schema, ensure_ascii=False),
        data=PLACE,
    )
    # What stands before the data is the same for every question of this kind: the system part.
    before, _sep, after = prompt.text.partition(PLACE)
    return TextRequest(
        use=use,
        language=language,
        instructions=before,
        inputs=as_data(inputs),
        schema=schema,
        prompt_name=prompt.name,
        prompt_version=prompt.version,
        material=blocks + after,
    )


def media_request(
    use: str,
    *,
    subject: str,
    brand: str,
    language: str,
    ratio: str,
    words: str,
    seconds: int = 0,
    body: str | None = None,
) -> MediaRequest:
    """One picture ("image") or film ("video") of `subject`."""
    prompt = overrides.rendered(
        in_language(MEDIA_PROMPTS[use], language), body=body, language=language, subject=subject, brand=brand
    )
    return MediaRequest(
        prompt=prompt.text,
        ratio=ratio,
        language=language,
        words=words,
        brand=brand,
        seconds=seconds,
        prompt_name=prompt.name,
        prompt_version=prompt.version,
    )


def picture(request: MediaRequest, usable: Callable[[Picture], T]) -> Answered[T]:
    """What `usable` makes of the first picture it accepts. It raises ProviderError for one it cannot take."""

    return down_the_chain(
        chain("image"), lambda candidate, until: picture_from(candidate, request, until, usable)
    )


def picture_from(
    candidate: Candidate, request: MediaRequest, until: float, usable: Callable[[Picture], T]
) -> Answered[T]:
    def work(asked: MediaRequest) -> tuple[T, Usage]:
        made: Picture = provider(candidate.provider).picture(asked)
        usage = replace(made.usage, model=made.model)
        with billed(usage):
            return usable(made), usage

    return _persistently(candidate, request, "image", until, work)


@dataclass(frozen=True, slots=True)
class Operation:
    """A film under way: everything another process needs to ask for it."""

    provider: str
    model: str
    name: str


def start_film(request: MediaRequest) -> Operation:
    """Have a film begun by the first provider that can. It is paid for here, by its seconds."""

    def one(candidate: Candidate, until: float) -> Answered[Operation]:
        def work(asked: MediaRequest) -> tuple[Operation, Usage]:
            name = provider(candidate.provider).start_film(asked)
            return Operation(candidate.provider, candidate.model, name), Usage(units=asked.seconds)

        return _persistently(candidate, request, "video", until, work)

    return down_the_chain(chain("video"), one).value


def film(operation: Operation, request: MediaRequest) -> Film | None:
    """The film, None while it is being made. Asking for it costs nothing."""
    steps = [step for step in chain("video") if step.provider == operation.provider]
    if not steps:
        raise fault("no_provider", operation.provider)
    asked = replace(
        request,
        model=operation.model,
        access=steps[0].access,
        deadline=_deadline(_until(settings.AI_CALL_SECONDS)),
    )
    return provider(operation.provider).film(operation.name, asked)


def down_the_chain(
    candidates: list[Candidate], one: Callable[[Candidate, float], Answered[T]]
) -> Answered[T]:
    """The first answer. Where there is none: the refusal that leaves most hope, else the last."""
    until = _until(settings.AI_CALL_SECONDS)
    refusals: list[ProviderError] = []
    for place, candidate in enumerate(candidates, start=1):
        left = until - time.monotonic()
        share = left if place == len(candidates) else left * SHARE_OF_TIME
        try:
            return one(candidate, _until(share))
        except ProviderError as refusal:
            logger.warning("%s: %s (%s)", candidate.account, refusal.cause, refusal.outcome)
            refusals.append(refusal)
            if refusal.fault.then == "stop":
                break
    hopeful = [refusal for refusal in refusals if not refusal.permanent]
    raise (hopeful or refusals or [fault("no_provider")])[-1]


def text(
    candidate: Candidate, request: TextRequest, answer: type[A], until: float, mark: str = ""
) -> Answered[A]:
    def work(asked: TextRequest) -> tuple[A, Usage]:
        got = provider(candidate.provider).text(asked)
        with billed(got.usage):
            return checked(asked, got.data, answer, mark=mark), got.usage

    return _persistently(candidate, request, request.use, until, work)


def _persistently(
    candidate: Candidate, request: R, use: str, until: float, work: Callable[[R], tuple[T, Usage]]
) -> Answered[T]:
    """Ask until there is an answer, as often as makes sense: a few tries, one repair, never past `until`."""
    local = getattr(provider(candidate.provider), "local", False)
    calls_a_minute, longest = (0, request_tokens(request)) if local else limits.limits_of(candidate)
    asked = _fitted(request, candidate, longest)
    tries, repaired, attempt = 0, False, 0
    while True:
        attempt += 1
        asked = replace(asked, deadline=_deadline(until))
        try:
            if not local:
                limits.refuse_while_resting(candidate)
                limits.take_turn(candidate, calls_a_minute)
            return _once(candidate, asked, use, attempt, work, local=local)
        except ProviderError as refusal:
            tries += 1
            if (
                refusal.fault.then == "repair"
                and not repaired
                and not local
                and isinstance(asked, TextRequest)
            ):
                repaired, asked = True, _mended(asked, refusal, longest)
            elif (
                refusal.fault.then != "retry"
                or tries >= settings.AI_ATTEMPTS
                or not _waited(refusal, tries, until)
            ):
                raise


def request_tokens(request: TextRequest | MediaRequest) -> int:
    return request.output_tokens if isinstance(request, TextRequest) else 0


def _fitted(request: R, candidate: Candidate, longest: int) -> R:
    asked = replace(request, model=candidate.model, access=candidate.access)
    if isinstance(asked, TextRequest):
        return replace(asked, output_tokens=min(asked.output_tokens, longest))
    return asked


def _once(
    candidate: Candidate,
    asked: R,
    use: str,
    attempt: int,
    work: Callable[[R], tuple[T, Usage]],
    *,
    local: bool,
) -> Answered[T]:
    """One call with its record, its budget, and the provider's health noted."""
    price = None if local else spending.price_of(candidate)
    record = spending.open_record(candidate, asked, use, spending.most(price, asked), attempt)
    began = time.monotonic()
    usage: Usage | None = None
    record.outcome = "error"
    try:
        value, usage = work(asked)
        record.outcome = "ok"
    except ProviderError as refusal:
        usage, record.outcome, record.detail = refusal.usage, refusal.outcome, refusal.detail
        if refusal.fault.down and not local:
            limits.note_health(candidate, down=True, cause=refusal.detail)
        raise
    finally:
        record.milliseconds = round((time.monotonic() - began) * 1000)
        spending.close_record(record, price, usage)
    if not local:
        limits.note_health(candidate, down=False)
    return Answered(value, record)


def _mended(request: TextRequest, refusal: ProviderError, longest: int) -> TextRequest:
    """The same question again, with what was wrong; where the answer was cut off, with twice the room."""
    said = data_block("problem", f"{refusal.outcome}: {refusal.detail}")
    plea = (
        f"\n\nYour last answer could not be used. Answer again, complete and valid. What was wrong:\n{said}\n"
    )
    room = request.output_tokens * 2 if refusal.outcome == "truncated" else request.output_tokens
    return replace(
        request, material=request.material + plea, output_tokens=min(room, max(longest, room // 2))
    )


def _waited(refusal: ProviderError, tries: int, until: float) -> bool:
    """Wait as long as the provider asks, or a little longer each time; False where that would be too long."""
    pause = settings.AI_BACKOFF_SECONDS * 2 ** (tries - 1) * (1 + random.random())  # noqa: S311
    pause = max(pause, refusal.retry_after or 0)
    if time.monotonic() + pause >= until or pause > settings.AI_LONGEST_PAUSE_SECONDS:
        return False
    time.sleep(pause)
    return True


def _until(seconds: float) -> float:
    return time.monotonic() + seconds


def _deadline(until: float) -> Deadline:
    return Deadline(settings.AI_CONNECT_SECONDS, settings.AI_READ_SECONDS, until)


def made_by(use: str, job_ids: list[object]) -> str:
    """The prompt, its version and the model behind the last answer these jobs got for a use, in one line."""
    found = (
        CallRecord.objects.filter(job_id__in=[job for job in job_ids if job], use=use, outcome="ok")
        .order_by("-created_at")
        .first()
    )
    if found is None:
        return ""
    return f"{found.prompt_name} {found.prompt_version} · {found.provider} {found.model}".strip()
