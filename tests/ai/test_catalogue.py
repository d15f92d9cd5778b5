import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from pydantic import BaseModel

from posthub.ai.catalogue import ANSWERS, PROVIDERS, known
from posthub.ai.gateway import PROMPTS
from posthub.ai.models import ProviderName
from posthub.ai.providers.base import Provider


def test_every_provider_is_there_under_its_name() -> None:
    assert {name: import_string(path)().name for name, path in PROVIDERS.items()} == {
        name: name for name in ProviderName.values
    }
    assert all(issubclass(import_string(path), Provider) for path in PROVIDERS.values())


def test_every_prompt_has_an_answer() -> None:
    assert set(ANSWERS) == set(PROMPTS)
    assert all(issubclass(import_string(path), BaseModel) for path in ANSWERS.values())


def test_a_chain_names_providers_and_nothing_else() -> None:
    assert known("AI_CHAIN", ["gemini:a", "offline"]) == ["gemini:a", "offline"]
    with pytest.raises(ImproperlyConfigured, match="AI_CHAIN: 'gemni' is none of offline"):
        known("AI_CHAIN", ["gemni"])
