"""Google Gemini through google-genai: text by a JSON schema, and pictures ("Nano Banana").

The library takes two seconds to import and lives in its own HTTP client; both come in with the first call.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from typing import Any

from .base import (
    Access,
    Deadline,
    MediaRequest,
    Picture,
    Provider,
    TextAnswer,
    TextRequest,
    Usage,
    billed,
    fault,
)
from .chat import data_in
from .wire import MEDIA_BYTES, TEXT_BYTES, meaning, within

# No tools: a model that only answers cannot be talked into anything.
ONCE = {"automatic_function_calling": {"disable": True}}
_bounds: ContextVar[tuple[Deadline, int]] = ContextVar("gemini_bounds")
BLOCKED = {
    "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "MODEL_ARMOR",
    "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "PUP_LIMITED_DISABLED",
}  # fmt: skip


class Gemini(Provider):
    name = "gemini"

    def text(self, request: TextRequest) -> TextAnswer:
        config = {
            "system_instruction": request.instructions or None,
            "max_output_tokens": request.output_tokens,
            "temperature": 0.4,
            "response_mime_type": "application/json",
            "response_json_schema": dict(request.schema),
        }
        answer = _generate(request, request.material or "Answer.", config, TEXT_BYTES)
        usage = _usage(answer)
        with billed(usage):
            words = "".join(part.text for part in _parts(answer) if part.text and not part.thought)
            if not words.strip():
                raise fault("empty", _reason(answer))
            data = data_in(words)
        return TextAnswer(
            data=data,
            provider=self.name,
            model=answer.model_version or request.model,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            thinking_tokens=usage.thinking_tokens,
            estimated=usage.estimated,
        )

    def picture(self, request: MediaRequest) -> Picture:
        config = {"response_modalities": ["IMAGE"], "image_config": {"aspect_ratio": request.ratio}}
        answer = _generate(request, request.prompt, config, MEDIA_BYTES)
        usage = _usage(answer, units=1)
        with billed(replace(usage, units=0)):
            for part in _parts(answer):
                if part.inline_data and part.inline_data.data:
                    model = answer.model_version or request.model
                    return Picture(part.inline_data.data, self.name, model, usage)
            raise fault("no_picture", _reason(answer))


def _generate(request: TextRequest | MediaRequest, words: str, config: dict[str, Any], most: int) -> Any:
    if not request.access.key:
        raise fault("unauthorized", "no key")
    with _errors(), _by(request.deadline, most):
        client = _client(request.access)
        milliseconds = max(1, round(request.deadline.pause() * 1000))
        return client.models.generate_content(
            model=request.model,
            contents=words,
            config={**ONCE, **config, "http_options": {"timeout": milliseconds}},
        )


@contextmanager
def _by(deadline: Deadline, most: int) -> Iterator[None]:
    token = _bounds.set((deadline, most))
    try:
        yield
    finally:
        _bounds.reset(token)


@lru_cache(maxsize=64)
def _client(access: Access) -> Any:
    from google import genai
    from google.genai import types

    return genai.Client(
        api_key=access.key,
        http_options=types.HttpOptions(
            base_url=access.base_url,
            api_version="v1beta",
            # Raw bytes are counted as they come in, so they must be what they will be.
            headers={"Accept-Encoding": "identity"},
            retry_options=types.HttpRetryOptions(attempts=1),
            httpx_client=_bounded_client(),
        ),
    )


@lru_cache(maxsize=1)
def _bounded_client() -> Any:
    """An HTTP client of the library's kind that gives up by the deadline and takes in only so much."""
    import httpx2

    class Bounded(httpx2.HTTPTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            deadline, most = _bounds.get()
            pause = deadline.pause()
            request.extensions["timeout"] = {
                "connect": min(deadline.connect, pause),
                "read": pause,
                "write": pause,
                "pool": pause,
            }
            came = super().handle_request(request)
            try:
                content = within(came.stream, deadline, most)  # type: ignore[arg-type]
            finally:
                came.close()
            return httpx2.Response(came.status_code, headers=came.headers, content=content)

    return httpx2.Client(transport=Bounded(), trust_env=False)


@contextmanager
def _errors() -> Iterator[None]:
    """The library's errors, and those of the client below it, as ours."""
    import httpx2
    from google.genai import errors

    try:
        yield
    except errors.APIError as problem:
        raise _refusal(problem) from problem
    except errors.UnknownApiResponseError as problem:
        raise fault("not_json", problem) from problem
    except httpx2.ConnectTimeout as problem:
        raise fault("unreachable", problem) from problem
    except httpx2.TimeoutException as problem:
        raise fault("timeout", problem) from problem
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as problem:
        raise fault("unreachable", problem) from problem
    except ValueError as problem:
        # What it cannot read as an answer: cut JSON, unknown shapes (pydantic's errors are among these).
        raise fault("not_json", problem) from problem


def _refusal(problem: Any) -> Exception:
    said = problem.details if isinstance(problem.details, dict) else {}
    error = said.get("error")
    details = error.get("details") if isinstance(error, dict) else None
    entries = [entry for entry in details or [] if isinstance(entry, dict)]
    pause, quotas, reasons = None, "", ""
    for entry in entries:
        kind = str(entry.get("@type", ""))
        if kind.endswith("RetryInfo"):
            pause = _seconds(entry.get("retryDelay"))
        if kind.endswith("QuotaFailure"):
            quotas += " ".join(
                str(v.get("quotaId")) for v in entry.get("violations", []) if isinstance(v, dict)
            )
        reasons += str(entry.get("reason", ""))
    code = int(problem.code or 0)
    message = f"{problem.status}: {problem.message}"
    if code == 429 and "PerDay" in quotas:
        return fault("quota", message, retry_after=pause)
    if "API_KEY_INVALID" in reasons:
        return fault("unauthorized", message)
    return meaning(code, message, pause)


def _seconds(given: object) -> float | None:
    """ "7s", as protobuf writes a duration."""
    try:
        return max(0.0, float(str(given).removesuffix("s")))
    except ValueError:
        return None


def _parts(answer: Any) -> list[Any]:
    """The parts of the answer, if it came to its end."""
    if answer.prompt_feedback and answer.prompt_feedback.block_reason:
        raise fault("blocked", answer.prompt_feedback.block_reason)
    if not answer.candidates:
        raise fault("empty", "no candidates")
    reason = _reason(answer)
    if reason in BLOCKED:
        raise fault("blocked", reason)
    if reason == "MAX_TOKENS":
        raise fault("truncated", reason)
    if reason == "LANGUAGE":
        raise fault("wrong_language", reason)
    content = answer.candidates[0].content
    return list(content.parts or []) if content else []


def _reason(answer: Any) -> str:
    reason = answer.candidates[0].finish_reason
    return str(getattr(reason, "value", reason) or "")


def _usage(answer: Any, *, units: int = 0) -> Usage:
    """Thinking is billed as output."""
    said = answer.usage_metadata
    if said is None:
        return Usage(units=units, estimated=True)
    thinking = said.thoughts_token_count or 0
    return Usage(
        said.prompt_token_count or 0, (said.candidates_token_count or 0) + thinking, thinking, units=units
    )
