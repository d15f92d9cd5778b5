"""A date reads alike wherever it is said: by the product's own words and by Django's formats."""

import datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from posthub.ui.times import day

NEW_YEAR = datetime.date(2099, 12, 3)


@pytest.mark.parametrize(("language", "words"), [("en", "3 Dec 2099"), ("cs", "3. prosince 2099")])
def test_dates_of_forms_and_mails_are_those_of_the_pages(language: str, words: str) -> None:
    with translation.override(language):
        assert date_format(NEW_YEAR, "DATE_FORMAT") == words
        if language == "en":
            assert day(NEW_YEAR).replace("\N{NO-BREAK SPACE}", " ") == words
        assert date_format(datetime.datetime(2099, 12, 3, 9, 5), "DATETIME_FORMAT").endswith("9:05")
