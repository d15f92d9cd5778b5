from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from posthub.core.env import Environment, parse_database_url


def env(**values: str) -> Environment:
    return Environment(values)


def refusal(call: object) -> str:
    assert callable(call)
    with pytest.raises(ImproperlyConfigured) as caught:
        call()
    return str(caught.value)


def test_what_is_unset_or_empty_takes_the_default() -> None:
    empty = env(A="", B="  ")
    assert empty.text("A", "x") == "x"
    assert empty.flag("B", True) is True
    assert empty.whole("C", 7) == 7
    assert empty.hosts("C", ("a.test",)) == ["a.test"]
    assert empty.endpoints("C") == []
    assert empty.url("C", "http://x") == "http://x"
    assert empty.secret("C") is None
    assert empty.path("C", Path("/data")) == Path("/data")


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("Yes", True), ("on", True), ("FALSE", False), ("0", False)]
)
def test_a_flag_reads_the_usual_words(value: str, expected: bool) -> None:
    assert env(DEBUG=value).flag("DEBUG") is expected


def test_a_flag_refuses_other_words_by_name() -> None:
    assert refusal(lambda: env(DEBUG="maybe").flag("DEBUG")) == (
        "DEBUG='maybe': expected 1, true, yes, on or 0, false, no, off."
    )


@pytest.mark.parametrize("value", ["-1", "1.5", "1_000", "٣", "0x10", "70000", "0"])
def test_a_whole_number_outside_its_range_is_refused(value: str) -> None:
    message = refusal(lambda: env(PORT=value).whole("PORT", 8000, least=1, most=65535))
    assert message == f"PORT={value!r}: expected a whole number from 1 to 65535."


def test_a_whole_number_without_an_upper_end_says_so() -> None:
    assert env(N="12").whole("N", 1) == 12
    assert refusal(lambda: env(N="x").whole("N", 1)) == "N='x': expected a whole number from 0 up."


def test_a_choice_is_one_of_those_listed() -> None:
    assert env(LEVEL="info").text("LEVEL", choices=("info", "debug")) == "info"
    assert refusal(lambda: env(LEVEL="loud").text("LEVEL", choices=("info", "debug"))) == (
        "LEVEL='loud': expected one of info, debug."
    )


def test_hosts_are_names_without_scheme_and_port() -> None:
    assert env(H="PostHub.localhost, .example.com,").hosts("H") == ["posthub.localhost", ".example.com"]
    for wrong in ("http://a.test", "a.test:80", "a b", "-a.test", "*"):
        assert "host names separated by commas" in refusal(lambda wrong=wrong: env(H=wrong).hosts("H"))


def test_endpoints_are_hosts_with_ports() -> None:
    assert env(E="127.0.0.1:9000, Site.test:80").endpoints("E") == [("127.0.0.1", 9000), ("site.test", 80)]
    for wrong in ("127.0.0.1", "a.test:0", "a.test:99999", ":80", "a.test:http"):
        assert "host:port pairs" in refusal(lambda wrong=wrong: env(E=wrong).endpoints("E"))


def test_an_address_has_an_accepted_scheme_and_stays_out_of_the_message() -> None:
    assert env(U="https://a.test/x").url("U") == "https://a.test/x"
    message = refusal(lambda: env(U="ftp://user:hidden@a.test").url("U"))
    assert message == "U: expected an address that begins with https:// or http://."


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    assert env(KEY_FILE=str(tmp_path / "key")).secret("KEY") == "s3cret"


def test_a_secret_is_given_once_and_its_file_can_be_read(tmp_path: Path) -> None:
    both = env(KEY="a", KEY_FILE=str(tmp_path / "key"))
    assert refusal(lambda: both.secret("KEY")) == "Set KEY or KEY_FILE, not both."
    assert refusal(lambda: env(KEY_FILE=str(tmp_path / "none")).secret("KEY")).startswith(
        "KEY_FILE: cannot read"
    )


def test_a_short_secret_is_refused_without_being_shown() -> None:
    assert (
        refusal(lambda: env(KEY="hunter2").secret("KEY", least_length=50))
        == "KEY: expected at least 50 characters."
    )


def test_a_database_address_is_taken_apart() -> None:
    assert parse_database_url("postgresql://us%40er:p%2Fw@db.test:6432/name?sslmode=require") == {
        "ENGINE": "posthub.core.postgres",
        "NAME": "name",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.test",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_address_may_name_a_socket() -> None:
    parsed = parse_database_url("postgres://posthub@/posthub?host=/tmp/a%20b&port=5432")
    assert (parsed["HOST"], parsed["PORT"], parsed["USER"], parsed["OPTIONS"]) == (
        "/tmp/a b",
        "5432",
        "posthub",
        {},
    )


@pytest.mark.parametrize(
    "url", ["mysql://a/b", "postgres://host", "postgres://host/a/b", "sqlite:///x", "nonsense"]
)
def test_an_address_that_is_no_postgresql_is_refused_by_name(url: str) -> None:
    assert refusal(lambda: parse_database_url(url)).startswith("DATABASE_URL: expected postgres://")


def test_a_port_that_is_no_number_is_refused_without_showing_the_password() -> None:
    message = refusal(lambda: parse_database_url("postgres://u:hidden@h:port/n"))
    assert message == "DATABASE_URL: the port is not a number from 1 to 65535."


def test_words_are_taken_apart_at_commas() -> None:
    assert Environment({"CHAIN": " gemini:a-1 ,, offline "}).words("CHAIN") == ["gemini:a-1", "offline"]
    assert Environment({}).words("CHAIN", ("offline",)) == ["offline"]
