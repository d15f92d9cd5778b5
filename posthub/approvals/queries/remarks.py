"""Who sees which remark, and where its words stand in the text as it is now."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from posthub.accounts.models import User
from posthub.approvals.models import Comment
from posthub.content.diff import Segment, difference, plain
from posthub.content.markdown import Block, blocks
from posthub.content.parts import part_named
from posthub.content.platforms import PLATFORMS
from posthub.ui.numbers import percent
from posthub.ui.typography import tied_markup


def visible_to(person: User, *, supervises: bool) -> QuerySet[Comment]:
    """Everybody's sent remarks and one's own; a client never any internal one."""
    rows = Comment.objects.filter(Q(pending=False) | Q(by_id=person.pk))
    return rows.filter(internal=False) if supervises else rows


@dataclass(slots=True)
class Thread:
    """One talk with its number in the text; `older` where its words do not stand there any more."""

    remark: Comment
    number: int
    older: bool
    yours: bool
    replies: list[Comment] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    acceptable: bool = False
    network: str = ""  # where the talks of several posts stand together

    done: bool | None = (
        None  # of one's own on an older text: whether it was worked in, None where nobody can tell
    )

    @property
    def id(self) -> str:
        return f"k{self.number}"

    @property
    def note(self) -> str:
        """What stands beside its time."""
        said = [self.network] if self.network else []
        if self.remark.picture:
            said.append(_("%(x)s from the left, %(y)s from the top") % _place(self.remark))
        if self.older:
            said.append(_("on an older picture") if self.remark.picture else _("on an older version"))
        return ", ".join([*said, _("goes out with your decision")] if self.remark.pending else said)


def _place(remark: Comment) -> dict[str, str]:
    return {"x": percent(remark.x), "y": percent(remark.y)}


def threads_on(subject: Any, *others: Any, by: User, supervises: bool) -> list[Thread]:
    """The talks on a text, or on all posts of a page, in one statement; internal ones never leave the team, unsent
    ones their author.
    """
    subjects = {one.pk: one for one in (subject, *others)}
    rows = visible_to(by, supervises=supervises).filter(kind=subject.KIND, object_id__in=subjects)
    talks: dict[Any, Thread] = {}
    texts = {pk: plain(one.text) for pk, one in subjects.items()}
    for remark in rows:
        subject, words = subjects[remark.object_id], texts[remark.object_id]
        current = getattr(getattr(subject, "version", None), "number", 0)
        if remark.answers_id in talks:
            talks[remark.answers_id].replies.append(remark)
        elif remark.answers_id is None:
            may_be_older = bool(remark.picture) or remark.version_number != current
            older = may_be_older and not _stands(remark, subject, words)
            thread = Thread(remark, len(talks) + 1, older=older, yours=remark.by_id == by.pk)
            thread.network = PLATFORMS[subject.platform].name if others else ""
            _show_suggestion(thread, subject)
            if thread.yours and remark.version_number < current:
                thread.done = _worked_in(remark, subject, words)
            talks[remark.pk] = thread
    return list(talks.values())


def _stands(remark: Comment, subject: Any, words: str) -> bool:
    """Whether what the remark is about is still there: its words at whatever place, or its picture."""
    if remark.picture:
        return str(remark.picture) == (getattr(subject, "shown_media", None) or {}).get("id")
    return bool(remark.quote) and (remark.quote in subject.text or remark.quote in words)


def _worked_in(remark: Comment, subject: Any, words: str) -> bool | None:
    """The person's own word counts most; then whether the words they suggested, or criticised, are there now."""
    if remark.resolved_at:
        return True
    if remark.suggestion:
        return remark.suggestion in subject.text
    return not _stands(remark, subject, words) if remark.quote or remark.picture else None


def _show_suggestion(thread: Thread, subject: Any) -> None:
    """The difference to the paragraph as it is now; what was about another one can be read, not accepted."""
    remark = thread.remark
    if not remark.suggestion:
        return
    part = part_named(subject.text, subject.title, remark.block)
    was = part.of(subject.text) if part else ""
    thread.acceptable = bool(part) and not remark.resolved_at and was[:600].strip() == remark.quote
    thread.segments = difference(was if thread.acceptable else remark.quote, remark.suggestion)


