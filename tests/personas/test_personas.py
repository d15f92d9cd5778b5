"""Voices: proposed, chosen within the plan, changed, retired."""

import pytest
from django.urls import reverse

from posthub.billing.models import Plan
from posthub.billing.operations import choose_plan
from posthub.company.operations import accept_dna, fill_point
from posthub.core.errors import OverAllowance, Refused
from posthub.jobs.models import Job
from posthub.lifecycle.machine import begin
from posthub.personas import pipeline
from posthub.personas.models import Persona
from posthub.personas.operations import (
    activate_persona,
    choose_personas,
    edit_persona,
    propose_personas,
    retire_persona,
)
from posthub.personas.queries import to_choose_from
from tests.company.conftest import point, running, version

HTMX = {"HX-Request": "true"}
SAMPLE = "The frost makes no hole. It only finds the one you have. " * 3


def six(company, batch=0) -> list[Persona]:
    """Six voices as the machine would have written them."""
    voice = {
        "tone": ["plain"], "formality": "neutral", "sentence_length": "short", "audience_segment": "owners",
        "do": ["Say it plainly", "Give a number"], "dont": ["Boast", "Shout"], "topics": ["Roofs", "Frost"],
    }  # fmt: skip
    return [
        begin(
            Persona(
                company=company, batch=batch, position=number, name=f"Voice {batch}-{number}",
                role_title="Roofer", one_line="Plain and dry", sample=SAMPLE, voice=voice,
            ),
            "DRAFT",
        )
        for number in range(6)
    ]  # fmt: skip


def active(company) -> list[str]:
    return list(Persona.objects.filter(company=company, state="ACTIVE").values_list("name", flat=True))


def test_asking_twice_for_voices_gives_one_job_and_the_next_six_another(company, cast):
    first = propose_personas(company, by=cast.sofia)
    assert propose_personas(company, by=cast.sofia) == first
    six(company)
    assert propose_personas(company, by=cast.sofia).payload["batch"] == 1


def test_a_failed_proposal_is_asked_for_again(company, cast):
    first = propose_personas(company, by=cast.sofia)
    Job.objects.filter(pk=first.pk).update(state="DEAD")
    again = propose_personas(company, by=cast.sofia)
    assert (again.state, again.retry_of_id) == ("QUEUED", first.pk)


def test_there_is_an_end_to_other_voices(company, cast):
    six(company, batch=7)
    with pytest.raises(Refused):
        propose_personas(company, by=cast.sofia)


def test_six_voices_are_written_from_what_is_known(company, cast):
    fill_point(point(company, "identity.brand_name"), "Alder & Finch", by=cast.sofia)
    fill_point(
        point(company, "offer.products_services"),
        [{"name": "Slate roofs", "desc": "Welsh slate laid by hand"}, {"name": "Gutters"}],
        by=cast.sofia,
    )
    fill_point(point(company, "offer.usp"), ["We answer within an hour."], by=cast.sofia)
    accept_dna(version(company, "DRAFT"), by=cast.sofia)
    job = propose_personas(company, by=cast.sofia)
    pipeline.propose_personas(running(job))
    names = list(Persona.objects.order_by("position").values_list("name", flat=True))
    assert len(set(names)) == 6
    assert Job.objects.get(pk=job.pk).state == "DONE"
    pipeline.propose_personas(running(job))
    assert Persona.objects.count() == 6


def test_choosing_lets_exactly_these_write(company, cast):
    voices = six(company)
    choose_personas(company, [voice.pk for voice in voices[:3]], by=cast.sofia)
    choose_personas(company, [voice.pk for voice in voices[2:4]], by=cast.sofia)
    assert active(company) == ["Voice 0-2", "Voice 0-3"]
    assert [voice.state for voice in Persona.objects.all()].count("RETIRED") == 2


def test_the_plan_limits_how_many_write_and_nothing_changes_beyond_it(company, cast, tenant):
    voices = six(company)
    choose_personas(company, [voices[5].pk], by=cast.sofia)
    with pytest.raises(OverAllowance, match="room for 3 voices and 4 are chosen"):
        choose_personas(company, [voice.pk for voice in voices[:4]], by=cast.sofia)
    assert active(company) == ["Voice 0-5"]
    choose_plan(tenant, Plan.objects.get(code="pro"))
    choose_personas(company, [voice.pk for voice in voices[:4]], by=cast.sofia)
    assert len(active(company)) == 4


def test_one_more_than_the_plan_allows_is_not_activated_singly_either(company, cast):
    voices = six(company)
    for voice in voices[:3]:
        activate_persona(voice, by=cast.sofia)
    with pytest.raises(OverAllowance):
        activate_persona(voices[3], by=cast.sofia)
    retire_persona(Persona.objects.get(pk=voices[0].pk), by=cast.sofia)
    activate_persona(voices[3], by=cast.sofia)
    assert len(active(company)) == 3


def test_choosing_nobody_is_refused(company, cast):
    six(company)
    with pytest.raises(Refused):
        choose_personas(company, [], by=cast.sofia)


def test_another_six_stand_beside_those_that_write(company, cast):
    first = six(company)
    activate_persona(first[4], by=cast.sofia)
    six(company, batch=1)
    offered = [voice.name for voice in to_choose_from(company)]
    assert offered == ["Voice 0-4", *(f"Voice 1-{number}" for number in range(6))]


