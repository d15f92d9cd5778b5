"""The set-up and the standing pages, with and without HTMX."""

import html
import re
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from posthub.billing.models import Plan
from posthub.company.models import Company, DnaPoint, Document, Fact
from posthub.company.operations import accept_dna, add_document, fill_point
from posthub.company.pipeline.readings import write_points
from posthub.company.points import BY_KEY, POINTS
from posthub.company.uploads import Upload
from posthub.company.values import known
from posthub.company.views.rows import Row
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job
from posthub.jobs.operations import cancel
from tests.company.conftest import found, point, version

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def at(name: str, *args, **query) -> str:
    return reverse(name, args=args, urlconf="posthub.urls.tenant")


def place(response) -> str:
    return urlsplit(response["Location"]).path


# -- The set-up -----------------------------------------------------------------------------------


def test_the_set_up_begins_with_the_company(sofia, tenant):
    assert place(sofia.get("/welcome/")) == "/welcome/company/"
    assert place(sofia.get("/welcome/dna/")) == "/welcome/company/"
    assert place(sofia.get("/company/")) == "/welcome/"
    assert sofia.get("/welcome/company/").status_code == 200


def test_an_address_starts_the_reading(sofia, tenant):
    response = sofia.post("/welcome/company/", {"company": "alder.example", "language": "en"})
    assert (response.status_code, place(response)) == (303, "/welcome/dna/")
    company = Company.objects.get()
    assert (company.name, company.website) == ("alder.example", "alder.example")
    assert Job.objects.get().payload["company"] == str(company.pk)
    page = sofia.get("/welcome/dna/").content.decode()
    assert "Reading alder.example" in page
    assert 'id="point-' not in page
    assert 'id="point-' in sofia.get("/welcome/dna/?by_hand=1").content.decode()


def test_a_name_alone_is_filled_in_by_hand(sofia, tenant):
    sofia.post("/welcome/company/", {"company": "Alder & Finch", "language": "en"})
    assert Company.objects.get().name == "Alder & Finch"
    assert not Job.objects.exists()
    assert 'id="point-offer-flagship"' in sofia.get("/welcome/dna/").content.decode()


def test_going_back_changes_the_same_company(sofia, tenant):
    sofia.post("/welcome/company/", {"company": "Alder & Finch", "language": "en"})
    sofia.post("/welcome/company/", {"company": "https://finch.example", "language": "cs"})
    company = Company.objects.get()
    assert (company.website, company.language) == ("https://finch.example", "cs")


