"""The Visual Book's own entries."""

from collections.abc import Mapping
from typing import Any

from django.template import Context

from posthub.ui.component import COMPONENTS, component
from posthub.ui.contracts import CONTRACTS
from posthub.ui.library import register


@component(register, block=True, slots=("call",))
def specimen(names: str, *, context: Context) -> Mapping[str, Any]:
    """One entry of the Visual Book: components that belong together, live, with how they are called and what they
    promise. It is left out where the context's `q` is not found in it."""
    from posthub.ui.book_search import fits
    from posthub.ui.reference import properties_of

    entries = [
        {
            "name": name,
            "about": COMPONENTS[name].about,
            "contract": CONTRACTS[name],
            "properties": properties_of(COMPONENTS[name]),
        }
        for name in names.split()
    ]
    first = names.split()[0]
    return {"entries": entries, "first": first, "found": fits(first, str(context.get("q") or ""))}
