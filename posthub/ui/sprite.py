"""The names of the icons that exist, read from the sprite itself."""

import re
from functools import cache
from pathlib import Path
from typing import NewType

IconName = NewType("IconName", str)

SPRITE = Path(__file__).resolve().parents[2] / "static" / "icons.svg"


@cache
def icon_names() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text(encoding="utf-8")))
