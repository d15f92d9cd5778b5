"""One post for one network out of an approved article: hook first, facts of the article, the
network's length.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from posthub.core.measure import count

from .article import variant
from .choice import number, shuffled
from .hashtags import hashtags
from .ideas import said_in, subjects
from .library import Voice, filled, pool
from .material import Material, gather, listed, same
from .sayings import has_verb
from .subjects import is_name
from .themes import theme_of
from .trades import suitable
from .voices import voice_of
from .wording import capital, cut, harmless, safe_address, stems, words

ORDER = ("facebook", "instagram", "linkedin", "x", "tiktok")
TAGS = {"facebook": 2, "instagram": 4, "linkedin": 3, "x": 1, "tiktok": 4}
MARGIN = 0.94
THOUGHTFUL = 500  # from this usual length on a post carries whole thoughts
PARAGRAPH = 190
# True, but nothing to stop a thumb with: what is not done, what went wrong.
_ACTS = re.compile(
    r"\b(?:we|our|you|is|are|was|were|has|have|can|will|je|jsou|má|mají)\b|\w(?:áme|íme|eme)\b", re.IGNORECASE
)
_GLOOMY = {
    "cs": re.compile(
        r"\bne(?!j|bo|ž|dál|děl|jen)\w+|\bbez\b|reklamac|zkazil|odečteme|pozd[ěi]|bohužel|netrvá",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:not|never|no|nothing|without|late|unfortunately|complaints?|wrong)\b|n.t\b", re.IGNORECASE
    ),
}
TURNS = 6  # tries for a post that was not written before


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
    network = Network.of(inputs.get("platform") or {})
    voice = voice_of(language, inputs.get("persona") or {})
    title = harmless(str(article.get("title") or "")) or material.brand
    slots = _slots(material, title)
    seed = (material.brand, title, network.key, *variant(inputs))
    tags = hashtags(material, title, network.tags)
    link = _link(network, str(article.get("url") or ""))
    said = "\n".join(map(str, listed(inputs.get("past_posts"))))
    facts = _new_first(_facts(material, article, network, slots["kw"]), said)
    for turn in range(TURNS):
        first = None if turn else _first(material, network, facts, title, said)
        hook = first[0] if first else _hook(material, voice, network, slots, seed, turn)
        text, used = _assemble(
            material,
            voice,
            network,
            article,
            slots,
            (*seed, turn) if turn else seed,
            hook,
            [fact for fact in facts if fact != first],
            link,
            tags,
            first,
            said,
        )
        if text not in said:
            break  # else it would be the same post again, as happens where there is little to tell
    return {
        "text": text,
        "hashtags": tags,
        "hook": cut(hook, 200),
        "link_mode": network.link_mode if network.link_mode in ("none", "body", "first_comment") else "none",
        "alt_text": _said(material, ("social", "alt"), slots, seed, 125),
        "image_brief": _said(material, ("seo", "image"), slots, seed, 300),
        "claims": [{"sentence": sentence, "fact_id": fact_id} for sentence, fact_id in used],
    }


def _link(network: Network, url: str) -> str:
    return url if network.link_mode == "body" and safe_address(url) else ""


def _first(
    material: Material, network: Network, facts: Sequence[tuple[str, str]], title: str, said: str
) -> tuple[str, str] | None:
    """The fact to begin with: one that is new on this network, where there is one."""
    fresh = [fact for fact in facts if fact[0] not in said]
    return _striking(material, network, fresh, title) or _striking(material, network, facts, title)


def _slots(material: Material, title: str) -> dict[str, str]:
    head = title.partition(":")[0].strip()
    names = [
        said_in(title, subjects(material)),
        head if len(words(head)) <= 4 and is_name(head, material.tongue) else "",
        material.brand,
    ]
    keyword = next((name for name in names if 2 < len(name) <= 45), material.brand or title)
    return {
        "kw": material.inside(keyword),
        "Kw": capital(keyword),
        "title": title,
        "brand": material.brand,
        "city": material.city,
    }


def _striking(
    material: Material, network: Network, facts: Sequence[tuple[str, str]], title: str
) -> tuple[str, str] | None:
    """The fact to stop the thumb with: short, standing by itself, best with a figure, never the title again."""
    most = 110 if network.key in ("instagram", "tiktok", "x") else 170
    known = {fact.text: fact for fact in material.facts}
    fitting = [
        claim
        for claim in facts
        if 24 <= len(claim[0]) <= most
        and not known[claim[0]].leans
        and ":" not in claim[0]
        and has_verb(claim[0], material.tongue)
        and claim[0].rstrip(".").casefold() not in title.casefold()
    ]
    fitting = [claim for claim in fitting if not _lists(claim[0])] or fitting
    fitting = [claim for claim in fitting if not _GLOOMY[material.tongue.code].search(claim[0])] or fitting
    place = ORDER.index(network.key) if network.key in ORDER else 0
    wanted = stems(title, material.tongue)
    near = [claim for claim in fitting if known[claim[0]].stems & wanted]
    near.sort(key=lambda claim: -len(known[claim[0]].stems & wanted))
    figures = [claim for claim in fitting if any(char.isdigit() for char in claim[0])]
    if len(near) > place:
        return near[place]
    best = figures if len(figures) > place else fitting
    return best[(place + number(title)) % len(best)] if best else None


def _lists(text: str) -> bool:
    """Whether a sentence only names things one after the other, as ingredients are: nobody stops for that."""
    return text.count(",") >= 2 and not _ACTS.search(text)


def _hook(
    material: Material,
    voice: Voice,
    network: Network,
    slots: Mapping[str, str],
    seed: tuple[object, ...],
    turn: int = 0,
) -> str:
    place = (ORDER.index(network.key) if network.key in ORDER else 0) + turn
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
    """The article's own claims, those about its subject first."""
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
    return near + rest


