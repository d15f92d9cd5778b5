"""One part of an article written again: everything else stays byte for byte."""

from typing import Any

import pytest

from posthub.content.models import BlogPost
from posthub.content.operations import approve_topic, articles
from posthub.content.parts import part_named, parts_of
from posthub.content.pipeline import put_back
from posthub.core.errors import Refused, Stale, WorkFailed

TEXT = (
    "Úvod.\r\n\r\n## Jedna\n\nPrvní  odstavec\nna dvou řádcích.\n\n- bod\n- bod\n\n### Pod\n\nDruhý.\n\n\n"
    "## Dvě\n\nTřetí.\n"
)


def test_parts_are_the_title_headings_sections_and_paragraphs() -> None:
    found = [(part.id, part.kind, part.of(TEXT)) for part in parts_of(TEXT, "Titulek")]
    assert found == [
        ("title", "headline", ""),
        ("b1", "paragraph", "Úvod."),
        ("s2", "section", "První  odstavec\nna dvou řádcích.\n\n- bod\n- bod\n\n### Pod\n\nDruhý."),
        ("b2", "headline", "Jedna"),
        ("b3", "paragraph", "První  odstavec\nna dvou řádcích."),
        ("b4", "paragraph", "- bod\n- bod"),
        ("s5", "section", "Druhý."),
        ("b5", "headline", "Pod"),
        ("b6", "paragraph", "Druhý."),
        ("s7", "section", "Třetí."),
        ("b7", "headline", "Dvě"),
        ("b8", "paragraph", "Třetí."),
    ]


@pytest.mark.parametrize("name", ["b1", "b2", "b3", "s2", "b7", "b8"])
def test_every_byte_outside_the_part_stays(name: str) -> None:
    part = part_named(TEXT, "Titulek", name)
    assert part is not None
    title, text = put_back("Titulek", TEXT, part, "Něco jiného")
    assert title == "Titulek"
    assert text.encode() == (TEXT[: part.start] + "Něco jiného" + TEXT[part.end :]).encode()


def test_what_is_no_headline_is_not_taken_for_one() -> None:
    heading, paragraph = part_named(TEXT, "T", "b2"), part_named(TEXT, "T", "b3")
    assert heading
    assert paragraph
    assert put_back("T", TEXT, heading, "## Nový\nnadpis")[1] == TEXT.replace("## Jedna", "## Nový nadpis")
    for part, new in ((heading, "x" * 200), (heading, " "), (paragraph, "## Nadpis"), (paragraph, "")):
        with pytest.raises(WorkFailed):
            put_back("T", TEXT, part, new)


@pytest.fixture
def article(month: list[Any], work: Any, cast: Any) -> BlogPost:
    post = approve_topic(month[0], by=cast.sofia, seen=month[0].content_hash)
    work()
    post.refresh_from_db()
    return post


def test_a_paragraph_a_section_and_headlines_are_written_again_one_by_one(
    article: BlogPost, work: Any, cast: Any
) -> None:
    for kind in ("paragraph", "section", "headline", "title"):
        before, title = article.text, article.title
        parts = parts_of(before, title)
        chosen = parts[0] if kind == "title" else [p for p in parts[1:] if p.kind == kind][1]
        articles.regenerate_part(article, by=cast.sofia, seen=article.content_hash, part=chosen.id)
        work()
        article = BlogPost.objects.get(pk=article.pk)
        assert article.state == "PENDING_APPROVAL"
        if kind == "title":
            assert (article.text.encode(), article.title != title) == (before.encode(), True)
            continue
        new = article.text.encode()
        assert article.title == title
        assert article.text != before, kind
        assert new.startswith(before[: chosen.start].encode())
        assert new.endswith(before[chosen.end :].encode())
        assert article.version is not None
        assert [claim for claim in article.version.extra["claims"] if not claim["fact_id"]] == []
        assert [f for f in article.version.extra["findings"] if f["severity"] == "block"] == []


def test_a_part_of_a_text_that_changed_is_not_written_again(article: BlogPost, cast: Any) -> None:
    with pytest.raises(Stale):
        articles.regenerate_part(article, by=cast.sofia, seen="0" * 64, part="b1")
    with pytest.raises(Refused):
        articles.regenerate_part(article, by=cast.sofia, seen=article.content_hash, part="b999")
    article.refresh_from_db()
    assert article.state == "PENDING_APPROVAL"
