"""What is different between two texts: by paragraph first, then by word inside the paragraphs that changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "ins", "del", "fold", "break", "heading"]
# fold carries the number of paragraphs that are left out; heading, first of its paragraph, the level: 2 or 3
Segment = tuple[Kind, str | int]
HEADING = re.compile(r"^(#{1,6})\s+")
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
WHOLE_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)
MARKS = re.compile(r"^#{1,6}\s+|^>\s?|\*\*|__", re.MULTILINE)
LONE = 4  # a same word shorter than this between two changes belongs to the change
ALIKE = 0.35  # below this two paragraphs are said to be different ones, not one changed
KEPT = 1  # unchanged paragraphs shown on each side of a change


@dataclass(frozen=True, slots=True)
class Change:
    """One changed paragraph: its place in the new text (from 1) and the words that are new, or gone."""

    place: int
    words: str
    gone: bool


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def difference(before: str, after: str, *, folded: bool = True) -> list[Segment]:
    """The segments of the whole difference; long unchanged runs are folded into their number."""
    old, new = paragraphs(before), paragraphs(after)
    pieces: list[list[Segment]] = []
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (tag, start, end, new_start, new_end) in enumerate(opcodes):
        if tag == "equal":
            edges = (number > 0, number < len(opcodes) - 1)
            pieces += _unchanged(old[start:end], edges, folded=folded)
        else:
            pieces += [
                _opened(pair[1] or pair[0], _changed(*pair))
                for pair in _pairs(old[start:end], new[new_start:new_end])
            ]
    return _joined(pieces)


def changes(before: str, after: str) -> list[Change]:
    """The changed paragraphs one by one, for a list of what is new."""
    old, new = paragraphs(before), paragraphs(after)
    found = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        place = new_start
        for was, now in _pairs(old[start:end], new[new_start:new_end]):
            place = min(place + bool(now), max(len(new), 1))
            found.append(_change(place, was, now))
    return found


def words(before: str, after: str) -> list[Segment]:
    """The difference of two paragraphs, word by word."""
    old, new = TOKEN.findall(plain(before)), TOKEN.findall(plain(after))
    segments: list[Segment] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            segments.append(("same", "".join(old[start:end])))
            continue
        if start != end:
            segments.append(("del", "".join(old[start:end])))
        if new_start != new_end:
            segments.append(("ins", "".join(new[new_start:new_end])))
    return _calm(segments)


def _calm(segments: list[Segment]) -> list[Segment]:
    """Swallow lone short words between changes, so that a rewritten phrase reads as one."""
    calm: list[Segment] = []
    for number, (kind, text) in enumerate(segments):
        between = 0 < number < len(segments) - 1
        if kind == "same" and between and len(str(text).strip()) < LONE:
            calm += [("del", text), ("ins", text)]
        else:
            calm.append((kind, text))
    return list(_merged(calm))


def _merged(segments: list[Segment]) -> Iterator[Segment]:
    """Between two unchanged stretches: all that is gone, then all that is new."""
    gone = new = ""
    for kind, text in segments:
        if kind == "del":
            gone += str(text)
        elif kind == "ins":
            new += str(text)
        else:
            yield from _both(gone, new)
            gone = new = ""
            yield kind, text
    yield from _both(gone, new)


def _both(gone: str, new: str) -> Iterator[Segment]:
    """What is gone and what is new, without the spaces they begin and end with alike."""
    if gone == new:
        if gone:
            yield "same", gone
        return
    tail = ""
    while gone and new and gone[-1] == new[-1] and gone[-1].isspace():
        gone, new, tail = gone[:-1], new[:-1], gone[-1] + tail
    if gone:
        yield "del", gone
    if new:
        yield "ins", new
    if tail:
        yield "same", tail


def _unchanged(run: list[str], edges: tuple[bool, bool], *, folded: bool) -> list[list[Segment]]:
    """A run of unchanged paragraphs; `edges` says whether something changed before and after it."""
    head, tail = KEPT * edges[0], KEPT * edges[1]
    if not folded or len(run) <= head + tail + 1:
        return [_opened(text, [("same", plain(text))]) for text in run]
    shown_before = [_opened(text, [("same", plain(text))]) for text in run[:head]]
    shown_after = [_opened(text, [("same", plain(text))]) for text in run[len(run) - tail :]]
    return [*shown_before, [("fold", len(run) - head - tail)], *shown_after]


def _opened(text: str, segments: list[Segment]) -> list[Segment]:
    """The segments of one paragraph; a heading's begin with its level, which has no words of its own."""
    marks = HEADING.match(text)
    return [("heading", 2 if len(marks[1]) < 3 else 3), *segments] if marks else segments


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Which old paragraph became which new one; "" where there is none."""
    rest = list(new)
    for was in old:
        best = max(rest, key=lambda now: _likeness(was, now), default="")
        if not best or _likeness(was, best) < ALIKE:
            yield was, ""
            continue
        at = rest.index(best)
        for now in rest[:at]:
            yield "", now
        yield was, best
        rest = rest[at + 1 :]
    for now in rest:
        yield "", now


def _likeness(was: str, now: str) -> float:
    return SequenceMatcher(None, was.split(), now.split(), autojunk=False).ratio()


def _changed(was: str, now: str) -> list[Segment]:
    if not was:
        return [("ins", plain(now))]
    if not now:
        return [("del", plain(was))]
    return words(was, now)


def _change(place: int, was: str, now: str) -> Change:
    segments = _changed(was, now)
    new = " … ".join(str(text).strip() for kind, text in segments if kind == "ins" and str(text).strip())
    gone = " … ".join(str(text).strip() for kind, text in segments if kind == "del" and str(text).strip())
    return Change(place, new or gone or plain(now or was), gone=not new)


def _joined(pieces: list[list[Segment]]) -> list[Segment]:
    """One list, with a break between paragraphs; a fold brings its own."""
    joined: list[Segment] = []
    for piece in pieces:
        if joined and joined[-1][0] != "fold" and piece[0][0] != "fold":
            joined.append(("break", ""))
        joined += piece
    return joined


def plain(text: str) -> str:
    """Without the marks of headings and emphasis: people read words, not Markdown."""
    return MARKS.sub("", text)


def first_words(text: str) -> str:
    """What a text begins with, on one line: a heading is no beginning of a sentence."""
    return " ".join(plain(WHOLE_HEADING.sub("", text)).split())
