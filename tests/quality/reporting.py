"""What came of the companies: the figures of each, and of all together."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import mean
from typing import Any

from posthub.core.similarity import BODY_WARN
from tests.quality.scoring import Score


@dataclass
class Measured:
    """What came of one company. Findings are {"rule", "severity", "cause", "where"}."""

    name: str
    score: Score
    facts: int = 0
    voices: float = 0.0
    topics: int = 0
    duplicates: list[str] = field(default_factory=list)
    articles: int = 0
    posts: int = 0
    alike: float = 0.0
    findings: list[dict[str, str]] = field(default_factory=list)
    unverified: list[str] = field(default_factory=list)
    sourced: int = 0
    words: int = 0
    reading_ease: float = 0.0

    @property
    def blocking(self) -> list[dict[str, str]]:
        return [finding for finding in self.findings if finding["severity"] == "block"]


def summary(measured: list[Measured]) -> dict[str, Any]:
    """The figures of all companies together; precision and recall by points, and by items of points."""
    right, wrong, missed = (
        sum(len(getattr(one.score, name)) for one in measured) for name in ("right", "wrong", "missed")
    )
    found = sum(one.score.items_right for one in measured)
    false = sum(len(one.score.items_wrong) for one in measured)
    lost = sum(len(one.score.items_missed) for one in measured)
    warnings = Counter(f["rule"] for one in measured for f in one.findings if f["severity"] == "warn")
    return {
        "companies": len(measured),
        "dna_precision": share(right, wrong),
        "dna_recall": share(right, missed),
        "duplicates": sum(len(one.duplicates) for one in measured),
        "blocking": sum(len(one.blocking) for one in measured),
        "unverified": sum(len(one.unverified) for one in measured),
        "sourced": sum(one.sourced for one in measured),
        "warnings": sum(warnings.values()),
        "warned_of": dict(warnings.most_common()),
        "item_precision": share(found, false),
        "item_recall": share(found, lost),
        "voices_alike": round(max((one.voices for one in measured), default=0.0), 3),
        "texts_alike": round(max((one.alike for one in measured), default=0.0), 3),
        "articles_alike_warn_at": BODY_WARN,
        "articles": sum(one.articles for one in measured),
        "posts": sum(one.posts for one in measured),
        "words": round(mean(one.words for one in measured)) if measured else 0,
    }


def share(part: int, rest: int) -> float:
    return round(part / (part + rest), 3) if part + rest else 1.0


def line(one: Measured) -> str:
    """One company in one line of a table."""
    score = one.score
    return (
        f"{one.name:24} dna {len(score.right):2}/{len(score.wrong)}/{len(score.missed):<2}"
        f" P {share(len(score.right), len(score.wrong)):.3f} R {share(len(score.right), len(score.missed)):.3f}"
        f"  voices {one.voices:.2f}  topics {one.topics} dup {len(one.duplicates)}"
        f"  articles {one.articles} posts {one.posts} alike {one.alike:.2f} words {one.words}"
        f" ease {one.reading_ease:5.1f}  block {len(one.blocking)} warn {len(one.findings) - len(one.blocking)}"
        f" sourced {one.sourced} unverified {len(one.unverified)}"
    )
