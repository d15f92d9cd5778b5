"""A few screens as `make screens` looks at all of them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.proofs.gallery import markup
from tests.proofs.gallery.looking import Observer, Visit
from tests.support.live import Live

pytestmark = pytest.mark.browser


def test_screens_hold_what_make_screens_asks_of_all(live: Live, chromium: Browser, tmp_path: Path) -> None:
    observer = Observer(chromium, tmp_path, looks=[(360, 740, "dark")])
    wrong = []
    for path in ("/", "/accounts/login/", "/visual-book/?q=chart"):
        visit = Visit(path, live.url(path), "anonymous", "filled", "en")
        looks, text = observer.look_at(visit)
        wrong += [problem for look in looks for problem in look.problems] + markup.parse_errors(text)
    assert wrong == []
