"""What the site says of its market: trends it sees and rivals it names."""

import re

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_passages import Material

TREND = re.compile(
    r"\b((poptávka|zájem) po \w+[^.]{0,40}\b(roste|stoupá|narůstá|rostla)|roste (zájem|poptávka)|rostoucí (zájem|poptávka)|stále více (lidí|firem|zákazníků|rodin)|čím dál (více|víc)|"
    r"(demand|interest)[^.]{0,50}\b(is|has been|keeps|are) (growing|rising|increasing)|growing (demand|interest|number)|more and more (people|businesses|customers|homeowners|families))\b",
    re.IGNORECASE,
)
RIVALS = re.compile(
    r"\b(?:naš\w+ (?:přím\w+ |hlavní\w* )?konkuren\w+|konkurenti|konkurence|competitors?)\s*(?:jsou|je|jako|například|:|are|include|includes|such as|like)\s+(?P<list>[^.!?]{3,150})",
    re.IGNORECASE,
)


def trends(source: Material) -> list[Found]:
    said = [
        each
        for each in source.statements
        if TREND.search(each.text)
        and each.whole
        and not each.passage.second_hand
        and not each.text.endswith("?")
    ]
    if not said:
        return []
    value = [{"claim": each.text, "source_url": each.url} for each in said[:5]]
    return [found("market.trends", value, said[0].url, said[0].text, 0.6)]


def competitors(source: Material) -> list[Found]:
    """Only names the site itself calls its competitors."""
    for statement in source.statements:
        match = RIVALS.search(statement.text)
        if match and not statement.passage.second_hand:
            parts = re.split(r",\s*|\s+(?:a|i|nebo|and|or)\s+", match["list"])
            names = [
                part.strip(' .„“"')
                for part in parts
                if re.match(r"[„\"“]?[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]", part.strip())
            ]
            if names:
                return [
                    found(
                        "market.competitors",
                        [{"name": name, "url": ""} for name in names],
                        statement.url,
                        statement.text,
                        0.75,
                    )
                ]
    return []
