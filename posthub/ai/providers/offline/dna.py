"""The offline answer to "what does this site say of its company?": rules and word lists, Czech and English.

A point is given only where a passage of the company's own text carries it; the passage is its quote.
"""

from collections.abc import Callable, Mapping
from typing import Any

from posthub.ai.providers.offline.dna_audience import markets, seasonality, segments
from posthub.ai.providers.offline.dna_facts import facts
from posthub.ai.providers.offline.dna_found import Found
from posthub.ai.providers.offline.dna_history import founded
from posthub.ai.providers.offline.dna_market import competitors, trends
from posthub.ai.providers.offline.dna_passages import Material, material
from posthub.ai.providers.offline.dna_products import products
from posthub.ai.providers.offline.dna_promises import (
    differences,
    goals,
    guarantees,
    objections,
    pains,
    reasons,
)
from posthub.ai.providers.offline.dna_proof import awards, numbers, testimonials
from posthub.ai.providers.offline.dna_search import keywords
from posthub.ai.providers.offline.dna_size import size_band
from posthub.ai.providers.offline.dna_standing import flagship, price_positioning
from posthub.ai.providers.offline.dna_text import is_instruction
from posthub.ai.providers.offline.dna_trade import industry, regulated_topics
from posthub.ai.providers.offline.dna_voice import (
    banned,
    emoji_policy,
    formality,
    sample_sentences,
    tone,
    vocabulary,
)

RULES: tuple[Callable[[Material], list[Found]], ...] = (
    founded, size_band, price_positioning, reasons, differences, guarantees, segments, pains, goals, objections, markets,
    seasonality, formality, tone, sample_sentences, emoji_policy, vocabulary, banned, testimonials, awards, numbers, trends, competitors,
)  # fmt: skip


def write(language: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """A DnaAnswer as JSON, in the language of the site. `inputs` as in docs/ai-inputs.md, use "dna"."""
    source = material(language, inputs)
    points = [point for rule in RULES for point in rule(source)]
    trade = industry(source)
    offered = products(source)
    points += [
        *trade,
        *offered,
        *flagship(source, offered),
        *keywords(source, trade[0] if trade else None, offered),
    ]
    points += regulated_topics(source, trade[0] if trade else None)
    wanted = set(inputs.get("wanted") or {point["key"] for point in points})
    kept = [point for point in points if point["key"] in wanted and not is_instruction(f"{point['value']}")]
    return {"points": kept, "facts": facts(source)}
