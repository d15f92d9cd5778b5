from posthub.content.diff import changes, difference, first_words, words

FOUR = ["One stays.", "Two is about dough.", "Three stays.", "Four stays."]


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def test_equal_texts_fold_into_one_line() -> None:
    assert difference(text(*FOUR), text(*FOUR)) == [("fold", 4)]


def test_a_changed_word_is_shown_inside_its_paragraph() -> None:
    assert words("We bake at night.", "We bake at dawn.") == [
        ("same", "We bake at "),
        ("del", "night"),
        ("ins", "dawn"),
        ("same", "."),
    ]


def test_a_rewritten_phrase_reads_as_one_change() -> None:
    assert words("It is a small wonder.", "It was by far our wonder.") == [
        ("same", "It "),
        ("del", "is a small"),
        ("ins", "was by far our"),
        ("same", " wonder."),
    ]


def test_unchanged_runs_are_folded_but_their_edges_are_kept() -> None:
    before = ["A changes here.", *(f"Paragraph {number} stays." for number in range(6)), "Z changes here."]
    after = ["A changed here.", *before[1:-1], "Z changed here."]
    kinds = [kind for kind, _text in difference(text(*before), text(*after))]
    assert kinds.count("fold") == 1
    assert ("fold", 4) in difference(text(*before), text(*after))
    assert "fold" not in [kind for kind, _text in difference(text(*before), text(*after), folded=False)]


def test_a_new_and_a_dropped_paragraph_are_whole() -> None:
    after = [FOUR[0], FOUR[2], "Something quite different comes now.", FOUR[3]]
    assert difference(text(*FOUR), text(*after)) == [
        ("same", "One stays."),
        ("break", ""),
        ("del", "Two is about dough."),
        ("break", ""),
        ("same", "Three stays."),
        ("break", ""),
        ("ins", "Something quite different comes now."),
        ("break", ""),
        ("same", "Four stays."),
    ]


def test_a_replaced_paragraph_that_is_alike_is_compared_by_words() -> None:
    after = [FOUR[0], "Two is about flour.", FOUR[2], FOUR[3]]
    assert ("del", "dough") in difference(text(*FOUR), text(*after))
    assert [(change.place, change.words, change.gone) for change in changes(text(*FOUR), text(*after))] == [
        (2, "flour", False)
    ]


def test_what_only_went_is_told_as_gone() -> None:
    (change,) = changes(text(*FOUR), text(FOUR[0], *FOUR[2:]))
    assert (change.words, change.gone) == ("Two is about dough.", True)


def test_marks_of_headings_and_emphasis_are_not_shown() -> None:
    assert words("## Old **head**", "## New **head**") == [("del", "Old"), ("ins", "New"), ("same", " head")]


def test_from_nothing_and_to_nothing() -> None:
    assert difference("", "All new.") == [("ins", "All new.")]
    assert difference("All gone.", "") == [("del", "All gone.")]
    assert difference("", "") == []


def test_a_heading_is_one_in_the_difference_too() -> None:
    before = text("## How it rises", "One stays.", "### At night", "Old words.")
    after = text("## How it rises", "One stays.", "### At dawn", "Old words.", "## New part")
    assert difference(before, after, folded=False) == [
        ("heading", 2),
        ("same", "How it rises"),
        ("break", ""),
        ("same", "One stays."),
        ("break", ""),
        ("heading", 3),
        ("same", "At "),
        ("del", "night"),
        ("ins", "dawn"),
        ("break", ""),
        ("same", "Old words."),
        ("break", ""),
        ("heading", 2),
        ("ins", "New part"),
    ]


def test_a_text_begins_after_its_heading() -> None:
    assert first_words("## Why\n\nBread **rests**.\nThen it is cut.\n\n### How\n\nBy hand.") == (
        "Bread rests. Then it is cut. By hand."
    )