def _new_first(facts: list[tuple[str, str]], said: str) -> list[tuple[str, str]]:
    """What earlier posts on this network did not tell comes before what they did."""
    return sorted(facts, key=lambda fact: fact[0] in said)


def _assemble(
    material: Material,
    voice: Voice,
    network: Network,
    article: Mapping[str, Any],
    slots: Mapping[str, str],
    seed: tuple[object, ...],
    hook: str,
    facts: Sequence[tuple[str, str]],
    link: str,
    tags: Sequence[str],
    first: tuple[str, str] | None,
    said: str,
) -> tuple[str, list[tuple[str, str]]]:
    """Facts and tips in turn up to the network's usual length, link and tags counted."""
    mode = "none" if network.link_mode == "body" and not link else network.link_mode
    call = _said(material, ("social", "call", mode), slots, seed, 110)
    ending = " ".join(part for part in (call, link) if part)
    tips = iter(_tips(material, voice, slots, seed, said))
    long = network.least >= THOUGHTFUL
    thoughts = iter(_thoughts(material, slots, str(article.get("markdown") or ""), seed) if long else ())
    used = [first] if first else []
    turn = _turn(material, network, slots, seed, first[0]) if first else ""
    body = [turn] if turn and _size(network, [hook, turn, ending], tags) <= network.most else []
    place = ORDER.index(network.key) if network.key in ORDER else 0
    told = iter(_in_turn(material, facts, first, place, said))
    for step in range(24):
        if _size(network, [hook, *body, ending], tags) >= max(network.least, 60) and used:
            break
        fact = next(told, None) if step % 4 != 3 or not used else None
        ours = next(tips, "") if fact is None and step % 4 == 3 else ""
        ours = ours or (next(thoughts, "") or next(tips, "") if fact is None else "")
        piece = fact[0] if fact else filled(ours, slots, material.formality)
        fits = _size(network, [hook, *body, piece, ending], tags) <= network.most
        if piece and fits and not material.refuses(piece):
            body.append(piece)
            used += [fact] if fact else []
    too_long = _size(network, [hook, *body, ending], tags) > network.limit * MARGIN
    return _laid_out(network, hook, body, link if too_long else ending), used


def _tips(
    material: Material, voice: Voice, slots: Mapping[str, str], seed: tuple[object, ...], said: str
) -> list[str]:
    """The voice's own lines, then ours; what stood on the network before comes last."""
    offered = shuffled(voice.posts, *seed) + shuffled(pool(material.tongue.code, "social", "tips"), *seed)
    return sorted(offered, key=lambda tip: filled(tip, slots, material.formality) in said)


def _in_turn(
    material: Material,
    facts: Sequence[tuple[str, str]],
    first: tuple[str, str] | None,
    place: int,
    said: str,
) -> list[tuple[str, str]]:
    """What goes on with the first fact, then what is about the same thing; each network begins elsewhere among
    the rest. What was told on the network before comes last.
    """
    known = {fact.text: fact for fact in material.facts}
    begun = known.get(first[0]) if first else None
    rest = [fact for fact in facts if fact != first]
    alike = [
        fact
        for fact in rest
        if begun and (theme_of(known[fact[0]]) == theme_of(begun) or known[fact[0]].follows(begun))
    ]
    others = [fact for fact in rest if fact not in alike]
    start = (place * 3 + 1) % len(others) if others else 0
    ordered = [*alike, *others[start:], *others[:start]]
    plain = [fact for fact in ordered if not known[fact[0]].leans]
    return sorted(plain, key=lambda fact: fact[0] in said)


def _turn(
    material: Material, network: Network, slots: Mapping[str, str], seed: tuple[object, ...], said: str
) -> str:
    """The step from the fact that was just told to the rest of the post."""
    kind = next((fact.kind for fact in material.facts if fact.text == said), "general")
    turn = _said(material, ("social", "turn", network.key), slots, seed, 150)
    return turn or _said(material, ("turn", kind), slots, seed, 110)


def _thoughts(
    material: Material, slots: Mapping[str, str], markdown: str, seed: tuple[object, ...]
) -> list[str]:
    """Whole thoughts for networks where people read longer: prose paragraphs of the article itself."""
    prose = [
        block
        for part in suitable(material)
        for block in part.blocks
        if block[0].isalpha()
        and 90 <= len(block) <= 260
        and filled(block, slots, material.formality) in markdown
    ]
    return shuffled(prose, *seed)[:6]


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
