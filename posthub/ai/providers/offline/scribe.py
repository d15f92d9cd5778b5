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
            text = filled(pattern, self.slots, self.material.formality)
            if text in self.headings and pattern not in self.said:
                self.said.add(pattern)
                return text
        return ""

    def say_one_of(self, *path: str) -> str:
        return self.say(pool(self.language, *path), *path)

    def take(self, kinds: Sequence[str], most: int, *, own: bool = False) -> list[Told]:
        """The next facts nobody has told yet, all of one subject or of one kind, so that they read as one thought.

        The wanted kinds come first; with `own` only what speaks of a product or service by name.
        """
        fitting = [
            fact for fact in self.facts if not fact.frame and not fact.leans and (fact.subject or not own)
        ]
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

    def hook(self, first: Sequence[str]) -> list[Told]:
        """The fact to begin with: one the topic was made for, best with a figure, and not the title again."""
        title = self.slots["title"].casefold()
        fitting = [
            fact
            for fact in self.facts
            if not fact.frame and not fact.leans and 5 <= len(fact.text.split()) <= 30
        ]
        fresh = [fact for fact in fitting if fact.text.rstrip(".").casefold() not in title]

        def worth(fact: Told) -> tuple[bool, bool, int]:
            return (
                fact.fact_id not in first,
                not any(c.isdigit() for c in fact.text),
                number(*self.seed, fact.text),
            )

        best = sorted(fresh, key=worth)[:1]
        chosen = self._run(best[0], 2) if best else []
        for fact in chosen:
            self.facts.remove(fact)
        return chosen

    def tell(self, kinds: Sequence[str], most: int, *, own: bool = False) -> Block | None:
        """A paragraph of facts with a sentence of ours before and, now and then, after them."""
        facts = self.take(kinds, most, own=own)
        if not facts:
            return None
        kind = facts[0].kind
        before = self._lead(kind)
        after = self.say_one_of("after", facts[-1].kind) if number(*self.seed, facts[0].text) % 5 < 2 else ""
        markdown = " ".join(part for part in (before, *(fact.text for fact in facts), after) if part)
        return Block(markdown, tuple((fact.text, fact.fact_id) for fact in facts))

    def _lead(self, kind: str) -> str:
        turn = number(*self.seed, kind, len(self.said))
        if turn % 5 < 2:
            return ""
        own = turn % 3 == 0
        return (self.say(self.voice.leads, "lead") if own else "") or self.say_one_of("before", kind)

    def list_values(self, kinds: Sequence[str]) -> Block | None:
        """Bare values of one DNA point as a list under one lead."""
        values = [fact for fact in self.facts if fact.frame and fact.frame != "value" and fact.kind in kinds]
        point = next(
            (fact.frame for fact in values if sum(each.frame == fact.frame for each in values) > 1), ""
        )
        chosen = [fact for fact in values if fact.frame == point][:5]
        if not chosen:
            return None
        for fact in chosen:
            self.facts.remove(fact)
        lead = self.say_one_of("frames", *point.split(".")) or self.say_one_of("frames", "other")
        if not lead:
            return None
        lines = [capital(fact.text.rstrip(".;, ")) for fact in chosen]
        claims = tuple((line, fact.fact_id) for line, fact in zip(lines, chosen, strict=True))
        return Block(f"{lead}\n\n" + "\n".join(f"- {line}" for line in lines), claims)
