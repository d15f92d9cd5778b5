"""A line or a sentence that tells what is on offer, taken apart into names."""

import re

from posthub.ai.providers.offline.dna_offer_names import PRICE
from posthub.ai.providers.offline.dna_text import words

FILLER = re.compile(
    r"^(?:(?:také|taky|i|rovněž|dále|především|zejména|hlavně|mimo jiné|například|kompletní|veškeré|všechny|různé|široký výběr|"
    r"all kinds of|a (?:full|wide|complete) range of|everything from|both|mainly|also|for example|such as|all|including|and|a|an|the|our|your)\s+)+",
    re.IGNORECASE,
)
NO_ITEM = re.compile(
    r"\b(vám|vás|vaš\w+|nám|nás|který|která|které|kteří|kterou|abyste|aby|že|protože|pokud|když|you|your|which|that|who|because|so|it|them|this|us|our|we|"
    r"let|lety|years|roku|roce|dnů|kvalit\w*|ceny|cenu|prices?|quality|tradic\w*|zkušenost\w*|experience|advice|profesionáln\w+ přístup|best|nejlepší|individuální\w*|přístup\w*|"
    r"každ\w+|pondělí|úterý|středu|čtvrtek|pátek|sobotu|neděli|mondays?|weekends?|every|day|denně|ručně|s láskou|poctivě|pouze|jen|only|just|until|ráno|o víkendu|dokola|od|po celé|po celém|in|with|without|více než|more than|over|about)\b",
    re.IGNORECASE,
)


# How something is made, not what is sold: "58 minutes on a slab, we begin at 260 °C".
MEASURE = re.compile(
    r"^\d+ (?:minut\w*|hodin\w*|sekund\w*|minutes?|hours?|seconds?)\b|°|^\w{3,}(?:áme|íme|ujeme)\b",
    re.IGNORECASE,
)


def parted(text: str) -> tuple[str, str]:
    """The name and the rest of "Name – what it is", "Name: what it is" or "Name 89 Kč"."""
    match = re.match(r"(.{3,70}?)\s*(?:\s[–—-]\s|:\s)(.+)$", text)
    if match:
        return match[1], match[2]
    price = PRICE.search(text)
    if price and price.start() > 3:
        return text[: price.start()].strip(" .,–—-…("), text[price.start() :]
    return text, ""


def enumerated(text: str) -> list[str]:
    text = re.split(
        r"\s[–—-]\s|;|\(|\b(?:a to|protože|které|který|která|aby|pro|for|to|from|so|which|that|since|od roku|již|už|v|ve|do|na míru pro)\b(?=\s)",
        text,
    )[0]
    parts = [
        FILLER.sub("", part.strip(" ,."))
        for part in re.split(r",\s*(?:and |a |i )?|\s+(?:a|i|and|nebo|či|or|as well as|a také|&)\s+", text)
    ]
    parts = [part.strip() for part in parts if part.strip()]
    if not parts or any(
        MEASURE.search(part) or NO_ITEM.search(part) or len(words(part)) > 5 or len(part) < 3
        for part in parts
    ):
        return []
    return parts if len(parts) >= 2 else []
