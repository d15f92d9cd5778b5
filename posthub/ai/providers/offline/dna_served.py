"""Groups of people that a sentence lists by name: "Jezdí k nám rodiny s dětmi, běžkaři a cyklisté"."""

import re

from posthub.ai.providers.offline.dna_text import plain, words

MAKING = r"(?:vyrábíme|dodáváme|šijeme|navrhujeme|stavíme|montujeme|pracujeme|vaříme|pečeme|pořádáme|vyvíjíme|poskytujeme|připravujeme|zajišťujeme)"
# Where the names of those who are served begin.
CALLED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:jezdí|chodí|míří|vracejí se|přicházejí|docházejí|plují|cvičí|létají|cestují) (?:k nám|s námi|za námi)\s+(?:především |hlavně |nejčastěji )?(?P<list>[^.!?:]{4,160})",
        r"^(?:nejčastěji )?(?:k nám (?:jezdí|chodí|přicházejí)|(?:obracejí|obrací) se na nás)\s+(?P<list>[^.!?:]{4,160})",
        rf"\b{MAKING}\b[^.!?]{{0,80}}?\bpro\s+(?P<list>[^.!?:]{{4,160}})",
        r"\b(?:od|u) nás (?:berou|odebírají|kupují|nakupují|objednávají)\s+(?P<list>[^.!?:]{4,160})",
        r"\b(?:berou|odebírají|kupují|nakupují|objednávají) (?:od|u) nás\s+(?P<list>[^.!?:]{4,160})",
        r"^we (?:also |mostly |mainly )?(?:dress|feed|move|photograph|teach|train|fit|clothe|host|house|insure|groom|treat|serve|look after|coach)\s+(?P<list>[^.!?:]{4,160})",
        r"\b(?:sent|sold|supplied|delivered|shipped|posted)\b[^.!?]{0,60}?\bto\s+(?P<list>[^.!?:]{4,160})",
        r"^(?P<list>[^.!?:]{4,120}?)\s+(?:use (?:it|us|our)|rely on us|trust us|come to us|shop here)\b",
        r"\bwe (?:make|supply|serve|work|design|build|provide|cook|help|look after|teach|train)\b[^.!?]{0,80}?\b(?:for|with)\s+(?P<list>[^.!?:]{4,160})",
        r"\b(?:delivers?|takes?|parcels|meals|food)\b[^.!?]{0,40}?\bto\s+(?P<list>(?:[\w-]+ ){0,3}(?:and [\w-]+ )?people)\b",
    )
)
# A list of the people served ends where the sentence goes on about something else.
GOES_ON = re.compile(
    r",?\s+(?:(?:kter\w+|kteří|jež|aby|protože|kdy|když|od|do|na|v|ve|z|ze|po|při|bez|který|u|si|jsou|jsme|"
    r"who|which|that|to|in|at|from|across|so|because|since|between|on|by|throughout|around)\s.*)$",
    re.IGNORECASE,
)
NO_GROUP = re.compile(
    r"^(?:v(?:as|ase|asi|asich|am)|n(?:as|ase|asi)|sv\w{1,3}|kazd\w+|vsech\w*|radost|zdravi|krasu|pohod\w+|domacnost|zahradu|dum|doma|sebe|to|ten|ni|nej|"
    r"you|your|our|us|them|it|all|every\w*|each|free|life|years?|example|home$|fun|health|more|the|a|an|this|that)\b"
)
# Endings of Czech nouns in the plural: who is served, or for whom something is made.
PLURAL = re.compile(r"(?:y|i|e|é|ě|í|ové|ů)$")
PLURAL_EN = re.compile(r"(?:s|people|children|women|men|families)$")


# What the welcome of a start page offers, and for whom: "Haulage for manufacturers and wholesalers".
STRAP = re.compile(r"^[^.!?:]{4,70}?\s(?:for|pro)\s+(?P<list>[^.!?:]{4,120})", re.IGNORECASE)


def listed_groups(text: str, *, czech: bool, strap: bool = False) -> list[str]:
    """The groups a sentence lists, as it writes them; nothing unless all of at least two look like groups."""
    for pattern in (*CALLED, STRAP) if strap else CALLED:
        match = pattern.search(text)
        if match is None:
            continue
        parts = _parts(match["list"], czech=czech)
        if (
            parts
            and (len(parts) >= 2 or " and " in parts[0])
            and all(_is_group(part, czech=czech) for part in parts)
        ):
            return [part[:1].lower() + part[1:] for part in parts]
    return []


def _parts(text: str, *, czech: bool) -> list[str]:
    kept: list[str] = []
    joined = r",\s*(?:a |i )?|\s+(?:a|i)\s+" if czech else r",\s*(?:and )?|\s+and\s+(?!disabled|young|old)"
    for part in re.split(joined, text):
        cut = GOES_ON.sub("", part).strip(" ,–—-")
        if cut:
            kept.append(cut)
        if cut != part.strip(" ,–—-"):
            break
    return kept


def _is_group(name: str, *, czech: bool) -> bool:
    told = words(name)
    if (
        not 1 <= len(told) <= 4
        or not 4 <= len(name) <= 40
        or NO_GROUP.match(plain(name))
        or re.search(r"\d", name)
    ):
        return False
    if czech:
        return PLURAL.search(told[0] if len(told) < 3 or "s" in told else told[-1]) is not None
    return PLURAL_EN.search(told[-1]) is not None
