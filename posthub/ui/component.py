"""Strict component tags on Django's own tag machinery.

A component is a function: its parameters are the properties, its docstring the one-line description, and
what it returns is added to the context of `templates/ui/<name>.html`. A property nobody declared is an
error when the template compiles, and so is a constant that is not among the values a property accepts.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin, get_type_hints

from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.safestring import SafeString

from posthub.ui.drawing import ComponentNode
from posthub.ui.sprite import IconName, icon_names

PASSED_THROUGH = ("hx_", "data_", "aria_")
REQUIRED = inspect.Parameter.empty

type_of_component = Callable[..., Mapping[str, Any] | None]


@dataclass(frozen=True)
class Property:
    name: str
    default: Any
    positional: bool
    choices: tuple[str, ...] = ()
    icon: bool = False

    @property
    def limited(self) -> bool:
        """Whether not every value will do."""
        return bool(self.choices) or self.icon

    def or_default(self, value: Any) -> Any:
        """An undefined variable, None or nothing means the default, where there is one."""
        nothing = value is None or (isinstance(value, str) and not value)
        return self.default if nothing and self.default is not REQUIRED else value

    def check(self, component: str, value: object) -> None:
        """A value outside the declared ones is a mistake of the caller, never something to render."""
        if value in (None, ""):
            return
        if self.choices and value not in self.choices:
            accepted = ", ".join(map(repr, self.choices))
            raise TemplateSyntaxError(f"{{% {component} %}}: {self.name}={value!r} is not one of {accepted}")
        if self.icon and value not in icon_names():
            raise TemplateSyntaxError(f"{{% {component} %}}: no icon {value!r} in static/icons.svg")


@dataclass(frozen=True)
class Component:
    name: str
    family: str
    about: str
    build: type_of_component
    properties: dict[str, Property]
    block: bool
    slots: tuple[str, ...]
    takes_context: bool
    kept: bool | Callable[[Mapping[str, Any]], Any] = False

    @property
    def template(self) -> str:
        return f"ui/{self.name}.html"


COMPONENTS: dict[str, Component] = {}


def _property(name: str, parameter: inspect.Parameter, hint: object) -> Property:
    choices = tuple(get_args(hint)) if get_origin(hint) is Literal else ()
    return Property(
        name=name,
        default=parameter.default,
        positional=parameter.kind is not inspect.Parameter.KEYWORD_ONLY,
        choices=choices,
        icon=hint is IconName,
    )


def component(
    register: Library,
    *,
    block: bool = False,
    slots: tuple[str, ...] = (),
    kept: bool | Callable[[Mapping[str, Any]], Any] = False,
) -> Callable[[type_of_component], type_of_component]:
    """Registers the function as a tag of the same name; with `block`, it wraps content up to `end<name>`.

    What depends on nothing but its properties and the language may be `kept`: pages show the same signs a
    hundred times. Where it depends on more, `kept` says by what it may be: from the properties to something
    that is the same as long as the markup is, or to None.
    """

    def decorate(build: type_of_component) -> type_of_component:
        name = build.__name__
        hints = get_type_hints(build)
        parameters = dict(inspect.signature(build).parameters)
        takes_context = parameters.pop("context", None) is not None
        declared = Component(
            name=name,
            family=build.__module__.rsplit(".", 1)[-1],
            about=inspect.getdoc(build) or "",
            build=build,
            properties={key: _property(key, item, hints.get(key)) for key, item in parameters.items()},
            block=block,
            slots=slots,
            takes_context=takes_context,
            kept=kept,
        )
        COMPONENTS[name] = declared
        register.tag(name, _compiler(declared))
        return build

    return decorate


def _compiler(component: Component) -> Callable[[Parser, Token], ComponentNode]:
    def compile_tag(parser: Parser, token: Token) -> ComponentNode:
        given, passed = _arguments(component, parser, token)
        content, slots = NodeList(), {}
        if component.block:
            content = parser.parse((f"end{component.name}",))
            parser.delete_first_token()
            slots = {node.name: node for node in content if isinstance(node, SlotNode)}
            for node in slots.values():
                content.remove(node)
        return ComponentNode(component, given, passed, content, slots)

    return compile_tag


def _arguments(
    component: Component, parser: Parser, token: Token
) -> tuple[dict[str, FilterExpression], dict[str, FilterExpression]]:
    given: dict[str, FilterExpression] = {}
    passed: dict[str, FilterExpression] = {}
    positions = [item.name for item in component.properties.values() if item.positional]
    for bit in token.split_contents()[1:]:
        named = token_kwargs([bit], parser)
        name, value = (
            next(iter(named.items()))
            if named
            else (_position(component, positions, given, bit), parser.compile_filter(bit))
        )
        if name in given or name in passed:
            raise TemplateSyntaxError(f"{{% {component.name} %}}: {name} is given twice")
        if name in component.properties:
            _check_constant(component, component.properties[name], value)
            given[name] = value
        elif name.startswith(PASSED_THROUGH) and not name.startswith("hx_on"):
            passed[name] = value
        else:
            raise TemplateSyntaxError(_unknown(component, name))
    missing = [
        item.name
        for item in component.properties.values()
        if item.default is REQUIRED and item.name not in given
    ]
    if missing:
        raise TemplateSyntaxError(f"{{% {component.name} %}} needs {', '.join(missing)}")
    return given, passed


def _position(
    component: Component, positions: list[str], given: Mapping[str, FilterExpression], bit: str
) -> str:
    for name in positions:
        if name not in given:
            return name
    raise TemplateSyntaxError(f"{{% {component.name} %}} has no place for {bit}; name the property")


def _check_constant(component: Component, declared: Property, value: FilterExpression) -> None:
    if not value.is_var and not value.filters:
        declared.check(component.name, value.var)


def _unknown(component: Component, name: str) -> str:
    accepted = ", ".join(component.properties) or "none"
    return (
        f"{{% {component.name} %}} has no property {name!r}. It accepts: {accepted}; "
        "attributes hx_*, data_* and aria_* pass through"
    )


class SlotNode(Node):
    """A named part of a block component; rendered by the component it stands in."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)


def compile_slot(parser: Parser, token: Token) -> SlotNode:
    bits = token.split_contents()
    if len(bits) != 2:
        raise TemplateSyntaxError('{% slot "name" %} takes one name')
    name = bits[1].strip("\"'")
    owner = COMPONENTS.get(parser.command_stack[-2][0]) if len(parser.command_stack) > 1 else None
    if owner is None or name not in owner.slots:
        where = (
            f"{{% {owner.name} %}} has slots: {', '.join(owner.slots) or 'none'}" if owner else "no component"
        )
        raise TemplateSyntaxError(f"{{% slot {name!r} %}} has no place here ({where})")
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name, nodelist)
