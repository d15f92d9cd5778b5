"""Which of the house's voices a persona speaks with."""

from collections.abc import Mapping
from typing import Any

from .language import tongue
from .library import Voice, table, voices
from .wording import stems


def voice_of(language: str, persona: Mapping[str, Any]) -> Voice:
    """The voice nearest to the persona: the same role, else tone, length of sentences and
    structures; people edit them.
    """
    mother = tongue(language)
    role = str(persona.get("role_title") or "")
    tone = set(persona.get("tone") or ())
    named = {str(name): key for key, name in table(mother.code, "structures").items()}
    structures = {named.get(name, name) for name in persona.get("favourite_structures") or ()}
    spoken = stems(" ".join([*(persona.get("topics") or ()), str(persona.get("one_line") or "")]), mother)

    def nearness(voice: Voice) -> float:
        score = 6.0 if voice.role_title == role else 0.0
        score += 2.0 * len(tone & set(voice.tone)) + 1.5 * len(structures & set(voice.structures))
        score += 2.0 if persona.get("sentence_length") == voice.sentence_length else 0.0
        return score + 0.5 * len(spoken & stems(" ".join(voice.topics), mother))

    return max(voices(mother.code), key=nearness)
