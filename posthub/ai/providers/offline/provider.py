"""The AI that needs no key and no network: it writes from the company's facts and the house's own
sentences.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from ..base import ProviderError, TextAnswer, TextRequest

MODEL = "offline-1"
WRITERS = ("dna", "personas", "topics", "outline", "section", "social", "rewrite")
Writer = Callable[[str, Mapping[str, Any]], dict[str, Any]]


class OfflineProvider:
    """Deterministic: the same request has the same answer, byte for byte."""

    name = "offline"

    def text(self, request: TextRequest) -> TextAnswer:
        if request.use not in WRITERS:
            raise ProviderError(f"The offline writer does not know the use {request.use!r}.", permanent=True)
        write: Writer = import_module(f".{request.use}", __package__).write
        return TextAnswer(data=write(request.language, request.inputs), provider=self.name, model=MODEL)
