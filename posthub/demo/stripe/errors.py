"""What Stripe says when it does not do what it was asked for."""

from __future__ import annotations

from typing import Any

INVALID, CARD, IDEMPOTENCY = "invalid_request_error", "card_error", "idempotency_error"


class Refused(Exception):
    """An answer other than 200, with Stripe's own words for it."""

    def __init__(self, status: int, kind: str, message: str, **more: str) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"error": {"type": kind, "message": message} | _given(more)}


def _given(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def invalid(message: str, *, param: str = "", code: str = "") -> Refused:
    return Refused(400, INVALID, message, code=code, param=param)


def unknown_parameter(param: str) -> Refused:
    return invalid(f"Received unknown parameter: {param}", param=param, code="parameter_unknown")


def missing_parameter(param: str) -> Refused:
    return invalid(f"Missing required param: {param}.", param=param, code="parameter_missing")


def no_such(kind: str, name: str, *, param: str = "id") -> Refused:
    """404 where the address names it, 400 where another parameter does."""
    message = f"No such {kind}: '{name}'"
    return Refused(404 if param == "id" else 400, INVALID, message, code="resource_missing", param=param)


def declined(reason: str) -> Refused:
    """`reason` as in faults.OUTCOMES."""
    if reason == "authentication_required":
        message = "Your card was declined. This transaction requires authentication."
        return Refused(402, CARD, message, code=reason, decline_code=reason)
    message = (
        "Your card has insufficient funds." if reason == "insufficient_funds" else "Your card was declined."
    )
    decline = reason if reason == "insufficient_funds" else "generic_decline"
    return Refused(402, CARD, message, code="card_declined", decline_code=decline)
