"""Pages made to keep a reader busy: what is read of them is bounded, and the reading says what was left out."""

import time

import pytest

from posthub.ai.providers.offline import dna as offline
from posthub.company.extraction import find_all
from posthub.company.extraction.budget import MOST_BLOCKS, MOST_TEXT, spare
from posthub.company.reader import Block, Page, SiteReading, read_site
from posthub.company.reader import text_blocks as limits
from posthub.company.reader.parsing import parse
from posthub.company.reader.structured import LONGEST_DAMAGED, MOST, MOST_NESTED, tolerant
from tests.sites.serving import page, served

SENTENCE = "Vyrábíme stoly a židle z masivu pro rodiny, které vydrží 25 let. "
CUT = "the page is very long; its rest was left out"


def list_items(count: int) -> str:
    return "<ul>" + "".join(f"<li>Oprava kol {n}</li>" for n in range(count)) + "</ul>"


HOSTILE = {
    "list items": list_items(3_000),
    "nested menus": ("<div class='menu'>" * 25 + SENTENCE + "</div>" * 25) * 700,
    "table rows": "<table>" + "<tr><td>Oprava</td><td>9 Kč</td></tr>" * 4_000 + "</table>",
    "one long line": "<p>" + SENTENCE * 2_000,
    "one long word": "<p>Text " + "a" * 300_000,
}


def cpu_of(html: str) -> float:
    """Seconds of this process's own time for reading the page and finding its company's DNA."""
    began = time.process_time()
    find_all(SiteReading("http://a.cz/", [parse(html, "http://a.cz/")]))
    return time.process_time() - began


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "one long word"])
def test_a_page_beyond_all_measure_is_read_in_part_and_says_so(name: str) -> None:
    found = parse(HOSTILE[name], "http://a.cz/")
    assert len(found.blocks) <= limits.MOST_BLOCKS
    assert len(found.text) <= limits.MOST_TEXT * 1.1
    assert found.problems == [CUT]


def test_a_word_no_language_has_is_left_out() -> None:
    assert [block.text for block in parse(HOSTILE["one long word"], "http://a.cz/").blocks] == ["Text"]


def test_twice_the_page_does_not_cost_more_than_three_times_the_work() -> None:
    cpu_of(list_items(50))  # the word lists are read once
    assert cpu_of(list_items(6_000)) <= 3 * cpu_of(list_items(3_000)) + 0.2


def test_a_page_of_thousands_of_data_blocks_keeps_its_words() -> None:
    script = '<script type="application/ld+json">{"@type":"Product","name":"Stůl"}</script>'
    found = parse(f"<p>{SENTENCE}</p>" + script * 2_000, "http://a.cz/")
    assert [block.text for block in found.blocks] == [SENTENCE.strip()]
    assert len(found.objects) == 40


@pytest.mark.parametrize(
    "damaged",
    [
        '{"a":1 ' + "/* " * 19_000,
        "{'a':" * 12_000,
        '{"a":"b"' + ' // x " \n' * 6_000,
        '{"a":1' + "\n" * 50_000,
    ],
    ids=["comments", "braces", "slashes", "lines"],
)
def test_mending_damaged_data_takes_little_time_however_it_is_damaged(damaged: str) -> None:
    assert len(damaged) <= LONGEST_DAMAGED
    began = time.process_time()
    tolerant(damaged)
    assert time.process_time() - began < 1


def test_a_tag_of_thousands_of_attributes_is_not_parsed() -> None:
    crowded = "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">"
    found = parse(f"<p>{SENTENCE}</p>{crowded}Konec", "http://a.cz/")
    assert [block.text for block in found.blocks] == [SENTENCE.strip()]
    assert found.problems == [CUT]


def test_a_long_block_becomes_several_and_none_of_its_words_is_lost() -> None:
    found = parse(f"<p>{SENTENCE * 200}</p>", "http://a.cz/")
    assert max(len(block.text) for block in found.blocks) <= limits.LONGEST
    assert " ".join(block.text for block in found.blocks) == (SENTENCE * 200).strip()


def test_the_whole_site_has_a_budget_and_what_goes_beyond_it_is_named() -> None:
    many = [
        Page(f"http://a.cz/{n}", blocks=[Block("p", SENTENCE) for _ in range(MOST_BLOCKS // 4)])
        for n in range(6)
    ]
    reading = SiteReading("http://a.cz/", many)
    spare(reading)
    kept = [block for each in reading.pages for block in each.blocks]
    assert len(kept) <= MOST_BLOCKS
    assert sum(len(block.text) for block in kept) <= MOST_TEXT
    left_out = "the site is very long; a part of this page was left out"
    assert {problem.reason for problem in reading.problems} == {left_out}
    assert reading.problems[-1].url == "http://a.cz/5"


def test_a_site_with_one_hostile_page_is_read_all_the_same() -> None:
    pages = {
        "/": page(f"<title>Dílna</title><p>{SENTENCE}</p><a href='/o-nas'>O nás</a>"),
        "/o-nas": page(f"<title>O nás</title>{list_items(3_000)}"),
    }
    with served(lambda handler, path: pages.get(path, (404, {}, b""))) as (url, entry, _):
        reading = read_site(url, allow=[entry])
    assert [each.title for each in reading.pages] == ["Dílna", "O nás"]
    assert [problem.reason for problem in reading.problems] == [CUT]


def test_breaks_without_end_are_lines_of_a_bounded_number_of_blocks() -> None:
    found = parse("<p>" + "- a<br>" * 50_000, "http://a.cz/")
    assert len(found.blocks) <= limits.MOST_BLOCKS
    assert found.problems == [CUT]


def test_items_of_microdata_are_noted_once_each_however_deep_they_nest() -> None:
    opening = '<div itemscope itemtype="http://schema.org/Product" itemprop="x">'
    found = parse(opening * 400 + '<span itemprop="name">P</span>', "http://a.cz/")
    assert len(found.objects) == MOST
    depth, thing = 0, found.objects[0]
    while "x" in thing:
        depth, thing = depth + 1, thing["x"]
    assert depth == MOST_NESTED - 1


def test_what_was_found_when_the_time_is_over_is_kept_and_the_rest_named() -> None:
    reading = SiteReading("http://a.cz/", [parse(f"<title>Dílna</title><p>{SENTENCE}", "http://a.cz/")])
    seconds = iter([0.0, 0.0, *[100.0] * 10])
    found = find_all(reading, spent=lambda: next(seconds))
    assert list(found.points) == []
    left_out = "the site takes very long to look through; some points were not looked for"
    assert [problem.reason for problem in reading.problems] == [left_out]


def test_the_rules_stop_when_their_time_is_over() -> None:
    inputs = {"pages": [{"url": "http://a.cz/", "blocks": [{"kind": "p", "text": SENTENCE}]}]}
    asked: list[int] = []

    def spent() -> float:
        asked.append(1)
        return 3.0 * len(asked)

    assert offline.write("cs", inputs, spent=spent)["facts"] == []
    assert len(asked) == 5  # the start, two rules, the one too late, the facts


@pytest.mark.parametrize("classes", ["hidden md:flex", "d-none d-lg-block", "hidden lg:block"])
def test_a_menu_that_only_telephones_hide_is_followed(classes: str) -> None:
    found = parse(f"<div class='{classes}'><a href='/o-nas'>O nás</a></div>", "http://a.cz/")
    assert [link.url for link in found.links] == ["http://a.cz/o-nas"]
    assert parse("<div class='hidden'><a href='/o-nas'>O nás</a></div>", "http://a.cz/").links == []
