"""How a component tag becomes markup. A page draws a hundred of them, so each does as little as it can."""

from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Variable
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

if TYPE_CHECKING:
    from posthub.ui.component import Component, Property, SlotNode

NUMBERS = count()
KEPT: dict[tuple[Any, ...], SafeString] = {}
MOST_KEPT = 8192
# What markup may be kept by: nothing that can be equal to something that reads differently, as two rows are.
PLAIN = frozenset({str, SafeString, int, bool, float, type(None)})
BUILTINS = {"True": True, "False": False, "None": None}
# What the template of a component sees of the page besides its own properties.
OF_THE_PAGE = ("csrf_token", "request")
SHARED = "posthub.ui"


class ComponentNode(Node):
    """One call of a component. What the call says in so many words is looked at once, when it compiles."""

    child_nodelists = ("nodelist", "slot_nodes")

    def __init__(
        self,
        component: "Component",
        given: Mapping[str, FilterExpression],
        passed: Mapping[str, FilterExpression],
        nodelist: NodeList,
        slots: Mapping[str, "SlotNode"],
    ) -> None:
        self.component, self.nodelist, self.slots = component, nodelist, slots
        self.passed = {name.replace("_", "-"): expression for name, expression in passed.items()}
        self.number = next(NUMBERS)
        self.fixed: dict[str, Any] = {}
        self.asked: list[tuple[Property, FilterExpression]] = []
        self.template: Any = None
        for name, declared in component.properties.items():
            expression = given.get(name)
            constant, value = constant_of(expression) if expression else (True, declared.default)
            self.fixed[name] = declared.or_default(value)
            if expression and not constant:
                self.asked.append((declared, expression))

    @property
    def slot_nodes(self) -> NodeList:
        return NodeList(self.slots.values())

    def render(self, context: Context) -> SafeString:
        values = self.fixed.copy()
        for declared, expression in self.asked:
            value = values[declared.name] = declared.or_default(expression.resolve(context))
            if declared.limited:
                declared.check(self.component.name, value)
        passed = {name: expression.resolve(context) for name, expression in self.passed.items()}
        if not self.component.kept:
            return self._drawn(context, values, passed)
        key = self._key(values, passed)
        if key is None:
            return self._drawn(context, values, passed)
        known = KEPT.get(key)
        if known is None:
            if len(KEPT) >= MOST_KEPT:
                KEPT.clear()
            known = KEPT[key] = self._drawn(context, values, passed)
        return known

    def _key(self, values: dict[str, Any], passed: dict[str, Any]) -> tuple[Any, ...] | None:
        kept = self.component.kept
        if callable(kept):
            by = kept(values)
            return None if by is None or passed else (self.number, get_language(), by)
        asked = [values[declared.name] for declared, _expression in self.asked]
        try:
            return (self.number, get_language(), *map(key_of, asked), *map(key_of, passed.values()))
        except TypeError:
            return None

    def _drawn(self, context: Context, values: dict[str, Any], passed: dict[str, Any]) -> SafeString:
        component = self.component
        own = (
            component.build(context=context, **values)
            if component.takes_context
            else component.build(**values)
        )
        inner = {**values, **(own or {}), "attrs": attributes(passed)}
        if component.block:
            with context.push():
                inner["content"] = self.nodelist.render(context)
                for name in component.slots:
                    inner[f"{name}_slot"] = self.slots[name].render(context) if name in self.slots else ""
        if self.template is None:
            assert context.template is not None
            self.template = context.template.engine.get_template(component.template)
        return mark_safe(_alone(self.template, context, inner).strip())  # noqa: S308  its template escapes what is inside


def _alone(template: Any, context: Context, inner: dict[str, Any]) -> str:
    """As `template.render(context.new(inner))` does, without making a new context for each."""
    states: Any = context.render_context
    shared = states.dicts[0].get(SHARED)
    if shared is None:
        shared = BUILTINS | {name: context[name] for name in OF_THE_PAGE if name in context}
        states.dicts[0][SHARED] = shared
    around, drawn_in = context.dicts, states.template
    context.dicts, states.template = [shared, inner], template
    states.dicts.append({})
    try:
        drawn: str = template.nodelist.render(context)
    finally:
        states.dicts.pop()
        context.dicts, states.template = around, drawn_in
    return drawn


def constant_of(expression: FilterExpression) -> tuple[bool, Any]:
    """Whether it says the same whatever the page is, and what; a word to be translated is a lazy one."""
    if expression.filters:
        return False, None
    if not isinstance(expression.var, Variable):
        return True, expression.var
    if expression.var.lookups is None:
        return True, expression.var.literal
    name = expression.var.var
    return name in BUILTINS, BUILTINS.get(str(name))


def key_of(value: Any) -> tuple[Any, ...]:
    """What is drawn alike has the same key; TypeError for what no markup may be kept by.

    The type belongs to it: text that is marked as safe is not escaped, and is equal to text that is.
    """
    kind = type(value)
    if kind in PLAIN:
        return kind, value
    if isinstance(value, tuple | list):
        return tuple(map(key_of, value))
    if isinstance(value, dict):
        return tuple((name, key_of(one)) for name, one in value.items())
    if isinstance(value, Promise):
        return Promise, str(value)
    raise TypeError(kind)


def attributes(passed: Mapping[str, Any]) -> SafeString:
    """`hx-get` and "/x/" as ` hx-get="/x/"`; True is a bare attribute, None and False are left out."""
    parts = [
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in passed.items()
        if value is not None and value is not False
    ]
    return mark_safe("".join(parts))  # noqa: S308  each value was escaped above
