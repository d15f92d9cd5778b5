"""One contract for all providers, each over its real protocol against a stand-in on loopback."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from posthub.ai.prompts import data_block, render
from posthub.ai.providers.base import Access, Deadline, MediaRequest, Provider, ProviderError, TextRequest
from posthub.ai.providers.film import Omni, Veo
from posthub.ai.providers.gemini import Gemini
from posthub.ai.providers.offline.provider import OfflineProvider
from posthub.ai.providers.openai_compatible import OpenAICompatible
from posthub.ai.providers.perplexity import Perplexity
from posthub.content.generation import SocialAnswer
from tests.ai.offline.asking import article_inputs, month_of_topics
from tests.fakes import chat, gemini, server
from tests.fakes.server import FakeServer, Fault


@dataclass
class Case:
    """A provider, how it is reached, and its stand-in (None for the one that needs none)."""

    provider: Provider
    access: Access
    model: str
    fake: FakeServer | None

    def text(self, **changes: Any) -> Any:
        asked = {"model": self.model, "access": self.access, "deadline": Deadline.within(5, read=1)}
        return self.provider.text(replace(social_request(), **{**asked, **changes}))


def social_request() -> TextRequest:
    network = {"key": "facebook", "name": "Facebook", "limit": 63206, "unit": "cp", "hashtags_max": 2}
    article = {"title": "Rye bread in five steps", "excerpt": "", "markdown": "", "url": "", "claims": []}
    inputs = {**article_inputs("en", month_of_topics("en")[0]), "article": article, "platform": network}
    blocks = "\n".join(data_block(kind, json.dumps(value)) for kind, value in inputs.items())
    schema = SocialAnswer.model_json_schema()
    prompt = render("content/social.en", language="en", schema=json.dumps(schema), data=blocks).text
    system, _, rest = prompt.partition(blocks)
    return TextRequest("social", "en", system, inputs, schema, material=blocks + rest, output_tokens=2000)


MAKERS: dict[str, Callable[[], Case]] = {
    "offline": lambda: Case(OfflineProvider(), Access(), "", None),
    "gemini": lambda: Case(Gemini(), Access("", gemini.KEY), "gemini-3.8-flash", gemini.FakeGemini()),
    "perplexity": lambda: Case(Perplexity(), Access("", "pplx-stand-in"), "sonar", chat.FakePerplexity()),
    "perplexity, thinking": lambda: Case(
        Perplexity(), Access("", "pplx-stand-in"), "sonar-reasoning-pro", chat.FakePerplexity()
    ),
    **{
        f"openai_compatible, {able}": lambda able=able: Case(  # type: ignore[misc]
            OpenAICompatible(),
            Access("/v1", "sk-stand-in", able),  # type: ignore[arg-type]
            "llama-local",
            chat.FakeOpenAI(capable=able),
        )
        for able in ("json_schema", "json_object", "none")
    },
}
REMOTE = [name for name in MAKERS if name != "offline"]


@contextmanager
def serving(name: str) -> Iterator[Case]:
    case = MAKERS[name]()
    if case.fake is None:
        yield case
        return
    with case.fake:
        case.access = replace(case.access, base_url=case.fake.url + case.access.base_url)
        yield case


@pytest.fixture
def case(request: pytest.FixtureRequest) -> Iterator[Case]:
    with serving(request.param) as made:
        yield made


everybody = pytest.mark.parametrize("case", MAKERS, indirect=True)
remote = pytest.mark.parametrize("case", REMOTE, indirect=True)


@everybody
def test_an_answer_fits_the_schema_and_says_who_gave_it(case: Case) -> None:
    answer = case.text()
    SocialAnswer.model_validate(answer.data)
    assert answer.provider == case.provider.name
    assert answer.model == (case.model or "offline-1")
    assert answer.data == OfflineProvider().text(social_request()).data
    if case.fake:
        assert answer.input_tokens > 500
        assert answer.output_tokens > 20
        assert len(case.fake.log) == 1


@everybody
def test_a_work_it_does_not_do_is_refused_by_name(case: Case) -> None:
    with pytest.raises(ProviderError) as refused:
        case.provider.start_film(MediaRequest("A loaf", "9:16", "en", access=case.access))
    assert refused.value.outcome == "not_offered"


@remote
def test_a_wrong_key_and_a_retired_model_are_told_apart(case: Case) -> None:
    for changes, outcome in (
        ({"access": replace(case.access, key="wrong")}, "unauthorized"),
        ({"model": "retired-1"}, "unknown_model"),
        ({"access": replace(case.access, base_url="http://127.0.0.1:9")}, "unreachable"),
        ({"deadline": Deadline.within(-1)}, "timeout"),
    ):
        with pytest.raises(ProviderError) as refused:
            case.text(**changes)
        assert (refused.value.outcome, bool(refused.value.cause)) == (outcome, True)


ANYWHERE: dict[str, tuple[Fault, str]] = {
    "503": (server.status(503), "overloaded"),
    "500 with a page": (server.html_page(500), "overloaded"),
    "401 with a page": (server.html_page(401), "unauthorized"),
    "402": (server.status(402), "no_credit"),
    "422": (server.status(422, b"{}"), "bad_request"),
    "redirect": (server.status(302, Location="http://127.0.0.1:9/"), "bad_request"),
    "a page": (server.html_page(), "not_json"),
    "dropped": (server.dropped, "unreachable"),
    "nothing": (server.empty_body, "empty"),
    "cut off": (server.cut_off, "unreachable"),
    "half a JSON": (server.truncated_json, "not_json"),
    "oversized": (server.huge(1_100_000), "oversized"),
}


@remote
def test_every_fault_has_its_name(case: Case) -> None:
    assert case.fake is not None
    got = {}
    for name, (fault, _) in ANYWHERE.items():
        case.fake.faults.append(fault)
        with pytest.raises(ProviderError) as refused:
            case.text()
        got[name] = refused.value.outcome
    assert got == {name: outcome for name, (_, outcome) in ANYWHERE.items()}


@remote
def test_a_slow_answer_ends_by_the_deadline(case: Case) -> None:
    assert case.fake is not None
    for fault in (server.delayed(case.fake, 3), server.dripping(0.02)):
        case.fake.faults.append(fault)
        began = time.monotonic()
        with pytest.raises(ProviderError) as refused:
            case.text(deadline=Deadline.within(0.3, read=0.3))
        assert refused.value.outcome == "timeout"
        # Not how fast this machine is, but that the deadline bounds the call and not the server.
        assert time.monotonic() - began < 2.5


def test_gemini_names_what_its_models_do() -> None:
    with serving("gemini") as case:
        assert case.fake is not None
        outcomes = {
            gemini.blocked_prompt: "blocked",
            gemini.finished("SAFETY"): "blocked",
            gemini.finished("RECITATION"): "blocked",
            gemini.finished("MAX_TOKENS"): "truncated",
            gemini.finished("LANGUAGE"): "wrong_language",
            gemini.finished("STOP"): "empty",
            gemini.finished("STOP", [{"text": "   "}]): "empty",
            gemini.saying("I would rather not."): "not_json",
            gemini.busy(7): "rate_limited",
            gemini.day_is_over: "quota",
        }
        for fault, outcome in outcomes.items():
            case.fake.faults.append(fault)
            with pytest.raises(ProviderError) as refused:
                case.text()
            assert refused.value.outcome == outcome
            assert refused.value.retry_after == (7 if outcome == "rate_limited" else None)


def test_gemini_counts_thinking_as_output_and_keeps_to_the_wire_format() -> None:
    with serving("gemini") as case:
        assert case.fake is not None
        answer = case.text()
        assert answer.thinking_tokens == 40
        assert answer.output_tokens > 40
        asked = case.fake.log[0]
        assert asked.path == "/v1beta/models/gemini-3.8-flash:generateContent"
        assert asked.headers["x-goog-api-key"] == gemini.KEY
        assert asked.json["generationConfig"]["responseMimeType"] == "application/json"


def test_perplexitys_price_is_kept_as_it_said_it() -> None:
    with serving("perplexity, thinking") as case:
        answer = case.text()
        assert answer.cost == Decimal("0.0053")
        assert answer.notes["sources"] == "https://a.example/"
        assert answer.thinking_tokens == 7


@pytest.mark.parametrize("case", [name for name in REMOTE if name != "gemini"], indirect=True)
def test_chat_servers_name_what_happened(case: Case) -> None:
    assert case.fake is not None
    outcomes = [
        (chat.spoiled(finish_reason="length"), "truncated"),
        (chat.spoiled(finish_reason="content_filter"), "blocked"),
        (chat.spoiled(content=""), "empty"),
        (chat.spoiled(content="<think>Where did it go"), "empty"),
        (chat.spoiled(content="Sure! Here is your post."), "not_json"),
        (chat.error_with_200, "overloaded"),
    ]
    for fault, outcome in outcomes:
        case.fake.faults.append(fault)
        with pytest.raises(ProviderError) as refused:
            case.text()
        assert refused.value.outcome == outcome
    case.fake.faults.append(server.status(429, b"{}", Retry_After="3"))
    with pytest.raises(ProviderError) as refused:
        case.text()
    assert (refused.value.outcome, refused.value.retry_after) == ("rate_limited", 3)


def test_an_answer_without_usage_is_estimated_and_says_so() -> None:
    with serving("openai_compatible, none") as case:
        assert case.fake is not None
        case.fake.faults.append(chat.no_usage)
        answer = case.text()
        assert answer.estimated is True
        assert answer.input_tokens > 500


def picture_request(**changes: Any) -> MediaRequest:
    return replace(MediaRequest("A loaf on a board", "4:5", "en", words="Rye", brand="Mill"), **changes)


def test_pictures_come_from_gemini_and_from_the_offline_provider() -> None:
    assert OfflineProvider().picture(picture_request()).content.startswith(b"\x89PNG")
    with gemini.FakeGemini() as fake:
        asked = picture_request(
            model="gemini-3.1-flash-image",
            access=Access(fake.url, gemini.KEY),
            deadline=Deadline.within(5),
        )
        picture = Gemini().picture(asked)
        assert (picture.content[:4], picture.usage.output_tokens) == (b"\x89PNG", 1290)
        for fault, outcome in (
            (gemini.finished("NO_IMAGE"), "no_picture"),
            (gemini.finished("IMAGE_SAFETY"), "blocked"),
        ):
            fake.faults.append(fault)
            with pytest.raises(ProviderError) as refused:
                Gemini().picture(asked)
            assert refused.value.outcome == outcome


@pytest.mark.parametrize(
    ("provider", "model"), [(Omni(), "gemini-omni-1.2-flash"), (Veo(), "veo-3.1-generate-preview")]
)
def test_a_film_is_started_asked_for_and_fetched(provider: Provider, model: str) -> None:
    with gemini.FakeGemini(polls=2) as fake:
        asked = picture_request(
            ratio="9:16",
            seconds=8,
            model=model,
            access=Access(fake.url, gemini.KEY),
            deadline=Deadline.within(5),
        )
        operation = provider.start_film(asked)
        assert [provider.film(operation, asked) for _ in range(2)] == [None, None]
        film = provider.film(operation, asked)
        assert film is not None
        assert (film.content, film.content_type, film.usage.units) == (gemini.MP4, "video/mp4", 8)
        for spoiled in ("nobody/../else", "gone1"):
            with pytest.raises(ProviderError) as refused:
                provider.film(spoiled, asked)
            assert refused.value.outcome in {"failed", "unknown_model"}


def test_a_film_that_comes_to_nothing_says_why() -> None:
    failed = {"id": "int1", "status": "failed", "errors": [{"code": "x", "message": "no"}]}
    filtered = {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": ["a face"]}
    cases: list[tuple[Provider, Any, str]] = [
        (Omni(), failed, "failed"),
        (Omni(), {"id": "int1", "status": "completed", "steps": []}, "failed"),
        (Veo(), {"done": True, "error": {"code": 13, "message": "no"}}, "failed"),
        (Veo(), {"done": True, "response": {"generateVideoResponse": filtered}}, "blocked"),
        (Veo(), {"done": True, "response": {}}, "failed"),
    ]
    with gemini.FakeGemini() as fake:
        asked = picture_request(access=Access(fake.url, gemini.KEY), deadline=Deadline.within(5), model="m")
        for provider, said, outcome in cases:
            fake.faults.append(lambda asked, answer, said=said: server.data(said))
            with pytest.raises(ProviderError) as refused:
                provider.film("int1", asked)
            assert refused.value.outcome == outcome
