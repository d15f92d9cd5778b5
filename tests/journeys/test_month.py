"""A month of 24 things approved four ways: with keys alone, by thumb, by mail without an account, without scripts."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from playwright.sync_api import Locator, Page, expect

from posthub.accounts.models import User
from posthub.approvals import linking, operations
from posthub.approvals.models import Decision, Reviewer
from posthub.approvals.operations.remarks import Spot
from posthub.content.models import BlogPost, Media, SocialPost
from posthub.organizations.models import Organization
from posthub.organizations.operations import register_organization
from tests.conftest import PASSWORD
from tests.journeys import typing
from tests.journeys.test_keyboard import seen_focus
from tests.journeys.test_queue import LOOKS as EVERY_LOOK
from tests.journeys.visitor import DARK_DESK, PHONE, Visitor
from tests.support.databases import pointed_at
from tests.support.live import Live
from tests.support.month import month_waiting, waiting_again

pytestmark = pytest.mark.browser
HOST = "month.posthub.localhost"
SIZE = 24
MOST_PRESSES = 60
THUMB = 740 * 2 / 3  # of a phone held in one hand the thumb reaches the lowest third


class Month:
    """An organization of its own, so that no other journey's work comes between."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.nora = User.objects.create_user("nora@example.com", PASSWORD, name="Nora", language="en")
        self.nora.emailaddress_set.create(email=self.nora.email, verified=True, primary=True)
        with transaction.atomic():
            self.place = register_organization(name="Month", label="month", by=self.nora, language="en")
            connection.set_tenant(self.place)
            month_waiting(self.place, by=self.nora, size=SIZE)

    def decisions(self) -> tuple[int, int]:
        """How many things are in the calendar, and how many decisions stand."""
        connection.set_tenant(self.place)
        scheduled = SocialPost.objects.filter(state="SCHEDULED").count()
        return scheduled, Decision.objects.filter(voided_at=None).count()

    def point_into_a_picture(self) -> SocialPost:
        """A remark on a spot of a picture, of which there is only the row."""
        connection.set_tenant(self.place)
        post = SocialPost.objects.select_related("version").order_by("scheduled_at")[0]
        said = {"content_type": "image/png", "size": 1, "width": 600, "height": 400, "alt_text": "A loaf"}
        picture = post.media.create(
            version_number=1, kind="image", file="x.png", content_hash="0" * 64, **said
        )
        post.refresh_from_db()
        remark = Spot(picture.pk, 30, 20)
        operations.comment(post, by=self.nora, text="Too dark here.", spot=remark)
        return post

    def mail_it(self) -> None:
        """To somebody outside, who has no account."""
        connection.set_tenant(self.place)
        ruth = Reviewer.objects.create(name="Ruth", email="ruth@example.org", language="en")
        waiting = SocialPost.objects.select_related("version").order_by("scheduled_at")
        linking.open_round(
            waiting, [ruth], organization=Organization.objects.get(pk=self.place.pk), due_at=None
        )


@pytest.fixture(scope="module")
def made(live: Live, django_db_blocker: Any) -> Iterator[Month]:
    with django_db_blocker.unblock(), pointed_at(live.database):
        yield Month(live)
        connection.set_schema_to_public()


@pytest.fixture
def month(made: Month) -> Iterator[Month]:
    """All of it waits; whatever was decided on the way is undecided again for the next one."""
    yield made
    connection.set_tenant(made.place)
    Media.objects.all().delete()
    waiting_again(by=made.nora)
    connection.set_schema_to_public()


