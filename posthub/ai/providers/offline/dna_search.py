"""Words people would search the company by: what its titles and headings keep repeating."""

import re
from collections import Counter, defaultdict

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_passages import Material, own_names
from posthub.ai.providers.offline.dna_sections import section_of
from posthub.ai.providers.offline.dna_text import is_noise, plain, says_we, squeezed, words
from posthub.ai.providers.offline.dna_voice import stem_of, stop_words

WEIGHTS = {"h1": 4.0, "h2": 2.5, "h3": 1.8, "p": 0.5, "li": 0.6, "td": 0.6}
SECTIONS_LEFT_OUT = frozenset(
    ("partners", "testimonials", "jobs", "legal", "clients", "contact", "hours", "competitors", "faq")
)


# Forms that name nothing by themselves: Czech adjectives, infinitives and the like.
NO_NOUN = re.compile(
    r"(?:[ýáéů]|ého|ému|ých|ým|ými|[^aeiouyáéěíóúůý]ní|[ščc]tí|ovat|ávat|nout|[aeiíuy]t|(?:ám|ím|uji)|ově|ují|uje|áme|íme|ající|ový|ová|ové)$"
)
TITLES = frozenset("mudr mddr mvdr judr rndr phdr paeddr spol".split())
SIZE = re.compile(r"[\s,(]*\d+(?:[.,]\d+)?\s?(?:kg|g|dkg|ml|cl|l|ks|pcs|cm|mm|m)\b\)?|[–—(:].*$")


def keywords(source: Material, trade: Found | None, offered: list[Found]) -> list[Found]:
    """What the company would be searched by: its trade, what it sells, and phrases about those that its headings repeat."""
    scores, shown, where = _counted(source)
    _favour_the_offer(scores, shown, where, source, trade, offered)
    if trade is not None:
        label = trade["value"]["label"]
        scores[_key(label)] += 6
        shown[_key(label)][label] += 50
    ranked = [
        key
        for key, score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        if score >= 3 and shown[key]
    ]
    named = {_key(entry["name"].lower()) for entry in (offered[0]["value"] if offered else [])}
    ranked = _without_halves(ranked, named | ({_key(trade["value"]["label"])} if trade else set()))
    chosen: list[str] = []
    for key in ranked:
        phrase = shown[key].most_common(1)[0][0]
        if not any(set(plain(phrase).split()) == set(plain(known).split()) for known in chosen):
            chosen.append(phrase)
    primary, secondary = chosen[:6], chosen[6:24]
    points: list[Found] = []
    for key, phrases, confidence in (
        ("seo.primary_keywords", primary, 0.6),
        ("seo.secondary_keywords", secondary, 0.5),
    ):
        place = next((where[_key(phrase)] for phrase in phrases if _key(phrase) in where), None)
        if phrases and place is not None:
            points.append(found(key, phrases, place[0], place[1], confidence, inferred=True))
    return points


def _without_halves(ranked: list[str], named: set[str]) -> list[str]:
    """Without the single words that are only a part of a longer phrase: "measuring" beside "measuring of eyes"."""
    parts = {part for key in ranked if " " in key for part in key.split()}
    return [key for key in ranked if " " in key or key in named or key not in parts]


def _favour_the_offer(
    scores: defaultdict[str, float],
    shown: dict[str, Counter[str]],
    where: dict[str, tuple[str, str]],
    source: Material,
    trade: Found | None,
    offered: list[Found],
) -> None:
    """Leave out phrases that name nothing on offer, and count short names of what is offered as phrases."""
    names = [
        squeezed(SIZE.sub("", entry["name"])).lower() for entry in (offered[0]["value"] if offered else [])
    ]
    known = {
        stem_of(word)
        for name in (*names, trade["value"]["label"] if trade else "")
        for word in (words(name) if source.czech else words(name)[-1:])
    }
    for key in [
        key
        for key, phrases in shown.items()
        if not _names_something(phrases.most_common(1)[0][0], known, source)
    ]:
        scores.pop(key, None)
    for name in names:
        if 1 < len(words(name)) <= 3 and offered:
            scores[_key(name)] = max(scores.get(_key(name), 0), 3) + 2
            shown.setdefault(_key(name), Counter())[name] += 50
            where.setdefault(_key(name), (offered[0]["source_url"], offered[0]["quote"]))


def _names_something(phrase: str, known: set[str], source: Material) -> bool:
    """Whether a phrase is a noun, or ends in one, and speaks of what is sold, where anything is known of that."""
    told = phrase.split()
    if source.czech and (
        NO_NOUN.search(told[-1]) or (len(told) > 1 and re.search(r"(ovat|nout|at|it|et|ít)$", told[0]))
    ):
        return False
    heads = told if source.czech else told[-1:]
    return any(stem_of(word) in known for word in heads)


def _counted(
    source: Material,
) -> tuple[defaultdict[str, float], dict[str, Counter[str]], dict[str, tuple[str, str]]]:
    scores: defaultdict[str, float] = defaultdict(float)
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    where: dict[str, tuple[str, str]] = {}
    headed: set[str] = set()
    names = own_names(source.brand, str(source.known.get("identity.legal_name") or ""))
    texts = [(title, 3.0, url) for url, title in source.titles]
    texts += [
        (passage.text, WEIGHTS.get(passage.kind, 0.4), passage.url)
        for passage in source.passages
        if not passage.second_hand and passage.section not in SECTIONS_LEFT_OUT and not is_noise(passage.text)
    ]
    for text, weight, url in texts:
        for phrase in phrases_of(text, names):
            key = _key(phrase)
            scores[key] += weight * (1.6 if " " in phrase else 1.0)
            shown[key][phrase] += 1
            where.setdefault(key, (url, text if len(text) < 500 else phrase))
            if weight > WEIGHTS["li"]:
                headed.add(key)
    kept = defaultdict(float, {key: score for key, score in scores.items() if key in headed})
    return kept, shown, where


def _key(phrase: str) -> str:
    return " ".join(stem_of(word) for word in phrase.split())


def phrases_of(text: str, names: frozenset[str]) -> list[str]:
    """Single telling words, and pairs of them that stand side by side."""
    found_here: list[str] = []
    for piece in re.split(r"[.,;:!?|–—()\n\t/&•]+| - ", text):
        if section_of(piece) in ("contact", "legal", "jobs", "blog", "testimonials", "about", "why"):
            continue
        tokens = words(piece)
        telling = [_tells(token, names) for token in tokens]
        for index, token in enumerate(tokens):
            if telling[index]:
                found_here.append(token.lower())
            if index and telling[index] and telling[index - 1] and f"{tokens[index - 1]} {token}" in piece:
                found_here.append(f"{tokens[index - 1]} {token}".lower())
    return found_here


def _tells(token: str, names: frozenset[str]) -> bool:
    low = token.lower()
    if low in TITLES:
        return False
    return len(token) > 3 and low not in stop_words() and plain(token) not in names and not says_we(token)