def test_an_edit_reaches_what_the_ai_is_given(company, cast):
    voice = six(company)[0]
    edited = edit_persona(voice, by=cast.sofia, name="Old Hand Pete", do=["Be dry", "Be short"])
    given = edited.as_input()
    assert (given["name"], given["do"], given["id"]) == (
        "Old Hand Pete",
        ["Be dry", "Be short"],
        str(voice.pk),
    )


# -- Pages ----------------------------------------------------------------------------------------


def test_the_set_up_asks_for_voices_once_and_shows_skeletons(sofia, company):
    assert "Propose six voices" in sofia.get("/welcome/personas/").content.decode()
    response = sofia.post("/personas/propose/", {"next": "/welcome/personas/"})
    assert (response.status_code, response["Location"]) == (303, "/welcome/personas/")
    page = sofia.get("/welcome/personas/").content.decode()
    assert page.count("A voice is being written") == 6
    assert "Writing six voices" in page


def test_the_chosen_voices_write_and_the_set_up_goes_on(sofia, company):
    voices = six(company)
    response = sofia.post("/welcome/personas/", {"persona": [str(voice.pk) for voice in voices[:2]]})
    assert response["Location"] == "/welcome/rhythm/"
    assert active(company) == ["Voice 0-0", "Voice 0-1"]
    assert "2 of 3 chosen" in sofia.get("/welcome/personas/").content.decode()


def test_a_fourth_voice_is_explained_and_the_ticks_stay(sofia, company):
    voices = six(company)
    response = sofia.post("/welcome/personas/", {"persona": [str(voice.pk) for voice in voices[:4]]})
    assert response.status_code == 422
    page = response.content.decode()
    assert "room for 3 voices and 4 are chosen" in page
    assert page.count(" checked") == 4
    assert page.count("data-errors") == 1  # where the focus goes
    assert active(company) == []


def test_the_count_follows_the_ticks_and_explains_the_limit(sofia, company):
    voices = six(company)
    ticked = {"persona": [str(voice.pk) for voice in voices[:4]]}
    said = sofia.get("/welcome/personas/chosen/", ticked, headers=HTMX).content.decode()
    assert "4 of 3 chosen" in said
    assert "more than your plan has room for" in said
    assert sofia.get("/welcome/personas/chosen/").status_code == 302


def test_what_is_no_voice_is_ignored(sofia, company, beta):
    six(company)
    response = sofia.post("/welcome/personas/", {"persona": ["nonsense", str(beta.pk)]})
    assert response.status_code == 422


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_voices_are_activated_and_retired_on_their_page(sofia, company, headers):
    voice = six(company)[0]
    on, off = (
        reverse(f"personas:{name}_persona", args=[voice.pk], urlconf="posthub.urls.tenant")
        for name in ("activate", "retire")
    )
    assert sofia.post(on, headers=headers).status_code == (200 if headers else 303)
    assert active(company) == ["Voice 0-0"]
    assert sofia.post(off, headers=headers).status_code == (200 if headers else 303)
    assert active(company) == []


def test_beyond_the_plan_the_page_explains(sofia, company, cast):
    voices = six(company)
    for voice in voices[:3]:
        activate_persona(voice, by=cast.sofia)
    address = reverse("personas:activate_persona", args=[voices[3].pk], urlconf="posthub.urls.tenant")
    response = sofia.post(address)
    assert response.status_code == 422
    assert "room for 3 voices" in response.content.decode()


FORM = {
    "name": "Old Hand Pete", "role_title": "Roofer", "one_line": "Plain and dry", "sample": SAMPLE,
    "do": "Be dry\nBe short", "dont": "Boast\nShout", "topics": "Roofs\nFrost",
}  # fmt: skip


def test_a_voice_is_changed_by_its_form(sofia, company):
    voice = six(company)[0]
    assert sofia.get(voice.get_absolute_url()).status_code == 200
    assert sofia.post(voice.get_absolute_url(), FORM).status_code == 303
    voice.refresh_from_db()
    assert (voice.name, voice.voice["do"]) == ("Old Hand Pete", ["Be dry", "Be short"])


def test_a_voice_without_rules_is_refused_and_what_was_typed_stays(sofia, company):
    voice = six(company)[0]
    response = sofia.post(voice.get_absolute_url(), {**FORM, "do": "Only this one"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Between 2 and 6 lines" in page
    assert "Only this one" in page


@pytest.mark.parametrize("batches", [1, 5])
@pytest.mark.parametrize("address", ["/personas/", "/welcome/personas/"])
def test_no_page_asks_more_than_twelve_questions(
    sofia, company, django_assert_max_num_queries, address, batches
):
    for batch in range(batches):
        six(company, batch)
    sofia.get(address)
    with django_assert_max_num_queries(12):
        assert sofia.get(address).status_code == 200


def test_nobody_from_elsewhere_sees_voices(browser_of, company):
    voice = six(company)[0]
    oscar = browser_of("oscar")
    assert oscar.get("/personas/").status_code == 404
    assert oscar.get(voice.get_absolute_url()).status_code == 404
