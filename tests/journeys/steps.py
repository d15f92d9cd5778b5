"""From signing up to a month in the calendar, step by step, as one person does it."""

import re
import secrets
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Locator, expect
from playwright.sync_api import TimeoutError as NotInTime

from tests.journeys.visitor import Visitor

WORK = 60_000  # milliseconds that background work may take on a busy machine
NETWORKS = ["LinkedIn", "Facebook", "X", "Instagram", "TikTok"]  # in the order in which they go out


@dataclass
class Account:
    email: str
    name: str
    label: str
    password: str = "correct-horse-battery"


def new_account(language: str) -> Account:
    tag = secrets.token_hex(3)
    return Account(f"nora-{tag}@example.com", f"Pekárna {language} {tag}", f"pekarna-{language}-{tag}")


def register(visitor: Visitor, account: Account) -> None:
    page = visitor.page
    page.goto(visitor.live.url("/register/"))
    visitor.look_well("register")
    visitor.field("Work e-mail").fill(account.email)
    page.locator("input[name=password1]").fill(account.password)
    visitor.field("Organization name").fill(account.name)
    page.locator("input[name=label]").fill(account.label)
    visitor.field("I agree to the terms of service").check()
    visitor.field("I have read the privacy notice").check()
    visitor.button("Start free trial").click()
    expect(visitor.heading("Confirm your e-mail")).to_be_visible()
    visitor.look_well("confirm")
    code = code_for(visitor, account)
    visitor.field("Code from the mail").fill(code)
    visitor.button("Confirm").click()
    if not visitor.scripts:  # with scripts whoever has one organization is there at once
        expect(visitor.heading("Your organizations")).to_be_visible()
        visitor.look_well("organizations")
        visitor.button("Continue to %(name)s", name=account.name).click()
    expect(visitor.heading("Which company do we write for?")).to_be_visible()


def code_for(visitor: Visitor, account: Account) -> str:
    """The code, read in the mailbox in a second tab."""
    mailbox = visitor.page.context.new_page()
    mailbox.goto(visitor.live.url("/mailbox/"))
    letter = mailbox.locator(".card", has_text=account.email).first
    code = letter.locator("code").first.inner_text()
    mailbox.close()
    return code


def tell_the_website(visitor: Visitor) -> None:
    page, language = visitor.page, visitor.words.language
    visitor.look_well("company")
    address = visitor.live.site_url + ("en/" if language == "en" else "")
    page.locator("input[name=company]").fill(address)
    page.locator(f"input[name=language][value={language}]").check(force=True)
    visitor.button("Read my website").click()
    expect(visitor.heading("Is this you?")).to_be_visible()
    visitor.look_well("reading")


