"""What every page knows about how it should look."""

from typing import Any

from django.http import HttpRequest

THEME_COOKIE = "posthub_theme"
THEMES = ("light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """`theme` is light, dark or empty: the system's wish decides then."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return {"theme": chosen if chosen in THEMES else ""}
