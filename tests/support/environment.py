"""Loaded before the settings are read, however pytest was started."""

import os

os.environ["TESTING"] = "1"

# Test processes that share a Redis each take a database of their own there, as they do in PostgreSQL.
if (number := os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")) and "REDIS_URL" in os.environ:
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rsplit("/", 1)[0] + f"/{number}"
