"""Czech names stand where a Czech reader looks for them."""

import pytest

from posthub.accounts.models import User
from posthub.core.collation import alphabetical, in_alphabet

ORDER = [
    "Adéla",
    "Cecílie",
    "Cyril",
    "Čeněk",
    "Dana",
    "Hynek",
    "Chrudoš",
    "Ivana",
    "Řehoř",
    "Sára",
    "Šárka",
    "Zora",
    "Žofie",
]


def test_the_key_puts_names_into_the_order_of_the_alphabet() -> None:
    assert sorted(set(ORDER), key=in_alphabet) == ORDER
    assert sorted(["Ústí", "Usek", "úhor"], key=in_alphabet) == ["úhor", "Usek", "Ústí"]


@pytest.mark.django_db
def test_the_database_sorts_as_python_does() -> None:
    for name in reversed(ORDER):
        User.objects.create_user(f"{len(name)}-{name.encode().hex()}@example.org", "x", name=name)
    found = User.objects.filter(email__endswith="@example.org").order_by(alphabetical("name"))
    assert list(found.values_list("name", flat=True)) == ORDER
