"""What of the company's own an article tells: each fact under the heading it belongs to, or not at all."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .choice import number, shuffled
from .library import Chapter, chapters
from .material import COMPANIES_AT_ONCE, Material, listed, same
from .sayings import Told
from .themes import OF_KIND, REST, THEMES, theme_of
from .trades import ALL_BITS, SPREAD
from .wording import stems, words

# What a kind of article tells first; the other themes follow where there is something to tell of them.
FIRST = {
    "choose": ("offer", "making", "proof", "price"),
    "process": ("making", "offer", "people", "figures"),
    "care": ("keeping", "offer", "making", "promise"),
    "price": ("price", "offer", "promise", "making"),
    "mistakes": ("offer", "keeping", "making", "promise"),
    "plan": ("ordering", "price", "place", "promise"),
    "people": ("people", "history", "making", "place"),
    "proof": ("proof", "figures", "promise", "people"),
    "basics": ("offer", "making", "keeping", "ordering"),
    "season": ("offer", "ordering", "keeping", "making"),
}
# A single fact is no chapter; it may stand in one that is about nearly the same.
KIN = {
    "history": ("people", "us"),
    "people": ("history", "us"),
    "place": ("ordering", "us"),
    "price": ("ordering", "offer", "us"),
    "promise": ("ordering", "us"),
    "proof": ("us",),
    "figures": ("us", "making"),
    "keeping": ("offer",),
    "offer": ("us", "making"),
    "making": ("us", "offer"),
    "ordering": ("place", "us"),
    "us": ("people", "history"),
}
TIED = (
    "offer",
    "price",
    "figures",
    "keeping",
    "making",
)  # these speak of one thing: another one's are left out
PLENTY = 60  # facts; a company with fewer has to tell of its work at large as well
LEAST, MOST = 2, 8  # facts of a chapter
AT_LARGE = 4  # facts of a chapter that are not about the article's own subject
LONGEST_RUN = 4
SAME = 0.7  # the share of stems by which two sentences say the same
SHARE, FEWEST, MANIEST = 0.34, 14, 40  # of all facts in one article, so that the next one has some too
VALUES = 4
CHAPTERS = 6  # at most; the rest of the text is for the reader
NAMED = 4  # chapters that a topic names; an article with room for more has more

_ANSWERS = re.compile(r"faq|otazk|dotaz|questions")

Run = tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """What an article is about: its keyword, the words it is spoken of with, and the facts it was made for."""

    keyword: str
    spoken: frozenset[str]
    asked: frozenset[str]
    seed: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A chapter with its facts: runs that stand one after the other on their page, and a list of short values."""

    chapter: Chapter
    runs: tuple[Run, ...]
    values: Run = ()

    @property
    def facts(self) -> list[Told]:
        return [fact for run in self.runs for fact in run]


@dataclass(frozen=True, slots=True)
class Plan:
    hook: Run
    chapters: tuple[Planned, ...]


def aim_of(material: Material, title: str, topic: Mapping[str, Any], variant_of: tuple[str, ...] = ()) -> Aim:
    """The topic as its facts are chosen for it, the same whoever asks: the month's plan or the article."""
    keyword = str(topic.get("primary_keyword") or "") or title
    spoken = " ".join([title, keyword, *listed(topic.get("secondary_keywords"))])
    return Aim(
        keyword,
        stems(spoken, material.tongue),
        frozenset(listed(topic.get("fact_ids"))),
        (material.brand, str(topic.get("title") or ""), *variant_of),
    )


def plan_of(material: Material, family: str, aim: Aim, liked: tuple[str, ...] = ()) -> Plan:
    """What is told, in an order that the kind of article begins and the voice's liking goes on with."""
    turn = number(aim.seed)
    runs = sorted(_runs(material, aim), key=lambda run: _distance(material, aim, turn, run))
    hook = _hook(aim, runs)
    by_theme: dict[str, list[Run]] = {theme: [] for theme in THEMES}
    for run in _each_once(runs, hook):
        by_theme[_theme(run)].append(run)
    first = FIRST.get(family, FIRST["basics"])
    values = {theme: lines for theme, lines in _values(material, aim).items() if theme in first}
    most = CHAPTERS if len(material.facts) >= PLENTY else CHAPTERS - 1
    others = shuffled(THEMES, *aim.seed)
    order = dict.fromkeys([first[0], *(OF_KIND[kind] for kind in liked if kind in OF_KIND), *first, *others])
    _join_single(by_theme, values)
    room = max(FEWEST, min(MANIEST, round(len(material.facts) * SHARE)))
    order_of = {id(fact): place for place, fact in enumerate(material.facts)}
    planned: list[Planned] = []
    for theme in order:
        kept = _kept(material, aim, by_theme[theme], min(MOST, room))
        lines = values.get(theme, ())
        count = sum(map(len, kept))
        if count + len(lines) >= LEAST and len(planned) < most:
            room -= count
            kept.sort(key=lambda run: order_of[id(run[0])])
            planned.append(Planned(chapters(material.tongue.code)[theme], tuple(kept), lines))
    return Plan(hook, tuple(planned))


