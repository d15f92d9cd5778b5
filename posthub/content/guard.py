"""The checks of a text, with what they need to know of its company."""

import re
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from posthub.billing.queries import plan_of
from posthub.company.models import Company
from posthub.company.queries import usable_dna, usable_facts
from posthub.content import claims
from posthub.content.checks import Finding, Reading, findings
from posthub.content.models import BlogPost, SocialPost, Version
from posthub.core.errors import WorkFailed
from posthub.organizations.queries import current_organization
from posthub.personas.queries import active_rules

PAST_TEXTS = 40  # compared with; older ones are long forgotten by readers


def guarded(
    subject: BlogPost | SocialPost, *, title: str, text: str, extra: dict[str, Any]
) -> dict[str, Any]:
    """`extra` with the text's claims tied to their sources and with what the checks say of it."""
    company = _topic(subject).company
    tied = claims.settled(
        text,
        tongue=company.language,
        facts=usable_facts(company),
        said=extra.get("claims", []),
        beside=_beside(subject, title, extra),
    )
    found = [
        *findings(reading_of(subject, title=title, text=text, extra=extra)),
        *_of_its_field(company, tied),
    ]
    return {**extra, "claims": tied, "findings": [asdict(finding) for finding in found]}


def _beside(subject: BlogPost | SocialPost, title: str, extra: dict[str, Any]) -> list[str]:
    """What readers see of the text without opening it. A post has no title of its own."""
    if isinstance(subject, SocialPost):
        return []
    seo = extra.get("seo", {})
    titles = claims.promises([title, seo.get("meta_title", "")], _topic(subject).company.language)
    return [*titles, *claims.sentences_of(seo.get("meta_description", ""))]


def _of_its_field(company: Company, tied: list[claims.Claim]) -> list[Finding]:
    """Where the law watches what is claimed, nobody publishes a claim that nothing bears out."""
    fields = usable_dna(company).get("constraints.regulated_topics")
    loose = claims.unverified(tied)
    if not fields or not loose:
        return []
    cause = _(
        "The company's field is regulated, and this claim has no source: “%(claim)s” Cut it or change it."
    )
    return [Finding("block", "regulated", cause % {"claim": loose[0][:160]})]


def reading_of(subject: BlogPost | SocialPost, *, title: str, text: str, extra: dict[str, Any]) -> Reading:
    topic = _topic(subject)
    company = topic.company
    dna = usable_dna(company)
    banned = [
        *(dna.get("voice.vocabulary_banned") or []),
        *(dna.get("constraints.forbidden_claims") or []),
    ]
    known: dict[str, Any] = {
        "text": text,
        "language": company.language,
        "banned": banned,
        "formality": topic.persona.voice.get("formality", "neutral"),
        "emoji": str(dna.get("voice.emoji_policy") or ""),
        "rules": active_rules(company),
        "past": past_texts(subject, company),
    }
    if isinstance(subject, SocialPost):
        return Reading(
            title="",
            platform=subject.platform,
            hashtags=extra.get("hashtags", []),
            alt_text=extra.get("alt_text"),
            hosts=_own_hosts(company, dna),
            **known,
        )
    plan = plan_of(current_organization())
    targets = [str(target.get("url")) for target in dna.get("seo.internal_link_targets") or []]
    cta = (dna.get("offer.primary_cta") or {}) if isinstance(dna.get("offer.primary_cta"), dict) else {}
    return Reading(
        title=title,
        seo=extra.get("seo", {}),
        words={"min": plan.words_min, "max": plan.words_max},
        targets=[*targets, str(cta.get("url"))] if targets else None,
        **known,
    )


def past_texts(subject: BlogPost | SocialPost, company: Company) -> list[tuple[str, str]]:
    """What the company published or prepared before: the newest articles, or posts for the same network."""
    if isinstance(subject, BlogPost):
        others = BlogPost.objects.filter(topic__company=company).exclude(pk=subject.pk)
    else:
        others = SocialPost.objects.filter(  # type: ignore[assignment]
            blog_post__topic__company=company, platform=subject.platform
        ).exclude(pk=subject.pk)
    newest = others.exclude(version=None).order_by("-created_at").values("version_id")[:PAST_TEXTS]
    return list(
        Version.objects.filter(pk__in=list(newest.values_list("version_id", flat=True))).values_list(
            "title", "text"
        )
    )


def _own_hosts(company: Company, dna: dict[str, Any]) -> list[str]:
    addresses = [company.website, str(dna.get("channels.website") or "")]
    profiles = dna.get("channels.social_profiles")
    addresses += map(str, profiles.values()) if isinstance(profiles, dict) else []
    hosts = [(urlsplit(address).hostname or "").removeprefix("www.") for address in addresses if address]
    return [host for host in hosts if host]


def _topic(subject: BlogPost | SocialPost) -> Any:
    return subject.topic if isinstance(subject, BlogPost) else subject.blog_post.topic


def refuse_banned_title(subject: BlogPost | SocialPost) -> None:
    """No text can keep a promise that its title breaks: nothing is asked for, and nothing paid.

    Raises WorkFailed where the title holds a word the company avoids.
    """
    for phrase in usable_dna(_topic(subject).company).get("voice.vocabulary_banned") or []:
        if re.search(rf"(?<!\w){re.escape(phrase.strip())}(?!\w)", subject.title, re.IGNORECASE):
            raise WorkFailed(
                _(
                    "The title says “%(phrase)s”, a word you avoid. "
                    "Allow it again among the company's facts, then try again."
                )
                % {"phrase": phrase},
                permanent=True,
            )