@pytest.mark.parametrize("typed", ["", "ftp://alder.example", "https://me:secret@alder.example"])
def test_what_cannot_be_used_is_said_and_stays_typed(sofia, tenant, typed):
    response = sofia.post("/welcome/company/", {"company": typed, "language": "en"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "data-errors" in page
    assert f'value="{typed}"' in page
    assert not Company.objects.exists()


def test_a_failed_reading_says_why_and_offers_three_ways_on(sofia, tenant):
    sofia.post("/welcome/company/", {"company": "alder.example", "language": "en"})
    Job.objects.update(state="DEAD", cause="We could not read alder.example: it timed out.")
    page = sofia.get("/welcome/dna/").content.decode()
    assert "We could not read alder.example: it timed out." in page
    assert "Try again" in page
    assert "Another address" in page
    assert "Fill it in by hand" in page


def test_the_step_goes_on_with_unchecked_points(sofia, company):
    write_points(company, [found("offer.flagship", "Slate roofs", confidence=0.3)])
    draft = version(company, "DRAFT")
    response = sofia.post(at("company:accept_dna", draft.pk) + "?at=welcome")
    assert place(response) == "/welcome/personas/"
    assert version(company, "ACCEPTED") == draft
    assert place(sofia.get("/welcome/")) == "/welcome/personas/"


def test_a_marketer_helps_but_does_not_accept_in_the_clients_place(marek, company):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    assert marek.get("/welcome/dna/").status_code == 200
    judge = Row(point(company, "offer.flagship")).action
    assert marek.post(judge, {"verdict": "right"}).status_code == 303
    assert marek.post(at("company:accept_dna", version(company, "DRAFT").pk)).status_code == 403


def test_the_rhythm_is_saved_and_then_the_start_is_offered(sofia, company, tenant):
    said = {
        "platforms": ["linkedin", "x"],
        "post_days": ["2", "4"],
        "post_hours": "08:30",
        "zone": "Europe/London",
    }
    response = sofia.post("/welcome/rhythm/", said)
    assert response["Location"] == "/welcome/rhythm/?saved=1"
    tenant.refresh_from_db()
    assert (tenant.platforms, tenant.post_days, tenant.post_hours, tenant.zone) == (
        ["linkedin", "x"], "2,4", "08:30", "Europe/London",
    )  # fmt: skip
    assert "Start: propose topics" in sofia.get("/welcome/rhythm/?saved=1").content.decode()


def test_what_the_plan_holds_is_a_whole_sentence_and_days_are_small_in_czech(sofia, company, tenant, cast):
    cast.sofia.language = "cs"
    cast.sofia.save()
    tenant.post_days = "2,4"
    tenant.save()
    sofia.get("/welcome/rhythm/")
    page = sofia.get("/welcome/rhythm/?saved=1").content.decode().replace("\u00a0", " ")
    assert "Úterý, čtvrtek," in page
    assert re.search(r"Váš tarif: [^(]+ \(\d+ \w+ s příspěvky za měsíc, \d+ hlas\w*, \d+ sít\w+\)\.", page)


def test_more_networks_than_the_plan_allows_are_explained(sofia, company):
    with in_schema("public"):
        Plan.objects.filter(code="trial").update(platforms=2)
    said = {
        "platforms": ["linkedin", "x", "tiktok"],
        "post_days": ["2"],
        "post_hours": "08:30",
        "zone": "UTC",
    }
    response = sofia.post("/welcome/rhythm/", said)
    assert response.status_code == 422
    assert "room for 2 networks and 3 are chosen" in response.content.decode()


def test_every_step_can_be_left(sofia, company):
    for step in ("company", "dna", "personas", "rhythm"):
        assert "Finish later" in sofia.get(f"/welcome/{step}/").content.decode()


# -- The DNA --------------------------------------------------------------------------------------


def test_a_point_shows_value_evidence_and_how_sure_we_are(sofia, company):
    write_points(
        company,
        [
            found("offer.flagship", "Slate roofs", quote="We lay slate roofs."),
            found("identity.founded", "1998", confidence=0.4),
        ],
    )
    page = sofia.get("/company/").content.decode()
    assert "We lay slate roofs." in page
    assert "https://alder.example/about" in page
    assert "2 of 42" in page
    assert "1 to check" in page


def test_a_verdict_without_javascript_comes_back_to_the_row(sofia, company):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    response = sofia.post(Row(point(company, "offer.flagship")).action, {"verdict": "never"})
    assert response.status_code == 303
    assert response["Location"] == "/company/?open=point-offer-flagship#point-offer-flagship"
    welcome = sofia.post(Row(point(company, "offer.flagship"), "welcome").action, {"verdict": "right"})
    assert welcome["Location"] == "/welcome/dna/?open=point-offer-flagship#point-offer-flagship"


def test_a_verdict_with_htmx_swaps_one_row_and_the_count(sofia, company):
    write_points(company, [found("offer.flagship", "Slate roofs", confidence=0.3)])
    action = Row(point(company, "offer.flagship")).action
    page = sofia.post(action, {"verdict": "right"}, headers=HTMX).content.decode()
    assert page.count('class="dna-row') == 1
    assert 'id="point-offer-flagship"' in page
    assert re.search(r'id="dna-meter"[^>]*hx-swap-oob="true"', page)
    assert "0 to check" in page
    brought = re.findall(r'id="(group-[^"]*)"[^>]*hx-swap-oob="true"([^>]*)>\s*([^<]*?)\s*<', page)
    assert brought == [
        ("group-offer-known", "", "1 of 6"),
        ("group-offer-nav", "", "1 of 6"),
        ("group-offer-check", " hidden", "0 points to check"),
        ("group-offer-left", " hidden", "0"),
    ]
    whole = sofia.get("/company/").content.decode()
    assert [whole.count(f'id="{name}"') for name, _hidden, _text in brought] == [1, 1, 1, 1]


def test_a_verdict_on_what_changed_meanwhile_is_409_and_shows_the_value_now(sofia, company, cast):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    action = Row(point(company, "offer.flagship")).action
    fill_point(point(company, "offer.flagship"), "Tin roofs", by=cast.sofia)
    for headers in ({}, HTMX):
        response = sofia.post(action, {"verdict": "wrong"}, headers=headers)
        assert response.status_code == 409
        assert "Tin roofs" in response.content.decode()
    assert point(company, "offer.flagship").verdict == "right"


def test_an_unknown_verdict_is_no_address(sofia, company):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    assert sofia.post(Row(point(company, "offer.flagship")).action, {"verdict": "maybe"}).status_code == 404


def test_the_filter_leaves_what_needs_a_check(sofia, company):
    write_points(
        company, [found("offer.flagship", "Slate"), found("identity.founded", "1998", confidence=0.4)]
    )
    page = sofia.get("/company/?only=check").content.decode()
    assert "point-identity-founded" in page
    assert "point-offer-flagship" not in page


def test_open_is_what_needs_somebody(sofia, company):
    """Guesses and what every text needs; what is settled is folded, and opened for who comes from it."""
    write_points(
        company,
        [
            found("offer.flagship", "Slate"),
            found("offer.usp", ["Old slates"], confidence=0.4),
            found("identity.brand_name", "Roofs"),
            found("market.trends", []),
        ],
    )
    groups = {group["anchor"]: group for group in sofia.get("/company/").context["groups"]}
    offer, market = groups["group-offer"], groups["group-market"]
    assert [row.point.key for row in offer["rows"]] == ["offer.products_services", "offer.usp"]
    assert "offer.flagship" in [row.point.key for row in offer["folded"]]
    assert (offer["open"], market["open"], market["folded"]) == (True, False, [])
    page = sofia.get("/company/").content.decode()
    assert (page.count('<details class="card card-flush dna-group" open>'), "dna-more" in page) == (4, True)
    opened = sofia.get("/company/?open=point-market-trends").context["groups"]
    assert [group["open"] for group in opened if group["anchor"] == "group-market"] == [True]
    assert all(
        group["open"] and not group["folded"] for group in sofia.get("/company/?only=all").context["groups"]
    )


def test_html_in_a_value_stays_text(sofia, company):
    write_points(
        company, [found("offer.usp", ["<script>alert(1)</script>"], source_url="javascript:alert(1)")]
    )
    page = sofia.get("/company/").content.decode()
    assert "<script>alert" not in page
    assert "javascript:alert" not in page


SAMPLES = {
    "identity.founded": ({"value": "1998-04-01"}, "1998-04-01"),
    "identity.hq_address": ({"street": "Main 1", "city": "York"}, {"street": "Main 1", "city": "York"}),
    "identity.size_band": ({"value": "2-9"}, "2-9"),
    "offer.flagship": ({"value": " Slate roofs "}, "Slate roofs"),
    "offer.usp": ({"value": "Fast\n\nCheap\nFast"}, ["Fast", "Cheap"]),
    "offer.products_services": (
        {"0-name": "Slate", "0-desc": "Welsh", "2-name": "Tin"},
        [{"name": "Slate", "desc": "Welsh"}, {"name": "Tin"}],
    ),
    "market.seasonality": ({"0-month": "12", "0-note": "frost"}, [{"month": 12, "note": "frost"}]),
    "voice.tone": ({"value": ["warm", "plain"]}, ["warm", "plain"]),
    "channels.website": ({"value": "alder.example"}, "https://alder.example"),
    "channels.social_profiles": ({"facebook": "https://fb.example/a"}, {"facebook": "https://fb.example/a"}),
}


@pytest.mark.parametrize("key", SAMPLES)
def test_each_kind_of_point_is_filled_in_by_its_own_form(sofia, company, key):
    typed, value = SAMPLES[key]
    row = Row(point(company, key))
    assert sofia.get(row.edit_url).status_code == 200
    prefix = key.replace(".", "-")
    response = sofia.post(row.edit_url, {f"{prefix}-{name}": text for name, text in typed.items()})
    assert response.status_code == 303
    kept = point(company, key)
    assert (kept.value, kept.verdict, kept.by_person) == (value, "right", True)


@pytest.mark.parametrize("shape", POINTS, ids=lambda shape: shape.key)
def test_every_point_can_be_opened_and_cleared(sofia, company, shape):
    row = Row(point(company, shape.key))
    assert sofia.get(row.edit_url, headers=HTMX).status_code == 200
    assert sofia.post(row.edit_url, {"nothing": ""}).status_code == 303
    assert not known(point(company, shape.key).value)


def test_too_many_entries_are_refused_with_what_was_typed(sofia, company):
    row = Row(point(company, "offer.usp"))
    assert BY_KEY["offer.usp"].most == 5
    response = sofia.post(row.edit_url, {"offer-usp-value": "\n".join("abcdef")}, headers=HTMX)
    assert response.status_code == 422
    page = response.content.decode()
    assert "At most 5" in page
    assert "a\nb\nc\nd\ne\nf" in page


def test_editing_in_place_answers_with_one_form_and_cancel_with_one_row(sofia, company):
    row = Row(point(company, "offer.flagship"), "welcome")
    form = sofia.get(row.edit_url, headers=HTMX)
    assert "<html" not in form.content.decode()
    assert form["Vary"].count("HX-Request") == 1
    assert 'id="point-offer-flagship"' in sofia.get(row.row_url, headers=HTMX).content.decode()
    assert (
        sofia.get(row.row_url)["Location"] == "/welcome/dna/?open=point-offer-flagship#point-offer-flagship"
    )


def typed_as_shown(page, prefix):
    """What a browser sends for a form that nobody typed into."""
    fields = re.findall(rf'<input[^>]*name="({prefix}[^"]*)"[^>]*>', page)
    values = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) for name in fields}
    said = {name: html.unescape(found[1]) if found else "" for name, found in values.items()}
    areas = re.findall(rf'<textarea[^>]*name="({prefix}[^"]*)"[^>]*>([^<]*)<', page)
    return said | {name: html.unescape(text).strip().replace("\n", "\r\n") for name, text in areas}