def _each_once(runs: Sequence[Run], hook: Run) -> Iterator[Run]:
    """The runs without what was said before, be it in other words; what leaned on that goes with it."""
    said: dict[str, list[Told]] = {}
    for fact in hook:
        said.setdefault(theme_of(fact), []).append(fact)
    for run in runs:
        left: list[Told] = []
        for fact in run:
            before = said.setdefault(theme_of(fact), [])
            if any(_repeats(fact, other) for other in before) or (fact.leans and not left):
                if left:
                    break
                continue
            left.append(fact)
            before.append(fact)
        if left:
            yield tuple(left)


def _repeats(fact: Told, other: Told) -> bool:
    """Whether two sentences say the same, as two pages of a site often do."""
    fewer = min(len(fact.stems), len(other.stems))
    return fact is other or (fewer >= 3 and len(fact.stems & other.stems) >= SAME * fewer)


def _theme(run: Run) -> str:
    theme = theme_of(run[0])
    return "offer" if theme == REST else theme


def _runs(material: Material, aim: Aim) -> Iterable[Run]:
    """The facts that fit, each with those that follow it on its page and lean on it or go on with it."""
    following: dict[tuple[str, int], Told] = {
        (fact.page, fact.place): fact for fact in material.facts if fact.place >= 0
    }
    taken: set[int] = set()
    for fact in material.facts:
        if fact.frame or fact.leans or id(fact) in taken or not _fits(material, aim, fact):
            continue
        run = [fact]
        # Among answers what stands next belongs to another question.
        while len(run) < LONGEST_RUN and run[-1].place >= 0 and not _ANSWERS.search(fact.page):
            after = following.get((run[-1].page, run[-1].place + 1))
            if after is None or after.frame or id(after) in taken or not _goes_on(fact, after):
                break
            run.append(after)
        taken.update(map(id, run))
        yield tuple(run)


def _goes_on(first: Told, after: Told) -> bool:
    return after.leans or theme_of(after) == theme_of(first)


def _fits(material: Material, aim: Aim, fact: Told) -> bool:
    """Whether the fact may stand in an article on this: about its subject, or about the company as a whole."""
    theme, plenty = theme_of(fact), len(material.facts) >= PLENTY
    if _own(material, aim, fact) or fact.fact_id in aim.asked:
        return True
    if _whole(material, aim):
        return not fact.subject or bool(stems(fact.subject, material.tongue) & fact.stems)
    if fact.subject or (theme in TIED and plenty and _of_another(material, aim, fact)):
        return False
    strict = theme == REST or (theme in TIED and theme != "making" and plenty)
    return not strict or _names_it(material, aim, fact)


def _names_it(material: Material, aim: Aim, fact: Told) -> bool:
    """Whether the sentence names what the article is about, by the word that tells it from the rest of the offer."""
    wanted = stems(aim.keyword, material.tongue)
    own = wanted - _shared(material)
    return bool(own & fact.stems) if own else bool(wanted) and wanted <= fact.stems


def _own(material: Material, aim: Aim, fact: Told) -> bool:
    near = stems(fact.subject, material.tongue)
    return same(fact.subject, aim.keyword) or (bool(near) and near <= stems(aim.keyword, material.tongue))


def _whole(material: Material, aim: Aim) -> bool:
    """Whether the article is about the company itself, or its trade."""
    return same(aim.keyword, material.brand) or same(aim.keyword, material.industry)


def _of_another(material: Material, aim: Aim, fact: Told) -> bool:
    """Whether a sentence names something else that is sold, and not what the article is about."""
    wanted = stems(aim.keyword, material.tongue)
    own = wanted - _shared(material)
    return bool(_others(material, aim.keyword) & fact.stems) and not (own or wanted) & fact.stems