@dataclass(frozen=True, slots=True)
class Pinned:
    """A picture with the numbered spots that open remarks are about."""

    image: str
    alt: str
    threads: list[Thread]


def pinned(previews: Iterable[Any], threads: list[Thread]) -> list[Pinned]:
    """Of the posts' pictures those that somebody pointed into."""
    found = []
    for preview in previews:
        media = (getattr(preview.post, "shown_media", None) or {}).get("id")
        own = [one for one in threads if one.remark.picture and str(one.remark.picture) == media]
        here = [one for one in own if not one.remark.resolved_at]
        if here and preview.image:
            found.append(Pinned(preview.image, preview.alt, here))
    return found


@dataclass(frozen=True, slots=True)
class Paragraph:
    block: Block
    html: SafeString


def marked(text: str, threads: list[Thread], loose: Sequence[str] = ()) -> list[Paragraph]:
    """The text block by block, with the words that open remarks are about marked and numbered, and claims
    without a source marked.

    A remark is looked for in the paragraph it was made on; where its words are not there, in the others.
    """
    found = blocks(text)
    homes = _homes(found, [one for one in threads if one.remark.quote and not one.remark.resolved_at])
    return [Paragraph(block, _with_marks(block, homes.get(block.id, []), loose)) for block in found]


def _homes(found: list[Block], threads: list[Thread]) -> dict[str, list[Thread]]:
    """The paragraph in which each remark's words stand, by its id."""
    homes: dict[str, list[Thread]] = {}
    for thread in threads:
        quote = as_markup(thread.remark.quote)
        holding = [block for block in found if quote in str(block.html)]
        own = [block for block in holding if block.id == thread.remark.block]
        if len(holding) == 1 or own:
            homes.setdefault((own or holding)[0].id, []).append(thread)
    return homes


def _with_marks(block: Block, threads: list[Thread], loose: Sequence[str]) -> SafeString:
    shown = with_loose(str(block.html), loose)
    for thread in threads:
        quote = as_markup(thread.remark.quote)
        at = _nearest(shown, quote, thread.remark.offset)
        if at >= 0:
            note = f'<a class="note-ref" href="#{thread.id}">{thread.number}</a>'
            shown = f"{shown[:at]}<mark>{quote}</mark>{note}{shown[at + len(quote) :]}"
    return tied_markup(shown)  # cleaned blocks, and an escaped quote that stood in them


def as_markup(words: str) -> str:
    """Words as they stand in a cleaned block: quotation marks as they are, hard spaces by name."""
    return html.escape(words, quote=False).replace("\xa0", "&nbsp;")


def _nearest(shown: str, quote: str, offset: int | None) -> int:
    """Where the quote stands in the markup: of several places the one nearest to where it was."""
    places, at = [], shown.find(quote)
    while at >= 0:
        places.append(at)
        at = shown.find(quote, at + 1)
    inside = [place for place in places if shown.rfind("<", 0, place) <= shown.rfind(">", 0, place)]
    if len(inside) < 2 or offset is None:
        return inside[0] if len(inside) == 1 else -1
    return min(inside, key=lambda place: abs(_words_before(shown, place) - offset))


def _words_before(shown: str, place: int) -> int:
    """How many letters of text stand before `place`; tags count for nothing."""
    count = 0
    within = False
    for letter in shown[:place]:
        within = letter == "<" or (within and letter != ">")
        count += not within and letter != ">"
    return count


def with_loose(shown: str, loose: Sequence[str], *, first: int = 1) -> str:
    """Safe HTML with the claims without a source marked, where they stand in it word for word."""
    for number, sentence in enumerate(loose, start=first):
        words = escape(sentence)
        if shown.count(words) == 1:
            ref = f'<a class="note-ref" href="#loose-{number}">{number}</a>'
            shown = shown.replace(words, f'<mark class="loose">{words}</mark>{ref}')
    return shown
