"""The table of networks and its counting."""

import pytest

from posthub.content.platforms import PLATFORMS, check, length, linkedin_escaped, platform_input, posted_text
from posthub.core.measure import count

FAMILY = "👨‍👩‍👧‍👦"


def codes(key: str, text: str, hashtags: list[str]) -> list[str]:
    return [problem.code for problem in check(key, text, hashtags)]


@pytest.mark.parametrize(
    ("text", "weight"),
    [("č" * 280, 280), ("漢" * 150, 300), (FAMILY, 2), ("see https://example.com/" + "a" * 80, 27), ("", 0)],
)
def test_x_counts_by_weight(text: str, weight: int) -> None:
    assert count(text, "w") == weight


def test_linkedin_counts_what_goes_over_the_wire() -> None:
    assert linkedin_escaped("a (b) #c_d") == "a \\(b\\) \\#c\\_d"
    assert count("(" * 1500, "wire") == 3000
    assert codes("linkedin", "(" * 1501, []) == ["too_long"]


def test_utf16_counts_emoji_twice() -> None:
    assert (count("😀", "u16"), count("😀", "cp")) == (2, 1)


@pytest.mark.parametrize("key", list(PLATFORMS))
def test_each_network_takes_its_limit_and_not_one_more(key: str) -> None:
    limit = PLATFORMS[key].limit
    assert codes(key, "a" * limit, []) == []
    assert codes(key, "a" * (limit + 1), []) == ["too_long"]
    assert codes(key, "  ", []) == ["empty"]


def test_hashtags_count_towards_the_limit_once() -> None:
    assert posted_text("Dobrý den #Chléb", ["#chléb", "#Turnov"]) == "Dobrý den #Chléb\n\n#Turnov"
    assert length("x", "a" * 270, ["#" + "b" * 8]) == 281
    assert codes("x", "a" * 270, ["#" + "b" * 8]) == ["too_long"]


def test_too_many_and_broken_hashtags_are_refused() -> None:
    assert codes("instagram", "text", [f"#tag{n}" for n in "abcdef"]) == ["too_many_hashtags"]
    assert check("x", "text", ["#one", "#two", "#three"])[0].severity == "warn"
    assert codes("x", "text", ["two words"]) == ["bad_hashtag"]
    assert codes("facebook", "text", ["#2026"]) == ["bad_hashtag"]


def test_x_takes_one_cashtag() -> None:
    assert codes("x", "$AAPL and $MSFT", []) == ["cashtags"]


def test_every_row_names_its_source_and_day() -> None:
    for platform in PLATFORMS.values():
        assert platform.source
        assert platform.checked_on == "2026-11-22"
        assert platform_input(platform.key)["limit"] == platform.limit
