"""One Chromium for all journeys. A machine without one fails them: they are never left out silently."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.visitor import ALL_LOOKS, Looks, Visitor
from tests.journeys.words import Words
from tests.support.live import Live

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARTEFACTS = Path(__file__).resolve().parents[2] / "test-artefacts"
# Playwright's loop lives in this thread, where the tests also look into the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("POSTHUB_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser, live: Live, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """visitor("cs") is somebody at a browser of that language; visitor("cs", scripts=False) has scripts off, and
    visitor("cs", phone=True) a small screen that is touched."""
    visitors: list[Visitor] = []

    def come(
        language: str, *, scripts: bool = True, looks: Looks = ALL_LOOKS, phone: bool = False
    ) -> Visitor:
        window = (360, 740) if phone else (1280, 900)
        context = chromium.new_context(
            locale={"cs": "cs-CZ", "en": "en-GB"}[language],
            viewport={"width": window[0], "height": window[1]},
            has_touch=phone,
            is_mobile=phone,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        folder = ARTEFACTS / re.sub(r"\W+", "-", request.node.name.removeprefix("test_")).strip("-")
        visitors.append(
            Visitor(context, live, Words(language), folder, looks=looks, scripts=scripts, window=window)
        )
        return visitors[-1]

    yield come
    for somebody in visitors:
        somebody.leave()
