"""Chips of facts on the review page, what one click mends there, and approval that waits for sources."""

import re
from typing import Any

import pytest

from posthub.company.models import Dna, DnaPoint
from posthub.content.guard import guarded
from posthub.content.markdown import plain
from posthub.content.models import BlogPost, SocialPost
from posthub.content.operations.versions import add_version
from posthub.lifecycle.machine import begin
from posthub.organizations.models import Organization
from tests.shelf import Shelf

LOOSE = "The third one invites 500 people on Saturday."


@pytest.fixture
def article(shelf: Shelf) -> BlogPost:
    post = shelf.article()
    text = f"We bake since 1994. Come!\n\n## What happens overnight\n\nThe dough rests. {LOOSE}"
    claims = [
        {
            "sentence": "We bake since 1994.",
            "fact_id": "dna:identity.founded",
            "quote": "1994",
            "url": "https://novak.example/about",
        },
        {"sentence": LOOSE, "fact_id": ""},
    ]
    found = {"severity": "warn", "rule": "exclamation", "cause": "There is a mark.", "fix": "exclamation"}
    add_version(post, title=post.title, text=text, extra={"claims": claims, "findings": [found]})
    return post


def test_the_review_shows_each_source_with_its_quote_and_marks_what_has_none(
    article: BlogPost, browser_of: Any
) -> None:
    page = browser_of("sofia").get(f"/inbox/article/{article.pk}/").content.decode()
    for part in (
        "1 sentence with a source",
        "Founded",
        'href="https://novak.example/about"',
        f'<mark class="loose">{LOOSE}</mark>',
        'id="loose-1"',
        "Cut the sentence",
        "Use full stops",
    ):
        assert part in page, part


def test_one_click_cuts_a_claim_or_mends_a_finding_as_a_new_version(
    article: BlogPost, browser_of: Any, back: Any
) -> None:
    sofia = browser_of("sofia")
    where = f"/content/article/{article.pk}"
    answer = sofia.post(f"{where}/cut/", {"version": article.content_hash, "sentence": LOOSE})
    assert (answer.status_code, answer["Location"]) == (303, f"/inbox/article/{article.pk}/")
    back()
    article = BlogPost.objects.get(pk=article.pk)
    assert article.version is not None
    assert article.text.endswith("The dough rests.")
    assert [claim["fact_id"] for claim in article.version.extra["claims"] if "500" in claim["sentence"]] == []
    sofia.post(f"{where}/mend/", {"version": article.content_hash, "fix": "exclamation"})
    back()
    article = BlogPost.objects.get(pk=article.pk)
    assert article.text.startswith("We bake since 1994. Come.")
    assert article.version is not None
    assert (article.version.number, article.version.reason) == (4, "Use full stops")


@pytest.mark.parametrize(
    "form", [{"fix": "exclamation"}, {"version": "0" * 64, "fix": "exclamation"}, {"fix": "?"}]
)
def test_a_mend_of_another_text_or_of_nothing_changes_nothing(
    article: BlogPost, browser_of: Any, back: Any, form: dict[str, str]
) -> None:
    given = {"version": article.content_hash, **form} if form["fix"] == "?" else form
    answer = browser_of("sofia").post(f"/content/article/{article.pk}/mend/", given)
    back()
    assert answer.status_code == 303
    assert BlogPost.objects.get(pk=article.pk).content_hash == article.content_hash


def test_where_sources_are_wanted_a_claim_without_one_stops_the_approval(
    article: BlogPost, browser_of: Any, back: Any, tenant: Organization
) -> None:
    sofia = browser_of("sofia")
    form = {"version": article.content_hash}
    Organization.objects.filter(pk=tenant.pk).update(block_unverified=True)
    answer = sofia.post(f"/review/article/{article.pk}/approve/", form)
    assert answer.status_code == 422
    assert "1 claim has no source" in answer.content.decode()
    back()
    assert BlogPost.objects.get(pk=article.pk).state == "PENDING_APPROVAL"
    Organization.objects.filter(pk=tenant.pk).update(block_unverified=False)
    assert sofia.post(f"/review/article/{article.pk}/approve/", form).status_code == 303


def test_the_client_decides_in_the_settings_whether_claims_need_sources(
    browser_of: Any, tenant: Organization, shelf: Shelf
) -> None:
    sofia = browser_of("sofia")
    form = {
        "staff_stage": "off",
        "block_unverified": "on",
        "staff_quorum": "anyone",
        "client_quorum": "anyone",
    }
    assert sofia.post("/settings/approving/", form).status_code == 303
    tenant.refresh_from_db()
    assert tenant.block_unverified is True


