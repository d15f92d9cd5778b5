"""From personas and facts to topics, blog posts and social posts: the shapes of the answers."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TopicDraft(Strict):
    """A topic for one slot of the month; `slot` is the index of that slot in the request."""

    slot: int = Field(ge=0)
    title: str = Field(min_length=8, max_length=110)
    angle: str = Field(min_length=10, max_length=300)
    search_intent: Literal["informational", "commercial", "transactional", "navigational"]
    primary_keyword: str = Field(min_length=2, max_length=60)
    secondary_keywords: list[str] = Field(max_length=8)
    funnel_stage: Literal["awareness", "consideration", "decision"]
    theme: str = Field(max_length=60)
    outline: list[str] = Field(min_length=3, max_length=7)
    why_now: str = Field(default="", max_length=200)
    fact_ids: list[str] = Field(min_length=1)


class TopicsAnswer(Strict):
    topics: list[TopicDraft] = Field(min_length=1)


class SectionPlan(Strict):
    heading: str = Field(min_length=3, max_length=110)
    brief: str = Field(max_length=400)
    words: int = Field(ge=60, le=900)
    fact_ids: list[str]


class InternalLink(Strict):
    anchor: str = Field(min_length=2, max_length=120)
    url: str


class CallToAction(Strict):
    label: str = Field(max_length=80)
    url: str


class OutlineAnswer(Strict):
    title: str = Field(min_length=8, max_length=110)
    meta_title: str = Field(min_length=8, max_length=60)
    meta_description: str = Field(min_length=50, max_length=160)
    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    excerpt: str = Field(min_length=40, max_length=300)
    primary_keyword: str
    keywords: list[str] = Field(max_length=12)
    sections: list[SectionPlan] = Field(min_length=3, max_length=14)
    internal_links: list[InternalLink] = Field(max_length=8)
    cta: CallToAction | None = None
    image_brief: str = Field(default="", max_length=300)


class Claim(Strict):
    """A factual sentence of the text, as it stands there, and the fact it repeats."""

    sentence: str
    fact_id: str


class SectionAnswer(Strict):
    """Markdown below one H2 (the heading itself is not repeated)."""

    markdown: str = Field(min_length=40)
    claims: list[Claim]


class SocialAnswer(Strict):
    text: str = Field(min_length=10)
    hashtags: list[str] = Field(max_length=10)
    hook: str = Field(default="", max_length=200)
    link_mode: Literal["none", "body", "first_comment"]
    alt_text: str = Field(default="", max_length=125)
    image_brief: str = Field(default="", max_length=300)
    claims: list[Claim]


class RewriteAnswer(Strict):
    """The whole text again with the remarks worked in, and what was done about each."""

    text: str
    change_log: list[str]
    claims: list[Claim]
