"""Writing what Stripe said into dj-stripe's tables, without the questions its own synchronization would ask."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.apps import apps

Data = dict[str, Any]
# kind of object → (model, columns besides those all have, what it points to)
KEPT: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "customer": ("Customer", ("email",), ()),
    "product": ("Product", ("name", "active"), ()),
    "price": ("Price", ("active", "currency", "nickname", "lookup_key"), ("product",)),
    "subscription": ("Subscription", (), ("customer",)),
    "invoice": ("Invoice", (), ("customer",)),
}


def keep(data: Data, *, subscriber: UUID | None = None) -> None:
    """The newest state of one object; `subscriber` is the organization that a customer is."""
    name, columns, pointers = KEPT[data["object"]]
    values: Data = {
        "stripe_data": data,
        "livemode": data.get("livemode"),
        "created": datetime.fromtimestamp(data["created"], UTC) if data.get("created") else None,
        "metadata": data.get("metadata") or {},
        **{column: data.get(column) or "" for column in columns},
    }
    for pointer in pointers:
        values[f"{pointer}_id"] = _known(pointer, _id_of(data[pointer]))
    if "active" in values:
        values["active"] = bool(data.get("active"))
    if subscriber is not None:
        values["subscriber_id"] = subscriber
    model(name).objects.update_or_create(id=data["id"], defaults=values)


def forget_gone(before: datetime) -> int:
    """Customers whose organization is no more, with all that Stripe said of them."""
    gone = model("Customer").objects.filter(subscriber=None, djstripe_created__lt=before)
    deleted: int = gone.delete()[0]
    return deleted


def model(name: str) -> Any:
    return apps.get_model("djstripe", name)


def _id_of(value: Any) -> str:
    """Stripe gives what it points to by its id, or whole where that was asked for."""
    found: str = value["id"] if isinstance(value, dict) else value
    return found


def _known(kind: str, name: str) -> str:
    """A row to point to, empty until the object itself is read."""
    model(KEPT[kind][0]).objects.get_or_create(id=name)
    return name
