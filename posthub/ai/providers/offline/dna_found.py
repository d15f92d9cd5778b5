"""One found point in the shape of the answer."""

from typing import Any

from posthub.ai.providers.offline.dna_text import shortened, squeezed

Found = dict[str, Any]


def found(key: str, value: Any, url: str, quote: str, confidence: float, *, inferred: bool = False) -> Found:
    """`quote` must stand on the page at `url`, word for word."""
    return {
        "key": key,
        "value": value,
        "source_url": url,
        "quote": shortened(squeezed(quote), 600),
        "confidence": round(confidence, 2),
        "inferred": inferred,
    }
