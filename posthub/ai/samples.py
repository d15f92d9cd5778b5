"""A made-up bakery, for trying prompts and providers without anybody's data."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "samples.json"
REMARK = {"cs": "Zkraťte to prosím o jednu větu.", "en": "Please make it a sentence shorter."}


@cache
def _samples() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def sample_of(use: str, language: str) -> dict[str, Any]:
    """The inputs of one use, as docs/ai-inputs.md has them."""
    material = _samples()[language]
    inputs = {key: material[key] for key in _samples()["uses"][use]}
    if use == "rewrite":
        inputs["remarks"] = [{"quote": "", "text": REMARK[language]}]
    return inputs