def test_a_part_is_chosen_and_written_again_without_javascript(
    article: BlogPost, browser_of: Any, back: Any
) -> None:
    sofia = browser_of("sofia")
    where = f"/review/article/{article.pk}/part/"
    page = sofia.get(f"{where}?part=b3").content.decode()
    assert '<option value="b3" selected>' in page
    groups = re.findall(r'<optgroup label="([^"]*)">(.*?)</optgroup>', page, re.DOTALL)
    assert [(name, re.findall(r"<option[^>]*>(.*?)</option>", parts)) for name, parts in groups] == [
        ("Title and headings", [article.title, "What happens overnight"]),
        ("Introduction", ["We bake since 1994. Come!"]),
        (
            "What happens overnight",
            [
                "The whole chapter “What happens overnight”",
                "The dough rests. The third one invites 500 people on Saturd…",
            ],
        ),
    ]
    assert plain("See [our **mill**](https://www.a.example/x?y=1) or https://www.a.example/x?y=1 & more") == (
        "See our mill or a.example & more"
    )
    assert f'value="{article.content_hash}"' in page
    form = {"version": article.content_hash, "part": "b3", "wish": "Shorter, please."}
    assert f"{where}?part=b3" in sofia.get(f"/review/article/{article.pk}/comment/?block=b3").content.decode()
    assert sofia.post(where, {**form, "part": "b99"}).status_code == 422
    assert sofia.post(where, {**form, "version": "0" * 64}).status_code == 409
    assert sofia.post(where, form)["Location"] == f"/inbox/article/{article.pk}/"
    back()
    assert BlogPost.objects.get(pk=article.pk).state == "GENERATING"


def test_what_the_guard_stops_is_refused_with_the_click_that_mends_it(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article, (post,) = shelf.article(), shelf.posts(platforms=("x",))
    cause = "A link leads to an address nobody gave: https://x.example"
    found = [{"severity": "block", "rule": "links", "cause": cause, "fix": "links"}]
    long = "\n\n".join(f"## Part {part}\n\n{f'Bread {part} takes time. ' * 60}" for part in range(6))
    for one, text in ((article, f"{long}\n\nRead [this](https://x.example) too."), (post, "TODO: words")):
        add_version(one, title=one.title, text=text, extra={"claims": [], "findings": found})
    sofia, where = browser_of("sofia"), f"/review/article/{article.pk}/approve/"
    page = sofia.get(f"/inbox/article/{article.pk}/").content.decode()
    assert ('aria-disabled="true"' in page, f"This cannot be approved as it is. {cause}" in page) == (
        True,
        True,
    )
    answer = sofia.post(where, {"version": article.content_hash})
    assert (answer.status_code, "Nothing was decided" in answer.content.decode()) == (422, True)
    assert f'action="/content/article/{article.pk}/mend/"' in answer.content.decode()
    shown = {"shown": [f"post:{post.pk}:{post.content_hash}"]}
    assert cause in sofia.post("/inbox/selected/approve/", shown).content.decode()
    sofia.post(f"/content/article/{article.pk}/mend/", {"version": article.content_hash, "fix": "links"})
    back()
    mended = BlogPost.objects.select_related("version").get(pk=article.pk)
    assert (mended.state, "x.example" in mended.text) == ("PENDING_APPROVAL", False)
    # Mending is not writing: whoever pressed the button may still approve.
    assert sofia.post(where, {"version": mended.content_hash}).status_code == 303
    back()
    states = [BlogPost.objects.get(pk=article.pk).state, SocialPost.objects.get(pk=post.pk).state]
    assert states == ["APPROVED", "PENDING_APPROVAL"]


def test_in_a_regulated_field_a_claim_without_a_source_stops_everybody(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article = shelf.article()
    dna = begin(Dna(company=shelf.company, number=1), "DRAFT")
    DnaPoint.objects.create(dna=dna, key="constraints.regulated_topics", value=["health"], confidence=0.9)
    extra = guarded(article, title="The best remedy for colds", text="Rest helps.", extra={})
    assert [one["cause"][:31] for one in extra["findings"] if one["severity"] == "block"][-1:] == [
        "The company's field is regulate"
    ]
    add_version(article, title=article.title, text="Rest helps.", extra=extra)
    answer = browser_of("sofia").post(
        f"/review/article/{article.pk}/approve/", {"version": article.content_hash}
    )
    assert answer.status_code == 422
    assert "The best remedy for colds" in answer.content.decode()
