"""From the pages of a website to validated DNA points: the shapes that come and go."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FoundPoint(Strict):
    """One point as found: the value, where it stands (address and the exact words), how sure we are.

    `inferred` is True where no sentence of the site says it in so many words (a tone of voice, a
    keyword); then `quote` is the passage that suggests it.
    """

    key: str
    value: Any
    source_url: str = ""
    quote: str = Field(default="", max_length=600)
    confidence: float = Field(ge=0, le=1)
    inferred: bool = False


class FoundFact(Strict):
    """A sentence of the site that may be repeated: word for word as there, and about this company."""

    text: str = Field(min_length=20, max_length=400)
    source_url: str
    kind: Literal[
        "product",
        "number",
        "history",
        "people",
        "process",
        "proof",
        "guarantee",
        "service",
        "advice",
        "general",
    ]


class DnaAnswer(Strict):
    points: list[FoundPoint]
    facts: list[FoundFact] = Field(default_factory=list, max_length=400)
