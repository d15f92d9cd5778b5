"""Perplexity: answers drawn from the web, for research about a company. It reports its own price."""

from decimal import Decimal, InvalidOperation

from .base import JSON, Provider, TextAnswer, TextRequest, fault
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
        usage = said.get("usage") or {}
        return TextAnswer(
            data=data_in(content_of(said)),
            provider=self.name,
            model=str(said.get("model") or request.model),
            input_tokens=number(usage.get("prompt_tokens")),
            output_tokens=number(usage.get("completion_tokens")) + number(usage.get("reasoning_tokens")),
            thinking_tokens=number(usage.get("reasoning_tokens")),
            cost=_price(usage),
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
