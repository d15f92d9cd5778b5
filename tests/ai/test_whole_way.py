"""From a website to social posts on each provider in turn, chosen by settings alone, and with the first one broken."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from posthub.ai.models import CallRecord
from posthub.company.models import Company
from posthub.company.operations import accept_dna, read_website, start_company
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations import approve_topic, articles, propose_month
from posthub.personas.models import Persona
from posthub.personas.operations import choose_personas, propose_personas
from tests.ai.reach import reaching
from tests.content.conftest import work
from tests.fakes import gemini, server
from tests.sites.serving import folder, served

__all__ = ["work"]
SCRIPTED = {"AI_READ_SECONDS": 5, "AI_CALL_SECONDS": 15, "AI_LONGEST_PAUSE_SECONDS": 0.05, "AI_FAILURES": 2}


@pytest.fixture
def site(settings: Any) -> Any:
    with served(folder("english-roofer")) as (address, entry, _asked):
        host, _colon, port = entry.rpartition(":")
        settings.READER_ALLOW = [(host, int(port))]
        yield address


def whole_way(site: str, work: Callable[[], list[Any]], by: Any) -> None:
    """DNA, personas, topics, one article and its posts, each as people ask for it and a worker does it."""
    company = start_company(name="", website=site, language="en", by=by)
    read_website(company, by=by)
    all_done(work())
    accept_dna(company.versions.get(), by=by)
    propose_personas(company, by=by)
    all_done(work())
    choose_personas(company, list(Persona.objects.values_list("pk", flat=True)[:3]), by=by)
    propose_month(company, month="2027-02", by=by)
    all_done(work())
    topic = Topic.objects.all()[0]
    post = approve_topic(topic, by=by, seen=topic.content_hash)
    all_done(work())
    post.refresh_from_db()
    articles.approve(post, by=by, seen=post.content_hash)
    all_done(work())


def all_done(jobs: list[Any]) -> None:
    assert jobs
    assert [(job.task, job.cause) for job in jobs if job.state != "DONE"] == []


def who_answered() -> dict[str, set[str]]:
    """use → providers whose answer was taken."""
    found: dict[str, set[str]] = {}
    for use, provider in CallRecord.objects.filter(outcome="ok").values_list("use", "provider"):
        found.setdefault(use, set()).add(provider)
    return found


USES = ("dna", "personas", "topics", "outline", "section", "social")


@pytest.mark.parametrize("name", ["offline", "gemini", "perplexity", "openai_compatible"])
def test_a_company_becomes_posts_on_each_provider(
    name: str, site: str, tenant: Any, cast: Any, work: Any
) -> None:
    with reaching(name) as fakes:
        whole_way(site, work, cast.sofia)
    assert who_answered() == {use: {name} for use in USES}
    assert Company.objects.get().facts.count() > 5
    assert BlogPost.objects.get().state == "APPROVED"
    assert {post.state for post in SocialPost.objects.all()} == {"PENDING_APPROVAL"}
    version = BlogPost.objects.get().version
    assert version is not None
    assert version.prompt.startswith(f"content/section.en 3 · {name}")
    assert CallRecord.objects.exclude(outcome="ok").count() == 0
    if name in fakes:
        assert len(fakes[name].log) == CallRecord.objects.count()
        free = name == "openai_compatible"
        assert all((record.cost is None) is free for record in CallRecord.objects.all())


@pytest.mark.parametrize("trouble", ["down", "slow", "rate-limited", "nonsense"])
def test_the_month_is_written_while_the_first_provider_is_broken(
    trouble: str, site: str, tenant: Any, cast: Any, work: Any
) -> None:
    with reaching("gemini", "perplexity", **SCRIPTED) as fakes:
        broken = fakes["gemini"]
        broken.always = {
            "down": server.dropped,
            "slow": server.delayed(broken, 5.5),
            "rate-limited": gemini.busy(20),
            "nonsense": gemini.saying("Certainly! I am glad to help with that."),
        }[trouble]
        whole_way(site, work, cast.sofia)
    assert who_answered() == {use: {"perplexity"} for use in USES}
    wanted = {
        "down": {"unreachable", "paused"},
        "slow": {"timeout", "paused"},
        "rate-limited": {"rate_limited"},
        "nonsense": {"not_json"},
    }[trouble]
    refused = Counter(CallRecord.objects.exclude(outcome="ok").values_list("provider", "outcome"))
    assert {provider for provider, _ in refused} == {"gemini"}
    assert {outcome for _, outcome in refused} <= wanted
