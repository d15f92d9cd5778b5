"""Perplexity and an OpenAI-compatible server."""

import json
from typing import Any

from tests.fakes.server import Answer, Asked, FakeServer, Fault, Reply, data
from tests.fakes.writer import Write, tokens, written

SCHEMA_IN_WORDS = "JSON Schema:\n"


class _Chat(FakeServer):
    KEY = ""
    MODELS: frozenset[str] = frozenset()
    PATHS: frozenset[str] = frozenset()

    def __init__(self, *, write: Write = written) -> None:
        super().__init__()
        self.write = write

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Bearer {self.KEY}":
            return refused(401, "invalid_api_key", "Incorrect API key provided")
        if asked.path not in self.PATHS or asked.method != "POST":
            return refused(404, "not_found", asked.path)
        body = asked.json
        if problem := self.wrong(body):
            return refused(400, "invalid_request_error", problem)
        if body["model"] not in self.MODELS:
            return refused(404, "model_not_found", f"The model {body['model']} does not exist")
        system, user = (message["content"] for message in body["messages"])
        text = json.dumps(self.write(system, user, self.schema(body, user)), ensure_ascii=False)
        return data(self.completed(body["model"], text, prompt=tokens(system + user)))

    def wrong(self, body: Any) -> str:
        if not isinstance(body, dict) or not isinstance(body.get("model"), str):
            return "you must provide a model parameter"
        if [message.get("role") for message in body.get("messages", [])] != ["system", "user"]:
            return "messages: one of the system, then one of the user"
        return ""

    def schema(self, body: dict[str, Any], user: str) -> dict[str, Any]:
        if body.get("response_format", {}).get("type") == "json_schema":
            held: dict[str, Any] = body["response_format"]["json_schema"]["schema"]
            return held
        told: dict[str, Any] = json.loads(user.rpartition(SCHEMA_IN_WORDS)[2])
        return told

    def completed(self, model: str, text: str, *, prompt: int, reason: str = "stop") -> dict[str, Any]:
        choice = {"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text}}
        usage = {
            "prompt_tokens": prompt,
            "completion_tokens": tokens(text),
            "total_tokens": prompt + tokens(text),
        }
        return {
            "id": "c1",
            "object": "chat.completion",
            "created": 1,
            "model": model,
            "choices": [choice],
            "usage": usage,
        }


class FakePerplexity(_Chat):
    KEY = "pplx-stand-in"
    MODELS = frozenset({"sonar", "sonar-pro", "sonar-reasoning-pro"})
    PATHS = frozenset({"/chat/completions", "/v1/sonar"})

    def wrong(self, body: Any) -> str:
        if super().wrong(body):
            return super().wrong(body)
        if body.get("response_format", {}).get("type") not in {None, "json_schema", "regex"}:
            return "response_format: json_schema or regex"
        return ""

    def completed(self, model: str, text: str, *, prompt: int, reason: str = "stop") -> dict[str, Any]:
        thought = (
            f"<think>The blocks say {{enough}}.</think>\n```json\n{text}\n```"
            if "reasoning" in model
            else text
        )
        said = super().completed(model, thought, prompt=prompt, reason=reason)
        cost = {
            "input_tokens_cost": 0.0001,
            "output_tokens_cost": 0.0002,
            "request_cost": 0.005,
            "total_cost": 0.0053,
        }
        found = [{"title": "A", "url": "https://a.example/", "snippet": "", "date": None, "source": "web"}]
        said["usage"] |= {"search_context_size": "low", "reasoning_tokens": 7, "cost": cost}
        return said | {"search_results": found, "citations": ["https://a.example/"]}


class FakeOpenAI(_Chat):
    """`capable` is what the server can be held to, as with small local models."""

    KEY = "sk-stand-in"
    MODELS = frozenset({"llama-local"})
    PATHS = frozenset({"/v1/chat/completions"})

    def __init__(self, *, capable: str = "json_schema", write: Write = written) -> None:
        super().__init__(write=write)
        self.capable = capable

    def wrong(self, body: Any) -> str:
        if super().wrong(body):
            return super().wrong(body)
        unknown = set(body) - {"model", "messages", "temperature", "max_tokens", "response_format", "stream"}
        wanted = body.get("response_format", {}).get("type", "none")
        if wanted not in {"none", self.capable}:
            return f"response_format {wanted} is not supported"
        return f"unknown parameters {sorted(unknown)}" if unknown else ""


def refused(status: int, code: str, message: str) -> Reply:
    return data({"error": {"message": message, "type": code, "code": code}}, status)


# -- faults of their own ---------------------------------------------------------------------------


def spoiled(**choice: Any) -> Fault:
    """The usual answer with another finish reason or content."""

    def spoil(asked: Asked, answer: Answer) -> Reply:
        said = json.loads(answer(asked).body)
        said["choices"][0]["finish_reason"] = choice.get("finish_reason", "stop")
        if "content" in choice:
            said["choices"][0]["message"]["content"] = choice["content"]
        return data(said)

    return spoil


def error_with_200(asked: Asked, answer: Answer) -> Reply:
    return data({"error": {"message": "upstream is out of order", "code": 502}})


def no_usage(asked: Asked, answer: Answer) -> Reply:
    said = json.loads(answer(asked).body)
    del said["usage"]
    return data(said)
