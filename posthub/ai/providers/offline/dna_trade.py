"""What trade the company is in, and which of its subjects the law watches."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from posthub.ai.providers.offline.dna_found import Found, found
from posthub.ai.providers.offline.dna_lexicon import lexicon
from posthub.ai.providers.offline.dna_passages import Material, Passage
from posthub.ai.providers.offline.dna_text import is_noise, plain, sentences, squeezed

STARTS = re.compile(r"\b\w")
PLACED = {"home": 1.6, "about": 1.2, "blog": 0.7}
REGULATED = {
    "health": r"\b(pacient|lekar|zubn|implantat|leceb|terapi|zdravotni (potiz|pece)|patients?|dentist|dental|clinic(al)?\b|medical|diagnos|doplnky stravy|supplements?\b)",
    "finance": r"\b(danov|dane\b|dani\b|ucetnictv|mzdov|hypotek|pojisten|investic|uver|tax(es)?\b|vat returns?|payroll|bookkeep|accountanc|mortgage|insurance|pension|invest(ment|ing))",
    "alcohol": r"\b(pivo|piva|pivem|vino\b|vina\b|vinn|palenk|slivovic|rum\b|gin\b|whisky|alkohol|koktejl|beers?\b|wines?\b|cocktails?\b|spirits\b|ales?\b|prosecco)",
    "gambling": r"\b(sazk|kasin|ruleta|betting|casino|poker)",
    "children": r"\b(hracky|hracek|kojen|batolat|miminek|pro deti od|skolk|detsk(e|a|ych|ou) skupin|day nurser|childcare|(looks?|looking) after children|toys?\b|toddlers?|infants?|babies|nursery (school|children))",
    "legal": r"\b(advokat|pravni (sluzb|poraden|zastoup)|notar|exekuc|solicitors?|lawyers?|legal advice|conveyancing|litigation)",
}


# What is said once only by those whom the law watches: a strength in per cent, an age, a warning.
SIGNS = {
    "alcohol": r"\d\s?% (alkoholu|alk\b|abv|alcohol|vol\b)|(alkohol|prodej)\w*.{0,40}(osobam )?mladsim 18|alcohol.{0,40}(under|over) 18",
    "health": r"\b(ask|consult|talk to|speak to) your (doctor|gp|midwife)|(poradte|poradit) se s (lekar|gynekolog)|\bpregnancy (yoga|massage|pilates)|tehotensk\w+ (joga|masaz|cviceni)",
    "children": r"\bofsted\b|\b(detska skupina|detske skupiny)\b",
}


@dataclass(slots=True)
class _Score:
    points: float = 0
    best: float = 0
    passage: Passage | None = None


def industry(source: Material) -> list[Found]:
    """The trade whose words stand in titles and headings and run through the text, with a clear lead."""
    scores = {index: _Score() for index in range(len(_trades()))}
    for passage in _telling(source):
        weight = 2.5 if passage.kind == "h1" else 1.6 if passage.kind == "h2" else 1.0
        weight *= PLACED.get(passage.role, 1.0)
        for index, count in _named_in(plain(passage.text)).items():
            _add(scores[index], weight * min(3, count), passage)
    for place, (_, title) in enumerate(source.titles):
        for index in _named_in(plain(title)):
            scores[index].points += 2.0 if place else 4.0
    called = plain(f"{source.brand} | {source.titles[0][1] if source.titles else ''}")
    for index in _named_in(plain(source.brand)):
        scores[index].points += 6.0
    for index, entry in enumerate(_trades()):
        called_so = plain(str(entry["cs"] if source.czech else entry["en"]))
        scores[index].points += 4.0 * bool(re.search(rf"\b{re.escape(called_so)}", called))
    ranked = sorted(scores.items(), key=lambda pair: -pair[1].points)
    (index, first), (_, second) = ranked[0], ranked[1]
    enough = 5 if first.points < 2 * second.points else 3.5
    if first.points < enough or first.points < second.points * 1.15:
        return []
    trade = _trades()[index]
    url, quote = _said(index, first.passage, source)
    if not quote:
        return []
    label = trade["cs"] if source.czech else trade["en"]
    confidence = 0.85 if first.points > second.points * 2 else 0.6
    value = {"nace": [code.replace(".", "") for code in trade["nace"]], "label": label}
    return [found("identity.industry", value, url, quote, confidence, inferred=True)]


def _said(index: int, passage: Passage | None, source: Material) -> tuple[str, str]:
    """Where and in what words the trade is named: a sentence, else a title; ("", "") for nowhere."""
    if passage is not None:
        for line in sentences(passage.text):
            if index in _named_in(plain(line)):
                return passage.url, line
    return next(((url, title) for url, title in source.titles if index in _named_in(plain(title))), ("", ""))


def _add(score: _Score, points: float, passage: Passage) -> None:
    score.points += points
    if points > score.best:
        score.best, score.passage = points, passage


def _telling(source: Material) -> list[Passage]:
    return [passage for passage in source.passages if not passage.second_hand and not is_noise(passage.text)]


def _trades() -> list[dict[str, list[str]]]:
    trades: list[dict[str, list[str]]] = lexicon("industries")["industry"]
    return trades


@cache
def _by_beginning() -> dict[str, list[tuple[str, int]]]:
    """The stems of every trade by their first two letters, so that each word of a text is looked up once."""
    begun: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for index, trade in enumerate(_trades()):
        for stem in sorted(map(plain, trade["stems"]), key=len, reverse=True):
            begun[stem[:2]].append((stem, index))
    return begun


def _named_in(text: str) -> Counter[int]:
    """How often each trade is named in a text without diacritics, by the trade's place in the list."""
    counts: Counter[int] = Counter()
    for start in STARTS.finditer(text):
        at = start.start()
        fitting = _by_beginning().get(text[at : at + 2], ())
        counts.update({index for stem, index in fitting if text.startswith(stem, at)})
    return counts


