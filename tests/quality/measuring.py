"""The whole pipeline over one fictional company, as a worker and its client would do it, and what came of it."""

from collections.abc import Callable
from statistics import mean
from typing import Any

from posthub.company.models import Company
from posthub.company.operations import accept_dna, read_website, start_company
from posthub.company.queries import current_dna, points_in_order
from posthub.company.values import known
from posthub.content.claims import unverified
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations import approve_topic, articles, propose_month
from posthub.content.readability import ease
from posthub.content.similarity import body_similarity, nearest_voices, title_similarity
from posthub.personas.models import Persona
from posthub.personas.operations import choose_personas, propose_personas
from posthub.personas.queries import to_choose_from
from tests.quality.reporting import Measured
from tests.quality.scoring import SITES, key_of, score_points
from tests.sites.serving import folder, served

MONTH = "2027-02"


def measure(name: str, *, by: Any, work: Callable[[], Any], settings: Any, texts: int) -> Measured:
    """Read the site, propose voices and a month, write `texts` of its articles with their posts."""
    company = read(name, by=by, work=work, settings=settings)
    points = {point.key: point.value for point in points_in_order(current_dna(company)) if known(point.value)}
    result = Measured(name, score_points(points, key_of(name)), facts=company.facts.count())
    propose_personas(company, by=by)
    work()
    result.voices = nearest_voices([voice.sample for voice in Persona.objects.filter(company=company)])
    choose_personas(company, [voice.pk for voice in to_choose_from(company)[:3]], by=by)
    propose_month(company, month=MONTH, by=by)
    work()
    topics = list(Topic.objects.filter(company=company).order_by("date"))
    result.topics = len(topics)
    result.duplicates = duplicates([topic.title for topic in topics])
    write(topics[:texts], by=by, work=work)
    weigh(result, company)
    return result


def read(name: str, *, by: Any, work: Callable[[], Any], settings: Any) -> Company:
    with served(folder(str(SITES / name))) as (url, entry, _):
        host, _colon, port = entry.partition(":")
        settings.READER_ALLOW = [(host, int(port))]
        company = start_company(name="", website=url, language=key_of(name)["language"], by=by)
        read_website(company, by=by)
        work()
    company.refresh_from_db()
    dna = current_dna(company)
    assert dna is not None, f"{name} was not read"
    accept_dna(dna, by=by)
    return company


def duplicates(titles: list[str]) -> list[str]:
    pairs = ((one, other) for place, one in enumerate(titles) for other in titles[:place])
    return [f"{one} / {other}" for one, other in pairs if title_similarity(one, other) >= 1]


def write(topics: list[Topic], *, by: Any, work: Callable[[], Any]) -> None:
    for topic in topics:
        approve_topic(topic, by=by, seen=topic.content_hash)
    work()
    for article in BlogPost.objects.filter(topic__in=topics, state="PENDING_APPROVAL"):
        articles.approve(article, by=by, seen=article.content_hash)
    work()


def weigh(result: Measured, company: Company) -> None:
    written = list(BlogPost.objects.filter(topic__company=company).select_related("version"))
    posts = list(SocialPost.objects.filter(blog_post__topic__company=company).select_related("version"))
    result.articles, result.posts = (
        sum(one.version is not None for one in each) for each in (written, posts)
    )
    failed = [one for one in (*written, *posts) if one.version is None]
    result.findings += [
        {"rule": "failed", "severity": "block", "cause": one.cause, "where": one.title} for one in failed
    ]
    for one in (*written, *posts):
        extra = one.version.extra if one.version else {}
        where = f"{getattr(one, 'platform', 'article')}: {one.title}"
        result.findings += [{**finding, "where": where} for finding in extra.get("findings", [])]
        result.unverified += [f"{where}: {sentence}" for sentence in unverified(extra.get("claims", []))]
        result.sourced += sum(bool(claim["fact_id"]) for claim in extra.get("claims", []))
    texts = [article.text for article in written if article.text]
    result.words = round(mean(len(text.split()) for text in texts)) if texts else 0
    eases = [found.index for text in texts if (found := ease(text, company.language))]
    result.reading_ease = round(mean(eases), 1) if eases else 0.0
    result.alike = max(
        (body_similarity(one, other) for place, one in enumerate(texts) for other in texts[:place]),
        default=0.0,
    )
