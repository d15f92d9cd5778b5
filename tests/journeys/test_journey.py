"""The main job end to end: from a website to a month of scheduled posts, as one person does it."""

from collections.abc import Callable

import pytest

from tests.journeys import steps
from tests.journeys.visitor import ALL_LOOKS, DARK_DESK, PHONE, Looks, Visitor

pytestmark = pytest.mark.browser


def walk(visitor: Visitor) -> None:
    account = steps.new_account(visitor.words.language)
    steps.register(visitor, account)
    steps.tell_the_website(visitor)
    steps.judge_points(visitor)
    steps.choose_voices(visitor)
    steps.set_the_rhythm(visitor)
    steps.propose_topics(visitor)
    title = steps.approve_a_topic(visitor)
    steps.approve_the_article(visitor)
    steps.approve_the_posts(visitor, title)
    steps.find_in_the_calendar(visitor, title)


@pytest.mark.parametrize(("language", "looks"), [("cs", ALL_LOOKS), ("en", DARK_DESK)], ids=["cs", "en"])
def test_a_new_organization_gets_from_its_website_to_the_calendar(
    language: str, looks: Looks, visitor: Callable[..., Visitor]
) -> None:
    nora = visitor(language, looks=looks)
    walk(nora)
    assert nora.problems == []


def test_the_same_journey_without_scripts(visitor: Callable[..., Visitor]) -> None:
    nora = visitor("cs", scripts=False, looks=PHONE)
    walk(nora)
    assert nora.problems == []
