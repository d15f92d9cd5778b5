"""Which sentences state facts, and where each of them comes from."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from posthub.content.markdown import blocks
from posthub.core.similarity import plain

Claim = dict[str, str]  # {"sentence", "fact_id", "quote", "url"}; no fact_id: nobody knows where it is from
Fact = Mapping[str, Any]
Facts = Sequence[Fact]

STEM = 5  # letters by which a word and its forms are known
NEAR = 0.5  # the share of a sentence's long words that a fact with the same figures has to hold
NEARER = 0.6  # where there are no figures to know the fact by

SENTENCE_END = re.compile(r"(?<=[.!?…])[\"“”’)*_]*\s+(?=[\"„“‚(*_\[]*[^\W\d_a-zà-öø-ÿěščřžýáíéúůťďňó])")
ABBREVIATED = re.compile(
    r"(?:\b(?:s\.\s?r\.\s?o|a\.\s?s|např|tzv|č|čl|ul|nám|tj|mj|sv|Mr|Mrs|Ms|Dr|St|No|e\.g|i\.e|Ing|Mgr|Bc|MUDr|PhDr)\.)$"
)
LIST_SIGN = re.compile(r"^\s*(?:[-*>]|\d+[.)])\s+")
NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][\w-]{2,}")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
FIGURE = re.compile(r"\d+(?:[ \u00a0.,:]\d+)*")
BOAST = {
    "cs": re.compile(
        r"(?<!\w)(?:nej(?:lepší|větší|levnější|rychlejší|kvalitnější|oblíbenější|prodávanější|starší|modernější"
        r"|spolehlivější|zkušenější|vyhledávanější)\w*|špičkov\w+|jedinečn\w+|unikátn\w+|číslo jedna|jedničk[ay] na"
        r"|zaručen\w+|garantuj\w+|garanc\w+|stoprocentn\w+)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?<!\w)(?:the (?:best|largest|biggest|fastest|cheapest|oldest|only|leading|finest)|world[- ]class"
        r"|market[- ]leading|industry[- ]leading|unrivall?ed|unique"
        r"|number one|no\. ?1|guarantee\w*|award[- ]winning)\b",
        re.IGNORECASE,
    ),
}
NAMED = {
    "cs": re.compile(
        r"(?<!\w)(?:certifik\w+|osvědčen\w+|oceněn\w+|vyznamenán\w+|medail\w+|akreditac\w+|vítěz\w+ soutěže"
        r"|členem? (?:asociace|cechu|svazu"
        r"|komory)|ISO(?= ?\d))",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?<!\w)(?:certified|certificate\w*|accredit\w+|winner of|won the|awarded|medal\w*|member of the|ISO(?= ?\d))",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What makes a sentence one of facts: its figures, and words that boast or name a proof."""

    figures: frozenset[str]
    words: tuple[str, ...]


def sentences_of(text: str) -> list[str]:
    """The sentences as they stand in the text, headings left out."""
    found: list[str] = []
    for block in blocks(text):
        for line in () if block.heading else block.source.split("\n"):
            found += _parted(LIST_SIGN.sub("", line).strip())
    return [bare for sentence in found if (bare := sentence.strip("*_ "))]


def headings_of(text: str) -> list[str]:
    return [bare for block in blocks(text) if block.heading and (bare := block.source.strip("#*_ \n"))]


def promises(lines: Iterable[str], tongue: str) -> list[str]:
    """Of titles and headings those that boast or name a proof. A figure in them counts steps, tips or years."""
    return [line for line in lines if marks_of(line, tongue).words]


def _parted(line: str) -> list[str]:
    parts: list[str] = []
    for part in SENTENCE_END.split(line):
        if parts and ABBREVIATED.search(parts[-1]):
            joined = line[line.index(parts[-1]) : line.index(part, line.index(parts[-1])) + len(part)]
            parts[-1] = joined
        else:
            parts.append(part)
    return parts


def marks_of(sentence: str, tongue: str) -> Marks:
    """Figures inside addresses of links do not count."""
    bare = re.sub(r"\]\([^)]*\)", "]", sentence)
    found = [pattern[tongue] for pattern in (BOAST, NAMED) if tongue in pattern]
    return Marks(
        figures(bare), tuple(hit[0].casefold() for pattern in found for hit in pattern.finditer(bare))
    )


def figures(text: str) -> frozenset[str]:
    """The numbers in the text, as digits: "2 600" and "2,600" are the same one."""
    return frozenset(re.sub(r"\D", "", hit) for hit in FIGURE.findall(text))


def stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in plain(text).split() if len(word) >= 4 and not word.isdigit())


