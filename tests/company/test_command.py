"""`manage.py company_dna URL`, on a small website on loopback."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.sites.serving import folder, served


def said(address: str, **options: Any) -> str:
    out = StringIO()
    call_command("company_dna", address, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def site(settings: Any) -> Any:
    with served(folder("english-roofer")) as (address, entry, _asked):
        host, _colon, port = entry.rpartition(":")
        settings.READER_ALLOW = [(host, int(port))]
        yield address


def test_what_was_found_is_told_as_a_table_and_as_data(site: str) -> None:
    lines = said(site).splitlines()
    found = json.loads(said(site, as_json=True))
    summary = (
        f"{len(found['points'])} points and {len(found['facts'])} facts from {len(found['pages'])} pages"
    )
    assert summary in lines
    assert {line.split()[0] for line in lines[: lines.index(summary)] if line[:1].strip()} == set(
        found["points"]
    )
    assert any(line.strip().startswith("“") and site in line for line in lines)
    assert len([line for line in lines if line.startswith("not read: ")]) == len(found["problems"])


def test_a_site_that_cannot_be_read_is_said_with_the_reason(site: str) -> None:
    with pytest.raises(CommandError, match=r"Nothing could be read from .*nowhere.*\(.+\)"):
        said(f"{site}nowhere")
