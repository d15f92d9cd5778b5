"""The chat completions that Perplexity and every OpenAI-compatible server speak."""

import json
import re
from typing import Any

from .base import JSON, TextRequest, fault
from .wire import Reply, endpoint, refusal, send

THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
FENCE = re.compile(r"\A\s*```[a-z]*\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL | re.IGNORECASE)
CHARACTERS_A_TOKEN = 3


def messages(request: TextRequest, *, with_schema: bool = False) -> list[dict[str, str]]:
    """System and user part; with the schema in words where the server cannot be held to one."""
    asked = request.material or "Answer."
    if with_schema:
        schema = json.dumps(request.schema, ensure_ascii=False)
        asked += f"\n\nAnswer with one JSON object that validates against this JSON Schema:\n{schema}"
    return [{"role": "system", "content": request.instructions}, {"role": "user", "content": asked}]


def complete(request: TextRequest, body: dict[str, JSON], *, path: str = "chat/completions") -> JSON:
    """The server's JSON. Raises ProviderError for every refusal, one that comes with status 200 included."""
    headers = {"Authorization": f"Bearer {request.access.key}"} if request.access.key else {}
    reply = send(
        "POST", endpoint(request.access, path), deadline=request.deadline, headers=headers, body=body
    )
    if reply.status != 200:
        raise refusal(reply)
    said = reply.json()
    if not isinstance(said, dict):
        raise fault("not_json", "no object")
    if said.get("error"):
        code = said["error"].get("code") if isinstance(said["error"], dict) else None
        status = code if isinstance(code, int) and code >= 400 else 502
        raise refusal(Reply(status, reply.headers, reply.content))
    return said


def content_of(said: JSON) -> str:
    """The words of the first choice, if it was finished."""
    try:
        choice = said["choices"][0]
        text, reason = choice["message"].get("content") or "", choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError) as problem:
        raise fault("empty", "no choice") from problem
    if reason == "content_filter":
        raise fault("blocked", reason)
    if reason == "length":
        raise fault("truncated", reason)
    if not isinstance(text, str) or not THOUGHT.sub("", text).strip():
        raise fault("empty", reason)
    return text


def data_in(text: str) -> JSON:
    """The JSON object in an answer: without its thoughts, its fence, and the words around it."""
    bare = THOUGHT.sub("", text).strip()
    if fenced := FENCE.match(bare):
        bare = fenced[1].strip()
    start, end = bare.find("{"), bare.rfind("}")
    try:
        return json.loads(bare[start : end + 1] if start >= 0 else bare)
    except (ValueError, RecursionError) as problem:
        raise fault("not_json", bare[:200]) from problem


def number(given: Any) -> int:
    return int(given) if isinstance(given, int | float) and 0 <= given < 1e9 else 0


def estimated(text: str) -> int:
    return len(text) // CHARACTERS_A_TOKEN + 1
