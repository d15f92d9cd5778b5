"""One click on a finding: a small sure change, as a new version that waits like any other."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from posthub.content.guard import reading_of
from posthub.content.mending import LABELS, MENDS, Draft, without_sentence
from posthub.content.operations.review import Text, editable_now, with_new_words
from posthub.core.errors import Refused


@transaction.atomic
def mend(subject: Text, *, by: Any, seen: str, fix: str) -> Text:
    """Make the change that a finding offers."""
    current, version = editable_now(subject, seen)
    if fix not in MENDS:
        raise Refused(_("Nobody knows how to mend that. Edit the text instead."))
    reading = reading_of(current, title=version.title, text=version.text, extra=version.extra)
    draft = MENDS[fix](Draft(version.title, version.text, version.extra, reading))
    if (draft.title, draft.text, draft.extra) == (version.title, version.text, version.extra):
        raise Refused(_("There is nothing left to mend."))
    return with_new_words(
        current,
        by=by,
        title=draft.title,
        text=draft.text,
        reason=str(LABELS[fix]),
        extra=dict(draft.extra),
        mended=True,
    )


@transaction.atomic
def cut_sentence(subject: Text, *, by: Any, seen: str, sentence: str) -> Text:
    """Take one sentence out, such as a claim without a source; everything else stays."""
    current, version = editable_now(subject, seen)
    text = without_sentence(version.text, sentence)
    if text == version.text:
        raise Refused(_("That sentence is not in the text any more."))
    if not text.strip():
        raise Refused(_("Nothing would be left. Edit the text instead."))
    return with_new_words(
        current,
        by=by,
        title=version.title,
        text=text,
        reason=_("Cut: “%(sentence)s”") % {"sentence": sentence[:200]},
        extra=dict(version.extra),
        mended=True,
    )
