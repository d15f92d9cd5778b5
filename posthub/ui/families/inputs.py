"""Inputs that are more than one field: all of them work as plain fields without scripts."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django.utils.translation import gettext

from posthub.ui.component import component
from posthub.ui.library import register

TOOLS: tuple[tuple[str, str, str], ...] = (
    ("bold", "bold", "b"),
    ("heading", "heading-2", ""),
    ("list", "list", ""),
    ("numbers", "list-ordered", ""),
    ("quote", "quote", ""),
    ("link", "link", "k"),
)
RATIOS: tuple[tuple[str, str], ...] = (
    ("1:1", "1:1"), ("4:5", "4:5"), ("9:16", "9:16"), ("16:9", "16:9"), ("1.91:1", "1.91:1"),
)  # fmt: skip


@component(register)
def text_editor(
    name: str,
    *,
    label: str,
    value: str = "",
    id: str = "",  # noqa: A002
    help: str = "",  # noqa: A002
    error: str = "",
    rows: int = 14,
    counter: int | None = None,
    preview_url: str = "",
    lang: str = "",
) -> Mapping[str, Any]:
    """A text in Markdown with a toolbar and a preview; a plain text field without scripts.

    The toolbar is one stop of the keyboard, arrows move in it; Ctrl+B and Ctrl+K work in the text. The form is
    posted to `preview_url`, which answers with the fragment that stands in the preview.
    """
    said = {
        "bold": gettext("Bold"), "heading": gettext("Heading"), "list": gettext("List"),
        "numbers": gettext("Numbered list"), "quote": gettext("Quotation"), "link": gettext("Link"),
    }  # fmt: skip
    tools = [{"tool": tool, "icon": icon, "key": key, "label": said[tool]} for tool, icon, key in TOOLS]
    return {"field_id": id or f"id_{name}", "tools": tools, "length": len(value)}


@component(register)
def combobox(
    name: str,
    *,
    label: str,
    options: Iterable[tuple[str, str]] = (),
    url: str = "",
    value: str = "",
    id: str = "",  # noqa: A002
    help: str = "",  # noqa: A002
    error: str = "",
    placeholder: str = "",
    required: bool = False,
) -> Mapping[str, Any]:
    """A field that suggests while one writes: `options` are pairs of a value and words about it.

    With `url` the suggestions are asked for there (`?q=`), and come as `<option>`s. Without scripts it is a field
    with the browser's own list.
    """
    return {"field_id": id or f"id_{name}", "given": list(options)}


@component(register)
def slider(
    name: str,
    *,
    label: str,
    min: int,  # noqa: A002
    max: int,  # noqa: A002
    value: int,
    step: int = 1,
    unit: str = "",
    id: str = "",  # noqa: A002
    help: str = "",  # noqa: A002
) -> Mapping[str, Any]:
    """A number that can also be slid to: the two follow each other, the number is what is sent."""
    return {"field_id": id or f"id_{name}"}


@component(register)
def rating(
    label: str,
    *,
    name: str = "",
    value: int | None = None,
    most: int = 5,
    low: str = "",
    high: str = "",
    required: bool = False,
) -> Mapping[str, Any]:
    """Marks from one to `most`: choices where it has a `name`, else a given mark in words ("4 of 5")."""
    given = gettext("%(value)s of %(most)s") % {"value": value, "most": most} if value is not None else ""
    return {"marks": range(1, int(most) + 1), "given": given}


@component(register)
def color_picker(
    name: str,
    *,
    label: str,
    value: str = "#4F46E5",
    swatches: Iterable[tuple[str, str]] = (),
    id: str = "",  # noqa: A002
    help: str = "",  # noqa: A002
) -> Mapping[str, Any]:
    """A colour: the browser's own field, its code to read and write, and named ones (pairs of code and name)."""
    return {"field_id": id or f"id_{name}", "given": list(swatches)}


@component(register)
def slot_picker(
    *,
    label: str,
    date: str,
    time: str,
    free: Iterable[tuple[str, str]] = (),
    earliest: str = "",
    prefix: str = "",
    error: str = "",
) -> Mapping[str, Any]:
    """When something goes out: the browser's own date and time, and the next free slots to take with one press.

    `date` is ISO, `time` as 09:00; `free` are pairs of "2026-12-03 09:00" and words. Sends `date`, `time` and
    `slot`, which goes before the two where it is not empty; each name begins with `prefix`.
    """
    return {"given": list(free)}


@component(register)
def cropper(
    src: str,
    *,
    alt: str,
    width: int,
    height: int,
    id: str,  # noqa: A002
    ratio: str = "1:1",
    x: int = 0,
    y: int = 0,
    w: int = 100,
    h: int = 100,
    prefix: str = "",
) -> Mapping[str, Any]:
    """What of a picture is shown, in per cent of it: a frame to drag, and the same in numbers for the keyboard.

    `width` and `height` are the picture's own. Sends `ratio`, `x`, `y`, `w`, `h`; without scripts the numbers are
    written, or the middle of the picture is taken.
    """
    sides: list[tuple[str, str, int, Literal[0, 5]]] = [
        ("x", gettext("From the left"), x, 0),
        ("y", gettext("From the top"), y, 0),
        ("w", gettext("Width"), w, 5),
        ("h", gettext("Height"), h, 5),
    ]
    return {"sides": sides, "ratios": [(code, words, code == ratio) for code, words in RATIOS]}