@lru_cache(maxsize=64)
def _others(material: Material, keyword: str) -> frozenset[str]:
    """The words of everything else on offer."""
    wanted = stems(keyword, material.tongue)
    return frozenset().union(*(marks for marks in _marks(material) if not marks <= wanted)) - wanted


@lru_cache(maxsize=COMPANIES_AT_ONCE)
def _marks(material: Material) -> Sequence[frozenset[str]]:
    return [stems(name, material.tongue) for name in material.subjects]


@lru_cache(maxsize=COMPANIES_AT_ONCE)
def _shared(material: Material) -> frozenset[str]:
    """The stems that several names have, as "bread" in a bakery: they tell no product from another."""
    often = Counter(stem for marks in _marks(material) for stem in marks)
    return frozenset(stem for stem, times in often.items() if times > 1)


def _distance(material: Material, aim: Aim, turn: int, run: Run) -> tuple[float, int]:
    fact = run[0]
    near = 6.0 * any(each.fact_id in aim.asked for each in run) + 4.0 * _own(material, aim, fact)
    near += min(3, len(frozenset().union(*(each.stems for each in run)) & aim.spoken))
    return (
        -near,
        (turn ^ _number_at(fact.page, str(fact.place // 4 if fact.place >= 0 else fact.text))) * SPREAD
        & ALL_BITS,
    )


@lru_cache(maxsize=4_000)
def _number_at(page: str, place: str) -> int:
    return number(page, place)


def _hook(aim: Aim, runs: Sequence[Run]) -> Run:
    """What to begin with: a fact the topic was made for, best what its title speaks of; never the title itself."""
    title = str(aim.seed[1])
    figures, shape = set(re.findall(r"\d+", title)), title.casefold()
    fitting = [
        (run, place)
        for run in runs
        for place, fact in enumerate(run)
        if fact.fact_id in aim.asked
        and not fact.leans
        and 5 <= len(words(fact.text)) <= 30
        and fact.text.rstrip(".").casefold() not in shape
    ]

    def worth(entry: tuple[Run, int]) -> tuple[int, int, bool]:
        fact = entry[0][entry[1]]
        said = set(re.findall(r"\d+", fact.text))
        return (-len(said & figures), -len(fact.stems & aim.spoken), not said)

    if not fitting:
        return ()
    run, place = min(fitting, key=worth)
    return run[place : place + 2] if place + 1 < len(run) and run[place + 1].leans else run[place : place + 1]


def _join_single(by_theme: dict[str, list[Run]], values: Mapping[str, Run]) -> None:
    """A lone fact goes where nearly the same is told; where nothing is, it is left out."""
    for theme in THEMES:
        runs = by_theme[theme]
        if sum(map(len, runs)) == 1 and theme_of(runs[0][0]) != REST and theme not in values:
            kin = next((other for other in KIN[theme] if by_theme[other] or other in values), "")
            if kin:
                by_theme[kin] = [*by_theme[kin], *runs]
                by_theme[theme] = []


def _kept(material: Material, aim: Aim, runs: Sequence[Run], most: int) -> list[Run]:
    """The first of them; of what is true of the company at large only a little, so that the next text has some."""
    kept: list[Run] = []
    at_large = 0
    for run in runs:
        left = most - sum(map(len, kept))
        own = any(_own(material, aim, fact) or fact.fact_id in aim.asked for fact in run)
        left = left if own else min(left, AT_LARGE - at_large)
        if left > 0:
            kept.append(run[:left])
            at_large += 0 if own else len(kept[-1])
    return kept


def _values(material: Material, aim: Aim) -> Mapping[str, Run]:
    """Short values of one point for each theme: a list of two at least. All that is sold is listed only where
    the article is about the company.
    """
    by_point: dict[str, list[Told]] = {}
    for fact in material.facts:
        if fact.frame and fact.frame != "value" and theme_of(fact) != REST:
            by_point.setdefault(fact.frame, []).append(fact)
    if not _whole(material, aim) and len(material.facts) >= PLENTY:
        by_point.pop("offer.products_services", None)
    found: dict[str, Run] = {}
    for facts in by_point.values():
        if len(facts) >= LEAST:
            found.setdefault(theme_of(facts[0]), tuple(shuffled(facts, *aim.seed)[:VALUES]))
    return found
