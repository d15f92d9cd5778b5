"""One text in the making: every sentence of ours at most once, every fact at most once, each fact
recorded.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .choice import number, shuffled
from .library import Voice, fill, filled, pool
from .material import Material, same
from .sayings import Told
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
                if text and not self.material.refuses(text):
                    self.said.add(pattern)
                    return self.shaped(capital(text))
        return ""

    def promised(self, patterns: Sequence[str]) -> str:
        """The heading of the pool that the approved topic already names."""
        for pattern in patterns:
            text = self.filled(pattern)
            if text in self.headings and pattern not in self.said:
                self.said.add(pattern)
                return text
        return ""

    def filled(self, pattern: str) -> str:
        return filled(pattern, self.slots, self.material.formality)

    def say_one_of(self, *path: str) -> str:
        return self.say(pool(self.language, *path), *path)

    def take(self, kinds: Sequence[str], most: int) -> list[Told]:
        """The next facts nobody has told yet, all of one subject or of one kind, so that they read as one thought.

        The wanted kinds come first.
        """
        fitting = [fact for fact in self.facts if not fact.frame and not fact.leans]
        ordered = sorted(fitting, key=lambda fact: bool(kinds) and fact.kind not in kinds)
        chosen = self._run(ordered[0], most) if ordered else []
        for fact in fitting:
            if chosen and len(chosen) < most and fact not in chosen and self._alike(fact, chosen[0]):
                chosen.append(fact)
        for fact in chosen:
            self.facts.remove(fact)
        return chosen

    def _run(self, first: Told, most: int) -> list[Told]:
        """The sentence and those that follow it on its page."""
        run = [first]
        while len(run) < most:
            after = next((f for f in self.facts if not f.frame and f.follows(run[-1])), None)
            if after is None:
                break
            run.append(after)
        return run

    def _alike(self, fact: Told, first: Told) -> bool:
        if first.subject:
            return same(fact.subject, first.subject)
        return not fact.subject and fact.kind == first.kind and fact.page == first.page

    def tell(self, kinds: Sequence[str], most: int) -> Block | None:
        """A paragraph of facts, now and then with a sentence of ours before them."""
        facts = self.take(kinds, most)
        if not facts:
            return None
        before = self._lead(facts[0].kind)
        markdown = " ".join(part for part in (before, *(fact.text for fact in facts)) if part)
        return Block(markdown, tuple((fact.text, fact.fact_id) for fact in facts))

    def _lead(self, kind: str) -> str:
        turn = number(*self.seed, kind, len(self.said))
        if turn % 5 < 2:
            return ""
        own = turn % 3 == 0
        return (self.say(self.voice.leads, "lead") if own else "") or self.say_one_of("before", kind)