def names_a_trade(word: str) -> bool:
    """Whether a word without diacritics is one of a trade: "opticians", "zahradnictvi"."""
    return bool(_named_in(word))


def regulated_topics(source: Material, trade: Found | None) -> list[Found]:
    """Subjects that run through the company's own text, or that its trade brings with it."""
    topics: dict[str, tuple[Passage, int]] = {}
    for name, pattern in REGULATED.items():
        hits = [
            (passage, len(re.findall(pattern, plain(passage.text))))
            for passage in _telling(source)
            if passage.role != "blog"
        ]
        total = sum(count for _, count in hits)
        pages = {passage.url for passage, count in hits if count}
        headed = any(count and passage.is_heading for passage, count in hits)
        if total >= 6 and len(pages) > 1 and headed:
            topics[name] = max(hits, key=lambda pair: pair[1])
    for name, hit in (*_signs(source), *_brought_by(trade, source)):
        topics.setdefault(name, (hit, 1))
    if not topics:
        return []
    names = sorted(topics)
    passage = topics[names[0]][0]
    sign = "|".join(filter(None, (REGULATED[names[0]], SIGNS.get(names[0]))))
    quote = next(
        (line for line in sentences(passage.text) if re.search(sign, plain(line))),
        squeezed(passage.text),
    )
    return [found("constraints.regulated_topics", names, passage.url, quote, 0.7, inferred=True)]


def _signs(source: Material) -> list[tuple[str, Passage]]:
    """Topics that a single telling line gives away, with that line's passage."""
    return [
        (name, passage)
        for name, sign in SIGNS.items()
        for passage in _telling(source)
        if passage.role != "blog" and re.search(sign, plain(passage.text))
    ]


def _brought_by(trade: Found | None, source: Material) -> list[tuple[str, Passage]]:
    """Topics that the trade brings with it, where the site speaks of them at all."""
    label = trade["value"]["label"] if trade else ""
    names = [
        name
        for entry in _trades()
        if label in (entry["cs"], entry["en"])
        for name in entry.get("regulated", [])
    ]
    return [
        (name, passage)
        for name in names
        for passage in _telling(source)
        if re.search(REGULATED[name], plain(passage.text))
    ]
