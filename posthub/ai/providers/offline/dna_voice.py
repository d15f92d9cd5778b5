"""How the company speaks: address, tone, favourite words. All of it is inferred from what it writes."""

import re
from collections import Counter
from functools import cache

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_lexicon import lexicon
from posthub.ai.providers.offline.dna_passages import Material, Statement, own_names
from posthub.ai.providers.offline.dna_text import DATED, acts_as_we, plain, says_we, words

VY = re.compile(
    r"\b(vás|vám|vámi|vaše?|vaší|vašeho|vašemu|vašich|vašim|váš|vaši|\w{3,}(?:ejte|ujte|ěte|něte|jďte|ďte|žte|třte|stavte|volejte|pište|kupte|zkuste|přijďte|nechte|buďte)|máte|chcete|můžete|potřebujete|hledáte|najdete|dostanete|víte|jste|budete|získáte)\b",
    re.IGNORECASE,
)
TY = re.compile(
    r"\b(tě|ti|abys|bys|ses|sis|tebe|tobě|tvůj|tvoje|tvá|tvé|tvého|tvou|tvoji|tvoje|tvým|máš|chceš|můžeš|potřebuješ|hledáš|najdeš|dostaneš|víš|jsi|budeš|získáš|objednej|přijď|vyber|zkus|ochutnej|stav se|napiš|zavolej|mrkni|koukni|pojď|vyzvedni|rezervuj|kup si|podívej|přihlas|nauč se|(?-i:[a-záčďéěíňóřšťúůýž]{2,}[rlnzvdthmpjuc](?:íš|eš)))\b",
    re.IGNORECASE,
)
TONES = {
    "warm": r"\b(rodinn|s laskou|srdecn|vitejte|radi vas|domack|domov|pratel|usmev|pohod|vrele|family|welcome|with love|friendly|warm|cosy|cozy|neighbou?r|home[\s-]made|like home)",
    "expert": r"\b(odborn|zkusenost|specialist|certifik|kvalifik|profesion|expert|experienced|qualified|chartered|accredited|specialis|technolog|precizn|precision|metod)",
    "playful": r"\b(hrav|zabav|mnam|nalada|blazni|fun\b|playful|yummy|cheeky|naughty|silly|giggle)",
    "proud": r"\b(hrd[iya]|pysni|chlub|proud|pride)",
    "caring": r"\b(peclive|pece o|pecuj|setrn|citliv|trpeliv|bezbolest|empat|naslouch|gentle|caring|we listen|patient,|patiently|take care|reassur|comfort)",
    "calm": r"\b(klid|v pohode|relax|bez spechu|ticho|pomalu|beze spechu|calm|peaceful|unhurried|quiet|slow)",
    "bold": r"\b(revoluc|odvaz|bez kompromis|nebojime se|neuveriteln|bold|revolution|no[\s-]nonsense|uncompromising|game[\s-]chang)",
    "plain": r"\b(bez (zbytecn|okolk|kliček|klicek|keců|kecu)|jednodus|srozumiteln|rovnou|na rovinu|plain|straightforward|simple|jargon|honest)",
    "witty": r"\b(vtip|humor|s nadsazkou|witty|tongue[\s-]in[\s-]cheek|puns?\b)",
    "formal": r"\b(dovolujeme si|vazeni|s uctou|prostrednictvim|v souladu s|poskytujeme komplexni|esteemed|hereby|we are pleased to|clientele)",
}
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\U0001f1e6-\U0001f1ff]")
# An address, a telephone or a mail: nobody's manner of speaking, and perhaps a partner's.
PLACED = re.compile(
    r"@|www\.|\d{3}\s?\d{3}\s?\d{3}|\b\d{3}\s\d{2}\s[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b|[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]\w+ \d{1,4}(/\d+)?\b(?=[,.]| v )|"
    r"\b\d{1,4} [A-Z]\w+ (?:Street|Road|Lane|Avenue|Square|Close|Way|Hill|Row|Place)\b"
)
NOT_EMOJI = frozenset("✓✔✕✖✗✘★☆☎✆✉➔➜➤❯❮☰✂✈☑✦✱❘❙❚♠♣♥♦✚✛❖❥☛☞⚫⚪➕➖➡")


def formality(source: Material) -> list[Found]:
    """Tykání or vykání by forms of verbs and pronouns; nothing where both are used alike."""
    if not source.czech:
        first = next((statement for statement in source.own() if statement.whole), None)
        return (
            [found("voice.formality", "neutral", first.url, first.text, 0.5, inferred=True)] if first else []
        )
    polite = _with(source, VY)
    familiar = _with(source, TY)
    if len(polite) + len(familiar) < 2 and not (polite and _own_words(polite[0])):
        return []
    if len(familiar) > 2 * len(polite):
        return [found("voice.formality", "tykani", familiar[0].url, familiar[0].text, 0.85, inferred=True)]
    if len(polite) > 2 * len(familiar):
        return [found("voice.formality", "vykani", polite[0].url, polite[0].text, 0.85, inferred=True)]
    return []


def _own_words(statement: Statement) -> bool:
    return statement.own and statement.whole


def _with(source: Material, pattern: re.Pattern[str]) -> list[Statement]:
    return [
        each
        for each in source.statements
        if not each.passage.second_hand and each.passage.kind != "quote" and pattern.search(each.text)
    ]


