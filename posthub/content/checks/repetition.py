"""Whether the company has said this before."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from posthub.content import similarity
from posthub.content.checks.base import Finding, Reading
from posthub.ui.numbers import percent


def repeats_text(reading: Reading) -> Iterator[Finding]:
    # A post is so short that one fact told again is a third of it.
    patience = 2 if reading.platform else 1
    share, name = similarity.closest_body(reading.text, reading.past)
    if share < similarity.BODY_WARN * patience:
        return
    cause = _("%(share)s of this stands in “%(name)s” already.") % {
        "share": percent(round(share * 100)),
        "name": name,
    }
    yield Finding("block" if share >= similarity.BODY_BLOCK * patience else "warn", "repeats", cause)


def repeats_title(reading: Reading) -> Iterator[Finding]:
    before = similarity.repeats_title(reading.title, [title for title, _text in reading.past])
    if before:
        cause = _("The title says the same as “%(title)s”.") % {"title": before}
        yield Finding("warn", "repeats_title", cause)
