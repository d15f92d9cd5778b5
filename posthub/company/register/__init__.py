"""The register of companies, chosen by configuration: ARES where its address is set, else a local sample."""

from django.conf import settings

from posthub.company.register.ares import Ares
from posthub.company.register.contract import Entry, Register, RegisterError, TooMany, Unavailable
from posthub.company.register.offline import SampleRegister

__all__ = ["Entry", "Register", "RegisterError", "TooMany", "Unavailable", "register"]


def register() -> Register:
    """Outside a local installation a sample of made-up companies would only mislead: it is empty there."""
    if settings.ARES_URL:
        return Ares(settings.ARES_URL)
    return SampleRegister(shown=settings.LOCAL)
