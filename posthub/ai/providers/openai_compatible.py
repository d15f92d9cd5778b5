"""Anything that speaks OpenAI's chat completions: Ollama, vLLM, LiteLLM, OpenRouter. Its key is optional."""

from typing import Any

from .base import Provider, TextAnswer, TextRequest, Usage, billed
from .chat import complete, content_of, data_in, estimated, messages, number


class OpenAICompatible(Provider):
    name = "openai_compatible"

    def text(self, request: TextRequest) -> TextAnswer:
        asked = messages(request, with_schema=request.access.answers != "json_schema")
        body: dict[str, Any] = {
            "model": request.model,
            "messages": asked,
            "temperature": 0.4,
            "max_tokens": request.output_tokens,
            "stream": False,
        }
        if request.access.answers == "json_schema":
            held = {"name": request.use, "schema": request.schema, "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": held}
        elif request.access.answers == "json_object":
            body["response_format"] = {"type": "json_object"}
        said = complete(request, body)
        given = said.get("usage") if isinstance(said.get("usage"), dict) else {}
        told = "prompt_tokens" in given and "completion_tokens" in given
        usage = Usage(number(given.get("prompt_tokens")), number(given.get("completion_tokens")))
        with billed(usage):
            text = content_of(said)
            data = data_in(text)
        if not told:
            words = "".join(message["content"] for message in asked)
            usage = Usage(estimated(words), estimated(text))
        return TextAnswer(
            data=data,
            provider=self.name,
            model=str(said.get("model") or request.model),
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            estimated=not told,
        )
