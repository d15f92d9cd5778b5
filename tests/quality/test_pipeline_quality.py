"""The pipeline over fictional companies: a slice in every run, all of them with `make quality`."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from posthub.content.similarity import VOICE_LIMIT
from posthub.organizations.models import Organization
from tests.quality.measuring import measure
from tests.quality.scoring import NAMES

# One Czech shop and one English trader stand for all twelve in the ordinary run.
SLICE = ["medarna-kubesovi", "aire-plumbing"]
REPORT = os.environ.get("QUALITY_REPORT", "")
TEXTS = int(os.environ.get("QUALITY_TEXTS", "2"))


@pytest.mark.parametrize("name", NAMES if REPORT else SLICE)
def test_a_company_gets_texts_that_nobody_has_to_be_ashamed_of(
    name: str, tenant: Organization, cast: Any, work: Any, settings: Any
) -> None:
    found = measure(name, by=cast.sofia, work=work, settings=settings, texts=TEXTS)
    if REPORT:
        with Path(REPORT).open("a", encoding="utf-8") as report:
            report.write(json.dumps(asdict(found), ensure_ascii=False) + "\n")
        return
    assert found.articles == TEXTS
    assert found.duplicates == []
    assert found.blocking == []
    assert found.unverified == []
    assert found.voices < VOICE_LIMIT
