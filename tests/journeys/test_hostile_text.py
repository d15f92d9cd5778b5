"""The corpus of hostile texts in a real browser: its own parser is the judge of what runs, loads and links."""

from typing import Any

from playwright.sync_api import Browser

from posthub.content.markdown import SCHEMES, render
from tests.guards.test_xss import corpus

ALARM = "() => { window.ran = 0; window.alert = () => { window.ran += 1; }; }"
# What a visitor may do to it, by hand or by accident.
TOUCH = """() => {
  for (const element of document.querySelectorAll("section *"))
    for (const name of ["mouseover", "focus", "toggle", "animationstart", "error", "load"])
      element.dispatchEvent(new Event(name));
  return {
    ran: window.ran,
    sections: document.querySelectorAll("body > section").length,
    schemes: [...new Set([...document.querySelectorAll("a[href]")].map(a => a.protocol))],
    active: document.querySelectorAll("script, iframe, object, embed, form, input, img, svg, style, link").length,
  };
}"""


def seen_by(chromium: Browser, fragments: list[str]) -> tuple[dict[str, Any], list[str]]:
    """What stands in the page once it is there and was touched, and what it asked the network for."""
    page = chromium.new_page()
    asked: list[str] = []
    page.route("**/*", lambda route: (asked.append(route.request.url), route.abort()))
    page.evaluate(ALARM)
    body = "".join(f"<section>{fragment}</section>" for fragment in fragments)
    page.set_content(f"<!doctype html><title>x</title><body>{body}")
    found: dict[str, Any] = page.evaluate(TOUCH)
    page.close()
    return found, asked


def test_no_hostile_text_does_anything_in_a_browser(chromium: Browser) -> None:
    texts = corpus()
    found, asked = seen_by(chromium, [render(text) for text in texts])
    assert found["sections"] == len(texts) >= 3000
    assert (found["ran"], found["active"], asked) == (0, 0, [])
    # ":" is that of an address no browser can read: it leads nowhere.
    assert set(found["schemes"]) <= {":", *(f"{scheme}:" for scheme in SCHEMES)}


def test_the_same_texts_unrendered_run(chromium: Browser) -> None:
    for text in ("<script>alert(1)</script>", "<svg/onload=alert(1)>", "<input autofocus onfocus=alert(1)>"):
        assert text in corpus()
        found, _asked = seen_by(chromium, [text])
        assert found["ran"] > 0, text
