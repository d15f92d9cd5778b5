"""What a network would refuse, and what people who do not see a picture need."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from posthub.content.checks.base import Finding, Reading
from posthub.content.platforms import PLATFORMS, Problem, check
from posthub.ui.numbers import grouped

ALT_LONGEST = 125
FIXES = {"too_many_hashtags": "hashtags", "bad_hashtag": "hashtags"}


def limits(reading: Reading) -> Iterator[Finding]:
    for problem in check(reading.platform, reading.text, list(reading.hashtags)):
        yield Finding(
            problem.severity,
            f"platform_{problem.code}",
            _cause(reading.platform, problem),
            fix=FIXES.get(problem.code, ""),
        )


def alt_text(reading: Reading) -> Iterator[Finding]:
    """`alt_text` is None where nobody knows yet whether there will be a picture."""
    if reading.alt_text is None or not PLATFORMS[reading.platform].media_required:
        return
    size = len(reading.alt_text.strip())
    if not size:
        cause = _("The picture has no description for people who do not see it.")
        yield Finding("warn", "alt_text", cause, fix="alt_text")
    elif size > ALT_LONGEST:
        cause = _("The description of the picture has %(size)d characters; up to %(most)d are good.")
        yield Finding("warn", "alt_text", cause % {"size": size, "most": ALT_LONGEST}, fix="alt_text")


def _cause(key: str, problem: Problem) -> str:
    given = {
        "name": PLATFORMS[key].name,
        "found": grouped(problem.found),
        "allowed": grouped(problem.allowed),
        "detail": problem.detail,
    }
    causes = {
        "empty": _("The post is empty."),
        "too_long": _("%(name)s takes %(allowed)s characters, the post has %(found)s."),
        "too_many_hashtags": _("%(found)s hashtags; on %(name)s %(allowed)s are enough."),
        "bad_hashtag": _("“%(detail)s” is not a hashtag %(name)s would recognise."),
        "cashtags": _("%(name)s allows one cashtag, the post has %(found)s."),
    }
    return causes[problem.code] % given