def test_saving_a_point_as_it_was_shown_changes_nothing(sofia, company):
    stood = {
        "identity.industry": {"nace": ["1071", "4724"], "label": "Bakery"},
        "offer.flagship": "Slate roofs",
        "offer.usp": ["Fast & clean", "Welsh slate"],
        "proof.numbers": [{"claim": "Roofs", "number": 120, "source_url": "https://alder.example/"}],
    }
    write_points(company, [found(key, value) for key, value in stood.items()])
    for key, value in stood.items():
        row, before = Row(point(company, key)), DnaPoint.objects.filter(key=key).values().get()
        prefix = key.replace(".", "-")
        page = sofia.get(row.edit_url).content.decode()
        assert ("[&#x27;" in page, "hx-post" in page) == (False, False)
        answer = sofia.post(row.edit_url, typed_as_shown(page, prefix), follow=True)
        assert "Saved." in answer.content.decode()
        assert DnaPoint.objects.filter(key=key).values().get() == {**before, "value": value}
    typed = {"identity-industry-nace": "1071", "identity-industry-label": "Bakery"}
    sofia.post(Row(point(company, "identity.industry")).edit_url, typed)
    kept = point(company, "identity.industry")
    assert (kept.value, kept.by_person) == ({"nace": "1071", "label": "Bakery"}, True)


