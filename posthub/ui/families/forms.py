"""Fields and what belongs to them."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django.forms import BaseForm
from django.forms.boundfield import BoundField

from posthub.ui.component import component
from posthub.ui.fields import bound_view, free_view
from posthub.ui.library import register

InputType = Literal[
    "text", "email", "password", "url", "tel", "search", "number", "date", "time", "datetime-local", "month",
    "color", "file", "area", "select", "checkbox", "radio", "chips", "hidden",
]  # fmt: skip


@component(register)
def field(
    bound: BoundField,
    *,
    label: str = "",
    help: str = "",  # noqa: A002
    prefix: str = "",
    suffix: str = "",
    counter: int | None = None,
    rows: int | None = None,
    chips: bool = False,
    toggle: bool = False,
    words: bool = False,
    short: bool = False,
    optional: bool = False,
    label_hidden: bool = False,
    autofocus: bool = False,
    placeholder: str = "",
) -> Mapping[str, Any]:
    """A field of a Django form with label, help and error. hx_*, data_*, aria_* land on the input itself.

    `counter` is the limit it counts to; `chips` shows choices as chips, `toggle` a check box as a switch,
    `words` the client's text in serif.
    """
    view = bound_view(bound, counter=counter, rows=rows, chips=chips, toggle=toggle, words=words)
    return {"view": view, "label": label or view.label, "help": help or view.help}


@component(register)
def input(  # noqa: A001
    name: str,
    *,
    label: str,
    type: InputType = "text",  # noqa: A002
    value: Any = "",
    id: str = "",  # noqa: A002
    choices: Iterable[tuple[Any, Any]] = (),
    help: str = "",  # noqa: A002
    error: str = "",
    prefix: str = "",
    suffix: str = "",
    counter: int | None = None,
    rows: int | None = None,
    required: bool = False,
    readonly: bool = False,
    checked: bool = False,
    multiple: bool = False,
    accept: str = "",
    autocomplete: str = "",
    placeholder: str = "",
    min: str = "",  # noqa: A002
    max: str = "",  # noqa: A002
    words: bool = False,
    short: bool = False,
    optional: bool = False,
    label_hidden: bool = False,
    autofocus: bool = False,
    form: str = "",
) -> Mapping[str, Any]:
    """A field without a Django form behind it: filters, small single forms."""
    html = {"accept": accept, "autocomplete": autocomplete, "min": min, "max": max, "form": form}
    state = {"required": required, "readonly": readonly, "checked": checked, "multiple": multiple}
    look = {"counter": counter, "rows": rows, "words": words}
    view = free_view(name, type, value, id=id, choices=choices, error=error, html=html, **state, **look)
    return {"view": view}


@component(register)
def form_fields(form: BaseForm) -> None:
    """The error summary, hidden fields and every visible field of a form, in its order."""


@component(register)
def error_summary(form: BaseForm) -> Mapping[str, Any]:
    """What is wrong, on top of the form, each line leading to its field; nothing when all is well.

    In the order of the fields, whichever check found it.
    """
    places = {name: place for place, name in enumerate(form.fields)}
    lines = [
        {
            "href": f"#{form[name].id_for_label or form[name].auto_id}" if name != "__all__" else "",
            "text": error if name == "__all__" else f"{form[name].label}: {error}",
        }
        for name, errors in sorted(form.errors.items(), key=lambda item: places.get(item[0], -1))
        for error in errors
    ]
    return {"lines": lines}


@component(register)
def toggle(
    name: str,
    *,
    label: str,
    checked: bool = False,
    id: str = "",  # noqa: A002
    help: str = "",  # noqa: A002
    value: str = "on",
    form: str = "",
) -> None:
    """A switch: a check box that reads as on and off."""


@component(register)
def choice(
    name: str,
    *,
    value: str,
    label: str,
    type: Literal["radio", "checkbox"] = "radio",  # noqa: A002
    checked: bool = False,
    form: str = "",
) -> None:
    """A choice as a chip: a reason, a network, a weekday."""


@component(register)
def radio_card(
    name: str,
    *,
    value: str,
    label: str,
    meta: str = "",
    type: Literal["radio", "checkbox"] = "radio",  # noqa: A002
    checked: bool = False,
    required: bool = False,
) -> None:
    """A choice that needs a second line: a found company, a plan."""


@component(register)
def code_input(
    name: str = "code",
    *,
    label: str,
    length: int = 6,
    help: str = "",  # noqa: A002
    error: str = "",
    value: str = "",
) -> None:
    """A code from a mail: one field, paste works."""


@component(register)
def file_drop(
    name: str,
    *,
    label: str,
    help: str = "",  # noqa: A002
    error: str = "",
    accept: str = "",
    multiple: bool = False,
    required: bool = False,
) -> None:
    """A native file input in a drop zone; type and size are told beforehand in `help`."""
