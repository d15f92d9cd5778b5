"""The AI that needs no key and no network: it writes from the company's facts and the house's own
sentences.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from ..base import MediaRequest, Picture, Provider, ProviderError, TextAnswer, TextRequest, Usage

MODEL = "offline-1"
WRITERS = ("dna", "personas", "topics", "outline", "section", "social", "rewrite")
Writer = Callable[[str, Mapping[str, Any]], dict[str, Any]]


class OfflineProvider(Provider):
    """Deterministic: the same request has the same answer, byte for byte."""

    name = "offline"
    local = True

    def text(self, request: TextRequest) -> TextAnswer:
        if request.use not in WRITERS:
            raise ProviderError(f"The offline writer does not know the use {request.use!r}.", permanent=True)
        write: Writer = import_module(f".{request.use}", __package__).write
        return TextAnswer(data=write(request.language, request.inputs), provider=self.name, model=MODEL)

    def picture(self, request: MediaRequest) -> Picture:
        from .picture import drawn

        return Picture(drawn(request), self.name, "offline-picture-1", Usage(units=1))
