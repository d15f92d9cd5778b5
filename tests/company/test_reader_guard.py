"""The reader reaches the public internet and what its allow-list names, and nothing else."""

from collections.abc import Iterable
from typing import Any

import httpcore
import pytest

from posthub.company.reader import Limits, read_site
from posthub.company.reader.connection import Deadline, GuardedBackend
from posthub.company.reader.public_ip import is_public
from posthub.company.reader.vetting import AllowList, Refused, vet
from tests.company.ssrf_corpus import addresses, urls
from tests.sites.serving import Answer, page, served


class Recorder(httpcore.NetworkBackend):
    """Dials nobody and remembers whom it was asked to dial."""

    def __init__(self) -> None:
        self.dialled: list[str] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.dialled.append(host)
        raise httpcore.ConnectError("dialled")


def attempt(url: str, answers: list[str], recorder: Recorder) -> bool:
    """Whether a connection for the address was let through, with a resolver that answers as told."""
    backend = GuardedBackend(AllowList(), Deadline(), lambda host, port: answers, recorder)
    try:
        target = vet(url)
        backend.connect_tcp(target.host, target.port)
    except Refused:
        return False
    except httpcore.ConnectError:
        return True
    return True


def test_no_address_of_the_corpus_gets_through_whatever_its_name_resolves_to() -> None:
    corpus = urls.urls()
    recorder = Recorder()
    escaped = [
        url
        for url in corpus
        for answer in ("127.0.0.1", "169.254.169.254", "::1")
        if attempt(url, [answer], recorder)
    ]
    assert len(corpus) >= 2500
    assert escaped == []
    assert recorder.dialled == []


def test_numeric_and_local_hosts_are_refused_even_if_a_resolver_calls_them_public() -> None:
    recorder = Recorder()
    let_through = [url for url in urls.urls() if attempt(url, ["8.8.8.8"], recorder)]
    assert [url for url in let_through if not any(name in url.lower() for name in urls.REBINDING)] == []


def test_good_addresses_pass() -> None:
    assert len(urls.GOOD) >= 50
    assert [
        url for url in urls.GOOD if not attempt(url, ["8.8.8.8", "2606:4700:4700::1111"], Recorder())
    ] == []


@pytest.mark.parametrize(("name", "address"), addresses.NOT_PUBLIC)
def test_an_address_that_is_not_public_is_refused(name: str, address: str) -> None:
    assert is_public(address) is False


def test_the_table_of_addresses_has_not_shrunk() -> None:
    assert len(addresses.NOT_PUBLIC) >= 60


@pytest.mark.parametrize("address", addresses.PUBLIC)
def test_a_public_address_is_accepted(address: str) -> None:
    assert is_public(address) is True


def test_one_private_answer_among_public_ones_refuses_the_name() -> None:
    assert attempt("https://firma.cz/", ["8.8.8.8", "10.0.0.1"], Recorder()) is False


def test_no_answer_refuses_the_name() -> None:
    assert attempt("https://firma.cz/", [], Recorder()) is False


def test_a_name_that_changes_its_address_keeps_the_one_that_was_checked() -> None:
    recorder = Recorder()
    answers = iter([["8.8.8.8"], ["127.0.0.1"], ["127.0.0.1"]])
    backend = GuardedBackend(AllowList(), Deadline(), lambda host, port: next(answers), recorder)
    for _ in range(3):
        with pytest.raises(httpcore.ConnectError):
            backend.connect_tcp("firma.cz", 443)
    assert recorder.dialled == ["8.8.8.8"] * 3


def test_the_checked_address_is_dialled_not_the_name() -> None:
    recorder = Recorder()
    attempt("https://firma.cz/", ["2606:4700:4700::1111"], recorder)
    assert recorder.dialled == ["2606:4700:4700::1111"]


@pytest.mark.parametrize(
    "place",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:1/",
        "http://localhost/",
        "file:///etc/passwd",
        "http://[::1]/",
        "http://2130706433/",
        "gopher://x.cz/",
    ],
)
def test_a_redirect_to_a_private_place_is_not_followed(place: str) -> None:
    def respond(handler: object, path: str) -> Answer:
        return 302, {"Location": place}, b""

    with served(respond) as (url, entry, _):
        reading = read_site(url, allow=[entry], limits=Limits(total_seconds=5))
    assert reading.pages == []
    refused = [problem.reason.startswith("the address cannot be read") for problem in reading.problems]
    # First robots.txt, which is led astray like the page and stops nobody, then the page itself.
    assert refused == [False, True]


def test_a_redirect_to_another_port_of_this_machine_is_not_followed() -> None:
    with served(lambda handler, path: page("<p>secret")) as (secret, _, asked):

        def respond(handler: object, path: str) -> Answer:
            return 302, {"Location": secret}, b""

        with served(respond) as (url, entry, _):
            reading = read_site(url, allow=[entry])
    assert reading.pages == []
    assert asked == []


def test_without_an_allow_list_this_machine_is_refused() -> None:
    with served(lambda handler, path: page("<p>hello")) as (url, _, asked):
        assert read_site(url).pages == []
    assert asked == []


def test_an_allowed_name_under_localhost_is_read_from_this_machine() -> None:
    with served(lambda handler, path: page("<title>Here</title><p>hello")) as (_, entry, _asked):
        port = entry.partition(":")[2]
        reading = read_site(f"http://bakery.localhost:{port}/", allow=[("bakery.localhost", int(port))])
    assert [page.title for page in reading.pages] == ["Here"]
