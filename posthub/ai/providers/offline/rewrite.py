"""A text again with the reviewer's remarks worked in; outside the quoted places it stays byte for byte."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import again
from .library import fill, pool, table
from .material import Material, gather, listed
from .sayings import Told
from .scribe import Scribe
from .voices import voice_of
from .wording import capital, sentences, stems

_QUOTED = r"[„“\"'‚»«”](?P<{0}>[^„“\"'‚»«”]{{1,200}})[„“\"'‘»«”]"
REPLACE = (
    re.compile(
        rf"(?:nahra\w*|zaměň\w*|replace|change|swap)\b[^„“\"'‚»«”]*{_QUOTED.format('old')}"
        rf"[^„“\"'‚»«”]*{_QUOTED.format('new')}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:místo|instead of)\s*{_QUOTED.format('old')}[^„“\"'‚»«”]*{_QUOTED.format('new')}", re.IGNORECASE
    ),
    re.compile(
        r"(?:replace|change|swap)\s+(?:the word\s+)?(?P<old>[\w-]+)\s+(?:with|to|for|by)\s+(?P<new>[\w-]+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"místo\s+(?P<old>[\w-]+)\s+(?:dejte|dát|napište|použijte|raději|radši)\s+(?P<new>[\w-]+)",
        re.IGNORECASE,
    ),
)
WISHES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("exclamation", re.compile(r"vykřičn|exclamation", re.IGNORECASE)),
    (
        "remove",
        re.compile(
            r"smaž|smazat|vyhoď|vyhodit|odstra|vynech|pryč|vyškrt|škrtn|remove|delete"
            r"|cut (?:this|it|the sentence)|drop|take (?:this|it) out|leave out",
            re.IGNORECASE,
        ),
    ),
    (
        "shorten",
        re.compile(
            r"zkrát|zkrať|kratší|stručn|dlouh|shorten|shorter|too long|brief|concise|tighten", re.IGNORECASE
        ),
    ),
    ("formal", re.compile(r"formáln|vykat|vykán|uhlazen|more formal|too casual|too informal", re.IGNORECASE)),
    (
        "calm",
        re.compile(r"prodejn|reklam|vlezl|tlačí|podbíz|sales|pushy|advert|hype|promotional", re.IGNORECASE),
    ),
)
_PUSHING = re.compile(
    r"neváhejte|objednejte|nepropásněte|využijte|jen teď|akce|sleva|kontaktujte nás|don.t miss"
    r"|order now|buy now"
    r"|act now|hurry|limited time|contact us today|do not wait|unbeatable|amazing|skvěl|úžasn|fantastick",
    re.IGNORECASE,
)

_OPENING = re.compile(r"začát|úvod|beginning|intro|opening|first paragraph|první odstavec", re.IGNORECASE)


@dataclass(slots=True)
class Draft:
    text: str
    material: Material
    scribe: Scribe
    article: bool
    log: list[str] = field(default_factory=list)

    def note(self, key: str, **slots: str) -> None:
        self.log.append(fill(pool(self.material.tongue.code, "log", key)[0], slots, self.material.formality))


def write(language: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    material = gather(language, inputs)
    text = str(inputs.get("text") or "")
    persona: Mapping[str, Any] = inputs.get("persona") or {}
    around = f"{inputs.get('around') or ''}\n{text}"
    unsaid = [fact for fact in material.facts if not fact.frame and fact.text not in around]
    remarks = listed(inputs.get("remarks"))
    seed = (material.brand, text, *(f"{r.get('quote')}|{r.get('text')}" for r in remarks))
    scribe = Scribe(material, voice_of(language, persona), _slots(material, inputs), seed, unsaid)
    draft = Draft(text, material, scribe, inputs.get("kind") != "social")
    if inputs.get("kind") in ("title", "headline"):
        write_headline = again.title if inputs["kind"] == "title" else again.heading
        draft.text = write_headline(material, text, inputs)
        draft.note("retold", quote=_short(text))
        return {"text": draft.text, "change_log": draft.log, "claims": []}
    if inputs.get("kind") == "part":
        _part_again(draft, remarks, around)
        return {"text": draft.text, "change_log": draft.log, "claims": claims_in(draft.text, material)}
    for remark in remarks:
        _work_in(draft, str(remark.get("quote") or ""), str(remark.get("text") or ""))
    return {"text": draft.text, "change_log": draft.log, "claims": claims_in(draft.text, material)}


def _slots(material: Material, inputs: Mapping[str, Any]) -> dict[str, str]:
    keyword = str((inputs.get("topic") or {}).get("primary_keyword") or material.brand)
    slots = {
        "brand": material.brand,
        "kw": material.inside(keyword),
        "Kw": capital(keyword),
        "keyword": keyword,
    }
    return slots if inputs.get("kind") == "part" else {"brand": material.brand}


def _part_again(draft: Draft, remarks: list[Any], around: str) -> None:
    """What is wished where it is a wish we know; else each paragraph told another way."""
    before = draft.text
    for remark in remarks:
        wish = str(remark.get("text") or "")
        known = any(mark.search(wish) for _name, mark in WISHES) or any(p.search(wish) for p in REPLACE)
        if known:
            _work_in(draft, "", wish)
    if draft.text == before:
        told = around
        for part in [part for part in before.split("\n\n") if _is_prose(part)]:
            new = again.paragraph(draft.scribe, part, told)
            told += f"\n{new}"
            draft.text = draft.text.replace(part, new, 1)
        draft.note("retold", quote=_short(before))


def claims_in(text: str, material: Material) -> list[dict[str, str]]:
    """The facts that stand in the text word for word, in their order there."""
    found = [(text.find(fact.text), fact) for fact in material.facts if fact.text in text and not fact.frame]
    return [
        {"sentence": fact.text, "fact_id": fact.fact_id}
        for _, fact in sorted(found, key=lambda entry: entry[0])
    ]


def _work_in(draft: Draft, quote: str, wish: str) -> None:
    if quote and quote not in draft.text:
        draft.note("lost", quote=_short(quote))
        return
    for pattern in REPLACE:
        found = pattern.search(wish)
        if found and found["old"] in (quote or draft.text):
            _within(draft, quote, lambda part, hit=found: part.replace(hit["old"], hit["new"]))  # type: ignore[misc]
            draft.note("replaced", old=found["old"], new=found["new"])
            return
    for name, mark in WISHES:
        if mark.search(wish) and WORKERS[name](draft, quote, wish):
            return
    _tell_otherwise(draft, quote, wish)


def _within(draft: Draft, quote: str, change: Callable[[str], str]) -> bool:
    """The change made in the quoted place alone, or everywhere where nothing was quoted."""
    if not quote:
        changed = change(draft.text)
    else:
        start = draft.text.index(quote)
        changed = draft.text[:start] + change(quote) + draft.text[start + len(quote) :]
    different = changed != draft.text
    draft.text = changed
    return different


def _no_exclamations(draft: Draft, quote: str, wish: str) -> bool:
    done = (
        _within(draft, quote, lambda part: re.sub(r"!+", ".", part))
        if "!" in (quote or draft.text)
        else False
    )
    if not done and quote and draft.text[draft.text.index(quote) + len(quote) :].startswith("!"):
        after = draft.text.index(quote) + len(quote)
        draft.text = draft.text[:after] + "." + draft.text[after:].lstrip("!")
    draft.note("exclamation")
    return True


def _remove(draft: Draft, quote: str, wish: str) -> bool:
    found = re.search(_QUOTED.format("part"), wish)
    part = quote or (found["part"] if found else "")
    if not part or part not in draft.text:
        return False
    start = draft.text.index(part)
    before, after = draft.text[:start], draft.text[start + len(part) :]
    if after[:1] == " " and (not before or before[-1] in " \n"):
        after = after[1:]
    elif not after.strip(" \n") or (after.startswith("\n") and before.endswith("\n")):
        before, after = before.rstrip("\n"), ("\n\n" + after.lstrip("\n") if after.strip() else after)
    elif before.endswith(" ") and after[:1] in ("\n", ".", ",", ""):
        before = before.rstrip(" ")
    draft.text = before + after
    draft.note("removed", quote=_short(part))
    return True


def _shorten(draft: Draft, quote: str, wish: str) -> bool:
    facts = {fact.text for fact in draft.material.facts}
    beginning = "" if quote else _beginning(draft, wish)
    long = 100 if beginning else 240  # letters; a shorter paragraph stays

    def shorter(part: str) -> str:
        paragraphs = part.split("\n\n")
        if len(paragraphs) == 1:
            said = sentences(part, draft.material.tongue)
            keep = max(1, len(said) // 2)
            kept = [s for place, s in enumerate(said) if s in facts or place < keep][: max(keep, 1)]
            return " ".join(kept or said[:1])
        return "\n\n".join(
            shorter(each) if _is_prose(each) and len(each) > long else each for each in paragraphs
        )

    if _within(draft, quote or beginning, shorter):
        draft.note("shortened")
    elif beginning:
        draft.note("nothing")
    else:
        return False
    return True


def _beginning(draft: Draft, wish: str) -> str:
    """The introduction of an article, or a post's first paragraph, where the wish speaks of it; else ""."""
    if not _OPENING.search(wish):
        return ""
    end = draft.text.find("\n\n## ", 1) if draft.article else draft.text.find("\n\n")
    return draft.text[:end] if end > 0 else ""


