"""The house's own sentences state nothing that somebody would have to prove."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from posthub.ai.providers.offline.library import PATTERNS
from posthub.content.claims import marks_of, sentences_of

A_KIND_OF_FACT = "guarantee"  # as the value of a key, where it is no sentence


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


@pytest.mark.parametrize("language", ["cs", "en"])
def test_no_pattern_boasts_names_a_proof_or_holds_a_figure(language: str) -> None:
    found = []
    for path in sorted(PATTERNS.glob(f"{language}*.toml")):
        for text in strings(tomllib.loads(path.read_text(encoding="utf-8"))):
            for sentence in sentences_of(text):
                marks = marks_of(sentence, language)
                if (marks.words or marks.figures) and sentence != A_KIND_OF_FACT:
                    found.append(f"{path.name}: {sentence}")
    assert found == []
