"""Stand-in until the table of networks lands."""

from typing import Any


def platform_input(key: str) -> dict[str, Any]:
    return {"key": key, "name": key, "limit": 280, "unit": "cp", "hashtags_max": 3, "link_mode": "none", "ideal_min": 70, "ideal_max": 200}
