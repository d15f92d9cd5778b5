"""What the company is best known for, and where it places its prices."""

import re
from itertools import pairwise

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_passages import Material, Statement
from posthub.ai.providers.offline.dna_text import plain, words

BEST = re.compile(
    r"\b(vlajkov\w+ lo[dď]\w*|nejprodávaněj\w+|nejoblíbeněj\w+|nejžádaněj\w+|naš[eií]\w* specialit\w+|specialit\w+ (domu|podniku)|bestseller\w*|proslul\w*|proslav\w*|nejznáměj\w+|chlouba|chloubou|"
    r"flagship|signature|best[\s-]sell\w+|best[\s-]known|most popular|house special\w*|famous for|known for|speciality|our pride)\b",
    re.IGNORECASE,
)
SIZE = re.compile(r"[\s,(]*\d+(?:[.,]\d+)?\s?(?:%|kg|g|dkg|ml|cl|l|ks|pcs|cm|mm|m)(?!\w)\)?")
NAMED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:nejprodávaněj\w+|nejoblíbeněj\w+|nejznáměj\w+|nejžádaněj\w+)\s+(?:\w+\s+){0,2}?(?:je|jsou|zůstává)\s+(?:\w+\s+){0,1}?(?P<name>[^,.;–—!?]{3,60})",
        r"(?:vlajkov\w+ lodí|specialitou|chloubou|bestsellerem|pýchou)\s+(?:\w+\s+){0,3}?(?:je|jsou|zůstává)\s+(?P<name>[^,.;–—!?]{3,60})",
        r"(?:vlajková loď|specialita|chlouba|bestseller)[^,.;:]{0,25}[:,–—]\s*(?P<name>[^,.;–—!?]{3,60})",
        r"(?P<name>[^,.;–—!?]{3,60}?)\s+(?:je|jsou|patří k|zůstává)\s+(?:\w+\s+){0,2}?(?:vlajkov\w+|nejprodávaněj\w+|nejoblíbeněj\w+|specialit\w+|bestseller\w*|chlouba|chloubou)",
        r"(?:flagship|signature|best[\s-]sell\w+|best[\s-]known|most popular)\s+(?:[\w-]+\s+){0,3}?(?:is|are|remains|has always been)\s+(?:the |our |a |an )?(?P<name>[^,.;–—!?]{3,60})",
        r"(?P<name>[^,.;–—!?]{3,60}?)\s+(?:is|are|remains|has been)\s+(?:still\s+)?(?:our|the|a)\s+(?:[\w-]+\s+){0,2}?(?:flagship|signature|best[\s-]sell\w*|most popular|speciality)",
        r"(?:best known for|famous for|known for)\s+(?:our |its |the )?(?P<name>[^,.;–—!?]{3,60})",
        r"(?:proslul\w+|proslavil\w*)\s+(?:\w+\s+){0,3}?(?:naše|náš|svým|svou|svými)\s+(?P<name>[^,.;–—!?]{3,60})",
    )
)


def flagship(source: Material, offered: list[Found]) -> list[Found]:
    """The product a sentence calls the best known, best selling or the company's own speciality."""
    names = [entry["name"] for entry in offered[0]["value"]] if offered else []
    for statement in source.own():
        if (
            not BEST.search(statement.text)
            or statement.passage.role == "blog"
            or statement.text.endswith("?")
        ):
            continue
        bare = plain(statement.text)
        listed = [name for name in names if plain(SIZE.sub("", name)) in bare]
        above = [
            entry for entry in names if entry == statement.passage.heading and OF_ITSELF.match(statement.text)
        ]
        name = max(listed, key=len) if listed else next(iter(above), "") or _caught(statement)
        if name:
            return [found("offer.flagship", name, statement.url, statement.text, 0.85 if listed else 0.7)]
    return _headed(source)


# "Our best-selling machine." below the name of the machine.
OF_ITSELF = re.compile(
    r"(náš|naše|our|the)\s+(nejprodávaněj\w+|nejoblíbeněj\w+|best[\s-]sell\w+|most popular|flagship)",
    re.IGNORECASE,
)
HEADED = re.compile(
    r"(nase |our )?(nejprodavanejsi|nejoblibenejsi|best[\s-]sell(er|ing)|most popular)( [a-z]+)?"
)


