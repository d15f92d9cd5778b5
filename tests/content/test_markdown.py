import pytest

from posthub.content.markdown import blocks, render


def test_each_block_carries_its_place() -> None:
    assert render("One.\n\n## Two\n\n- three\n- four") == (
        '<p id="b1" data-block="b1">One.</p>\n<h2 id="b2" data-block="b2">Two</h2>\n'
        '<ul id="b3" data-block="b3">\n<li>three</li>\n<li>four</li>\n</ul>'
    )


def test_headings_stay_below_the_title_of_the_page() -> None:
    assert [block.html[:3] for block in blocks("# One\n\n#### Two")] == ["<h2", "<h3"]


def test_a_block_knows_its_source() -> None:
    assert [block.source for block in blocks("One\ntwo.\n\n> three")] == ["One\ntwo.", "> three"]


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHN2Zz4=)",
        '<a href="#" hx-get="/x" onclick="y()">z</a>',
        "![x](https://evil.example/pixel.png)",
        "<svg/onload=alert(1)>",
        '<p style="position:fixed" class="x">y</p>',
        '<https://ok.example/" onmouseover=alert(1)>',
    ],
)
def test_nothing_active_comes_out(attack: str) -> None:
    shown = render(f"Before {attack} after\n\n{attack}")
    for start in ("<script", "<img", "<svg", 'href="javascript', 'href="data', '<a href="#" hx', "<p style"):
        assert start not in shown
