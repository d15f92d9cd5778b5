import pytest
from django.test import override_settings
from pydantic import BaseModel

from posthub.ai import gateway, routes
from posthub.ai.models import CallRecord
from posthub.ai.providers.base import ProviderError, TextAnswer, TextRequest
from posthub.core.tenancy import in_schema
from posthub.organizations.models import Organization


class Greeting(BaseModel):
    words: str


class Echo:
    """Answers with what it was given."""

    name = "echo"

    def text(self, request: TextRequest) -> TextAnswer:
        return TextAnswer(
            data={"words": request.inputs["words"]},
            provider="echo",
            model="echo-1",
            input_tokens=3,
            output_tokens=1,
        )


class Busy:
    name = "busy"

    def text(self, request: TextRequest) -> TextAnswer:
        raise ProviderError("It is busy.", permanent=False)


class Mumbling:
    name = "mumbling"

    def text(self, request: TextRequest) -> TextAnswer:
        return TextAnswer(data={"other": 1}, provider="mumbling", model="m")


class Broken:
    name = "broken"

    def text(self, request: TextRequest) -> TextAnswer:
        raise KeyError("a bug")


PROVIDERS = {kind.name: f"{__name__}.{kind.__name__}" for kind in (Echo, Busy, Mumbling, Broken)}


def ask(*chain: str) -> Greeting:
    with override_settings(AI_PROVIDERS=PROVIDERS, AI_CHAINS={"text": list(chain)}):
        routes.provider.cache_clear()
        try:
            return gateway.ask("topics", language="en", inputs={"words": "Good day"}, answer=Greeting)
        finally:
            routes.provider.cache_clear()


def outcomes() -> list[tuple[str, str]]:
    return list(CallRecord.objects.order_by("created_at").values_list("provider", "outcome"))


def test_an_answer_is_validated_and_the_call_recorded(acme: Organization) -> None:
    with in_schema(acme.schema_name):
        assert ask("echo").words == "Good day"
    record = CallRecord.objects.get()
    assert (record.schema_name, record.use, record.model) == (acme.schema_name, "topics", "echo-1")
    assert (record.input_tokens, record.output_tokens, record.outcome) == (3, 1, "ok")


def test_the_next_provider_answers_where_one_cannot(db: None) -> None:
    assert ask("busy", "mumbling", "echo").words == "Good day"
    asked_to_mend = [("mumbling", "invalid")] * 2
    assert outcomes() == [("busy", "provider_error"), *asked_to_mend, ("echo", "ok")]


def test_the_last_refusal_is_told_where_nobody_answers(db: None) -> None:
    with pytest.raises(ProviderError) as refused:
        ask("mumbling", "busy")
    assert (refused.value.cause, refused.value.permanent) == ("It is busy.", False)


def test_a_chain_without_providers_says_so(db: None) -> None:
    with pytest.raises(ProviderError) as refused:
        ask()
    assert refused.value.permanent is True


def test_a_provider_with_a_bug_is_not_recorded_as_an_answer(db: None) -> None:
    with pytest.raises(KeyError):
        ask("broken")
    assert outcomes() == [("broken", "error")]
