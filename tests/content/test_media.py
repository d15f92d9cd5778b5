"""Pictures and films of posts: asked for by the plan, checked, kept with their origin, shown to members only."""

import io
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image

from posthub.ai import gateway
from posthub.ai.models import CallRecord
from posthub.ai.providers.base import ProviderError
from posthub.billing.models import Plan
from posthub.billing.operations import choose_plan
from posthub.content import files, illustrating
from posthub.content.models import Media, SocialPost
from posthub.content.operations.media import have_illustrated
from posthub.core.tenancy import in_schema
from posthub.jobs import runner
from posthub.jobs.models import Job
from posthub.lifecycle.machine import advance
from posthub.organizations.models import Organization
from tests.ai.reach import reaching
from tests.fakes import gemini
from tests.shelf import Shelf

PHOTO = gemini.png("4:5")


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def on_plan(organization: Organization, code: str) -> None:
    choose_plan(organization, Plan.objects.get(code=code), add_ons={"video": 1} if code == "ultimate" else {})


def written(shelf: Shelf, *platforms: str) -> list[SocialPost]:
    """Posts that a machine has just written."""
    made = shelf.posts("GENERATING", platforms)
    return [advance(post, "PENDING_APPROVAL") for post in made]


def encoded(kind: str, size: tuple[int, int] = (400, 300)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (200, 10, 10)).save(file, kind)
    return file.getvalue()


def test_the_plan_decides_who_gets_what(shelf: Shelf, tenant: Organization, work: Any) -> None:
    written(shelf, "facebook", "tiktok")
    assert Job.objects.count() == 0
    on_plan(tenant, "pro")
    (post, _film) = written(shelf, "instagram", "tiktok")
    (job,) = work()
    assert (job.task, job.state) == ("content.make_picture", "DONE")
    media = Media.objects.get()
    assert (media.social_post, media.kind, media.generated) == (post, "image", True)
    assert (media.width, media.height, media.content_type) == (1080, 1350, "image/jpeg")
    assert (media.provider, media.model) == ("offline", "offline-picture-1")
    assert media.alt_text.startswith("Bakery Novak: ")
    assert (media.prompt_name, media.prompt_version) == ("content/image.en", 2)
    assert media.file.name.startswith(f"org/{tenant.schema_name}/media/")
    with media.file.open("rb") as file:
        assert b"digitalsourcetype/algorithmicMedia" in file.read()


def test_a_picture_comes_from_gemini_with_its_cost(shelf: Shelf, tenant: Organization, work: Any) -> None:
    on_plan(tenant, "pro")
    with reaching("gemini") as fakes:
        written(shelf, "instagram")
        fakes["gemini"].faults.append(gemini.finished("IMAGE_SAFETY"))
        (job,) = work()
        assert (job.state, job.cause) == (
            "DEAD",
            "The AI provider refused this content under its safety rules.",
        )
        post = SocialPost.objects.get()
        with in_schema("public"):
            Job.objects.all().delete()
        have_illustrated(post)
        work()
        asked = fakes["gemini"].log[-1]
    assert asked.json["generationConfig"]["imageConfig"]["aspectRatio"] == "4:5"
    assert "Bakery Novak" in asked.json["contents"][0]["parts"][0]["text"]
    media = Media.objects.get()
    assert media.provider == "gemini"
    with media.file.open("rb") as file:
        assert b"digitalsourcetype/trainedAlgorithmicMedia" in file.read()
    record = CallRecord.objects.get(outcome="ok")
    assert record.cost
    assert (record.use, record.prompt_name) == ("image", "content/image.en")


