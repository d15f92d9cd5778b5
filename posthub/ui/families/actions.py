"""Things one presses."""

from collections.abc import Mapping
from typing import Any, Literal

from posthub.ui.component import component
from posthub.ui.library import register
from posthub.ui.sprite import IconName

Variant = Literal["primary", "secondary", "ghost", "danger", "link", "gradient"]
Size = Literal["s", "m", "l"]
NO_ICON = IconName("")


def _button_classes(variant: str, size: str, *, icon_only: bool = False, wide: bool = False) -> str:
    classes = ["btn", f"btn-{variant}"]
    if size != "m":
        classes.append(f"btn-{size}")
    if icon_only:
        classes.append("btn-icon")
    if wide:
        classes.append("btn-block")
    return " ".join(classes)


@component(register, kept=True)
def button(
    label: str,
    *,
    variant: Variant = "secondary",
    size: Size = "m",
    icon: IconName = NO_ICON,
    icon_after: IconName = NO_ICON,
    icon_only: bool = False,
    href: str = "",
    type: Literal["submit", "button", "reset"] = "submit",  # noqa: A002
    name: str = "",
    value: str = "",
    form: str = "",
    formaction: str = "",
    id: str = "",  # noqa: A002
    loading: bool = False,
    why_not: str = "",
    wide: bool = False,
    key: str = "",
    opens: str = "",
    closes: str = "",
    autofocus: bool = False,
) -> Mapping[str, Any]:
    """A button, or a link where `href` is given. At most one primary per view.

    `icon_only` keeps the label for assistive technology; `why_not` makes it unavailable and says why;
    `key` is its shortcut; `opens`/`closes` name the `{% dialog %}` it opens or closes.
    """
    return {"classes": _button_classes(variant, size, icon_only=icon_only, wide=wide)}


@component(register)
def post_button(
    label: str,
    *,
    action: str,
    variant: Variant = "secondary",
    size: Size = "m",
    icon: IconName = NO_ICON,
    icon_only: bool = False,
    name: str = "",
    value: str = "",
    key: str = "",
    focus_after: str = "",
) -> Mapping[str, Any]:
    """A whole form with one button: POST to `action`. hx_* attributes land on the form."""
    return {"classes": _button_classes(variant, size, icon_only=icon_only)}


@component(register, kept=True)
def icon(name: IconName, *, size: Literal["s", "m", "l"] = "m", label: str = "") -> None:
    """An outline from the sprite; decorative unless it has a label."""


@component(register, block=True)
def dropdown(
    label: str,
    *,
    id: str,  # noqa: A002
    icon: IconName = NO_ICON,
    icon_only: bool = False,
    variant: Variant = "ghost",
    size: Size = "m",
) -> Mapping[str, Any]:
    """A button that opens a list of `{% menu_item %}` in a popover."""
    return {"classes": _button_classes(variant, size, icon_only=icon_only)}


@component(register)
def menu_item(
    label: str,
    *,
    href: str = "",
    post: str = "",
    icon: IconName = NO_ICON,
    danger: bool = False,
    current: bool = False,
    name: str = "",
    value: str = "",
    form: str = "",
    opens: str = "",
    key: str = "",
) -> None:
    """One line of a dropdown: a link (`href`), its own POST form (`post`), or a button of `form`/`opens`."""


@component(register)
def copy_field(value: str, *, label: str, id: str) -> None:  # noqa: A002
    """A read-only value with a button that copies it."""


@component(register, block=True, slots=("actions",))
def dialog(
    title: str,
    *,
    id: str,  # noqa: A002
    wide: bool = False,
    action: str = "",
) -> None:
    """A native dialog opened by `{% button opens=id %}`. With `action` its content is a POST form."""
