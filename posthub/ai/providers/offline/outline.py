"""The plan of an article with its search data."""

from collections.abc import Mapping
from typing import Any

from .article import Article, compose
from .choice import shuffled
from .library import fill, pool
from .material import listed
from .parts import Section
from .wording import capital, cut, harmless, is_order, slug, stems, word_count


def write(language: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    article = compose(language, inputs)
    topic: Mapping[str, Any] = inputs.get("topic") or {}
    keywords = [article.keyword, *(harmless(str(word)) for word in listed(topic.get("secondary_keywords")))]
    return {
        "title": cut(article.title, 110),
        "meta_title": meta_title(article),
        "meta_description": meta_description(article),
        "slug": slug(article.title),
        "excerpt": excerpt(article),
        "primary_keyword": article.keyword,
        "keywords": [word for word in dict.fromkeys(keywords) if word and not is_order(word)][:12],
        "sections": [_planned(section) for section in article.sections],
        "internal_links": [{"anchor": link.anchor, "url": link.url} for link in article.links],
        "cta": {"label": article.cta.anchor, "url": article.cta.url} if article.cta else None,
        "image_brief": _say(article, "image", limit=300),
    }


def _planned(section: Section) -> dict[str, Any]:
    return {
        "heading": cut(section.heading, 110),
        "brief": cut(section.brief, 400),
        "words": min(900, max(60, word_count(section.markdown))),
        "fact_ids": list(dict.fromkeys(fact_id for _, fact_id in section.claims)),
    }


def meta_title(article: Article) -> str:
    branded = f"{article.title} | {article.material.brand}"
    if article.material.brand and len(branded) <= 60:
        return branded
    if len(article.title) <= 60:
        return article.title
    head = article.title.partition(":")[0].strip()
    fits = article.keyword.casefold() in head.casefold() and 20 <= len(head) <= 60
    return head if fits else cut(article.title, 60)


def meta_description(article: Article) -> str:
    """A sentence of ours with the subject, then a short fact where it still fits."""
    base = _say(article, "meta", limit=160)
    for sentence, _ in sorted(
        (c for s in article.sections for c in s.claims), key=lambda claim: len(claim[0])
    ):
        longer = f"{base} {sentence}"
        near = stems(sentence, article.material.tongue) & stems(article.keyword, article.material.tongue)
        if near and len(sentence) > 25 and sentence.endswith(".") and 110 <= len(longer) <= 158:
            return longer
    return base


def excerpt(article: Article) -> str:
    """The first facts of the article as they stand, or our own sentence where there are none."""
    claims = [sentence for sentence, _ in article.sections[0].claims if sentence.endswith(".")]
    text = " ".join(claims)
    if 40 <= len(text) <= 300:
        return text
    if claims and 40 <= len(claims[0]) <= 300:
        return claims[0]
    return _say(article, "meta", limit=300)


def _say(article: Article, name: str, *, limit: int) -> str:
    """One of our sentences that fits with this keyword; the last of the list is short and needs nothing."""
    patterns = pool(article.material.tongue.code, "seo", name)
    slots = {"kw": article.material.inside(article.keyword), "Kw": capital(article.keyword)}
    slots |= {"brand": article.material.brand, "city": article.material.city}
    for pattern in (*shuffled(patterns[:-1], article.title, name), patterns[-1]):
        text = fill(pattern, slots, article.material.formality)
        if text and len(text) <= limit:
            return capital(text)
    return ""