class Sources:
    """The facts there are, by id, and every word they use."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.by_id = {str(fact["id"]): fact for fact in facts}
        self.spoken = stems(" ".join(_whole(fact) for fact in facts))

    def named(self, fact_ids: Iterable[str]) -> list[Fact]:
        return [self.by_id[one] for one in fact_ids if one in self.by_id]


def settled(
    text: str,
    *,
    tongue: str,
    facts: Facts,
    said: Iterable[Mapping[str, str]] = (),
    beside: Iterable[str] = (),
) -> list[Claim]:
    """Every factual sentence of the text in order, tied to the fact it repeats or to none.

    `beside` is what stands around the text, such as its title and what search engines show: it promises, too.

    `said` is what the writer claims of its own sentences; it is believed where the fact bears it out.
    """
    sources = Sources(facts)
    told: dict[str, list[str]] = {}
    for claim in said:
        if claim["sentence"].strip() in text:
            told.setdefault(claim["sentence"].strip(), []).append(claim["fact_id"])
    found: list[Claim] = []
    for sentence in dict.fromkeys(
        [*beside, *promises(headings_of(text), tongue), *sentences_of(text), *told]
    ):
        if not any(_same(sentence, claim["sentence"]) for claim in found):
            found += _tied(sentence, tongue, told, sources)
    return sorted(found, key=lambda claim: text.find(claim["sentence"]))


def _tied(sentence: str, tongue: str, told: Mapping[str, list[str]], sources: Sources) -> list[Claim]:
    """The claims of one sentence: as the writer cut them where it did, else the whole of it."""
    ids = [fact_id for claimed, ids in told.items() if _same(claimed, sentence) for fact_id in ids]
    marks = marks_of(sentence, tongue)
    if sentence.endswith("?") or not (ids or marks.figures or marks.words):
        return []
    fact = _borne_out(sentence, marks, sources.named(ids), sources) or _of_links(sentence, tongue, sources)
    if fact is None:
        # Words that a writer ties to a fact and that state neither figure nor proof cannot be wrong.
        harmless = not marks.figures and not marks.words and sources.named(ids)
        return [] if harmless else [_claim(sentence, None)]
    own = [claimed for claimed in told if claimed in sentence]
    return [
        _claim(
            part, _borne_out(part, marks_of(part, tongue), sources.named(told.get(part, ())), sources) or fact
        )
        for part in own or [sentence]
    ]


def _of_links(sentence: str, tongue: str, sources: Sources) -> Fact | None:
    """Of a sentence that states nothing but in the names of pages it links to: the fact that bears the first out."""
    rest = marks_of(LINK.sub(" ", sentence), tongue)
    names = LINK.findall(sentence)
    if not names or rest.figures or rest.words:
        return None
    borne = [_borne_out(name, marks_of(name, tongue), [], sources) for name in names]
    return borne[0] if all(borne) else None


def _same(claimed: str, sentence: str) -> bool:
    return claimed in sentence or sentence in claimed


def _claim(sentence: str, fact: Fact | None) -> Claim:
    if fact is None:
        return {"sentence": sentence, "fact_id": ""}
    url = str(fact.get("source_url") or "")
    return {"sentence": sentence, "fact_id": str(fact["id"]), "quote": str(fact["text"]), "url": url}


def _borne_out(sentence: str, marks: Marks, named: list[Fact], sources: Sources) -> Fact | None:
    """The fact that says what the sentence says: word for word, else with its figures and most of its words."""
    flat = plain(sentence)
    inside = [fact for fact in (*named, *sources.facts) if _stands_in(plain(str(fact["text"])), flat)]
    together = frozenset().union(*(figures(_whole(fact)) for fact in (*inside, *named)))
    boasts = all(any(word in _whole(fact).casefold() for fact in (*inside, *named)) for word in marks.words)
    if inside and marks.figures <= together and boasts:
        return inside[0]
    if not stems(" ".join(NAME.findall(sentence))) <= sources.spoken:
        return None  # it names somebody or somewhere that no fact knows of
    return next(
        (fact for fact in (*named, *sources.facts) if _tells(sentence, marks, fact, believed=fact in named)),
        None,
    )


def _stands_in(fact: str, sentence: str) -> bool:
    return bool(fact) and (fact in sentence or (len(sentence) > 12 and sentence in fact))


def _tells(sentence: str, marks: Marks, fact: Fact, *, believed: bool) -> bool:
    whole = _whole(fact)
    if not marks.figures <= figures(whole) or not all(word in whole.casefold() for word in marks.words):
        return False
    own, its = stems(sentence), stems(whole)
    if not own:
        return bool(marks.figures or marks.words)
    needed = NEAR if marks.figures else NEARER
    return len(own & its) / len(own) >= (needed / 2 if believed else needed)


def _whole(fact: Fact) -> str:
    return f"{fact.get('subject') or ''} {fact['text']}"


def unverified(claims: Iterable[Mapping[str, str]]) -> list[str]:
    return [claim["sentence"] for claim in claims if not claim.get("fact_id")]
