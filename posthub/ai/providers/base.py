"""The one contract every AI provider keeps, the offline one included."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from posthub.core.errors import WorkFailed

JSON = Any  # what json.loads gives: dict, list, str, int, float, bool or None


@dataclass(frozen=True, slots=True)
class TextRequest:
    """One question with its typed answer.

    `use` names the job ("dna", "personas", "topics", "outline", "section", "social", "rewrite");
    `language` is the BCP 47 tag of the answer; `instructions` is the rendered prompt; `inputs` is the
    only material the answer may draw on, each entry a data block that is never obeyed; `schema` is
    the JSON Schema of the answer.
    """

    use: str
    language: str
    instructions: str
    inputs: Mapping[str, JSON]
    schema: Mapping[str, JSON]
    prompt_name: str = ""
    prompt_version: int = 1


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """`data` follows the request's schema as far as the provider can promise; the gateway checks."""

    data: JSON
    provider: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    notes: Mapping[str, str] = field(default_factory=dict)


class Provider(Protocol):
    name: str

    def text(self, request: TextRequest) -> TextAnswer: ...


class ProviderError(WorkFailed):
    """A call that gave no usable answer: permanent for a bad key or a refused prompt, passing otherwise."""