def test_a_refused_point_says_so_and_is_not_called_locked(sofia, company):
    write_points(company, [found("offer.flagship", "Slate roofs")])
    for verdict, said in (("wrong", "not right"), ("never", "never said")):
        page = sofia.post(Row(point(company, "offer.flagship")).action, {"verdict": verdict}, headers=HTMX)
        assert (said in page.content.decode(), "locked" in page.content.decode()) == (True, False)


def test_what_is_typed_after_a_failed_address_takes_its_place(sofia, tenant):
    sofia.post("/welcome/company/", {"company": "nonexistent.invalid", "language": "en"})
    Job.objects.update(state="DEAD", cause="We could not read nonexistent.invalid.")
    sofia.post("/welcome/company/", {"company": "Eva's Café", "language": "en"})
    company = Company.objects.get()
    assert (company.name, company.website) == ("Eva's Café", "")
    page = sofia.get("/welcome/dna/").content.decode()
    assert ("nonexistent" in page, 'id="point-offer-flagship"' in page) == (False, True)
    for address in ("one.example", "two.example"):
        sofia.post("/welcome/company/", {"company": address, "language": "en"})
    states = Job.objects.filter(task="company.read_website").order_by("created_at")
    assert [(job.payload["website"], job.state) for job in states] == [
        ("nonexistent.invalid", "DEAD"),
        ("one.example", "CANCELLED"),
        ("two.example", "QUEUED"),
    ]
    long = sofia.post("/welcome/company/", {"company": "x" * 300, "language": "en"})
    assert (long.status_code, "at most 160 characters" in long.content.decode()) == (422, True)


