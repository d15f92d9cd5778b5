"""What a process keeps in mind is bounded in time and in number."""

from posthub.core.remembered import Remembered


def test_what_came_longest_ago_makes_room() -> None:
    lately = Remembered[bool](seconds=600, most=2)
    assert [lately.add(key, True) for key in ("c", "a", "a", "b", "c")] == [True, True, False, True, True]
    assert len(lately) == 2


def test_nothing_is_kept_past_its_time_or_after_it_was_forgotten() -> None:
    past, kept = Remembered[bool](seconds=0), Remembered[bool](seconds=600)
    for known in (past, kept):
        known.put("a", True)
    assert (past.get("a"), kept.get("a")) == (None, True)
    kept.drop("a")
    assert kept.add("a", True)
    kept.forget()
    assert kept.get("a") is None
