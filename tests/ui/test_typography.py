"""Words that may not part at the end of a line are tied where they are shown, and only there."""

from django.template import Context, Template
from django.utils.safestring import mark_safe

from posthub.ui.typography import as_written, beginning_and_rest, tied


def shown(text: str) -> str:
    return tied(text).replace("\u00a0", "~")


def test_one_letter_words_numbers_and_days_are_tied() -> None:
    assert shown("Chléb a koláče v neděli") == "Chléb a~koláče v~neděli"
    assert shown("I v zimě (u nás) z mouky") == "I~v~zimě (u~nás) z~mouky"
    assert shown("Do 38 °C, 12 % a 1 990 Kč, 60 km") == "Do 38~°C, 12~% a~1~990~Kč, 60~km"
    assert shown("Vyjde 3. prosince, 7. 12. 2026") == "Vyjde 3.~prosince, 7.~12. 2026"


def test_words_and_abbreviations_are_left_alone() -> None:
    for text in ("Plán A. Nic", "vitamín-a pak", "24 hodin", "Pečeme kmín", "v\u00a0lese", "a"):
        assert tied(text) == text


def test_in_safe_html_only_the_text_changes_and_other_text_is_still_escaped() -> None:
    markup = mark_safe('<a href="/v lese" title="a b">v lese</a> a <b>k nám</b>')
    assert tied(markup) == '<a href="/v lese" title="a b">v\u00a0lese</a> a <b>k\u00a0nám</b>'
    assert Template("{{ x|tied }}").render(Context({"x": "a <b>"})) == "a\u00a0&lt;b&gt;"


def test_words_chosen_on_the_page_are_found_in_what_was_written() -> None:
    assert as_written("v\u00a0lese a\u00a0u nás", "Byl v lese a u nás.") == "v lese a u nás"
    assert as_written("v\u00a0lese", "Byl v\u00a0lese.") == "v\u00a0lese"
    assert as_written("a\u00a0v\u00a0lese", "Tam a v\u00a0lese.") == "a v\u00a0lese"
    assert as_written("jinde v\u00a0lese", "Nic.") == "jinde v lese"


def test_a_long_sample_is_parted_at_the_end_of_a_sentence() -> None:
    text = "Jedna věta má pět slov. Druhá jich má také pět. Třetí v pořadí má šest slov. A čtvrtá taky."
    assert beginning_and_rest(text, at_most=10) == (
        "Jedna věta má pět slov. Druhá jich má také pět.",
        "Třetí v pořadí má šest slov. A čtvrtá taky.",
    )
    assert beginning_and_rest(text, at_most=3)[0] == "Jedna věta má pět slov."
    assert beginning_and_rest(text, at_most=18) == (text, "")
    assert beginning_and_rest("Od 3. prosince pečeme.", at_most=2) == ("Od 3. prosince pečeme.", "")