def propose(company, by):
    write_points(company, [found("offer.flagship", "Slate roofs"), found("identity.founded", "1998")])
    accept_dna(version(company, "DRAFT"), by=by)
    write_points(company, [found("offer.flagship", "Tin roofs"), found("identity.founded", "1997")])


def test_proposals_are_settled_one_by_one(sofia, company, cast):
    propose(company, cast.sofia)
    page = sofia.get("/company/").content.decode()
    assert "2 proposals" in page
    row = Row(point(company, "offer.flagship"))
    left = sofia.post(row.take_url, headers=HTMX).content.decode()
    assert "1 proposal" in left
    assert "change-point-offer-flagship" not in left
    last = sofia.post(Row(point(company, "identity.founded")).keep_url)
    assert place(last) == "/company/"
    values = {p.key: p.value for p in version(company, "ACCEPTED").points.all() if p.value}
    assert values == {"offer.flagship": "Tin roofs", "identity.founded": "1998"}


def test_a_whole_proposal_can_be_confirmed_or_dismissed(sofia, company, cast):
    propose(company, cast.sofia)
    assert sofia.post(at("company:dismiss_dna", version(company, "DRAFT").pk)).status_code == 303
    assert version(company, "ACCEPTED").number == 1
    write_points(company, [found("offer.flagship", "Straw roofs")])
    assert sofia.post(at("company:accept_dna", version(company, "DRAFT").pk)).status_code == 303
    assert version(company, "ACCEPTED").number == 3


def test_versions_show_what_changed(sofia, company, cast):
    propose(company, cast.sofia)
    page = sofia.get("/company/versions/2/").content.decode()
    assert "Slate roofs" in page
    assert "Tin roofs" in page
    first = sofia.get("/company/versions/1/").content.decode()
    assert ("Sofia, " in first, '<details class="accordion" open>' in first) == (True, True)
    assert "nobody has confirmed it" in page.replace("\u00a0", " ")
    assert sofia.get("/company/versions/9/").status_code == 404


def test_reading_again_is_one_job_and_shows_its_progress(sofia, company):
    response = sofia.post("/company/read/", headers=HTMX)
    assert "hx-trigger" in response.content.decode()
    assert sofia.post("/company/read/")["Location"] == "/company/"
    assert Job.objects.count() == 1


def test_the_end_of_a_job_is_announced_to_the_page(sofia, company):
    sofia.post("/company/read/")
    job = Job.objects.get()
    assert "HX-Trigger" not in sofia.get(job.get_absolute_url(), headers=HTMX)
    cancel(job)
    assert sofia.get(job.get_absolute_url(), headers=HTMX)["HX-Trigger"] == "jobOver"


# -- Documents ------------------------------------------------------------------------------------


def test_documents_are_uploaded_several_at_once_and_the_bad_ones_named(sofia, company):
    files = [SimpleUploadedFile("a.txt", b"Some text."), SimpleUploadedFile("b.exe", b"MZ")]
    response = sofia.post("/documents/", {"file": files}, headers=HTMX)
    assert response.status_code == 422
    assert "b.exe" in response.content.decode()
    assert [document.name for document in Document.objects.all()] == ["a.txt"]


def test_an_upload_without_javascript_comes_back_where_it_was_sent_from(sofia, company):
    for came_from, goes_to in (("/welcome/dna/", "/welcome/dna/"), ("https://evil.example/", "/documents/")):
        file = SimpleUploadedFile("a.txt", came_from.encode())
        response = sofia.post("/documents/", {"file": file, "next": came_from})
        assert (response.status_code, response["Location"]) == (303, goes_to)


