"""Each page of the inbox answers, in any state and for any role, in few statements."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.approvals.conftest import Shelf

STATEMENTS = 12


def fill(shelf: Shelf, count: int) -> None:
    for _number in range(count):
        shelf.topic()
        shelf.article()
        shelf.posts()
        shelf.article("IN_REVIEW")


@pytest.mark.parametrize("path", ["/", "/inbox/", "/inbox/?tab=others", "/inbox/?tab=decided", "/topics/?month=2027-02", "/articles/", "/posts/", "/calendar/?d=2027-02", "/calendar/?d=2027-02&view=list"])
@pytest.mark.parametrize("name", ["sofia", "marek"])
def test_a_list_takes_the_same_few_statements_at_1_and_at_30_rows(shelf: Shelf, browser_of: Any, name: str, path: str) -> None:
    browser = browser_of(name)

    def statements() -> int:
        with CaptureQueriesContext(connection, ) as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    fill(shelf, 1)
    statements()
    one = statements()
    fill(shelf, 29)
    assert (statements(), one <= STATEMENTS) == (one, True)
