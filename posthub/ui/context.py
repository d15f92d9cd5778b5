"""What every page knows about how it should look."""

from typing import Any

from django.http import HttpRequest

THEME_COOKIE = "posthub_theme"
RAIL_COOKIE = "posthub_rail"
THEMES = ("light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """`theme` is light, dark or empty: the system's wish decides then. `rail`: the side panel shows icons only."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return {"theme": chosen if chosen in THEMES else "", "rail": request.COOKIES.get(RAIL_COOKIE) == "1"}
