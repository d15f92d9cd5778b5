"""One shape for every input, whether a Django form stands behind it or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

AREAS = (forms.Textarea,)
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radio"),
    (forms.SelectMultiple, "select"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "area"),
    (forms.FileInput, "file"),
)


@dataclass
class FieldView:
    id: str
    name: str
    kind: str
    value: Any = ""
    label: str = ""
    help: str = ""
    choices: list[tuple[Any, Any, bool]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    required: bool = False
    readonly: bool = False
    checked: bool = False
    multiple: bool = False
    counter: int | None = None
    rows: int | None = None
    words: bool = False
    html: dict[str, Any] = field(default_factory=dict)

    @property
    def grouped(self) -> bool:
        """Several inputs under one legend."""
        return self.kind in ("radio", "checks", "chips", "chips-many")

    @property
    def control_type(self) -> str:
        return "checkbox" if self.kind in ("checks", "chips-many") else "radio"

    @property
    def length(self) -> int:
        return len(str(self.value or ""))


def _kind(widget: forms.Widget) -> str:
    for widget_type, kind in KINDS:
        if isinstance(widget, widget_type):
            return kind
    native = {
        forms.DateInput: "date",
        forms.TimeInput: "time",
        forms.DateTimeInput: "datetime-local",
    }
    declared = widget.attrs.get("type") or getattr(widget, "input_type", "text")
    if declared == "text":
        declared = next((kind for cls, kind in native.items() if isinstance(widget, cls)), "text")
    return str(declared)


def _value(bound: BoundField, kind: str) -> Any:
    if kind in ("password", "file"):
        return ""
    value = bound.value()
    if value is None:
        return ""
    formats = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime-local": "%Y-%m-%dT%H:%M", "month": "%Y-%m"}
    if kind in formats and hasattr(value, "strftime"):
        return value.strftime(formats[kind])
    return value


def _choices(bound: BoundField, value: Any) -> list[tuple[Any, Any, bool]]:
    source = getattr(bound.field.widget, "choices", ())
    chosen = {str(item) for item in value} if isinstance(value, list | tuple | set) else {str(value)}
    flat: list[tuple[Any, Any, bool]] = []
    for key, text in source:
        if isinstance(text, list | tuple):
            flat.extend((inner, label, str(inner) in chosen) for inner, label in text)
        else:
            flat.append((key, text, str("" if key is None else key) in chosen))
    return flat


def bound_view(
    bound: BoundField,
    *,
    counter: int | None = None,
    rows: int | None = None,
    chips: bool = False,
    toggle: bool = False,
    words: bool = False,
) -> FieldView:
    widget = bound.field.widget
    kind = _kind(widget)
    value = _value(bound, kind)
    choices = _choices(bound, value) if hasattr(widget, "choices") else []
    if chips and choices:
        kind = "chips-many" if kind == "checks" or _takes_several(widget) else "chips"
    if toggle and kind == "checkbox":
        kind = "toggle"
    return FieldView(
        id=bound.id_for_label or bound.auto_id or bound.html_name,
        name=bound.html_name,
        kind=kind,
        value=value,
        label=str(bound.label or ""),
        help=str(bound.help_text or ""),
        choices=choices,
        errors=[str(error) for error in bound.errors],
        required=bound.field.required,
        readonly=bound.field.disabled,
        checked=kind in ("checkbox", "toggle") and bool(value),
        multiple=_takes_several(widget),
        counter=counter,
        rows=rows or widget.attrs.get("rows"),
        words=words,
        html=_other_attributes(bound),
    )


# What the field's own template writes; everything else of the widget passes through.
WRITTEN_BY_THE_TEMPLATE = frozenset(
    {"id", "type", "class", "required", "rows", "cols", "aria-describedby", "aria-invalid", "checked"}
)


def _other_attributes(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    html = {**widget.attrs, **bound.build_widget_attrs({}, widget)}
    return {
        key: item for key, item in html.items() if key not in WRITTEN_BY_THE_TEMPLATE and item is not False
    }


def _takes_several(widget: Any) -> bool:
    return bool(getattr(widget, "allow_multiple_selected", False))


def free_view(
    name: str,
    kind: str,
    value: Any,
    *,
    id: str,  # noqa: A002
    choices: Iterable[tuple[Any, Any]],
    error: str,
    html: Mapping[str, str],
    **shown: Any,
) -> FieldView:
    """The view of a field that no Django form stands behind."""
    return FieldView(
        id=id or f"id_{name}",
        name=name,
        kind=kind,
        value="" if value is None else value,
        choices=[(key, text, str(key) in _chosen(value)) for key, text in choices],
        errors=[error] if error else [],
        html={key: item for key, item in html.items() if item},
        **shown,
    )


def _chosen(value: Any) -> set[str]:
    if isinstance(value, list | tuple | set | frozenset):
        return {str(item) for item in value}
    return {str(value)}
