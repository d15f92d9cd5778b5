"""What the AI is given to write from: docs/ai-inputs.md in code. Only what the client let stand."""

from typing import Any

from posthub.company.models import Company
from posthub.company.queries import company_input, usable_dna, usable_facts
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.parts import TITLE, Part, wish_or_default
from posthub.content.platforms import PLATFORMS
from posthub.personas.queries import with_rules

PAST_TITLES = 400
PAST_POSTS = 12


def of_company(company: Company) -> dict[str, Any]:
    dna = usable_dna(company)
    return {
        "company": company_input(company, dna),
        "facts": usable_facts(company),
        **with_rules(company, dna),
    }


def for_topics(company: Company, slots: list[dict[str, Any]]) -> dict[str, Any]:
    past = Topic.objects.filter(company=company).order_by("-date")[:PAST_TITLES]
    refused = (
        Topic.objects.filter(company=company, state="REJECTED")
        .exclude(reason="")
        .order_by("-updated_at")[:20]
    )
    return {
        **of_company(company),
        "slots": slots,
        "past_titles": [topic.title for topic in past],
        "reject_reasons": [topic.reason for topic in refused],
    }


def for_article(post: BlogPost, *, words: dict[str, int], remarks: list[str]) -> dict[str, Any]:
    topic = post.topic
    material = of_company(topic.company)
    return {
        **material,
        "persona": topic.persona.as_input(),
        "topic": {**topic.plan, "title": topic.title, "angle": topic.angle, "id": str(topic.pk)},
        "words": words,
        "link_targets": material["dna"].get("seo.internal_link_targets") or [],
        "remarks": remarks,
        "variant": post.versions.count(),
    }


def for_post(post: SocialPost, *, remarks: list[str]) -> dict[str, Any]:
    article = post.blog_post
    version = article.version
    extra = version.extra if version else {}
    return {
        **of_company(article.topic.company),
        "persona": article.topic.persona.as_input(),
        "article": {
            "title": article.title,
            "excerpt": extra.get("seo", {}).get("excerpt", ""),
            "markdown": article.text,
            "url": "",
            "claims": [
                {"sentence": claim["sentence"], "fact_id": claim["fact_id"]}
                for claim in extra.get("claims", [])
                if claim["fact_id"]
            ],
        },
        "platform": platform_input(post.platform),
        "past_posts": past_posts(post),
        "remarks": remarks,
        "variant": post.versions.count(),
    }


def past_posts(post: SocialPost) -> list[str]:
    """What the company said on this network lately: the next post tells something else."""
    company = post.blog_post.topic.company
    others = SocialPost.objects.filter(blog_post__topic__company=company, platform=post.platform)
    newest = others.exclude(pk=post.pk).exclude(version=None).order_by("-created_at", "pk")
    return list(newest.values_list("version__text", flat=True)[:PAST_POSTS])


def for_rewrite(
    subject: BlogPost | SocialPost, *, remarks: list[dict[str, str]], words: dict[str, int]
) -> dict[str, Any]:
    topic = subject.topic if isinstance(subject, BlogPost) else subject.blog_post.topic
    limits = (
        {"words": words} if isinstance(subject, BlogPost) else {"platform": platform_input(subject.platform)}
    )
    return {
        **of_company(topic.company),
        "persona": topic.persona.as_input(),
        "text": subject.text,
        "remarks": remarks,
        "kind": "article" if isinstance(subject, BlogPost) else "social",
        **limits,
    }


def platform_input(key: str) -> dict[str, Any]:
    """The network as the AI is told of it; it is asked for as many hashtags as read well, not as may be sent."""
    platform = PLATFORMS[key]
    return {
        "key": platform.key,
        "name": platform.name,
        "limit": platform.limit,
        "unit": platform.unit,
        "hashtags_max": platform.hashtags_usual,
        "link_mode": platform.link_mode,
        "ideal_min": platform.ideal_min,
        "ideal_max": platform.ideal_max,
    }


def for_part(post: BlogPost, part: Part, *, wish: str) -> dict[str, Any]:
    """One part of an article to be written again; `around` is the rest, so that it says nothing twice."""
    title = part.id == TITLE
    kind = part.kind if part.kind == "headline" else "part"
    text = post.title if title else part.of(post.text)
    topic = post.topic
    return {
        **of_company(topic.company),
        "persona": topic.persona.as_input(),
        "text": text,
        "around": post.text if title else part.put_into(post.text, ""),
        "remarks": [{"quote": text, "text": wish_or_default(wish, part.kind)}],
        "kind": "title" if title else kind,
        "topic": {**topic.plan, "title": topic.title, "angle": topic.angle, "id": str(topic.pk)},
        "variant": post.versions.count(),
    }
