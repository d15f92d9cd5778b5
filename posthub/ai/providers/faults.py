"""How a call can fail: a name, the cause in plain words, and what may be done about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from posthub.core.errors import WorkFailed

Then = Literal["retry", "repair", "next", "stop"]


@dataclass(frozen=True, slots=True)
class Fault:
    """`then`: ask the same provider again, ask it to mend its answer, go to the next one, or give up.

    `down` is True where the provider itself seems to be out of order; `permanent` where trying later is no use.
    """

    cause: str
    then: Then
    permanent: bool = False
    down: bool = False


FAULTS = {
    "unreachable": Fault(_("The AI provider could not be reached."), "retry", down=True),
    "timeout": Fault(_("The AI provider did not answer in time."), "retry", down=True),
    "overloaded": Fault(_("The AI provider is overloaded or out of order."), "retry", down=True),
    "rate_limited": Fault(_("The AI provider asks us to slow down."), "retry"),
    "quota": Fault(_("The AI provider's quota for today is used up."), "next"),
    "unauthorized": Fault(_("The AI provider does not accept our key."), "next", permanent=True),
    "no_credit": Fault(_("There is no credit left with the AI provider."), "next", permanent=True),
    "unknown_model": Fault(_("The AI provider does not know this model any more."), "next", permanent=True),
    "bad_request": Fault(_("The AI provider refused our request as malformed."), "next", permanent=True),
    "blocked": Fault(
        _("The AI provider refused this content under its safety rules."), "next", permanent=True
    ),
    "empty": Fault(_("The AI answered with nothing."), "retry"),
    "truncated": Fault(_("The AI's answer was cut off before its end."), "repair"),
    "oversized": Fault(_("The AI's answer was far larger than it should be."), "next"),
    "not_json": Fault(_("The AI answered with text where data was asked for."), "repair"),
    "invalid": Fault(_("The AI answered in a shape we cannot use."), "repair"),
    "wrong_language": Fault(_("The AI answered in another language than was asked for."), "repair"),
    "off_list_link": Fault(_("The AI's answer held an address it was not given."), "repair", permanent=True),
    "echo": Fault(_("The AI repeated its own instructions."), "repair", permanent=True),
    "no_picture": Fault(_("The AI made no picture."), "next"),
    "bad_file": Fault(_("The file the AI made cannot be used."), "next"),
    "failed": Fault(_("The AI provider gave the work up."), "next", permanent=True),
    "not_offered": Fault(_("This AI provider does not do this kind of work."), "next", permanent=True),
    "no_provider": Fault(_("No AI provider is set up."), "stop", permanent=True),
    "over_budget": Fault(_("This month's AI budget is used up."), "stop", permanent=True),
    "paused": Fault(_("The AI provider is out of order; we ask it again in a moment."), "next"),
    "throttled": Fault(_("Too much is asked of the AI at once; your turn comes in a moment."), "next"),
    "lost": Fault(_("The worker stopped before the AI answered."), "next"),
}


class ProviderError(WorkFailed):
    """A call that gave no usable answer; `outcome` is its name in FAULTS, or "provider_error".

    `detail` is what the other side said, for the record and never for the client;
    `usage` (base.Usage) is what it took all the same.
    """

    def __init__(
        self,
        cause: str,
        *,
        permanent: bool,
        retry_after: float | None = None,
        outcome: str = "provider_error",
        detail: str = "",
    ) -> None:
        super().__init__(cause, permanent=permanent, retry_after=retry_after)
        self.outcome = outcome
        self.detail = detail[:500]
        self.usage: Any = None

    @property
    def fault(self) -> Fault:
        return FAULTS.get(self.outcome) or Fault(self.cause, "next", permanent=self.permanent)


@contextmanager
def billed(usage: Any) -> Iterator[None]:
    """An answer that cannot be used has to be paid for all the same."""
    try:
        yield
    except ProviderError as refusal:
        refusal.usage = refusal.usage or usage
        raise


def fault(outcome: str, detail: object = "", *, retry_after: float | None = None) -> ProviderError:
    known = FAULTS[outcome]
    return ProviderError(
        gettext(known.cause),
        permanent=known.permanent,
        retry_after=retry_after,
        outcome=outcome,
        detail=str(detail),
    )
