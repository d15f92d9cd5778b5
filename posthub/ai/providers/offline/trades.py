"""Which trade a company is in, and whether it deals in goods or in services."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from .choice import number
from .families import strangeness
from .library import Module, modules, trades
from .material import COMPANIES_AT_ONCE, Material
from .wording import stems

# Knuth's multiplier for 64 bits: it scatters numbers that differ in a few bits only.
SPREAD, ALL_BITS = 0x9E3779B97F4A7C15, (1 << 64) - 1


@lru_cache(maxsize=COMPANIES_AT_ONCE)
def trade_of(material: Material) -> Mapping[str, Any]:
    """The trade whose words the company's own facts and industry use most; the last row is for any trade."""
    spoken = stems(
        f"{material.industry} " * 3 + " ".join(fact.text for fact in material.facts), material.tongue
    )
    label = stems(material.industry, material.tongue)
    rows = trades(material.tongue.code)

    def fit(row: Mapping[str, Any]) -> float:
        marks = stems(" ".join(row["words"]), material.tongue)
        return len(marks & spoken) + 4.0 * len(marks & label)

    best = max(rows[:-1], key=fit)
    return best if fit(best) >= 3 else rows[-1]


def fits(suits: str, deals: str) -> bool:
    """Whether something written for `suits` may be said of a company that deals in `deals`; food is goods too."""
    if suits == "both" or suits == deals:
        return True
    return suits != "food" if deals == "both" else (suits == "goods" and deals == "food")


def suitable(material: Material) -> Sequence[Module]:
    """The parts of articles that make sense for what the company sells."""
    trade = trade_of(material)
    deals, field = trade["deals"], trade["field"]
    return [
        module
        for module in modules(material.tongue.code)
        if fits(module.suits, deals)
        and (not module.fields or field in module.fields)
        and field not in module.never
    ]


Numbered = tuple[bool, int, str, Module]


def the_rest(
    parts: Sequence[Module], taken: Collection[str], plan: Sequence[str], family: str
) -> list[Module]:
    """The parts a plan did not name, those of its kind of article first, in an order that follows from the
    headings it did name.

    So whoever plans a month knows what each of its articles will be made of, though they are written apart.
    """
    return [part for *_, part in in_order_of(plan, unnamed(parts, taken, family))]


def unnamed(parts: Sequence[Module], taken: Collection[str], family: str) -> list[Numbered]:
    """What `in_order_of` puts in order; many plans with the same parts are tried on it."""
    return [
        (strangeness(family, part.families) > 1, _number_of(part.key), part.key, part)
        for part in parts
        if part.key not in taken
    ]


def in_order_of(plan: Sequence[str], left: Sequence[Numbered]) -> list[Numbered]:
    named = number(*plan)
    return sorted(
        [(far, ((named ^ own) * SPREAD & ALL_BITS), key, part) for far, own, key, part in left],
        key=lambda entry: entry[:3],
    )


@cache
def _number_of(key: str) -> int:
    return number(key)
