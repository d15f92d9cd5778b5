"""The media library: given, described, cut to a network's shape, and what that does to decisions."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from posthub.approvals.models import Decision
from posthub.content import files
from posthub.content.models import Media, Picture, SocialPost
from tests.shelf import Shelf


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(size: tuple[int, int] = (800, 400), kind: str = "PNG", *, turned: bool = False) -> bytes:
    file = io.BytesIO()
    image = Image.new("RGB", size, (10, 120, 10))
    exif = image.getexif()
    if turned:
        exif[0x0112] = 6  # a phone held upright
    image.save(file, kind, exif=exif)
    return file.getvalue()


def given(content: bytes, name: str = "shop.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def test_a_picture_is_made_anew_from_what_it_shows(shelf: Shelf, browser_of: Any, back: Any) -> None:
    sofia = browser_of("sofia")
    answer = sofia.post("/media/upload/", {"file": given(photo(kind="JPEG", turned=True), "../../shop.html")})
    back()
    picture = Picture.objects.get()
    assert answer["Location"] == f"/media/pictures/{picture.pk}/"
    assert (picture.name, picture.width, picture.height, picture.generated) == ("shop.html", 400, 800, False)
    served = sofia.get(f"/media/pictures/{picture.pk}/file/")
    with Image.open(io.BytesIO(b"".join(served.streaming_content))) as made:
        assert (served["Content-Type"], made.format, dict(made.getexif()), made.info.get("xmp")) == (
            "image/jpeg", "JPEG", {}, None,
        )  # fmt: skip
    oscar = browser_of("oscar", host="beta.posthub.localhost")
    assert oscar.get(f"/media/pictures/{picture.pk}/file/").status_code == 404


def test_what_is_no_picture_is_refused_in_words(shelf: Shelf, browser_of: Any, back: Any) -> None:
    sofia = browser_of("sofia")
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    for content in (svg, b"GIF89a", b""):
        answer = sofia.post("/media/upload/", {"file": given(content)})
        assert (answer.status_code, "no JPEG, PNG or WebP" in answer.content.decode()) == (422, True)
    assert sofia.post("/media/upload/").status_code == 422
    assert (
        sofia.post("/media/upload/", {"file": [given(photo()), given(photo(), "again.png")]}).status_code
        == 422
    )
    back()
    assert [picture.name for picture in Picture.objects.all()] == ["shop.png"]


def test_a_part_of_it_goes_with_a_post_and_what_was_approved_waits_again(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    (post,) = shelf.posts("SCHEDULED", ("instagram",))
    sofia = browser_of("sofia")
    sofia.post("/media/upload/", {"file": given(photo())})
    back()
    picture = Picture.objects.get()
    address = f"/media/pictures/{picture.pk}/"
    refused = sofia.post(f"{address}use/", {"post": str(post.pk)})
    assert (refused.status_code, "Say first what" in refused.content.decode()) == (422, True)
    assert sofia.post(address, {"alt_text": "", "focal_x": "101", "focal_y": "50"}).status_code == 422
    said = {"alt_text": "Our shop in the morning", "focal_x": "0", "focal_y": "50"}
    assert sofia.post(address, said).status_code == 303
    assert sofia.post(f"{address}use/", {"post": "x"}).status_code == 422
    assert sofia.post(f"{address}use/", {"post": str(post.pk)}).status_code == 303
    back()
    media = Media.objects.get()
    assert (media.width, media.height, media.alt_text, media.picture) == (
        320,
        400,
        "Our shop in the morning",
        picture,
    )
    assert SocialPost.objects.get(pk=post.pk).state == "PENDING_APPROVAL"
    assert (
        Decision.objects.filter(object_id=post.pk, content_hash=SocialPost.objects.get().content_hash).count()
        == 0
    )
    page = sofia.get(address).content.decode()
    assert (f"/inbox/post/{post.pk}/" in page, f"{address}remove/" in page) == (True, False)
    drawn = {"post": str(post.pk), "x": "0", "y": "0", "w": "50", "h": "100"}
    assert sofia.post(f"{address}use/", {**drawn, "x": "60", "w": "30", "h": "60"}).status_code == 303
    back()
    assert [(media.width, media.height) for media in Media.objects.all()] == [(240, 300)]
    assert sofia.post(f"{address}use/", drawn).status_code == 303
    back()
    assert [(media.width, media.height) for media in Media.objects.all()] == [(320, 400)]
    gone = shelf.posts("GENERATING", ("x",))[0]
    assert sofia.post(f"{address}use/", {"post": str(gone.pk)}).status_code == 409


def test_other_words_about_an_approved_posts_picture_ask_again(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    article = shelf.article("APPROVED")
    post = shelf.post(article, "x", 9, "PENDING_APPROVAL")
    media = Media.objects.create(
        social_post=post, version_number=1, kind="image", file="org/x.jpg", content_type="image/jpeg", size=1,
        width=400, height=300, alt_text="A loaf", content_hash="0" * 64,
    )  # fmt: skip
    sofia = browser_of("sofia")
    address = f"/media/{media.pk}/edit/"
    back()
    post = SocialPost.objects.select_related("version").get()
    seen = post.content_hash
    assert sofia.post(address, {"version": "old", "alt_text": "Bread"}).status_code == 409
    assert sofia.post(address, {"version": seen, "alt_text": ""}).status_code == 422
    assert sofia.post(address, {"version": seen, "alt_text": "Bread"}).status_code == 303
    back()
    fresh = SocialPost.objects.get()
    assert (Media.objects.get().alt_text, fresh.content_hash != seen) == ("Bread", True)
    page = sofia.get("/media/?kind=posts&q=bréad").content.decode()
    assert (address in page, "No pictures of your own yet" in sofia.get("/media/").content.decode()) == (
        True,
        True,
    )
    assert "Nothing fits" in sofia.get("/media/?q=nothing").content.decode()


@pytest.mark.parametrize(
    ("ratio", "around", "share", "wanted"),
    [
        ("1:1", (50, 50), 100, (25, 0, 50, 100)),
        ("4:5", (0, 0), 100, (0, 0, 40, 100)),
        ("16:9", (100, 100), 100, (11.11, 0, 88.89, 100)),
        ("1:1", (90, 10), 20, (80, 0, 20, 40)),
    ],
)
def test_frames_have_the_shape_of_the_network_and_stay_inside(
    ratio: str, around: tuple[float, float], share: float, wanted: tuple[float, ...]
) -> None:
    frame = files.framed(ratio, 800, 400, around=around, share=share)
    assert tuple(round(side, 2) for side in (frame.x, frame.y, frame.w, frame.h)) == wanted


def test_a_machines_picture_that_people_upload_keeps_its_mark(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    made = files.picture(photo())
    sofia = browser_of("sofia")
    sofia.post("/media/upload/", {"file": given(made.content)})
    back()
    assert Picture.objects.get().generated is True


def test_from_a_post_that_lacks_a_picture_one_comes_back_with_it(
    shelf: Shelf, browser_of: Any, back: Any
) -> None:
    first, bare = shelf.posts("SCHEDULED", ("facebook", "instagram"))
    sofia, onward = browser_of("sofia"), f"?for={bare.pk}"
    page = sofia.get(f"/media/{onward}").content.decode()
    assert ("Choose a picture, or add one, for this post" in page, "Instagram" in page) == (True, True)
    answer = sofia.post("/media/upload/", {"file": given(photo((1200, 1500))), "for": str(bare.pk)})
    back()
    place = f"/media/pictures/{Picture.objects.get().pk}/"
    assert answer["Location"] == place + onward
    said = {"alt_text": "Our shop", "focal_x": "50", "focal_y": "50", "for": str(bare.pk)}
    assert sofia.post(place, said)["Location"] == place + onward
    page = sofia.get(place + onward).content.decode()
    assert f'<option value="{bare.pk}" selected>' in page
    assert sofia.get(f"{place}?for=nonsense").status_code == 200
    used = sofia.post(f"{place}use/", {"post": str(bare.pk), "for": str(bare.pk)})
    assert used["Location"] == f"/inbox/post/{bare.pk}/"
    back()
    bare, first = SocialPost.objects.get(pk=bare.pk), SocialPost.objects.get(pk=first.pk)
    assert (bare.lacks_picture, bare.state, first.state) == (False, "PENDING_APPROVAL", "SCHEDULED")


def test_an_upload_says_what_came_in_what_is_too_small_and_asks_before_removing(
    browser_of: Any, back: Any
) -> None:
    sofia = browser_of("sofia")
    files = [
        given(photo(), "ok.png"),
        given(b"no picture", "fake.png"),
        given(photo((100, 150)), "small.png"),
    ]
    page = sofia.post("/media/upload/", {"file": files}).content.decode().replace("\u00a0", " ")
    assert [said in page for said in (
        "Added: ok.png", "“fake.png” is no JPEG", "“small.png” is too small: it has 100 × 150 points",
    )] == [True] * 3  # fmt: skip
    back()
    address = f"/media/pictures/{Picture.objects.get().pk}/"
    asked = sofia.get(f"{address}remove/")
    assert (asked.status_code, "Remove the picture?" in asked.content.decode()) == (200, True)
    assert f'href="{address}remove/"' in sofia.get(address).content.decode()
    dialog = sofia.get(f"{address}remove/", headers={"HX-Request": "true"}).content.decode()
    assert ("<dialog" in dialog, f'action="{address}remove/"' in dialog) == (True, True)
    back()
    assert Picture.objects.count() == 1
    assert sofia.post(f"{address}remove/").status_code == 303
    back()
    assert Picture.objects.count() == 0
