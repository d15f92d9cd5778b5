from pathlib import Path

from posthub.ui import reference

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_table_of_components_is_up_to_date():
    assert (DOCS / "components.md").read_text() == reference.as_markdown()