def test_no_file_is_said(sofia, company):
    assert sofia.post("/documents/", {}).status_code == 422


def test_a_document_is_only_ever_a_download_and_only_for_members(sofia, browser_of, company, cast):
    upload = Upload("ceník.txt", "txt", b"<script>alert(1)</script>")
    document = add_document(company, upload=upload, by=cast.sofia)
    address = at("company:document_file", document.pk)
    response = sofia.get(address)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == upload.content
    assert browser_of("oscar").get(address).status_code == 404
    assert Client(HTTP_HOST="acme.posthub.localhost").get(address).status_code == 302


def test_the_same_document_comes_in_once_and_what_came_in_is_said(sofia, company):
    files = [SimpleUploadedFile(name, text) for name, text in (("a.txt", b"Slate."), ("b.txt", b"Tin..."))]
    assert sofia.post("/documents/", {"file": files}).status_code == 303
    again = [SimpleUploadedFile("again.txt", b"Slate."), SimpleUploadedFile("c.txt", b"Straw.")]
    page = sofia.post("/documents/", {"file": again}).content.decode().replace("\u00a0", " ")
    assert ("“again.txt” is here already" in page, "Added: c.txt" in page) == (True, True)
    assert sorted(Document.objects.values_list("name", flat=True)) == ["a.txt", "b.txt", "c.txt"]


def test_a_document_can_be_removed(sofia, company, cast):
    document = add_document(company, upload=Upload("a.txt", "txt", b"text"), by=cast.sofia)
    page = sofia.post(at("company:remove_document", document.pk), headers=HTMX).content.decode()
    assert f"document-{document.pk}" not in page
    assert not Document.objects.exists()


# -- All pages ------------------------------------------------------------------------------------


def fill_up(company: Company, cast: SimpleNamespace, count: int) -> None:
    for number in range(count):
        add_document(company, upload=Upload(f"{number}.txt", "txt", f"text {number}".encode()), by=cast.sofia)
        Fact.objects.create(company=company, text=f"Fact {number}", kind="general", position=number)
    write_points(
        company, [found(shape.key, None if shape.kind == "map" else "x") for shape in POINTS[:count]]
    )


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    "address",
    ["/company/", "/documents/", "/welcome/company/", "/welcome/dna/?by_hand=1", "/welcome/rhythm/"],
)
def test_no_page_asks_more_than_twelve_questions(
    sofia, company, cast, django_assert_max_num_queries, address, count
):
    fill_up(company, cast, count)
    sofia.get(address)
    with django_assert_max_num_queries(12):
        assert sofia.get(address).status_code == 200


def test_nobody_from_elsewhere_sees_anything(browser_of, company):
    oscar = browser_of("oscar")
    for address in ("/welcome/", "/company/", "/documents/", Row(point(company, "offer.usp")).edit_url):
        assert oscar.get(address).status_code == 404


def test_waiting_for_documents_asks_for_the_list_alone(sofia, company, cast):
    add_document(company, upload=Upload("a.txt", "txt", b"text"), by=cast.sofia)
    page = sofia.get("/documents/?list=1", headers=HTMX).content.decode()
    assert 'hx-trigger="load delay:1000ms"' in page
    assert 'type="file"' not in page
    Document.objects.update(state="FAILED", cause="It is locked.")
    page = sofia.get("/documents/?list=1", headers=HTMX).content.decode()
    assert "hx-trigger" not in page
    assert "It is locked." in page


def test_the_end_of_a_reading_swaps_nothing_over_open_rows(sofia, company):
    sofia.post("/company/read/")
    assert "jobOver" in sofia.get("/welcome/dna/").content.decode()
    assert "jobOver" not in sofia.get("/welcome/dna/?by_hand=1").content.decode()
    assert "jobOver" not in sofia.get("/company/").content.decode()


def test_words_stand_in_a_row_and_longer_entries_below_each_other():
    words = DnaPoint(key="voice.vocabulary_preferred", value=["bread", "flour & water"])
    assert Row(words).value == "bread, flour &amp; water"
    objections = DnaPoint(key="audience.objections", value=["Is it dear?", "Why should we wait so long?"])
    assert Row(objections).value == "Is it dear?<br>Why should we wait so long?"
