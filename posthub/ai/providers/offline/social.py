"""One post for one network out of an approved article: hook first, facts of the article, the
network's length.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from posthub.core.measure import count

from .article import variant
from .choice import shuffled
from .library import Voice, filled, pool
from .material import Material, gather, listed, same
from .trades import suitable
from .voices import voice_of
from .wording import capital, cut, harmless, is_order, safe_address, stems, words

ORDER = ("facebook", "instagram", "linkedin", "x", "tiktok")
TAGS = {"facebook": 2, "instagram": 4, "linkedin": 3, "x": 1, "tiktok": 4}
MARGIN = 0.94
THOUGHTFUL = 500  # from this usual length on a post carries whole thoughts
PARAGRAPH = 190


@dataclass(frozen=True, slots=True)
class Network:
    key: str
    limit: int
    unit: str
    tags: int
    link_mode: str
    least: int
    most: int

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Network":
        key = str(given.get("key") or "facebook")
        limit = int(given.get("limit") or 2000)
        most = int(given.get("ideal_max") or 0) or limit
        name = next((known for known in ORDER if key.startswith(known)), key)
        return cls(
            key=name,
            limit=limit,
            unit=str(given.get("unit") or "cp"),
            tags=min(int(given.get("hashtags_max") or 0), TAGS.get(name, 2)),
            link_mode=str(given.get("link_mode") or "none"),
            least=int(given.get("ideal_min") or 0),
            most=min(most, int(limit * MARGIN)),
        )


def write(language: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    material = gather(language, inputs)
    article: Mapping[str, Any] = inputs.get("article") or {}
    persona: Mapping[str, Any] = inputs.get("persona") or {}
    network = Network.of(inputs.get("platform") or {})
    voice = voice_of(language, persona)
    title = harmless(str(article.get("title") or "")) or material.brand
    slots = _slots(material, title)
    seed = (material.brand, title, network.key, *variant(inputs))
    tags = hashtags(material, title, network.tags)
    hook = _hook(material, voice, network, slots, seed)
    url = str(article.get("url") or "")
    link = url if network.link_mode == "body" and safe_address(url) else ""
    facts = _facts(material, article, network, slots["kw"])
    text, used = _assemble(material, voice, network, slots, seed, hook, facts, link, tags)
    return {
        "text": text,
        "hashtags": tags,
        "hook": cut(hook, 200),
        "link_mode": network.link_mode if network.link_mode in ("none", "body", "first_comment") else "none",
        "alt_text": _said(material, ("social", "alt"), slots, seed, 125),
        "image_brief": _said(material, ("seo", "image"), slots, seed, 300),
        "claims": [{"sentence": sentence, "fact_id": fact_id} for sentence, fact_id in used],
    }


def _slots(material: Material, title: str) -> dict[str, str]:
    named = [name for name in material.subjects if name.casefold() in title.casefold()]
    searched = [
        *listed(material.dna.get("seo.primary_keywords")),
        *listed(material.dna.get("seo.secondary_keywords")),
    ]
    named += [
        word for word in map(str, searched) if word.casefold() in title.casefold() and word == harmless(word)
    ]
    head, _, tail = title.partition(":")
    names = [
        *sorted(named, key=len, reverse=True),
        tail.strip() if len(tail) < len(head) else "",
        head.strip(),
    ]
    keyword = next((name for name in names if 2 < len(name) <= 45), material.brand or title)
    return {
        "kw": material.inside(keyword),
        "Kw": capital(keyword),
        "title": title,
        "brand": material.brand,
        "city": material.city,
    }


def hashtags(material: Material, title: str, most: int) -> list[str]:
    """Names out of the title first, then town, trade and company; letters and digits only."""
    names = [name for name in material.subjects if name.casefold() in title.casefold()]
    names += [
        title.partition(":")[0] if ":" in title else "",
        material.city,
        material.industry,
        material.brand,
    ]
    names += [harmless(str(word)) for word in listed(material.dna.get("seo.primary_keywords"))]
    tags = []
    for name in names:
        parts = words(name)
        tag = "".join(part[:1].upper() + part[1:] for part in parts)
        tag = re.sub(r"[\W_]", "", tag)
        if parts and len(parts) <= 3 and 3 <= len(tag) <= 28 and not tag.isdigit() and not is_order(name):
            tags.append(tag)
    unique = list({tag.casefold(): tag for tag in reversed(tags)}.values())[::-1]
    return [f"#{tag}" for tag in unique[:most]]


def _hook(
    material: Material, voice: Voice, network: Network, slots: Mapping[str, str], seed: tuple[object, ...]
) -> str:
    place = ORDER.index(network.key) if network.key in ORDER else 0
    hooks = shuffled(voice.hooks, material.brand, slots["title"])
    hooks = hooks[place % len(hooks) :] + hooks[: place % len(hooks)]
    most = 120 if network.key in ("instagram", "tiktok", "x") else 190
    texts = [filled(hook, slots, material.formality) for hook in hooks]
    fitting = [text for text in texts if text and len(text) <= most and not material.refuses(text)]
    if fitting:
        return fitting[0]
    return cut(slots["title"].rstrip(".") + ".", most)


def _facts(
    material: Material, article: Mapping[str, Any], network: Network, keyword: str
) -> list[tuple[str, str]]:
    """The article's own claims, those about its subject first; each network begins at another of them."""
    known = {fact.text: fact for fact in material.facts if not fact.frame}
    claims = [
        (str(claim.get("sentence")), str(claim.get("fact_id")))
        for claim in listed(article.get("claims"))
        if isinstance(claim, Mapping) and str(claim.get("sentence")) in known
    ]
    told = claims or [(text, fact.fact_id) for text, fact in known.items()]
    wanted = stems(keyword, material.tongue)
    near = [
        claim for claim in told if same(known[claim[0]].subject, keyword) or wanted & known[claim[0]].stems
    ]
    rest = [claim for claim in told if claim not in near]
    place = ORDER.index(network.key) if network.key in ORDER else 0
    shift, later = (place % len(part) if part else 0 for part in (near, rest))
    return near[shift:] + near[:shift] + rest[later:] + rest[:later]


