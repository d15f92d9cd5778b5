"""What people type without accents finds what was written with them."""

from posthub.content.models import MarketingEvent
from posthub.core.folding import folded
from posthub.organizations.models import Organization


def test_letters_lose_their_accents_and_nothing_else() -> None:
    assert folded("Příliš ŽLUŤOUČKÝ kůň, Łódź 24 %") == "prilis zlutoucky kun, lodz 24 %"
    assert folded("e\u0301") == "e"  # put together from two parts
    assert folded("日本 ß") == "日本 ß"


def test_the_database_folds_as_python_does(tenant: Organization) -> None:
    names = ["Žluťoučký kůň", "ŘEŘICHA", "Straße", "100% jistota", "plain"]
    for number, name in enumerate(names, start=1):
        MarketingEvent.objects.create(name=name, date=f"2027-01-{number:02d}")

    def found(typed: str) -> list[str]:
        rows = MarketingEvent.objects.filter(name__folded__contains=folded(typed))
        return list(rows.values_list("name", flat=True))

    assert [found(typed) for typed in ("zlutoucky", "KŮŇ", "reri", "řEŘ", "0%", "_", "nothing")] == [
        ["Žluťoučký kůň"], ["Žluťoučký kůň"], ["ŘEŘICHA"], ["ŘEŘICHA"], ["100% jistota"], [], [],
    ]  # fmt: skip
