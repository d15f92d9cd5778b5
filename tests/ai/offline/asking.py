"""Requests as the product makes them: personas, a month of topics, articles, posts."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from posthub.ai.providers.offline import outline, personas, section, social, topics
from posthub.ai.providers.offline.wording import word_count

from .companies import COMPANIES, base

STAGES = ("awareness", "consideration", "decision")
WORDS = {"min": 1500, "max": 4000}


@cache
def six(language: str, batch: int = 0) -> tuple[dict[str, Any], ...]:
    answer = personas.write(language, {**base(COMPANIES[language]), "batch": batch, "avoid": []})
    return tuple({**persona, "id": f"p{place}"} for place, persona in enumerate(answer["personas"]))


def slots(language: str, count: int, month: date, voices: int = 3) -> list[dict[str, Any]]:
    people = six(language)[:voices]
    return [
        {
            "slot": place,
            "date": (month + timedelta(days=place * 28 // count)).isoformat(),
            "persona": people[place % len(people)],
            "event": {"key": "nicholas", "name": "Mikuláš", "date": "2026-12-06"} if place == 1 else None,
            "funnel_stage": STAGES[place % 3],
            "theme": "",
        }
        for place in range(count)
    ]


@cache
def month_of_topics(
    language: str, count: int = 12, month: date = date(2026, 12, 1)
) -> tuple[dict[str, Any], ...]:
    asked = {
        **base(COMPANIES[language]),
        "slots": slots(language, count, month),
        "past_titles": [],
        "reject_reasons": [],
    }
    return tuple(topics.write(language, asked)["topics"])


def article_inputs(
    language: str, topic: dict[str, Any], words: dict[str, int] | None = None
) -> dict[str, Any]:
    company = COMPANIES[language]
    return {
        **base(company),
        "persona": six(language)[topic["slot"] % 6],
        "topic": topic,
        "words": words or WORDS,
        "link_targets": company["link_targets"],
        "remarks": [],
    }


def whole_article(language: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Outline and all sections as the pipeline asks for them, one after the other."""
    plan = outline.write(language, inputs)
    written: list[str] = []
    claims: list[dict[str, str]] = []
    for place in range(len(plan["sections"])):
        answer = section.write(language, {**inputs, "outline": plan, "section": place, "written": written})
        written.append(answer["markdown"])
        claims += answer["claims"]
    headed = [f"## {part['heading']}\n\n{text}" for part, text in zip(plan["sections"], written, strict=True)]
    markdown = "\n\n".join(headed)
    return {"outline": plan, "markdown": markdown, "claims": claims, "words": word_count(markdown)}


PLATFORMS = (
    ("facebook", "Facebook", 63206, "cp", 3, "body", 40, 250),
    ("instagram", "Instagram", 2200, "cp", 5, "none", 138, 400),
    ("linkedin", "LinkedIn", 3000, "wire", 5, "first_comment", 900, 1500),
    ("x", "X", 280, "w", 2, "none", 70, 200),
    ("tiktok", "TikTok", 2200, "u16", 5, "none", 60, 150),
)
_KEYS = ("key", "name", "limit", "unit", "hashtags_max", "link_mode", "ideal_min", "ideal_max")


def posts(
    language: str, inputs: dict[str, Any], article: dict[str, Any], url: str
) -> dict[str, dict[str, Any]]:
    given = {
        "title": article["outline"]["title"],
        "excerpt": article["outline"]["excerpt"],
        "markdown": article["markdown"],
        "url": url,
        "claims": article["claims"],
    }
    return {
        row[0]: social.write(
            language, {**inputs, "article": given, "platform": dict(zip(_KEYS, row, strict=True))}
        )
        for row in PLATFORMS
    }