def judge_points(visitor: Visitor) -> None:
    """Right, wrong and never say on three points; the rest is taken as it was found."""
    page = visitor.page
    rows = page.locator(
        ".dna-row:visible", has=page.get_by_role("button", name=visitor.words("Right"), exact=True)
    )
    expect(rows.first).to_be_visible(timeout=WORK)
    visitor.look_well("dna")
    for number, verdict in enumerate(["Right", "Wrong", "Never say"]):
        row = page.locator(f"#{rows.nth(number).get_attribute('id')}")
        button = row.get_by_role("button", name=visitor.words(verdict), exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    # The button that accepts comes with the draft, and so with a page that was loaded after the reading.
    accept = visitor.button("Looks right, continue")
    expect(accept).to_be_visible()
    accept.click()
    expect(visitor.heading("Which of these sounds like you?")).to_be_visible()


def choose_voices(visitor: Visitor) -> None:
    page = visitor.page
    propose = visitor.button("Propose six voices")
    voices = page.locator("article.voice")
    expect(propose.or_(voices.first).first).to_be_visible()
    if propose.is_visible():
        visitor.look_well("voices-empty")
        propose.click()
    expect(voices).to_have_count(6, timeout=WORK)
    visitor.look_well("voices")
    for number in range(3):
        voices.nth(number).locator("label").click()  # it spans the card
        expect(voices.nth(number).get_by_role("checkbox")).to_be_checked()
    visitor.button("Continue with these voices").click()
    expect(visitor.heading("How often, and where?")).to_be_visible()


def set_the_rhythm(visitor: Visitor) -> None:
    page = visitor.page
    for box in page.locator("input[name=platforms]").all():
        box.check(force=True)
    visitor.look_well("rhythm")
    visitor.button("Save and continue").click()
    expect(visitor.heading("Ready to start")).to_be_visible()
    visitor.look_well("ready")


def propose_topics(visitor: Visitor) -> Locator:
    visitor.button("Start: propose topics").click()
    approve = visitor.button("Approve")
    expect(approve.first).to_be_visible(timeout=WORK)
    visitor.look_well("topics")
    return approve


def approve_a_topic(visitor: Visitor) -> str:
    """On the list; returns its title."""
    page = visitor.page
    row = page.locator("li.topic-row", has=visitor.button("Approve")).first
    title = row.locator("h3").inner_text()
    row = page.locator(f"#{row.get_attribute('id')}")
    row.get_by_role("button", name=visitor.words("Approve"), exact=True).click()
    open_article = row.get_by_role("link", name=visitor.words("Open the article"), exact=True)
    expect(open_article).to_be_visible(timeout=WORK)
    visitor.look_well("topic-approved")
    # The row comes anew once the article is written. Whoever presses in that very moment presses again.
    for _press in range(3):
        open_article.click()
        with suppress(NotInTime):
            page.wait_for_url("**/inbox/article/**", timeout=5000)
            break
    return title


def approve_the_article(visitor: Visitor) -> None:
    """Waits until it is written, without loading anything by hand."""
    page = visitor.page
    decide = page.locator("form[data-decide] button[name=decision]")
    expect(decide).to_be_visible(timeout=WORK)
    expect(page.locator(".prose h2").first).to_be_visible()
    visitor.look_well("article")
    decide.click()
    # On to the next thing that waits: another topic.
    expect(visitor.page.get_by_role("form", name=visitor.words("Decision on this topic"))).to_be_visible()


def approve_the_posts(visitor: Visitor, title: str) -> None:
    page = visitor.page
    go_to(visitor, "/inbox/")
    # The list looks after itself; without scripts whoever comes back later finds what was written meanwhile.
    line = page.locator("li.inbox-row", has_text=title).filter(has_text=", ".join(NETWORKS))
    for _ in range(0 if visitor.scripts else WORK // 1000):
        if line.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(line).to_be_visible(timeout=WORK)
    visitor.look_well("inbox")
    line.get_by_role("link").click()
    previews = page.locator(".preview-with")
    expect(previews).to_have_count(len(NETWORKS))
    for network in NETWORKS:
        expect(page.get_by_role("figure").filter(has_text=network).first).to_be_visible()
    visitor.look_well("posts")
    page.locator("form[data-decide] button[name=decision]").click()
    expect(page.get_by_role("form", name=visitor.words("Decision on these posts"))).to_have_count(0)


def find_in_the_calendar(visitor: Visitor, title: str) -> None:
    page = visitor.page
    go_to(visitor, "/calendar/")
    slot = page.locator("table.cal td:not(.out) .slot", has_text=title)
    if not slot.count():
        visitor.link("After").click()
    expect(slot).to_be_visible()
    visitor.look_well("calendar-month")
    visitor.link("List").click()
    item = page.locator(".agenda-item", has_text=title)
    expect(item).to_be_visible()
    expect(item.locator(".agenda-post")).to_have_count(len(NETWORKS))
    expect(item.get_by_text(visitor.words("Scheduled"), exact=True)).to_have_count(len(NETWORKS))
    visitor.look_well("calendar-list")


def go_to(visitor: Visitor, path: str) -> None:
    """By address, on the host one is on."""
    visitor.page.goto(re.sub(r"(//[^/]+)/.*", rf"\1{path}", visitor.page.url))
