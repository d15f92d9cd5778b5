"""Real words for the Visual Book: what its samples show."""

from typing import Any


def samples() -> dict[str, Any]:
    return {}
