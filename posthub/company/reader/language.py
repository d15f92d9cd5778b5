"""Which language a page is in: what it declares, unless its words plainly say otherwise."""

import re
from collections import Counter

from posthub.company.reader.addresses import language_of_path

# Small words in which Czech and Slovak do not differ.
CENTRAL = "a na je v že s z do si o k od za naše vám vás už až nás po"
WORDS = {
    "cs": f"{CENTRAL} se pro jsme jsou ve nebo které který která jako při také jen být i".split(),
    "sk": f"{CENTRAL} sa pre sme sú vo alebo ktoré ktorý ktorá ako pri tiež len byť aj".split(),
    "en": "the and of to in is for we our you your with are on that as from at be have or by it this all can will".split(),
    "de": "und der die das wir ist für mit von den sie auf nicht ein eine zu im unsere ihre auch bei sind".split(),
    "pl": "i w na z do jest się nie że oraz dla nasze jak są od po przez nasza firma".split(),
}


def language_of(declared: str, url: str, text: str) -> str:
    """A BCP 47 tag; "" where nothing tells."""
    said = re.sub(r"[^\w-]", "", declared.split(",")[0].strip().replace("_", "-"))
    said = {"cz": "cs", "cz-cs": "cs-CZ", "cs-cz": "cs-CZ", "en-uk": "en-GB"}.get(said.lower(), said)
    seen = guessed(text)
    if said and (not seen or said.lower().startswith(seen)):
        return said
    if seen:
        return seen
    return said or language_of_path(url)


def guessed(text: str) -> str:
    """The language whose small words the text uses, where it is clear and the text long enough."""
    counts = Counter(re.findall(r"[^\W\d_]+", text.lower())[:3000])
    total = sum(counts.values())
    if total < 25:
        return ""
    scores = sorted(
        ((sum(counts[word] for word in words) / total, code) for code, words in WORDS.items()), reverse=True
    )
    (best, code), (second, _) = scores[:2]
    return code if best > 0.06 and best > second * 1.15 else ""
