"""The pipeline over fictional companies: a slice in every run, all of them with `make quality`."""

import json
import os
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from posthub.company.queries import usable_facts
from posthub.content.claims import settled, unverified
from posthub.content.models import BlogPost
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
    assert unnoticed() == []


def unnoticed() -> list[str]:
    """Figures of the articles put wrong one by one: those that the check of claims takes for true."""
    taken = []
    for article in BlogPost.objects.select_related("topic__company", "version"):
        company = article.topic.company
        facts, claims = usable_facts(company), article.version.extra["claims"] if article.version else []
        told = [claim["sentence"] for claim in claims if re.search(r"\d", claim["sentence"])]
        assert told, "an article without a figure proves nothing"
        for sentence in told:
            wrong = re.sub(r"\d+", lambda figure: f"9{figure[0]}7", sentence)
            text = article.text.replace(sentence, wrong)
            loose = unverified(settled(text, tongue=company.language, facts=facts, said=claims))
            if not any(wrong in one or one in wrong for one in loose):
                taken.append(wrong)
    return taken