def _assemble(
    material: Material,
    voice: Voice,
    network: Network,
    slots: Mapping[str, str],
    seed: tuple[object, ...],
    hook: str,
    facts: Sequence[tuple[str, str]],
    link: str,
    tags: Sequence[str],
) -> tuple[str, list[tuple[str, str]]]:
    """Facts and tips in turn until the network's usual length; every addition is measured with
    link and tags.
    """
    code = material.tongue.code
    call = _said(material, ("social", "call", network.link_mode), slots, seed, 110)
    ending = " ".join(part for part in (call, link) if part)
    tips = iter(shuffled(voice.posts, *seed) + shuffled(pool(code, "social", "tips"), *seed))
    thoughts = iter(_thoughts(material, seed) if network.least >= THOUGHTFUL else ())
    body: list[str] = []
    used: list[tuple[str, str]] = []
    told = iter(facts)
    for turn in range(24):
        if _size(network, [hook, *body, ending], tags) >= max(network.least, 60) and used:
            break
        fact = next(told, None) if turn % 3 != 2 or not used else None
        piece = fact[0] if fact else filled(next(thoughts, "") or next(tips, ""), slots, material.formality)
        if (
            piece
            and not material.refuses(piece)
            and _size(network, [hook, *body, piece, ending], tags) <= network.most
        ):
            body.append(piece)
            used += [fact] if fact else []
    if _size(network, [hook, *body, ending], tags) > network.limit * MARGIN:
        ending = link
    return _laid_out(network, hook, body, ending), used


def _thoughts(material: Material, seed: tuple[object, ...]) -> list[str]:
    """Whole thoughts for networks where people read longer: prose paragraphs of the articles' parts."""
    parts = shuffled(suitable(material), *seed)[:6]
    prose = [
        [block for block in part.blocks if block[0].isalpha() and 90 <= len(block) <= 260] for part in parts
    ]
    return [shuffled(blocks, *seed)[0] for blocks in prose if blocks]


def _laid_out(network: Network, hook: str, body: Sequence[str], ending: str) -> str:
    """Paragraphs where people scroll for them, one run of text where they do not."""
    if network.key in ("x", "tiktok"):
        return "\n\n".join(part for part in (" ".join((hook, *body)), ending) if part)
    paragraphs: list[str] = []
    for piece in body:
        if paragraphs and len(paragraphs[-1]) + len(piece) < PARAGRAPH:
            paragraphs[-1] += f" {piece}"
        else:
            paragraphs.append(piece)
    return "\n\n".join(part for part in (hook, *paragraphs, ending) if part)


def _size(network: Network, parts: Sequence[str], tags: Sequence[str]) -> int:
    return count("\n\n".join([*(part for part in parts if part), " ".join(tags)]), network.unit)


def _said(
    material: Material, path: Sequence[str], slots: Mapping[str, str], seed: tuple[object, ...], most: int
) -> str:
    for pattern in shuffled(pool(material.tongue.code, *path), *seed, *path):
        text = filled(pattern, slots, material.formality)
        if text and len(text) <= most and not material.refuses(text):
            return text
    return ""
