"""One part of an article written again: a title, a heading, or paragraphs; what surrounds it is only read."""

from collections.abc import Mapping
from typing import Any

from posthub.core.similarity import title_shape

from .choice import shuffled
from .ideas import ideas
from .library import filled, pool
from .material import Material, same
from .scribe import Scribe
from .themes import theme_of
from .titles import LONGEST, SHORTEST, pairs_of
from .trades import suitable
from .wording import capital


def title(material: Material, text: str, inputs: Mapping[str, Any]) -> str:
    """Another title on the same subject, in the same key word; the old one where there is no other."""
    topic: Mapping[str, Any] = inputs.get("topic") or {}
    keyword = str(topic.get("primary_keyword") or "")
    old = title_shape(text)
    offered = [
        pair.title
        for pair in pairs_of(material, ideas(material, frozenset()))
        if (not keyword or same(pair.idea.keyword, keyword))
        and (not keyword or keyword.casefold() in pair.title.casefold())
        and SHORTEST <= len(pair.title) <= LONGEST
        and not pair.frame.events
        and not pair.frame.months
    ]
    fresh = [one for one in dict.fromkeys(offered) if not title_shape(one).repeats(old)]
    return shuffled(fresh, text, inputs.get("variant"))[0] if fresh else text


def heading(material: Material, text: str, inputs: Mapping[str, Any]) -> str:
    """Another heading of the house's own that the article does not have yet."""
    topic: Mapping[str, Any] = inputs.get("topic") or {}
    keyword = str(topic.get("primary_keyword") or material.brand)
    slots = {"kw": material.inside(keyword), "Kw": capital(keyword), "brand": material.brand}
    slots |= {"city": material.city, "keyword": keyword, "title": str(topic.get("title") or keyword)}
    around = str(inputs.get("around") or "").casefold()
    patterns = [pattern for part in suitable(material) for pattern in part.headings]
    patterns += pool(material.tongue.code, "about", "headings")
    # A keyword in the old heading stays in the new one: search engines look for it there.
    wanted = keyword.casefold() if keyword.casefold() in text.casefold() else ""
    for pattern in shuffled(patterns, text, inputs.get("variant")):
        new = filled(pattern, slots, material.formality)
        fits = new and len(new) <= 110 and wanted in new.casefold()
        if fits and new.casefold() not in around and not same(new, text) and not material.refuses(new):
            return new
    return text


def paragraph(scribe: Scribe, old: str, around: str) -> str:
    """A paragraph with the same job: facts where facts stood, else general advice that is not there yet."""
    material = scribe.material
    there = [fact for fact in material.facts if not fact.frame and fact.text in old]
    told = None
    if there:
        theme, every = theme_of(there[0]), scribe.facts
        scribe.facts = [fact for fact in every if theme_of(fact) == theme]
        told = scribe.tell((), 3)
        scribe.facts = [fact for fact in every if told is None or fact.text not in told.markdown]
    if told and told.markdown not in around:
        return told.markdown
    advice = [
        filled(block, scribe.slots, material.formality)
        for part in suitable(material)
        for block in part.blocks
        if block[:1].isalpha() and 80 <= len(block) <= 500
    ]
    fresh = [one for one in advice if one and one not in around and one != old and not material.refuses(one)]
    return shuffled(fresh, old)[0] if fresh else old
