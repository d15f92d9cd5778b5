"""Deciding on words: the bar, the difference, the talk in the margin."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal
from uuid import uuid4

from posthub.ui.component import component
from posthub.ui.library import register


@component(register, block=True, slots=("fields",))
def approval_bar(
    *,
    label: str,
    approve_url: str,
    consequence: str,
    version: str = "",
    approve_label: str = "",
    changes_url: str = "",
    changes_dialog: str = "",
    changes_label: str = "",
    changes_key: str = "c",
    locked: str = "",
    stopped: str = "",
    focus_after: str = "next",
    place: Literal["sticky", "inline", "letter"] = "sticky",
) -> Mapping[str, Any]:
    """Approve, ask for changes, more; with what will happen beside it.

    Posts to `approve_url` with `decision=approve`, `version`, and `press`, which names this showing of the form so
    that a second press of it is known. Asking for changes is a link (`changes_url`) or a dialog (`changes_dialog`).
    The content is `{% menu_item %}`s of the third button; slot `fields` holds further hidden fields. `locked` is the
    reason why nothing can be decided now, `stopped` why it cannot be approved as it is; the other ways stay.
    """
    return {"press": uuid4().hex}


@component(register)
def diff(segments: Iterable[Any], *, prose: bool = True) -> Mapping[str, Any]:
    """A difference as ins and del with hidden words. Segments: pairs or things of kind and text;
    kind is same | ins | del | fold (a count of unchanged paragraphs) | break (a new paragraph)
    | heading (its level, 2 or 3, before the first words of a paragraph that is one)."""
    return {"blocks": _in_blocks([_piece(segment) for segment in segments])}


def _in_blocks(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Paragraphs, headings and folds one by one, each with its pieces."""
    blocks: list[dict[str, Any]] = [{"tag": "p", "pieces": []}]
    for piece in pieces:
        if piece["kind"] == "break":
            blocks.append({"tag": "p", "pieces": []})
        elif piece["kind"] == "heading":
            blocks[-1]["tag"] = f"h{piece['text']}"
        elif piece["kind"] == "fold":
            blocks += [{"tag": "fold", "number": piece["text"]}, {"tag": "p", "pieces": []}]
        else:
            blocks[-1]["pieces"].append(piece)
    return [block for block in blocks if block["tag"] == "fold" or block["pieces"]]


KINDS = {
    "same": "same",
    "equal": "same",
    "ins": "ins",
    "insert": "ins",
    "del": "del",
    "delete": "del",
    "fold": "fold",
    "break": "break",
    "heading": "heading",
}


def _piece(segment: Any) -> dict[str, Any]:
    if isinstance(segment, Mapping):
        kind, text = segment["kind"], segment.get("text", "")
    elif isinstance(segment, tuple | list):
        kind, text = segment[0], segment[1] if len(segment) > 1 else ""
    else:
        kind, text = segment.kind, segment.text
    return {"kind": KINDS[kind], "text": text}


@component(register, block=True, slots=("actions",))
def comment_thread(
    *,
    id: str,  # noqa: A002
    quote: str = "",
    resolved: bool = False,
    number: int | None = None,
) -> None:
    """A talk about one place in a text; the content is `{% remark %}`s."""


@component(register)
def remark(
    author: str,
    *,
    text: str,
    at: Any = None,
    yours: bool = False,
    note: str = "",
) -> None:
    """One comment: who, when, what. `note` stands beside the time ("goes out with your decision")."""


@component(register, block=True)
def internal_note(label: str = "") -> None:
    """Staff only: never render it on a client's screen."""


@component(register, block=True)
def queue_item(
    title: str,
    *,
    href: str,
    kind: Literal["topic", "article", "post"] = "article",
    state: Literal["you", "others", "machine", "late", "done", "todo"] = "todo",
    current: bool = False,
    id: str = "",  # noqa: A002
    lang: str = "",
) -> Mapping[str, Any]:
    """One line of the review queue, its title in `lang`; the content is its small print, each piece in a span."""
    icons = {"topic": "lightbulb", "article": "file-text", "post": "image"}
    return {"sign": "check" if state == "done" else icons[kind]}


@component(register)
def batch_progress(value: int, *, of: int, unit: str = "") -> None:
    """ "7 of 24" with its bar: where one is in a batch; `unit` is the rest of the time ("about 20 min")."""
