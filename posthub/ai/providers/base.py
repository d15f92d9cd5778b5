"""The one contract every AI provider keeps, the offline one included."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from .faults import FAULTS, ProviderError, billed, fault

__all__ = [
    "FAULTS",
    "JSON",
    "Access",
    "Deadline",
    "Film",
    "MediaRequest",
    "Picture",
    "Provider",
    "ProviderError",
    "TextAnswer",
    "TextRequest",
    "Usage",
    "billed",
    "fault",
]

JSON = Any  # what json.loads gives: dict, list, str, int, float, bool or None
Answers = Literal["json_schema", "json_object", "none"]


@dataclass(frozen=True, slots=True)
class Access:
    """Where a provider is and who we are there. `answers` is how far it can be held to a schema."""

    base_url: str = ""
    key: str = field(default="", repr=False)
    answers: Answers = "json_schema"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Seconds to connect, seconds between two signs of life, and the moment by which all is over."""

    connect: float
    read: float
    until: float  # time.monotonic()

    @classmethod
    def within(cls, seconds: float, *, connect: float = 5, read: float = 60) -> "Deadline":
        return cls(connect, read, time.monotonic() + seconds)

    @property
    def left(self) -> float:
        return self.until - time.monotonic()

    def pause(self) -> float:
        """How long to wait for the next sign of life. Raises ProviderError where the time is over."""
        if (left := self.left) <= 0:
            raise fault("timeout")
        return min(self.read, left)


@dataclass(frozen=True, slots=True)
class TextRequest:
    """One question with its typed answer.

    `use` names the job ("dna", "personas", "topics", "outline", "section", "social", "rewrite");
    `language` is the BCP 47 tag of the answer; `instructions` is the rendered prompt as far as its data;
    `inputs` is the only material the answer may draw on; `schema` is the JSON Schema of the answer;
    `material` is the rest of the prompt: `inputs` in data blocks that are never obeyed, and the request.
    """

    use: str
    language: str
    instructions: str
    inputs: Mapping[str, JSON]
    schema: Mapping[str, JSON]
    prompt_name: str = ""
    prompt_version: int = 1
    material: str = ""
    model: str = ""
    access: Access = Access()
    deadline: Deadline = Deadline(5, 60, float("inf"))
    output_tokens: int = 8192


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call; `output_tokens` are all that is billed as such, thinking included.

    `cost` is in US dollars, where the provider itself says it. `units` are pictures, or seconds of film.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    thinking_tokens: int = 0
    cost: Decimal | None = None
    units: int = 0
    estimated: bool = False
    model: str = ""


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """`data` follows the request's schema as far as the provider can promise; the gateway checks."""

    data: JSON
    provider: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    notes: Mapping[str, str] = field(default_factory=dict)
    thinking_tokens: int = 0
    cost: Decimal | None = None
    estimated: bool = False

    @property
    def usage(self) -> Usage:
        return Usage(
            self.input_tokens,
            self.output_tokens,
            self.thinking_tokens,
            self.cost,
            estimated=self.estimated,
            model=self.model,
        )


@dataclass(frozen=True, slots=True)
class MediaRequest:
    """One picture or film. `prompt` says what to make; `words` is the key message, `brand` who says it.

    `ratio` is width to height ("4:5"); `seconds` is a film's length.
    """

    prompt: str
    ratio: str
    language: str
    words: str = ""
    brand: str = ""
    seconds: int = 0
    prompt_name: str = ""
    prompt_version: int = 1
    model: str = ""
    access: Access = Access()
    deadline: Deadline = Deadline(5, 60, float("inf"))


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    provider: str
    model: str
    usage: Usage = Usage(units=1)


@dataclass(frozen=True, slots=True)
class Film:
    content: bytes
    content_type: str
    provider: str
    model: str
    usage: Usage = Usage()


class Provider:
    """What a provider can be asked for; each does what it can.

    A call raises ProviderError and nothing else, ends by the request's deadline, and asks once: trying again
    is for the gateway. `local` providers cost nothing and are always there.
    """

    name = ""
    local = False

    def text(self, request: TextRequest) -> TextAnswer:
        raise fault("not_offered")

    def picture(self, request: MediaRequest) -> Picture:
        raise fault("not_offered")

    def start_film(self, request: MediaRequest) -> str:
        """Begin a film and name the operation; the name outlives this process."""
        raise fault("not_offered")

    def film(self, operation: str, request: MediaRequest) -> Film | None:
        """The film of that operation, None while it is being made."""
        raise fault("not_offered")