def _headed(source: Material) -> list[Found]:
    """One name alone below a heading in the singular that says it sells best."""
    for head, below in pairwise(source.passages):
        if not head.is_heading or below.url != head.url or below.is_heading or head.role == "blog":
            continue
        name = re.split(r"[,;(–—]|\s-\s", below.text)[0].strip()
        if (
            HEADED.fullmatch(plain(head.text))
            and below.kind == "p"
            and len(words(below.text)) <= 8
            and 1 <= len(words(name)) <= 5
        ):
            return [found("offer.flagship", name, below.url, below.text, 0.7)]
    return []


def _caught(statement: Statement) -> str:
    for pattern in NAMED:
        match = pattern.search(statement.text)
        if match:
            name = re.sub(
                r"^(?:(?:již|už)\s+)?(?:\w+(?:ým|tým|ém)\s+(?:rokem|roce)\s+)?(?:náš|naše|naši|our|the|a|an|právě|stále|určitě|už|ale|and|but|však|dodnes)\s+",
                "",
                match["name"].strip(),
                flags=re.IGNORECASE,
            )
            name = re.split(
                r"\s(?:z|ze|s|se|from|with|which|that|pro|for|podle|ve|who|made|pečen\w+|mezi|už|od|and)\s",
                name,
            )[0].strip()
            if (
                name
                and len(words(name)) <= 6
                and not re.fullmatch(
                    r"(to|ten|ta|it|this|that|on|ona|they|ty|tohle|one)", name, re.IGNORECASE
                )
            ):
                return name
    return ""


POSITIONS = {
    "premium": r"\b(prémiov\w+|premium|luxusn\w+|luxury|exkluzivn\w+|exclusive|high[\s-]end|nejvyšší (třídy|kategorie)|nejsme nejlevnější|nejlevnější nejsme|nepatříme k nejlevnějším|not the cheapest|bespoke luxury)\b",
    "budget": r"\b(nejlevněj\w+|(nejnižší|nízk\w+|lidov\w+) cen\w*|low(est)? prices?|cheap(est|er)?|budget[\s-]friendly|unbeatable prices?|bargain|za pár korun|lowest cost)\b",
    "mid": r"\b((prices?|fees?|rates?) (are|is) (\w+ and )?(fair|reasonable|affordable|competitive)|cen\w+ (jsou |máme |držíme )?(férov|rozumn|přízniv|dostupn)\w+|(rozumn|férov|dostupn|přijateln|příznivn|přízniv|solidn)\w+ cen\w*|(fair|reasonable|affordable|honest|sensible|competitive) (and \w+ )?(prices?|pricing|fees|rates)|fairly priced|reasonably priced|dobrý poměr ceny)\b",
}


def price_positioning(source: Material) -> list[Found]:
    """Only what the site says about its own prices, and only where it does not say two things."""
    hits: dict[str, list[Statement]] = {}
    for statement in source.own():
        if (
            "blog" in (statement.passage.role, statement.passage.section)
            or statement.passage.section == "faq"
            or statement.text.endswith("?")
        ):
            continue
        for name, pattern in POSITIONS.items():
            match = re.search(pattern, statement.text, re.IGNORECASE)
            if match and not (
                name == "budget"
                and re.search(
                    r"\b(ne|not|never|nejsme|nepatříme|isn't|aren't|než|than)\b",
                    statement.text,
                    re.IGNORECASE,
                )
            ):
                hits.setdefault(name, []).append(statement)
    if not hits:
        return []
    ranked = sorted(hits.items(), key=lambda pair: -len(pair[1]))
    if len(ranked) > 1 and len(ranked[0][1]) == len(ranked[1][1]):
        return []
    name, said = ranked[0]
    return [
        found(
            "offer.price_positioning",
            name,
            said[0].url,
            said[0].text,
            0.7 if len(said) > 1 else 0.6,
            inferred=True,
        )
    ]
