"""Pointing PostHub at stand-ins by its settings alone, as an installation is pointed at real providers."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.test import override_settings

from tests.fakes.chat import FakeOpenAI, FakePerplexity
from tests.fakes.gemini import KEY, FakeGemini
from tests.fakes.server import FakeServer

MODELS = {
    "gemini": {"text": "gemini-3.8-flash", "image": "gemini-3.1-flash-image"},
    "perplexity": {"text": "sonar"},
    "openai_compatible": {"text": "llama-local"},
    "omni": {"video": "gemini-omni-1.2-flash"},
    "veo": {"video": "veo-3.1-generate-preview"},
}


def access(name: str, fake: FakeServer) -> dict[str, Any]:
    return {
        "gemini": {"base_url": fake.url, "key": KEY},
        "perplexity": {"base_url": fake.url, "key": FakePerplexity.KEY},
        "openai_compatible": {"base_url": f"{fake.url}/v1", "key": FakeOpenAI.KEY, "answers": "json_schema"},
    }[name]


def stand_in(name: str, **options: Any) -> FakeServer:
    kinds: dict[str, Any] = {
        "gemini": FakeGemini,
        "perplexity": FakePerplexity,
        "openai_compatible": FakeOpenAI,
    }
    fake: FakeServer = kinds[name](**options)
    return fake


@contextmanager
def reaching(*chain: str, **more: Any) -> Iterator[dict[str, FakeServer]]:
    """Stand-ins of the providers in `chain`, asked in that order; `more` are further settings."""
    write = more.pop("write", None)
    options = {"write": write} if write else {}
    names = [name for name in chain if name != "offline"]
    with ExitStack() as stack:
        fakes = {name: stack.enter_context(stand_in(name, **options)) for name in names}
        chosen = {
            "AI_CHAINS": {"text": list(chain), "image": list(chain), "video": []},
            "AI_ACCESS": {name: access(name, fake) for name, fake in fakes.items()},
            "AI_MODELS": MODELS,
        }
        stack.enter_context(override_settings(**{**chosen, **more}))
        yield fakes
