"""Ways from here to there."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django.core.paginator import Page
from django.template import Context

from posthub.ui.component import component
from posthub.ui.families.actions import NO_ICON
from posthub.ui.library import register
from posthub.ui.sprite import IconName


@component(register, block=True)
def tabs(label: str) -> None:
    """URL tabs; the content is `{% tab %}`s. `label` names the group to assistive technology."""


@component(register, block=True)
def segment(label: str, *, small: bool = False) -> None:
    """Two or three views of one thing; the content is `{% tab %}`s."""


@component(register, kept=True)
def tab(
    label: str,
    *,
    href: str,
    current: bool = False,
    count: int | None = None,
    quiet: bool = False,
    icon: IconName = NO_ICON,
) -> None:
    """One view of tabs or a segment; `quiet` greys its count."""


@component(register)
def pagination(page: "Page[Any]", *, parameter: str = "page", context: Context) -> Mapping[str, Any]:
    """Pages of a list, keeping the other parameters of the address."""
    request = context.get("request")

    def address(number: int) -> str:
        query = request.GET.copy() if request is not None else None
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    paginator = page.paginator
    numbers = [
        {
            "number": item,
            "href": address(item) if isinstance(item, int) else "",
            "current": item == page.number,
        }
        for item in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "numbers": numbers,
        "before": address(page.previous_page_number()) if page.has_previous() else "",
        "after": address(page.next_page_number()) if page.has_next() else "",
    }


@component(register, block=True)
def breadcrumb() -> None:
    """Where this page lies; the content is `{% crumb %}`s."""


@component(register, kept=True)
def crumb(label: str, *, href: str = "") -> None:
    """One step of the way; without `href` it is this page."""


@component(register)
def stepper(
    steps: Iterable[Any], *, current: int, label: str = "", vertical: bool = False
) -> Mapping[str, Any]:
    """Steps of a set-up: words, or mappings with `label` and `href`; `current` counts from 1."""
    items = []
    for number, step in enumerate(steps, start=1):
        known = isinstance(step, Mapping)
        items.append(
            {
                "number": number,
                "label": step["label"] if known else step,
                "href": step.get("href", "") if known else "",
                "done": number < current,
                "current": number == current,
            }
        )
    return {"items": items, "total": len(items)}


@component(register, block=True)
def pipeline(label: str = "") -> None:
    """The path of a post, left to right; the content is `{% pipeline_step %}`s."""


@component(register)
def pipeline_step(
    label: str,
    *,
    state: Literal["done", "you", "others", "machine", "late", "todo"] = "todo",
    current: bool = False,
    href: str = "",
) -> None:
    """One stage: done, with whom it is, or still to come."""


@component(register, block=True)
def timeline(label: str = "") -> None:
    """What happened, newest first; the content is `{% event %}`s."""


@component(register, block=True)
def event(
    *,
    at: Any = None,
    icon: IconName = NO_ICON,
    kind: Literal["neutral", "ok", "warn", "bad", "info", "accent"] = "neutral",
) -> None:
    """One thing that happened and when."""


@component(register, kept=True)
def side_nav(items: Iterable[Mapping[str, Any]], *, label: str, turns: bool = False) -> None:
    """In-page groups: mappings with `url`, `label`, and perhaps `count` (its id `count_id`), `current`.

    With `turns` it lies on its side where there is no room beside the page, and is pushed along.
    """