def enter(visitor: Visitor, path: str) -> Page:
    page = visitor.page
    page.goto(visitor.live.url(f"/accounts/login/?next={path}", HOST))
    page.locator("input[name=login]").fill("nora@example.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    return page


def title_after(page: Page, decide: Callable[[], None]) -> None:
    """Decide, and wait until something else stands there: the next thing, or that all is done."""
    title = page.locator("#item-title").text_content() or ""
    decide()
    expect(page.locator("#item-title", has_text=re.compile(rf"^\s*{re.escape(title)}\s*$"))).to_have_count(0)


def test_with_keys_alone_in_sixty_presses(month: Month, visitor: Callable[..., Visitor]) -> None:
    nora = visitor("en", looks=DARK_DESK)
    page = enter(nora, "/")
    expect(page.locator("#h-wait")).to_be_visible()
    pressed: list[str] = []

    def press(key: str) -> None:
        pressed.append(key)
        page.keyboard.press(key)

    press("g")
    press("i")
    expect(page.locator("#row-1")).to_be_visible()
    press("j")
    press("Enter")
    expect(page.locator("#item-title")).to_be_visible()
    nora.keep("first")
    for _number in range(SIZE - 1):
        title_after(page, lambda: press("a"))
        assert seen_focus(page) == "H1 item-title"
    expect(page.locator("#review-progress")).to_contain_text(str(SIZE))
    nora.keep("last")
    press("a")
    expect(page.locator("#item-title")).to_have_count(0)
    expect(page.locator("#desk:focus, #desk :focus").first).to_be_attached()
    nora.look_well("done")
    nora.keep("done")
    assert nora.problems == []
    assert month.decisions() == (SIZE, SIZE)
    print(f"{len(pressed)} presses for {SIZE} things")
    assert len(pressed) <= MOST_PRESSES


def test_by_thumb_on_a_phone(month: Month, visitor: Callable[..., Visitor]) -> None:
    """The first ones one by one, the rest together; everything that is pressed lies where a thumb reaches."""
    nora = visitor("en", looks=PHONE, phone=True)
    page = enter(nora, "/")
    page.get_by_role("link", name="Start review").tap()
    expect(page.locator("#item-title")).to_be_visible()
    nora.look_well("first")
    nora.keep("first")
    for _number in range(SIZE // 3):
        title_after(page, lambda: within_reach(page.locator("form[data-decide] button[name=decision]")).tap())
    page.get_by_role("link", name="Whole list").tap()
    page.locator("input[name=batch]").tap()
    expect(page.locator("[data-ticked] output")).to_have_text(str(SIZE - SIZE // 3))
    nora.keep("selected")
    within_reach(page.locator(".decide-many .btn-primary")).tap()
    expect(page.locator("dialog#asked-dialog")).to_be_visible()
    nora.look_well("asked")
    nora.keep("asked")
    page.locator("dialog .btn-primary").tap()
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("[data-row]")).to_have_count(0)
    nora.keep("done")
    assert nora.problems == []
    assert month.decisions() == (SIZE, SIZE)


def within_reach(button: Locator) -> Locator:
    box = button.bounding_box()
    assert box is not None
    assert (box["y"] >= THUMB, box["height"] >= 44) == (True, True), box
    return button


def test_by_mail_without_an_account(month: Month, visitor: Callable[..., Visitor]) -> None:
    month.mail_it()
    ruth = visitor("en", looks=PHONE, phone=True)
    page = ruth.page
    letter = page.locator(".card", has_text="ruth@example.org").first
    for _second in range(60):
        page.goto(ruth.live.url("/mailbox/"))
        if letter.count():
            break
        page.wait_for_timeout(500)
    address = re.search(r"http://\S+/r/[\w-]{43}/", letter.inner_text() + (letter.inner_html()))
    assert address is not None
    page.goto(address[0])
    expect(page.locator("#item-title")).to_be_visible()
    # A scanner that runs scripts presses the button as soon as it is there, and is asked once more.
    page.evaluate(
        "document.querySelector('form.decide').requestSubmit(document.querySelector('form.decide button'))"
    )
    expect(page.locator("input[name=confirm]")).to_be_attached()
    assert month.decisions() == (0, 0)
    ruth.look_well("asked-once-more")
    page.wait_for_timeout(3_200)  # as long as a person takes to read at least
    page.goto(address[0])
    ruth.look_well("letter")
    ruth.keep("letter")
    for _number in range(SIZE):
        title_after(page, lambda: within_reach(page.locator("form.decide button.btn-primary")).tap())
    expect(page.get_by_role("heading", name="Everything here is decided")).to_be_visible()
    ruth.look_well("done")
    ruth.keep("done")
    assert ruth.problems == []
    assert month.decisions() == (SIZE, SIZE)
    assert page.context.cookies(ruth.live.url("/", HOST))[0]["name"] != "sessionid"


def test_each_screen_in_both_themes_and_the_focus_after_swaps(
    month: Month, visitor: Callable[..., Visitor]
) -> None:
    """`make looks` looks at both widths in both themes, this at one of them: it takes a quarter of the time."""
    post = month.point_into_a_picture()
    nora = visitor("cs", looks=EVERY_LOOK if os.environ.get("EVERY_LOOK") else PHONE)
    nora.expecting(404)  # of the picture there is only the row
    page = enter(nora, "/")
    expect(page.locator("#h-wait")).to_be_visible()
    nora.look_well("dashboard")
    review, item = f"/inbox/post/{post.pk}/", f"?item=post:{post.pk}"
    for name, path in {
        "inbox": "/inbox/",
        "decided": "/inbox/?tab=decided",
        "others": "/inbox/?tab=others",
        "review": review,
        "changes": f"/review/post/{post.pk}/changes/",
        "reject": f"{review}reject/",
        "regenerate": f"{review}regenerate/",
        "spot": f"/review/post/{post.pk}/comment/?spot=1&at.x=90&at.y=30",
        "approve-many": f"/inbox/selected/approve/{item}",
        "change-many": f"/inbox/selected/changes/{item}",
        "put-off": f"/inbox/selected/snooze/{item}",
        "results": "/results/",
        "calendar": "/calendar/?d=2027-02",
        "members": "/settings/members/",
        "membership": f"/settings/members/{month.place.memberships.get().pk}/",
        "settings": "/settings/",
        "review-links": "/settings/review-links/",
        "voice-rules": "/voice-rules/",
    }.items():
        page.goto(nora.live.url(path, HOST))
        nora.look_well(name)
        if name in {"spot", "results", "membership", "review"}:
            nora.keep(name)
    swaps_keep_the_focus(nora, page, review)
    assert nora.problems == []


def swaps_keep_the_focus(nora: Visitor, page: Page, review: str) -> None:
    """Wherever a part of the page is replaced, the focus is on something that is there and shows it."""
    page.goto(nora.live.url("/inbox/", HOST))
    page.locator("select[name=kind]").focus()
    page.locator("select[name=kind]").select_option("article")
    expect(page.locator("[data-row]")).to_have_count(0)
    seen_focus(page)
    page.goto(nora.live.url(review, HOST))
    settle = page.locator("#comments form[action$='/resolve/'] button").first
    settle.focus()
    for _twice in range(2):
        before = page.locator("#comments button[name=resolved]").first.get_attribute("value")
        page.keyboard.press("Enter")
        expect(page.locator(f"#comments button[name=resolved][value='{before}']")).to_have_count(0)
        assert seen_focus(page) == "H2 h-comments"
        page.locator("#comments button[name=resolved]").first.focus()
    page.locator("#comments a[href$='/reply/']").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id-text")).to_be_focused()
    page.keyboard.type("Agreed.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#comments")).to_contain_text("Agreed.")
    assert seen_focus(page) == "H2 h-comments"


def test_what_is_typed_is_kept_and_the_focus_is_seen(month: Month, visitor: Callable[..., Visitor]) -> None:
    connection.set_tenant(month.place)
    article = BlogPost.objects.select_related("version").order_by("pk")[0]
    operations.comment(article, by=month.nora, text="Said before.")
    nora = visitor("en")
    page = enter(nora, "/")
    expect(page.locator("#h-wait")).to_be_visible()
    review = nora.live.url(f"/inbox/article/{article.pk}/", HOST)
    typing.a_comment_outlives_a_refusal_and_a_reload(nora, review)
    typing.an_editor_keeps_its_draft(page, nora.live.url(f"/content/article/{article.pk}/edit/", HOST))
    typing.filters_say_what_the_list_shows(page, nora.live.url("/content/", HOST))
    typing.a_control_that_changed_keeps_the_focus(page, nora.live.url("/personas/", HOST))
    seen_focus(page)
    uploads = [nora.live.url(path, HOST) for path in ("/documents/", "/media/")]
    typing.the_focus_goes_to_the_button_or_the_message(page, nora.live.url("/events/", HOST), uploads)
    post = SocialPost.objects.filter(state="PENDING_APPROVAL").first()
    assert post is not None
    bars = {
        ".decide": f"/inbox/post/{post.pk}/",
        ".bottombar": "/calendar/",
        ".footbar": "/welcome/personas/",
    }
    typing.nothing_has_the_focus_under_a_bar(
        page, {bar: nora.live.url(path, HOST) for bar, path in bars.items()}
    )
    page.goto(nora.live.url("/settings/notifications/", HOST))
    assert typing.not_told(page, [".chip", ".nav a", ".side-nav a"]) == []
    nora.keep("forced-colours")
    assert nora.problems == []


def test_without_scripts(month: Month, visitor: Callable[..., Visitor]) -> None:
    nora = visitor("en", scripts=False, looks=PHONE)
    page = enter(nora, "/inbox/")
    page.locator("[data-row]").first.click()
    expect(page.locator("#item-title")).to_be_visible()
    nora.look_well("first")
    nora.keep("first")
    for _number in range(3):
        title_after(page, lambda: page.locator("form[data-decide] button[name=decision]").click())
    page.goto(nora.live.url("/inbox/", HOST))
    page.locator("input[name=batch]").check()
    page.locator(".decide-many .btn-primary").click()
    expect(page.locator("main form .btn-primary")).to_be_visible()
    nora.look_well("asked")
    nora.keep("asked")
    page.locator("main form .btn-primary").click()
    expect(page.locator("[data-row]")).to_have_count(0)
    nora.keep("done")
    assert nora.problems == []
    assert month.decisions() == (SIZE, SIZE)
