"""What staff do in the admin: keys, routes with a test, prompts with a dry run and a way back."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from posthub.ai import gateway, overrides
from posthub.ai.models import CallRecord, PromptOverride, ProviderAccount, Route, Trial
from posthub.ai.prompts import PromptError
from posthub.ai.samples import sample_of
from posthub.ai.vault import unseal
from posthub.content.generation import SocialAnswer
from posthub.jobs import runner
from posthub.jobs.models import Job
from tests.ai.reach import reaching

ADMIN = "/admin/ai"


@pytest.fixture
def adam(browser_of: Any) -> Client:
    return browser_of("adam", host="posthub.localhost")


def tried() -> Trial:
    """The one trial, after a worker was here."""
    for job in Job.objects.filter(state="QUEUED"):
        assert runner.run(str(job.pk))
    return Trial.objects.get()


def test_a_key_is_kept_sealed_and_never_shown(adam: Client, acme: Any) -> None:
    given = {
        "provider": "gemini",
        "organization": str(acme.pk),
        "key": "AIza-secret",
        "answers": "json_schema",
    }
    assert adam.post(f"{ADMIN}/provideraccount/add/", {**given, "enabled": "on"}).status_code == 302
    account = ProviderAccount.objects.get()
    assert unseal(account.sealed_key) == "AIza-secret"
    page = adam.get(f"{ADMIN}/provideraccount/{account.pk}/change/").content.decode()
    assert "AIza-secret" not in page
    assert account.sealed_key not in page
    adam.post(f"{ADMIN}/provideraccount/{account.pk}/change/", {**given, "key": "", "enabled": "on"})
    account.refresh_from_db()
    assert unseal(account.sealed_key) == "AIza-secret"


@pytest.mark.parametrize("use", ["research", "personas", "topics", "outline", "section", "social", "rewrite"])
def test_a_route_is_tested_in_the_background_with_its_cost(use: str, adam: Client) -> None:
    given = {"use": use, "position": "1", "provider": "gemini", "model": "", "enabled": "on", "_more": "x"}
    with reaching("gemini"):
        response = adam.post(f"{ADMIN}/route/add/", given)
        assert Trial.objects.get().outcome == "waiting"
        trial = tried()
    assert response["Location"] == f"{ADMIN}/trial/{trial.pk}/change/"
    assert (trial.outcome, trial.provider, trial.model) == ("ok", "gemini", "gemini-3.8-flash")
    assert trial.cost
    assert trial.output_tokens > 40
    assert adam.get(response["Location"]).status_code == 200


def test_a_route_that_cannot_answer_says_why(adam: Client) -> None:
    for use, provider, outcome in (
        ("topics", "gemini", "unauthorized"),
        ("image", "offline", "ok"),
        ("video", "veo", "not_offered"),
    ):
        Trial.objects.all().delete()
        route = Route.objects.create(use=use, provider=provider)
        given = {
            "use": use,
            "position": "1",
            "provider": provider,
            "model": "",
            "enabled": "on",
            "_more": "x",
        }
        adam.post(f"{ADMIN}/route/{route.pk}/change/", given)
        assert tried().outcome == outcome
    assert CallRecord.objects.filter(schema_name="public").count() == 2


def prompt_form(**changes: str) -> dict[str, str]:
    body = overrides.file_body("content/social.en") + "\nBe brief.\n"
    return {"name": "content/social.en", "note": "Shorter", "body": body, **changes}


def ask_social() -> Any:
    inputs = sample_of("social", "en")
    return gateway.ask("social", language="en", inputs=inputs, answer=SocialAnswer)


def test_a_prompt_is_tried_published_compared_and_rolled_back(adam: Client) -> None:
    add = f"{ADMIN}/promptoverride/add/"
    assert "content/social.en" in adam.get(f"{add}?name=content/social.en").content.decode()
    adam.post(add, prompt_form(_more="Dry run"))
    assert PromptOverride.objects.count() == 0
    trial = tried()
    assert (trial.outcome, trial.prompt_version, trial.use) == ("ok", 0, "social")
    assert "+Be brief." in adam.get(f"{ADMIN}/trial/{trial.pk}/change/").content.decode()
    assert adam.post(add, prompt_form()).status_code == 302
    published = PromptOverride.objects.get()
    assert (published.version, published.note, str(published.published_by)) == (4, "Shorter", "Adam")
    page = adam.get(f"{ADMIN}/promptoverride/{published.pk}/change/").content.decode()
    assert "+Be brief." in page
    ask_social()
    assert CallRecord.objects.latest("created_at").prompt_version == 4
    adam.post(add, prompt_form(body=overrides.file_body("content/social.en") + "\nBe long.\n"))
    assert overrides.current("content/social.en").version == 5  # type: ignore[union-attr]
    adam.post(f"{ADMIN}/promptoverride/{published.pk}/change/", {"_more": "Roll back"})
    now = overrides.current("content/social.en")
    assert now is not None
    assert (now.version, now.body.strip(), now.note) == (6, published.body.strip(), "Back to version 4")
    adam.post(add, prompt_form(body="", note="The file again"))
    assert overrides.current("content/social.en") is None
    assert PromptOverride.objects.count() == 4
    ask_social()
    assert CallRecord.objects.latest("created_at").prompt_version == 3


def test_an_unsound_prompt_is_neither_tried_nor_published(adam: Client) -> None:
    for body in ("No slots at all.", "{{ language }} {{ schema }} {{ data }} {{ data }}", "{{ stranger }}"):
        for more in ({}, {"_more": "x"}):
            assert (
                adam.post(f"{ADMIN}/promptoverride/add/", prompt_form(body=body, **more)).status_code == 200
            )
        with pytest.raises(PromptError):
            overrides.publish("content/social.en", body=body, note="", by=None)
    assert (PromptOverride.objects.count(), Trial.objects.count()) == (0, 0)


def test_nobody_but_an_administrator_comes_near(browser_of: Any) -> None:
    for name in ("sofia", "marek", "mona"):
        client = browser_of(name, host="posthub.localhost")
        assert client.get(f"{ADMIN}/provideraccount/").status_code == 404
        assert client.post(f"{ADMIN}/promptoverride/add/", prompt_form()).status_code == 404
    assert connection.schema_name == "public"  # type: ignore[attr-defined]