@pytest.mark.parametrize(
    ("maker", "model"), [("omni", "gemini-omni-1.2-flash"), ("veo", "veo-3.1-generate-preview")]
)
def test_a_film_survives_the_workers_that_wait_for_it(
    maker: str, model: str, shelf: Shelf, tenant: Organization, work: Any
) -> None:
    on_plan(tenant, "ultimate")
    with (
        reaching("gemini") as fakes,
        override_settings(
            AI_CHAINS={"video": [maker], "image": ["offline"], "text": []}, AI_FILM_SECONDS=0.02
        ),
    ):
        fakes["gemini"].polls = 4  # type: ignore[attr-defined]
        written(shelf, "tiktok")
        attempts = 0
        while Job.objects.filter(state="QUEUED").update(run_after="2020-01-01T00:00Z"):
            attempts += 1
            assert runner.run(str(Job.objects.get().pk))
            from django.db import connection

            connection.set_tenant(tenant)
        starts = [asked for asked in fakes["gemini"].log if asked.method == "POST"]
    assert attempts > 1
    assert len(starts) == 1
    media = Media.objects.get()
    assert (media.kind, media.content_type, media.seconds) == ("video", "video/mp4", 8)
    assert (media.provider, media.model) == (maker, model)
    record = CallRecord.objects.get()
    assert (record.use, record.outcome) == ("video", "ok")
    assert record.cost == Decimal({"omni": "0.8", "veo": "3.2"}[maker])


def test_nobody_is_asked_for_a_film_where_nobody_could_make_one(shelf: Shelf, tenant: Organization) -> None:
    on_plan(tenant, "ultimate")
    written(shelf, "tiktok")
    assert Job.objects.count() == 0


def test_a_picture_of_words_that_changed_is_not_made(shelf: Shelf, tenant: Organization, work: Any) -> None:
    on_plan(tenant, "pro")
    (post,) = written(shelf, "instagram")
    post.version.number = 7  # type: ignore[union-attr]
    post.version.save()  # type: ignore[union-attr]
    work()
    assert Media.objects.count() == 0


BOMB = encoded("PNG", (8000, 5001))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\x00" * 40,
        encoded("BMP"),
        PHOTO[: len(PHOTO) // 2],
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
        encoded("PNG", (50, 50)),
        BOMB,
        b"%PDF-1.7 " + PHOTO,
    ],
    ids=["nothing", "svg", "gif", "bmp", "half", "header", "tiny", "too many pixels", "pdf"],
)
def test_what_is_no_usable_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ProviderError) as refused:
        files.picture(content)
    assert refused.value.outcome == "bad_file"


def test_a_picture_is_made_anew_without_what_else_was_in_it() -> None:
    for kind in ("PNG", "JPEG", "WEBP"):
        made = files.picture(encoded(kind) + b"<script>alert(1)</script>")
        assert (made.content_type, made.width, made.height) == ("image/jpeg", 400, 300)
        assert b"<script" not in made.content
    for content in (b"<html>", b"\x00\x00\x00\x18moov", b""):
        with pytest.raises(ProviderError):
            files.film(content)


def test_a_file_is_for_members_and_never_more_than_it_is(
    shelf: Shelf, tenant: Organization, work: Any, browser_of: Any, cast: Any
) -> None:
    on_plan(tenant, "pro")
    written(shelf, "instagram")
    work()
    media = Media.objects.get()
    address = f"/media/{media.pk}/"
    sofia: Client = browser_of("sofia")
    shown = sofia.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]
    page = sofia.get(reverse("approvals:review", args=["post", media.social_post_id]))
    text = page.content.decode()
    assert f'src="{address}" alt="Bakery Novak: ' in text
    assert "Picture drawn by PostHub itself, without an AI." in text
    assert browser_of("oscar").get(address).status_code == 404
    assert Client(HTTP_HOST="acme.posthub.localhost").get(address).status_code == 302
    assert browser_of("oscar", host="beta.posthub.localhost").get(address).status_code == 404
    assert default_storage.exists(media.file.name)


def test_what_a_job_remembers_of_a_file_is_enough_for_its_row(tenant: Organization) -> None:
    kept = illustrating.Kept("f", "image/jpeg", 1, 2, 3, "h", "p", "m")
    assert illustrating.Kept(**asdict(kept)) == kept
    operation = gateway.Operation("veo", "m", "models/m/operations/1")
    assert gateway.Operation(**asdict(operation)) == operation