def _formal(draft: Draft, quote: str, wish: str) -> bool:
    pairs = table(draft.material.tongue.code, "formal")

    def stiffer(part: str) -> str:
        for plain, stiff in pairs.items():
            part = re.sub(rf"\b{re.escape(plain)}\b", str(stiff), part)
            part = re.sub(rf"\b{re.escape(capital(plain))}\b", capital(str(stiff)), part)
        return part.replace("!", ".")

    if not _within(draft, quote, stiffer):
        return False
    draft.note("formal")
    return True


def _calm(draft: Draft, quote: str, wish: str) -> bool:
    def calmer(part: str) -> str:
        lines = []
        for line in part.split("\n"):
            said = sentences(line, draft.material.tongue)
            quiet = [s for s in said if not _PUSHING.search(s)]
            lines.append(line if len(quiet) == len(said) else " ".join(quiet))
        return re.sub(r"\n{3,}", "\n\n", re.sub(r"!+", ".", "\n".join(lines)))

    if not calmer(quote or draft.text).strip() or not _within(draft, quote, calmer):
        return False
    draft.note("calm")
    return True


WORKERS: Mapping[str, Callable[[Draft, str, str], bool]] = {
    "exclamation": _no_exclamations,
    "remove": _remove,
    "shorten": _shorten,
    "formal": _formal,
    "calm": _calm,
}


