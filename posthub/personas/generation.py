"""From DNA to personas: what the model is asked and the shape of its answer."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class PersonaDraft(BaseModel):
    """One writer's voice. `sample` is the same paragraph's content in this voice, 40 to 90 words."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=2, max_length=60)
    role_title: str = Field(min_length=2, max_length=80)
    one_line: str = Field(min_length=5, max_length=140)
    tone: list[str] = Field(min_length=1, max_length=5)
    formality: Literal["tykani", "vykani", "neutral"]
    sentence_length: Literal["short", "medium", "long"]
    expertise: list[str] = Field(max_length=8)
    audience_segment: str = Field(max_length=140)
    favourite_structures: list[str] = Field(max_length=6)
    do: list[str] = Field(min_length=2, max_length=6)
    dont: list[str] = Field(min_length=2, max_length=6)
    signature_phrases: list[str] = Field(max_length=6)
    topics: list[str] = Field(min_length=2, max_length=8)
    sample: str = Field(min_length=120, max_length=900)


class PersonasAnswer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    personas: list[PersonaDraft] = Field(min_length=6, max_length=6)
