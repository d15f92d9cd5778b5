"""Whether a sentence turns to another company: a name that is not ours, followed by what that company is or did."""

import re

from posthub.ai.providers.offline.dna_text import plain, words

UPPER = "A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ"
NAMED = rf"(?P<name>[{UPPER}][\w&’'-]+(?:\s+(?:(?:and|a|&|of|z|v|pod|nad)\s+)?[{UPPER}][\w&’'-]+){{0,4}})"
KIND = (
    r"(?:business|compan(?:y|ies)|firm|maker|manufacturer|producer|brand|family|supplier|brewery|mill|farm|practice|charity|shop|"
    r"firma|firmy|společnost|výrobce|značka|podnik|rodinn\w+|dílna|závod|dodavatel)"
)
# A relative clause or an apposition behind the name tells of its bearer, not of the speaker.
TOLD_OF = (
    re.compile(NAMED + r",\s*(?:kter[áýéí]|jehož|jejíž|jejichž|jež|which|whose)\b"),
    re.compile(NAMED + r",\s*(?:an?|the)\s+(?:[\w-]+\s+){0,4}?" + KIND + r"\b"),
    re.compile(
        NAMED
        + r",\s*(?:[\w-]+\s+){0,2}?(?:founded|established|est\.|started|založen\w*|působící|fungující|trading)\b"
    ),
    re.compile(
        r"\b[Zz]načka\s+"
        + NAMED
        + r"\s+(?:otevřela|vyrábí|prodává|má|oznámila|uvedla|tvrdí|zaměstnává|nabízí)\b"
    ),
    re.compile(NAMED + r",\s*(?:trusted|used|loved|chosen)\s+by\b"),
    re.compile(NAMED + r"\s*\((?:founded|established|est\.?|založen\w*|zal\.)"),
)
# "Askham Dental was established", "Společnost Tondach zaměstnává".
SUBJECT = re.compile(
    rf"^(?:Firma|Společnost|Podnik|Výrobce|Značka|Partner\w*|Klient\w*|The firm|The company)?\s*{NAMED}"
    r"\s+(?:is|was|were|has|have|had|employs?|won|won|je|byl[aoy]?|má|vznikl\w*|zaměstnává|získal\w*|vyhrál\w*|působí|funguje|vyrábí)\b"
)
NAMED_FIRM = re.compile(
    rf"\b(?i:firma|firmy|firmou|firmě|společnost|společnosti|společností|výrobce|řetězec|časopis|magazín|the firm|the company)\s+{NAMED}"
)
# "led by Jana Nováková, who founded the firm": a person of ours, not another company.
FOUNDER = re.compile(
    r"\b(?:který|která|kteří|who)\b[^,.]{0,30}?\b(?:založil\w*|otevřel\w*|vede\b|vedou|převzal\w*|řídí|founded|started|opened|set up|runs?|leads?|took over)\b"
)
TIMES = re.compile(
    r"(january|february|march|april|may|june|july|august|september|october|november|december|\w+day|christmas|easter|summer|winter|spring|autumn)"
)
AWARD = re.compile(r"award|prize|medal|certificat|ocenění|soutěž|\bcen[auy]\b|register", re.IGNORECASE)
SINGLE = frozenset("my naše náš naši nase we our i the in at from since today dnes od v ve za po".split())


def turns_to_another(text: str, names: frozenset[str]) -> bool:
    """`names` are the telling words of the company's own names, without diacritics."""
    if not names:
        return False
    if _first_told(text, names) is not None:
        return True
    firm = NAMED_FIRM.search(text)
    if firm and _foreign(firm["name"], names):
        return True
    subject = SUBJECT.search(text)
    return bool(
        subject and len(words(subject["name"])) >= 2 and _foreign(subject["name"], names) and _company(text)
    )


def before_another(text: str, names: frozenset[str]) -> str:
    """The text up to the name of another company that a clause goes on about; the whole of it where there is none."""
    told = _first_told(text, names)
    return text if told is None else text[: told.start()]


def _first_told(text: str, names: frozenset[str]) -> re.Match[str] | None:
    for pattern in TOLD_OF:
        for match in pattern.finditer(text):
            if AWARD.search(text[max(0, match.start() - 30) : match.end("name")]):
                continue
            if _foreign(match["name"], names) and not FOUNDER.search(text[match.end("name") :][:60]):
                return match
    return None


def _company(text: str) -> bool:
    """What only companies do or are, so that a person or a place as subject changes nothing."""
    return (
        re.search(r"\b(founded|established|employs?|staff|won|založen\w*|vznikl\w*|zaměstn\w+)\b", text)
        is not None
    )


def _foreign(name: str, names: frozenset[str]) -> bool:
    telling = [plain(word) for word in words(name)]
    if telling and TIMES.fullmatch(telling[-1]):
        return False
    return not any(word in SINGLE and len(telling) == 1 for word in telling) and not any(
        own[: _stem(word)] == word[: _stem(word)] for own in names for word in telling if len(word) > 3
    )


def _stem(word: str) -> int:
    """How many letters two forms of one name share at least."""
    return 4 if len(word) <= 5 else 5