def _tell_otherwise(draft: Draft, quote: str, wish: str) -> None:
    """The quoted place, or the paragraph the remark speaks of, told again with facts the text has
    not used.
    """
    part = quote or _paragraph_meant(draft, wish)
    if not part:
        draft.note("nothing")
        return
    wanted = stems(f"{wish} {part}", draft.material.tongue)
    draft.scribe.facts.sort(key=lambda fact: -len(fact.stems & wanted))
    count = 1 if len(sentences(part, draft.material.tongue)) < 2 else 2
    facts: list[Told] = draft.scribe.take((), count)
    if not facts:
        draft.note("nothing")
        return
    lead = draft.scribe.say_one_of("before", facts[0].kind) if count > 1 and draft.article else ""
    retold = " ".join(text for text in (lead, *(fact.text for fact in facts)) if text)
    if quote and not quote.rstrip().endswith((".", "?", "!", "…")):
        retold = retold.rstrip(".")
    draft.text = draft.text.replace(part, retold, 1)
    draft.note("retold", quote=_short(part))


def _paragraph_meant(draft: Draft, wish: str) -> str:
    wanted = stems(wish, draft.material.tongue)
    prose = [part for part in draft.text.split("\n\n") if _is_prose(part)]
    return max(prose, key=lambda part: len(stems(part, draft.material.tongue) & wanted), default="")


def _is_prose(part: str) -> bool:
    return bool(part.strip()) and not part.lstrip().startswith(("#", "- ", "1. ", "[", "|", ">"))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:57].rstrip() + "…"
