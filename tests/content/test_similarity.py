"""What counts as said already."""

from posthub.content.similarity import (
    VOICE_LIMIT,
    body_similarity,
    closest_body,
    nearest_voices,
    repeats_title,
    title_similarity,
)


def test_a_title_in_other_words_is_the_same_title() -> None:
    past = ["Jak vybrat kváskový chléb", "Vánočka ze šesti pramenů"]
    assert repeats_title("Jak vybrat kvaskový chleb", past) == past[0]
    assert repeats_title("Jak si vybrat kváskový chléb", past) == past[0]
    assert repeats_title("Perník, který drží tvar", past) == ""
    assert title_similarity("Jak vybrat chléb", "Jak vybrat chléb") >= 1


def test_different_titles_on_one_subject_are_different() -> None:
    assert (
        repeats_title("Kváskový chléb: kroky, které se nedají přeskočit", ["Jak vzniká kváskový chléb"]) == ""
    )


def test_bodies_are_compared_by_runs_of_words() -> None:
    text = "one two three four five six seven eight nine ten"
    assert body_similarity(text, text) == 1.0
    assert body_similarity(text, "ten nine eight seven six five four three two one") == 0.0
    assert body_similarity("", "") == 0.0
    assert (
        closest_body(text, [("a", "nothing of the kind stands in here at all"), ("b", text + " eleven")])[1]
        == "b"
    )
    assert closest_body(text, []) == (0.0, "")


def test_voices_are_compared_pair_by_pair() -> None:
    assert nearest_voices(["a b c d e", "a b c d e"]) == 1.0
    assert nearest_voices(["the oven is hot today", "wir backen jeden Morgen Brot"]) < VOICE_LIMIT
    assert nearest_voices(["alone"]) == 0.0