def tone(source: Material) -> list[Found]:
    hits: dict[str, list[Statement]] = {}
    for statement in source.own():
        if statement.passage.role in ("blog", "legal"):
            continue
        for name, pattern in TONES.items():
            if re.search(pattern, plain(statement.text)):
                hits.setdefault(name, []).append(statement)
    ranked = sorted(((len(said), name) for name, said in hits.items() if len(said) >= 2), reverse=True)[:3]
    if not ranked:
        return []
    first = hits[ranked[0][1]][0]
    return [found("voice.tone", [name for _, name in ranked], first.url, first.text, 0.55, inferred=True)]


def sample_sentences(source: Material) -> list[Found]:
    """Sentences in the first person that carry the company's manner, from its own front pages."""
    fitting = [
        each
        for each in source.own()
        if each.whole and says_we(each.text) and 35 <= len(each.text) <= 170 and each.passage.role in ("home", "about", "services", "products", "")
        and each.passage.kind in ("p", "li") and each.passage.section not in ("faq", "blog", "contact", "jobs") and not each.text.endswith("?") and not each.text[0].isdigit() and not PLACED.search(each.text) and (acts_as_we(each.text) or not DATED.search(each.text))
    ]  # fmt: skip
    unique = list({each.text: each for each in fitting}.values())
    if not unique:
        return []
    chosen = sorted(
        unique, key=lambda each: (each.passage.role not in ("home", "about"), each.passage.index)
    )[:5]
    return [
        found(
            "voice.sample_sentences",
            [each.text for each in chosen],
            chosen[0].url,
            chosen[0].text,
            0.75,
            inferred=True,
        )
    ]


def emoji_policy(source: Material) -> list[Found]:
    own = [passage for passage in source.passages if not passage.second_hand]
    total = sum(len(words(passage.text)) for passage in own)
    used = [
        (passage, [char for char in EMOJI.findall(passage.text) if char not in NOT_EMOJI]) for passage in own
    ]
    count = sum(len(chars) for _, chars in used)
    if total < 60:
        return []
    policy = "none" if count == 0 else "free" if count >= 5 and count / total > 1 / 80 else "sparse"
    passage = next((place for place, chars in used if chars), own[0])
    return [found("voice.emoji_policy", policy, passage.url, passage.text, 0.7, inferred=True)]


def vocabulary(source: Material) -> list[Found]:
    """Words the company keeps coming back to, other than those everybody uses and its own name."""
    names = own_names(source.brand)
    counts: Counter[str] = Counter()
    shown: dict[str, Counter[str]] = {}
    for statement in source.own():
        if statement.passage.role in ("legal", "contact") or not statement.whole:
            continue
        for word in {token.lower() for token in words(statement.text)}:
            stem = stem_of(word)
            if (
                len(word) >= 5
                and word not in stop_words()
                and plain(word) not in names
                and not word[0].isdigit()
            ):
                counts[stem] += 1
                shown.setdefault(stem, Counter())[word] += 1
    chosen = [shown[stem].most_common(1)[0][0] for stem, count in counts.most_common(30) if count >= 3][:8]
    if len(chosen) < 2:
        return []
    first = next((each for each in source.own() if chosen[0] in each.text.lower()), None)
    return (
        [found("voice.vocabulary_preferred", chosen, first.url, first.text, 0.5, inferred=True)]
        if first
        else []
    )


def banned(source: Material) -> list[Found]:
    """Words and claims that the site itself says it never uses."""
    points: list[Found] = []
    for key, pattern in (
        ("voice.vocabulary_banned", r"\b(?:slovo|slova|the words?)\s+[„“\"'‘](?P<what>[^“”\"'’]{2,40})[“”\"'’][^.]{0,40}\b(?:nepoužíváme|neříkáme|u nás neuslyšíte|never use|do not use|don't use|banned|avoid)|"
            r"\b(?:nikdy neříkáme|nepoužíváme slov\w+|we never say|we never use the words?|we don't say)\s+[„“\"'‘](?P<that>[^“”\"'’]{2,40})"),
        ("constraints.forbidden_claims", r"\b(?:nikdy netvrdíme|netvrdíme|nikdy neslibujeme|we never claim|we do not claim|we don't claim|we never promise|we make no claim)\s*,?\s*(?:že|that)\s+(?P<what>[^.!?;]{8,120}?)(?P<that>)[.!?;]"),
    ):  # fmt: skip
        for statement in source.own():
            match = re.search(pattern, statement.text, re.IGNORECASE)
            if match and not re.match(r"(?:to|it|they|on|ona|ono|je|by)\b", match["what"] or ""):
                points.append(
                    found(key, [(match["what"] or match["that"]).strip()], statement.url, statement.text, 0.8)
                )
                break
    return points


@cache
def stop_words() -> frozenset[str]:
    return frozenset(" ".join((lexicon("stopwords")["cs"], lexicon("stopwords")["en"])).split())


def stem_of(word: str) -> str:
    """A rough stem, enough to count inflected forms of one word together."""
    bare = plain(word)
    for ending in (
        "nich",
        "nimi",
        "neho",
        "nemu",
        "ych",
        "ymi",
        "emu",
        "eho",
        "ich",
        "imi",
        "ami",
        "ech",
        "ove",
        "ovi",
        "ing",
        "ies",
        "ou",
        "em",
        "um",
        "am",
        "ym",
        "im",
        "es",
        "ed",
    ):
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            return bare[: -len(ending)]
    return bare[:-1] if len(bare) > 4 and bare[-1] in "aeiouys" else bare
