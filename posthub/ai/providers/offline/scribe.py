"""One text in the making: every sentence of ours at most once, every fact at most once, each fact recorded."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .choice import number, shuffled
from .library import Voice, fill, filled, pool
from .material import Material, Told
from .wording import capital

Claims = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list; `claims` are its factual sentences with the ids of the facts they repeat."""

    markdown: str
    claims: Claims = ()


@dataclass(slots=True)
class Scribe:
    material: Material
    voice: Voice
    slots: Mapping[str, str]
    seed: tuple[object, ...]
    facts: list[Told]
    headings: tuple[str, ...] = ()  # what the approved topic promised
    said: set[str] = field(default_factory=set)

    @property
    def language(self) -> str:
        return self.material.tongue.code

    def shaped(self, text: str) -> str:
        """A short voice ends the sentence where a longer one would go on after a semicolon."""
        if self.voice.sentence_length != "short":
            return text
        return re.sub(r"; (\w)", lambda found: f". {found[1].upper()}", text)

    def say(self, patterns: Sequence[str], *key: object) -> str:
        """A sentence of the pool that this text has not used yet; "" where none is left."""
        for pattern in shuffled(patterns, *self.seed, *key):
            if pattern not in self.said:
                text = fill(pattern, self.slots, self.material.formality)
                if text:
                    self.said.add(pattern)
                    return self.shaped(capital(text))
        return ""

    def promised(self, patterns: Sequence[str]) -> str:
        """The heading of the pool that the approved topic already names."""
        for pattern in patterns:
            text = filled(pattern, self.slots, self.material.formality)
            if text in self.headings and pattern not in self.said:
                self.said.add(pattern)
                return text
        return ""

    def say_one_of(self, *path: str) -> str:
        return self.say(pool(self.language, *path), *path)

    def take(self, kinds: Sequence[str], most: int, *, values: bool = False) -> list[Told]:
        """The next facts nobody has told yet; those of the wanted kinds come first, the rest fill up."""
        fitting = [fact for fact in self.facts if bool(fact.frame) == values and fact.frame != "value"]
        ordered = sorted(fitting, key=lambda fact: fact.kind not in kinds) if kinds else fitting
        chosen = ordered[:most]
        for fact in chosen:
            self.facts.remove(fact)
        return chosen

    def tell(self, kinds: Sequence[str], most: int) -> Block | None:
        """A paragraph of facts with a sentence of ours before and, now and then, after them."""
        facts = self.take(kinds, most)
        if not facts:
            return None
        kind = facts[0].kind
        before = self._lead(kind)
        after = "" if number(*self.seed, facts[0].text) % 3 == 0 else self.say_one_of("after", kind)
        spoken = [fact.text for fact in facts]
        markdown = " ".join(part for part in (before, *spoken, after) if part)
        return Block(markdown, tuple((fact.text, fact.fact_id) for fact in facts))

    def _lead(self, kind: str) -> str:
        own = number(*self.seed, kind, len(self.said)) % 3 == 0
        return (self.say(self.voice.leads, "lead") if own else "") or self.say_one_of("before", kind)

    def list_values(self, kinds: Sequence[str]) -> Block | None:
        """Bare values of one DNA point as a list under one lead."""
        first = self.take(kinds, 1, values=True)
        if not first:
            return None
        point = first[0].frame
        more = [fact for fact in self.facts if fact.frame == point][:4]
        for fact in more:
            self.facts.remove(fact)
        lead = self.say_one_of("frames", *point.split(".")) or self.say_one_of("frames", "other")
        if not lead:
            return None
        lines = [capital(fact.text.rstrip(".;, ")) for fact in (*first, *more)]
        claims = tuple((line, fact.fact_id) for line, fact in zip(lines, (*first, *more), strict=True))
        return Block(f"{lead}\n\n" + "\n".join(f"- {line}" for line in lines), claims)
