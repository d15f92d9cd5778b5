"""Everything the stand-in knows: objects by kind, the clock, and the events that were caused."""

from __future__ import annotations

import contextlib
import copy
import json
import secrets
import string
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from posthub.demo.stripe.errors import no_such
from posthub.demo.stripe.faults import Faults

Row = dict[str, Any]
API_VERSION = "2026-05-27.dahlia"
# The shapes spoken here are those since 2025-03-31: periods on items, an invoice's `parent`.
OLDEST_VERSION = "2025-03-31"
PREFIXES = {
    "product": "prod_",
    "price": "price_",
    "customer": "cus_",
    "tax_id": "txi_",
    "payment_method": "pm_",
    "payment_intent": "pi_",
    "checkout.session": "cs_test_",
    "billing_portal.session": "bps_",
    "subscription": "sub_",
    "subscription_item": "si_",
    "subscription_schedule": "sub_sched_",
    "invoice": "in_",
    "line_item": "il_",
    "event": "evt_",
    "webhook_endpoint": "we_",
}
_LETTERS = string.ascii_letters + string.digits
_MOST_EVENTS = 1000


def token(length: int = 24) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


class World:
    """Whoever reads or writes holds `lock`. Names that begin with an underscore are never shown."""

    def __init__(self, *, file: Path | None = None) -> None:
        self.lock = threading.RLock()
        self.rows: dict[str, dict[str, Row]] = {kind: {} for kind in PREFIXES}
        self.used_keys: dict[str, Row] = {}
        self.faults = Faults()
        self.request: dict[str, str | None] = {"id": None, "idempotency_key": None}
        self.on_event: Callable[[Row], None] = lambda event: None
        self.base_url = ""
        self._ahead = 0
        self._standing_at: int | None = None
        self._file = file
        if file is not None and file.exists():
            self._load(json.loads(file.read_text(encoding="utf-8")))

    # -- the clock ---------------------------------------------------------------------------------

    def now(self) -> int:
        return self._standing_at if self._standing_at is not None else int(time.time()) + self._ahead

    @contextlib.contextmanager
    def moving_to(self, moment: int) -> Iterator[Callable[[int], None]]:
        """Set the clock ahead; the block is given what sets it on the way there."""

        def stand(at: int) -> None:
            self._standing_at = at

        stand(self.now())
        try:
            yield stand
        finally:
            self._standing_at = None
            self._ahead = max(self._ahead, moment - int(time.time()))

    # -- objects -----------------------------------------------------------------------------------

    def make(self, kind: str, /, **fields: Any) -> Row:
        row = {
            "id": PREFIXES[kind] + token(),
            "object": kind,
            "created": self.now(),
            "livemode": False,
            **fields,
        }
        self.rows[kind][row["id"]] = row
        return row

    def find(self, kind: str, name: Any, *, param: str = "id") -> Row:
        row = self.rows[kind].get(str(name))
        if row is None:
            raise no_such(kind, str(name), param=param)
        return row

    def maybe(self, name: Any) -> Row | None:
        """Whatever has this id."""
        return next((rows[name] for rows in self.rows.values() if name in rows), None)

    def of(self, kind: str, **fields: Any) -> list[Row]:
        """Oldest first."""
        found = self.rows[kind].values()
        return [row for row in found if all(row.get(name) == value for name, value in fields.items())]

    def items_of(self, subscription: Row) -> list[Row]:
        return self.of("subscription_item", subscription=subscription["id"])

    def shown(self, row: Row) -> Row:
        """The object as the API and events show it."""
        out = {name: copy.deepcopy(value) for name, value in row.items() if not name.startswith("_")}
        if row["object"] == "subscription":
            entries = [self.shown(item) for item in self.items_of(row)]
            out["items"] = listing(f"/v1/subscription_items?subscription={row['id']}", entries)
        if row["object"] == "subscription_item":
            out["price"] = self.shown(self.rows["price"][row["price"]])
        return out

    def scratch(self) -> World:
        """A copy to try things in: nobody hears of what happens there."""
        copied = World()
        copied.rows = {kind: copy.deepcopy(rows) for kind, rows in self.rows.items() if kind != "event"}
        copied.rows["event"] = {}
        copied.base_url = self.base_url
        copied._standing_at = self.now()
        return copied

    # -- events ------------------------------------------------------------------------------------

    def emit(self, kind: str, row: Row, previous: Row | None = None) -> Row:
        data: Row = {"object": self.shown(row)}
        if previous is not None:
            data["previous_attributes"] = previous
        event = self.make(
            "event", api_version=API_VERSION, type=kind, data=data, request=dict(self.request),
            pending_webhooks=0, _waiting={},
        )  # fmt: skip
        self.on_event(event)
        events = self.rows["event"]
        for old in list(events)[: max(0, len(events) - _MOST_EVENTS)]:
            del events[old]
        return event

    @contextlib.contextmanager
    def changing(self, row: Row, kind: str) -> Iterator[None]:
        """Emit `kind` if the block changed what is shown of `row`."""
        before = self.shown(row)
        yield
        after = self.shown(row)
        previous = {name: before.get(name) for name in after if before.get(name) != after[name]}
        if previous:
            self.emit(kind, row, previous)

    # -- keeping -----------------------------------------------------------------------------------

    def save(self) -> None:
        if self._file is None:
            return
        kept = {
            "rows": self.rows,
            "keys": self.used_keys,
            "ahead": self._ahead,
            "faults": asdict(self.faults),
        }
        draft = self._file.with_suffix(".part")
        draft.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        draft.replace(self._file)

    def _load(self, kept: dict[str, Any]) -> None:
        self.rows |= kept["rows"]
        self.used_keys = kept["keys"]
        self._ahead = kept["ahead"]
        self.faults.set(kept["faults"])


def listing(url: str, entries: list[Row], *, has_more: bool = False, **more: Any) -> Row:
    return {"object": "list", "url": url, "has_more": has_more, "data": entries, **more}
