"""What a check is given and what it says."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["block", "warn"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`cause` is the plain sentence people read. `fix` names a mend (posthub.content.mending) that one click makes,
    "" where only a person can."""

    severity: Severity
    rule: str
    cause: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with all that the checks have to know of it.

    `text` is Markdown of an article, or a post's words. `targets` are the addresses an article may lead to;
    `hosts` those a post may. `rules` are confirmed voice rules [{"text", "avoid", "instead"}]; `past` the texts of
    the company before this one [(title, text)].
    """

    title: str
    text: str
    language: str
    seo: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=lambda: {"min": 1500, "max": 4000})
    platform: str = ""
    hashtags: Sequence[str] = ()
    alt_text: str | None = None
    banned: Sequence[str] = ()
    formality: str = "neutral"
    emoji: str = ""
    rules: Sequence[Mapping[str, str]] = ()
    targets: Sequence[str] | None = None
    hosts: Sequence[str] | None = None
    past: Sequence[tuple[str, str]] = ()

    @property
    def tongue(self) -> str:
        return self.language.partition("-")[0]

    @property
    def everything(self) -> str:
        return f"{self.title}\n\n{self.text}" if self.title else self.text


Check = Callable[[Reading], Iterable[Finding]]
