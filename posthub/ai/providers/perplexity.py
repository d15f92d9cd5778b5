"""Perplexity: answers drawn from the web, for research about a company. It reports its own price."""

from decimal import Decimal, InvalidOperation

from .base import JSON, Provider, TextAnswer, TextRequest, Usage, billed, fault
from .chat import complete, content_of, data_in, messages, number

SOURCES_KEPT = 20


class Perplexity(Provider):
    name = "perplexity"

    def text(self, request: TextRequest) -> TextAnswer:
        if not request.access.key:
            raise fault("unauthorized", "no key")
        said = complete(
            request,
            {
                "model": request.model,
                "messages": messages(request),
                "temperature": 0.2,
                "max_tokens": request.output_tokens,
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": request.use, "schema": request.schema, "strict": True},
                },
                "language_preference": request.language.partition("-")[0],
                "web_search_options": {"search_context_size": "low"},
            },
        )
        given = said.get("usage") or {}
        thinking = number(given.get("reasoning_tokens"))
        output = number(given.get("completion_tokens")) + thinking
        usage = Usage(number(given.get("prompt_tokens")), output, thinking, _price(given))
        with billed(usage):
            data = data_in(content_of(said))
        return TextAnswer(
            data=data,
            provider=self.name,
            model=str(said.get("model") or request.model),
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            thinking_tokens=usage.thinking_tokens,
            cost=usage.cost,
            notes={"sources": "\n".join(_sources(said))},
        )


def _price(usage: JSON) -> Decimal | None:
    """What it says the call took, exactly as said."""
    cost = usage.get("cost")
    given = cost.get("total_cost") if isinstance(cost, dict) else None
    try:
        price = Decimal(str(given)) if isinstance(given, int | float | str) else None
    except InvalidOperation:
        return None
    return price if price is not None and price.is_finite() and price >= 0 else None


def _sources(said: JSON) -> list[str]:
    """Where it looked: `search_results` where they are given, else the older `citations`."""
    found = said.get("search_results")
    if isinstance(found, list) and found:
        addresses = [entry.get("url") for entry in found if isinstance(entry, dict)]
    else:
        addresses = said.get("citations") or []
    return [address for address in addresses if isinstance(address, str)][:SOURCES_KEPT]
