"""The table of all screens, what is wrong with them, and the line that programs read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from tests.proofs.gallery.looking import KINDS, Look


def table(looks: Iterable[Look]) -> str:
    """One line for each screen in each state: who sees it, how often it was looked at, and what was found."""
    rows: dict[tuple[str, str], list[Look]] = defaultdict(list)
    for look in looks:
        rows[look.visit.state, look.visit.name].append(look)
    head = (
        f"{'state':10} {'screen':44} {'looks':>5}  " + " ".join(f"{kind:>13}" for kind in KINDS) + "  roles"
    )
    lines = [head]
    for (state, name), found in sorted(rows.items()):
        counts = " ".join(f"{sum(look.count(kind) for look in found):13}" for kind in KINDS)
        roles = ", ".join(sorted({look.visit.role for look in found}))
        lines.append(f"{state:10} {name[:44]:44} {len(found):5}  {counts}  {roles}")
    return "\n".join(lines)


def problems(looks: Iterable[Look], *, most: int = 400) -> str:
    """Each once, with the first place where it was seen and in how many windows."""
    seen: dict[tuple[str, str], list[Look]] = defaultdict(list)
    for look in looks:
        for kind, words in look.problems:
            seen[kind, f"{look.visit.name}: {words}"].append(look)
    lines = []
    for (kind, words), where in sorted(seen.items(), key=lambda item: -len(item[1]))[:most]:
        first = where[0]
        place = f"{first.visit.state}, {first.visit.role}, {first.visit.language}, {first.window}"
        lines.append(f"{kind}: {words}\n    {len(where)} looks, first: {place}")
    return "\n".join(lines)


def figures(looks: list[Look], extra: Mapping[str, Any]) -> dict[str, Any]:
    """`screens` counts pictures: a screen as one person sees it in one language, theme and width."""
    return (
        {"screens": len(looks)}
        | {kind: sum(look.count(kind) for look in looks) for kind in KINDS}
        | dict(extra)
    )
