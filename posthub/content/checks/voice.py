"""Whether a text keeps to the voice: form of address, signs, and the rules people confirmed."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from posthub.content.checks.base import Finding, Reading
from posthub.content.checks.wording import says
from posthub.content.languages import FAMILIAR, FORMAL

EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
)
MANY_EMOJI = 3


def exclamation(reading: Reading) -> Iterator[Finding]:
    if "!" in re.sub(r"!\[", "", reading.everything):
        cause = _("There is an exclamation mark in the text.")
        yield Finding("warn", "exclamation", cause, fix="exclamation")


def emoji(reading: Reading) -> Iterator[Finding]:
    count = len(EMOJI.findall(reading.everything))
    if count and reading.emoji == "none":
        yield Finding("warn", "emoji", _("Your voice uses no emoji, the text does."), fix="emoji")
    elif reading.emoji == "sparse" and count > MANY_EMOJI:
        yield Finding("warn", "emoji", _("%(count)d emoji are many for your voice.") % {"count": count})


def address(reading: Reading) -> Iterator[Finding]:
    """Czech addresses its reader one way throughout."""
    if reading.tongue != "cs":
        return
    formal, familiar = FORMAL.search(reading.everything), FAMILIAR.search(reading.everything)
    cause, given = "", {"formal": formal[0] if formal else "", "familiar": familiar[0] if familiar else ""}
    if formal and familiar:
        cause = _("The text is formal and familiar at once: “%(formal)s” and “%(familiar)s”.")
    elif familiar and reading.formality == "vykani":
        cause = _("The text is familiar (“%(familiar)s”), but the voice is formal.")
    elif formal and reading.formality == "tykani":
        cause = _("The text is formal (“%(formal)s”), but the voice is familiar.")
    if cause:
        yield Finding("warn", "address", cause % given)


def rules(reading: Reading) -> Iterator[Finding]:
    """Voice rules that name words to avoid."""
    for rule in reading.rules:
        avoid, instead = rule.get("avoid", ""), rule.get("instead", "")
        if not avoid or not says(reading.everything, avoid):
            continue
        given = {"avoid": avoid, "instead": instead}
        if instead:
            cause = _("Your voice says “%(instead)s” instead of “%(avoid)s”.") % given
            yield Finding("warn", "voice_rule", cause, fix="voice_rule")
        else:
            yield Finding("warn", "voice_rule", _("Your voice avoids “%(avoid)s”.") % given)
