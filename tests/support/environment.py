"""Loaded before the settings are read, however pytest was started."""

import os
from urllib.parse import urlsplit

os.environ["TESTING"] = "1"
OWN_NUMBER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
RUNNING_PRODUCT = 8  # of the sixteen databases of a Redis these and the following are for `live`


def redis_database(url: str, number: int) -> str:
    return urlsplit(url)._replace(path=f"/{number}").geturl()


# Test processes that share a Redis each take a database of their own there, as they do in PostgreSQL.
if "REDIS_URL" in os.environ and "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["REDIS_URL"] = redis_database(os.environ["REDIS_URL"], OWN_NUMBER)
