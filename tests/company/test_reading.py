"""A real small website on loopback, read by the job as a worker runs it."""

from urllib.parse import urlsplit

import pytest

from posthub.company import pipeline
from posthub.company.models import Company
from posthub.company.operations import accept_dna, judge_point, read_website, start_company
from posthub.company.queries import readings_of, usable_dna, usable_facts
from posthub.core.errors import WorkFailed
from posthub.jobs.models import Job
from posthub.jobs.operations import retry
from tests.company.conftest import point, running, version
from tests.sites.serving import folder, served


@pytest.fixture
def site(settings):
    with served(folder("english-roofer")) as (address, entry, asked):
        host, _colon, port = entry.rpartition(":")
        settings.READER_ALLOW = [(host, int(port))]
        yield address, asked


@pytest.fixture
def roofer(site, tenant, cast) -> Company:
    return start_company(name="", website=site[0], language="en", by=cast.sofia)


def read(company: Company, by) -> Job:
    job = read_website(company, by=by)
    pipeline.read_website(running(job))
    company.refresh_from_db()
    return Job.objects.get(pk=job.pk)


def test_a_website_becomes_a_draft_with_evidence_and_facts(roofer, cast):
    job = read(roofer, cast.sofia)
    assert (job.state, job.result_url) == ("DONE", "/welcome/dna/")
    known = [p for p in version(roofer, "DRAFT").points.all() if p.value]
    assert len(known) >= 10
    assert all(p.source_url.startswith("http://") for p in known if p.quote)
    assert roofer.read_at is not None
    assert len(roofer.pages_read) >= 4
    assert usable_facts(roofer)
    assert roofer.name != urlsplit(roofer.website).hostname


def test_what_was_judged_survives_another_reading_of_the_same_site(roofer, cast):
    read(roofer, cast.sofia)
    judged = next(p for p in version(roofer, "DRAFT").points.all() if p.key.startswith("offer.") and p.value)
    judge_point(point(roofer, judged.key), "never", by=cast.sofia)
    accept_dna(version(roofer, "DRAFT"), by=cast.sofia)
    numbers = {fact["text"]: fact["id"] for fact in usable_facts(roofer) if fact["id"].startswith("s:")}
    assert read(roofer, cast.sofia).result_url == "/company/"
    assert point(roofer, judged.key, "ACCEPTED").verdict == "never"
    assert judged.key not in usable_dna(roofer)
    again = {fact["text"]: fact["id"] for fact in usable_facts(roofer) if fact["id"].startswith("s:")}
    assert again == numbers


def test_an_attempt_that_was_interrupted_does_not_ask_the_site_again(roofer, site, cast):
    job = read_website(roofer, by=cast.sofia)
    pipeline.read_website(running(job))
    asked = len(site[1])
    answers = {
        "found": {"answer": {"points": [], "facts": []}, "url": roofer.website, "pages": [], "subjects": {}}
    }
    Job.objects.filter(pk=job.pk).update(answers=answers)
    pipeline.read_website(running(job))
    assert len(site[1]) == asked


def test_a_site_that_cannot_be_read_says_why_and_loses_nothing(tenant, cast):
    company = start_company(name="", website="http://127.0.0.1:9/", language="en", by=cast.sofia)
    job = read_website(company, by=cast.sofia)
    with pytest.raises(WorkFailed, match="We could not read 127") as failure:
        pipeline.read_website(running(job))
    assert failure.value.permanent
    assert version(company, "DRAFT").points.count() == 42
    Job.objects.filter(pk=job.pk).update(state="DEAD")
    assert retry(Job.objects.get(pk=job.pk), by=cast.sofia) == readings_of(company).first()


def test_a_private_address_is_not_read(settings, roofer, site, cast):
    settings.READER_ALLOW = []
    with pytest.raises(WorkFailed):
        pipeline.read_website(running(read_website(roofer, by=cast.sofia)))
    assert site[1] == []
