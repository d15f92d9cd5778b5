"""`python -m tests.proofs.gallery.pictures`: the pictures of the landing page, taken from the running demo.

They show the product as it is, in both languages: static/landing/<screen>-<language>.webp.
"""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.proofs.gallery.__main__ import demo
from tests.run import ROOT, chromium

TARGET = ROOT / "static" / "landing"
QUALITY = 72
# Name: path, width and height of the window, its density, and what of the picture is kept, in its own pixels.
SHOTS = {
    "review": ("/inbox/", 360, 700, 2),
    "dashboard": ("/", 1200, 760, 1),
    "calendar": ("/calendar/", 1200, 760, 1),
}


def save(raw: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(raw)).convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)


def show(page: Page, name: str) -> None:
    """What somebody would look at: the next article, the month that is planned."""
    if name == "review":
        page.locator("a[data-row][href*='/article/']").first.click()
        page.wait_for_selector("#item-title")
    if name == "calendar" and not page.locator("table.cal a.slot").count():
        page.locator("a:has(.i):has(span)", has=page.locator("[href*='chevron-right']")).first.click()
    page.evaluate("() => document.activeElement?.blur()")


def write_some(client: Any) -> None:
    """Some articles that wait, some that are approved with their posts."""
    from posthub.approvals.operations import approve
    from posthub.content.models import BlogPost, Topic
    from posthub.demo.seed import wait_for_all

    for topic in Topic.objects.filter(state="DRAFT").order_by("date")[:6]:
        approve(topic, by=client, seen=topic.content_hash)
    wait_for_all("content.write_article")
    for article in BlogPost.objects.filter(state="PENDING_APPROVAL").order_by("topic__date")[:3]:
        approve(article, by=client, seen=article.content_hash)
    wait_for_all("content.write_post")


@contextmanager
def two_organizations(port: int) -> Iterator[dict[str, tuple[str, str]]]:
    """Host and session of a filled organization by language; the English one is filled here."""
    import json
    import os

    from django.utils import translation

    from posthub.accounts.models import User
    from posthub.core.tenancy import in_schema
    from posthub.demo.cast import CLIENT, NEWCOMER
    from posthub.demo.seed import plan_month
    from posthub.organizations.models import Organization
    from tests.proofs.gallery.places import place
    from tests.proofs.gallery.tour import signed_in

    site = json.loads(Path(os.environ["DATA_DIR"], "demo.json").read_text())["site_url"]
    alex, tereza = (User.objects.get(email=one.email) for one in (NEWCOMER, CLIENT))
    english, czech = (Organization.objects.get(name=name) for name in ("Alder & Finch", "Pekárna Podhorka"))
    with in_schema(english.schema_name), translation.override("en"):
        plan_month(f"{site}en/", by=alex, say=print, language="en")
        write_some(alex)
    User.objects.filter(pk=alex.pk).update(language="en")
    User.objects.filter(pk=tereza.pk).update(language="cs")
    found = {}
    for language, organization, person in (("en", english, alex), ("cs", czech, tereza)):
        here = place("filled", organization, {"supervisor": person})
        client = signed_in(person, here, language)
        found[language] = (f"http://{here.host}:{port}", client.cookies["sessionid"].value)
    yield found


def main() -> int:
    with demo() as port:
        import django

        django.setup()
        with two_organizations(port) as places, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            for language, (origin, session) in places.items():
                for name, (path, width, height, density) in SHOTS.items():
                    context = browser.new_context(
                        viewport={"width": width, "height": height},
                        device_scale_factor=density,
                        reduced_motion="reduce",
                        locale={"cs": "cs-CZ", "en": "en-GB"}[language],
                    )
                    context.add_cookies([{"name": "sessionid", "value": session, "url": origin}])
                    page = context.new_page()
                    page.goto(origin + path)
                    show(page, name)
                    save(page.screenshot(), TARGET / f"{name}-{language}.webp")
                    context.close()
            browser.close()
    for path in sorted(TARGET.glob("*.webp")):
        print(f"{path.stat().st_size:8} {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
