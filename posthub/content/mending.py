"""What one click mends: small, sure changes of a text, named by the findings that offer them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from posthub.content.checks import networks
from posthub.content.checks.base import Reading
from posthub.content.checks.headings import HEADING
from posthub.content.checks.links import allowed
from posthub.content.checks.search import FIELDS
from posthub.content.checks.voice import EMOJI
from posthub.content.platforms import PLATFORMS


@dataclass(frozen=True, slots=True)
class Draft:
    """A text while it is mended; `reading` is what the checks know of it."""

    title: str
    text: str
    extra: Mapping[str, Any]
    reading: Reading


def without_exclamations(draft: Draft) -> Draft:
    def calm(text: str) -> str:
        asked = re.sub(r"[?]!+|!+[?]", "?", text)
        return re.sub(r"!+(?!\[)", ".", asked)

    return replace(draft, title=calm(draft.title).rstrip("."), text=calm(draft.text))


def without_emoji(draft: Draft) -> Draft:
    bare = re.sub(r"[ \t]+([.,!?…]|$)", r"\1", EMOJI.sub("", draft.text), flags=re.MULTILINE)
    return replace(
        draft, text=re.sub(r"(?<=\S)[ \t]{2,}", " ", bare), title=EMOJI.sub("", draft.title).strip()
    )


def with_the_rules(draft: Draft) -> Draft:
    text = draft.text
    for rule in draft.reading.rules:
        if rule.get("avoid") and rule.get("instead"):
            whole = rf"(?<!\w){re.escape(rule['avoid'])}(?!\w)"
            text = re.sub(whole, lambda hit, new=rule["instead"]: _as(hit[0], new), text, flags=re.IGNORECASE)  # type: ignore[misc]
    return replace(draft, text=text)


def _as(old: str, new: str) -> str:
    """The new words with a capital where the old ones had one."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def with_a_tree(draft: Draft) -> Draft:
    """The title's own line goes; no heading skips a level."""
    level = 1
    lines = []
    for line in draft.text.split("\n"):
        found = HEADING.fullmatch(line)
        if not found:
            lines.append(line)
        elif len(found[1]) > 1 or found[2].strip().casefold() != draft.title.casefold():
            level = min(max(len(found[1]), 2), level + 1)
            lines.append(f"{'#' * level} {found[2]}")
    return replace(draft, text="\n".join(lines).strip("\n"))


def without_strange_links(draft: Draft) -> Draft:
    known = allowed(draft.reading)

    def kept(link: re.Match[str]) -> str:
        return link[0] if link[2] in known else link[1]

    return replace(draft, text=re.sub(r"\[([^\]]*)\]\(([^)\s]+)\)", kept, draft.text))


def with_search_fields(draft: Draft) -> Draft:
    """What is too long is cut between words, what is missing is made from the title and the excerpt."""
    seo = dict(draft.extra.get("seo", {}))
    given = {
        "meta_title": draft.title,
        "meta_description": str(seo.get("excerpt") or draft.title),
        "slug": slugify(draft.title),
    }
    for field, (least, most) in FIELDS.items():
        value = str(seo.get(field) or "")
        if not least <= len(value) <= most:
            seo[field] = shortened(value if len(value) > most else given[field], most, field == "slug")
    return replace(draft, extra={**draft.extra, "seo": seo})


def shortened(text: str, most: int, dashes: bool = False) -> str:
    if len(text) <= most:
        return text
    head = text[: most + 1].rpartition("-" if dashes else " ")[0] or text[:most]
    return head.rstrip(" ,;:–-")


def with_good_hashtags(draft: Draft) -> Draft:
    platform = PLATFORMS[draft.reading.platform]
    words = ["".join(c for c in tag if c.isalnum() or c == "_") for tag in draft.extra.get("hashtags", [])]
    tags = list(dict.fromkeys(f"#{word}" for word in words if word and not word.isdigit()))
    return replace(draft, extra={**draft.extra, "hashtags": tags[: platform.hashtags_usual]})


def with_alt_text(draft: Draft) -> Draft:
    known = str(draft.extra.get("alt_text") or draft.extra.get("image_brief") or draft.title)
    return replace(draft, extra={**draft.extra, "alt_text": shortened(known, networks.ALT_LONGEST)})


MENDS: Mapping[str, Callable[[Draft], Draft]] = {
    "exclamation": without_exclamations,
    "emoji": without_emoji,
    "voice_rule": with_the_rules,
    "headings": with_a_tree,
    "links": without_strange_links,
    "search": with_search_fields,
    "hashtags": with_good_hashtags,
    "alt_text": with_alt_text,
}
LABELS = {
    "exclamation": _("Use full stops"),
    "emoji": _("Take the emoji out"),
    "voice_rule": _("Use your words"),
    "headings": _("Put the headings in order"),
    "links": _("Take the link out"),
    "search": _("Fill in and shorten"),
    "hashtags": _("Keep the good ones"),
    "alt_text": _("Describe the picture"),
}


def without_sentence(text: str, sentence: str) -> str:
    """The text with this sentence cut; a paragraph or entry of a list that held nothing else goes with it."""
    place = text.find(sentence)
    if place < 0 or not sentence.strip():
        return text
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    line = text[start:place].rstrip(" ") + " " + text[place + len(sentence) : end].lstrip(" ")
    if re.fullmatch(r"\s*(?:[-*>]|\d+[.)])?\s*", line):
        rest = text[:start].rstrip("\n") + "\n\n" + text[end:].lstrip("\n")
        listed = re.match(r"\s*(?:[-*]|\d+[.)])\s", text[start:end])
        if listed and text[end : end + 2] != "\n\n" and text[max(0, start - 2) : start] != "\n\n":
            rest = text[:start] + text[end:].removeprefix("\n")
        return rest.strip("\n")
    return text[:start] + line.strip(" ") + text[end:]
