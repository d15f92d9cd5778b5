"""The checks of a text, with what they need to know of its company."""

import re
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from posthub.company.queries import usable_dna
from posthub.content.checks import check_article, check_social
from posthub.content.models import BlogPost, SocialPost
from posthub.core.errors import WorkFailed


def findings_of(
    subject: BlogPost | SocialPost, *, title: str, text: str, extra: dict[str, Any]
) -> list[dict[str, Any]]:
    """What the checks say of this text: [{"severity", "rule", "cause"}]."""
    topic = subject.topic if isinstance(subject, BlogPost) else subject.blog_post.topic
    dna = usable_dna(topic.company)
    common = {
        "language": topic.company.language,
        "banned": [
            *(dna.get("voice.vocabulary_banned") or []),
            *(dna.get("constraints.forbidden_claims") or []),
        ],
        "formality": topic.persona.voice.get("formality", "neutral"),
    }
    if isinstance(subject, BlogPost):
        found = check_article(title=title, markdown=text, seo=extra.get("seo", {}), **common)
    else:
        found = check_social(
            platform=subject.platform, text=text, hashtags=extra.get("hashtags", []), **common
        )
    return [asdict(finding) for finding in found]


def refuse_banned_title(subject: BlogPost | SocialPost) -> None:
    """No text can keep a promise that its title breaks: nothing is asked for, and nothing paid.

    Raises WorkFailed where the title holds a word the company avoids.
    """
    topic = subject.topic if isinstance(subject, BlogPost) else subject.blog_post.topic
    for phrase in usable_dna(topic.company).get("voice.vocabulary_banned") or []:
        if re.search(rf"(?<!\w){re.escape(phrase.strip())}(?!\w)", subject.title, re.IGNORECASE):
            raise WorkFailed(
                _(
                    "The title says “%(phrase)s”, a word you avoid. "
                    "Allow it again among the company's facts, then try again."
                )
                % {"phrase": phrase},
                permanent=True,
            )
