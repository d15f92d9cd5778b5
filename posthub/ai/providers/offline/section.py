"""One section of an article that has been planned, by us or by somebody else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .article import compose, freely
from .parts import Section
from .wording import cut


def write(language: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    planned: Sequence[Mapping[str, Any]] = (inputs.get("outline") or {}).get("sections") or []
    index = int(inputs.get("section") or 0)
    wanted = planned[index] if index < len(planned) else {}
    article = compose(language, inputs)
    headings = [cut(section.heading, 110) for section in article.sections]
    found = headings.index(str(wanted.get("heading"))) if wanted.get("heading") in headings else None
    section = article.sections[found] if found is not None else freely(language, inputs, wanted, index)
    told = {sentence for text in inputs.get("written") or () for sentence in _claimed_in(text, section)}
    section = _without(section, told)
    return {
        "markdown": section.markdown,
        "claims": [{"sentence": sentence, "fact_id": fact_id} for sentence, fact_id in section.claims],
    }


def _claimed_in(text: str, section: Section) -> list[str]:
    return [sentence for sentence, _ in section.claims if len(sentence) > 25 and sentence in text]


def _without(section: Section, told: set[str]) -> Section:
    """The section less the facts an earlier section has told already, as long as something stays."""
    kept = []
    for block in section.blocks:
        if any(sentence in told for sentence, _ in block.claims):
            claims = tuple(claim for claim in block.claims if claim[0] not in told)
            if claims:
                kept.append(replace(block, markdown=_less(block.markdown, told), claims=claims))
        else:
            kept.append(block)
    return replace(section, blocks=tuple(kept)) if kept else section


def _less(markdown: str, told: set[str]) -> str:
    """The paragraph without those sentences; of a list, whole lines go and the others stay lines."""
    if "\n- " in markdown:
        return "\n".join(line for line in markdown.split("\n") if line.removeprefix("- ") not in told)
    for sentence in told:
        markdown = markdown.replace(sentence, "")
    return " ".join(markdown.split())
