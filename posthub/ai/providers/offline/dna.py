"""The offline answer to "what does this site say of its company?": rules and word lists, Czech and English.

A point is given only where a passage of the company's own text carries it; the passage is its quote.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from posthub.ai.providers.offline.dna_audience import markets, seasonality, segments
from posthub.ai.providers.offline.dna_facts import facts
from posthub.ai.providers.offline.dna_found import Found
from posthub.ai.providers.offline.dna_history import founded
from posthub.ai.providers.offline.dna_market import competitors, trends
from posthub.ai.providers.offline.dna_passages import Material, material
from posthub.ai.providers.offline.dna_praise import testimonials
from posthub.ai.providers.offline.dna_products import products
from posthub.ai.providers.offline.dna_promises import (
    differences,
    goals,
    guarantees,
    objections,
    pains,
    reasons,
)
from posthub.ai.providers.offline.dna_proof import awards, numbers
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

MOST_SECONDS = 8.0  # of processor time; only a site made to hurt takes so long
RULES: tuple[Callable[[Material], list[Found]], ...] = (
    founded, size_band, price_positioning, reasons, differences, guarantees, segments, pains, goals, objections, markets,
    seasonality, formality, tone, sample_sentences, emoji_policy, vocabulary, banned, testimonials, awards, numbers, trends, competitors,
)  # fmt: skip


def write(
    language: str, inputs: Mapping[str, Any], spent: Callable[[], float] = time.thread_time
) -> dict[str, Any]:
    """A DnaAnswer as JSON, in the language of the site. `inputs` as in docs/ai-inputs.md, use "dna".

    `spent` tells the processor time so far; what was found by MOST_SECONDS is the answer.
    """
    until = spent() + MOST_SECONDS
    source = material(language, inputs)
    points: list[Found] = []
    for rule in (*RULES, _about_the_offer):
        if spent() > until:
            break
        points += rule(source)
    wanted = set(inputs.get("wanted") or {point["key"] for point in points})
    kept = [point for point in points if point["key"] in wanted and not is_instruction(f"{point['value']}")]
    return {"points": kept, "facts": facts(source) if spent() <= until else []}


def _about_the_offer(source: Material) -> list[Found]:
    """The trade, what is on offer, and the points that rest on those two."""
    trade = industry(source)
    offered = products(source)
    return [
        *trade,
        *offered,
        *flagship(source, offered),
        *keywords(source, trade[0] if trade else None, offered),
        *regulated_topics(source, trade[0] if trade else None),
    ]
