import pytest

from posthub.core.tasks import connection_options, tasks, tenant_task


def test_the_transport_is_told_what_the_database_url_says() -> None:
    database = {"NAME": "posthub", "HOST": "db", "PORT": "", "USER": "", "OPTIONS": {"sslmode": "require"}}
    assert connection_options(database) == {
        "dbname": "posthub",
        "host": "db",
        "sslmode": "require",
        "options": "-c search_path=public -c synchronous_commit=off",
    }


def test_options_of_the_address_are_kept_beside_ours() -> None:
    given = {"NAME": "posthub", "OPTIONS": {"options": "-c statement_timeout=5s"}}
    assert (
        connection_options(given)["options"]
        == "-c statement_timeout=5s -c search_path=public -c synchronous_commit=off"
    )


def test_a_name_belongs_to_one_task() -> None:
    with pytest.raises(ValueError, match=r"two tasks named jobs\.purge"):
        tenant_task("jobs.purge", queue="quick")(lambda job: None)
    assert tasks()["jobs.purge"].queue == "scheduled"
