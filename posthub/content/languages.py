"""What the checks know of languages: their commonest words, forms of address, worn-out phrases."""

import re

_WORDS = {
    "cs": "a v na se je že s z do to i o jako ale by si za pro po tak jsou jsme který která"
    " které jen už nebo když aby"
    " podle také může není při od až jak co být má své však jeho více jsem byl ještě kde bez nás náš u",
    "sk": "a v na sa je že s z do to i o ako ale by si za pre po tak sú sme ktorý ktorá ktoré"
    " len už alebo keď aby podľa"
    " tiež môže nie pri od až čo byť má svoje však jeho viac som bol ešte kde bez nás náš u či",
    "en": "the of and to a in is that it for on with as are be this by at from or have an not we"
    " you your our which can"
    " will when what there their but if has was more about than its into only one it's don't",
    "de": "der die das und ist in zu den mit von für auf nicht ein eine sich im auch es an"
    " werden aus er hat dass sie nach"
    " wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis",
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
FEWEST_WORDS = 12

FORMAL = re.compile(
    r"\b(?:vás|vám|vámi|váš|vaše|vašeho|vašemu|vaší|vašich|vašim|jste|můžete|máte|chcete|víte|budete)\b",
    re.IGNORECASE,
)
FAMILIAR = re.compile(
    r"\b(?:tebe|tobě|tebou|tvůj|tvoje|tvého|tvému|tvojí|jsi|můžeš|máš|chceš|víš|budeš)\b", re.IGNORECASE
)

CLICHES = {
    "cs": (
        r"v dnešní (?:uspěchané|hektické|rychlé|moderní) době",
        r"není divu,? že",
        r"nezapomínejme,? že",
        r"na závěr lze říci",
        r"v neposlední řadě",
        r"ať už jste .{3,40} nebo",
        r"ponořte se do",
        r"objevte kouzlo",
        r"posuňte .{3,30} na (?:další|novou|vyšší) úroveň",
        r"klíč k úspěchu",
        r"nejen .{3,40}, ale (?:také|i) ",
        r"hraje (?:klíčovou|zásadní|důležitou) roli",
        r"revoluční (?:řešení|přístup)",
        r"bezproblémov\w+",
        r"využijte (?:plný )?potenciál",
    ),
    "en": (
        r"in today[’']s (?:fast-paced|digital|modern|busy)[ \w-]* (?:world|age|era|landscape)",
        r"look no further",
        r"game[- ]chang\w+",
        r"unlock (?:the|your)",
        r"unleash",
        r"elevate your",
        r"delve into",
        r"dive (?:deep )?into",
        r"in the realm of",
        r"a testament to",
        r"tapestry",
        r"navigat\w+ the (?:complexities|landscape|world)",
        r"it[’']s (?:important|worth) (?:to note|noting) that",
        r"whether you[’']re a .{3,60} or a",
        r"take .{3,30} to the next level",
        r"cutting[- ]edge",
        r"seamless(?:ly)?",
        r"in conclusion,",
    ),
}


def guess(text: str) -> str:
    """cs, sk, en or de by the share of its commonest words; "" where the text is too short or too
    even to tell.
    """
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)]
    if len(words) < FEWEST_WORDS:
        return ""
    scores = sorted(
        ((sum(word in known for word in words), name) for name, known in STOP_WORDS.items()), reverse=True
    )
    (best, name), (second, _) = scores[0], scores[1]
    if best < len(words) * 0.08 or best < second * 1.12:
        return ""
    return name
