"""Which remarks ask for more than one change: what should hold from now on."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_Q = r"[„“\"'‚‘»«”]"
_QUOTED = rf"{_Q}(?P<{{0}}>[^„“\"'‚‘»«”]{{{{1,80}}}}){_Q}"
_AVOID, _INSTEAD = _QUOTED.format("avoid"), _QUOTED.format("instead")
_GAP = r"[^„“\"'‚‘»«”]{0,40}"
REPLACE = (
    re.compile(rf"(?:nahra\w*|zaměň\w*|replace|change|swap)\b{_GAP}{_AVOID}{_GAP}{_INSTEAD}", re.IGNORECASE),
    re.compile(rf"(?:místo|instead of|not)\s+{_AVOID}{_GAP}{_INSTEAD}", re.IGNORECASE),
    re.compile(
        rf"{_INSTEAD}\s*,?\s*(?:ne|nikoli|místo|not|instead of|rather than)\s+{_AVOID}", re.IGNORECASE
    ),
)
AVOID = re.compile(
    r"(?:nepoužívej(?:te|me)?|nepiš(?:te|me)?|neříkej(?:te|me)?|bez slova|vynech(?:te|ej|ejte)? slovo"
    r"|do(?: not|n[’']t) (?:use|say|write)|avoid"
    rf"|never (?:use|say|write)|stop (?:using|saying)|without the word){_GAP}{_AVOID}",
    re.IGNORECASE,
)
LASTING = re.compile(
    r"(?<!\w)(?:vždy|vždycky|nikdy|příště|napříště|obecně|pokaždé|odteď|všude|always|never"
    r"|from now on|in (?:the )?future"
    r"|in general|every time|next time|everywhere)(?!\w)",
    re.IGNORECASE,
)
STYLE = (
    (re.compile(r"vykřičn|exclamation", re.IGNORECASE), gettext_lazy("No exclamation marks.")),
    (
        re.compile(
            r"netyk\w+|(?:bez|žádné|ne) tykání|(?<!\w)(?:vykejte|vykat|vykání)|more formal|formálněji",
            re.IGNORECASE,
        ),
        gettext_lazy("Address the reader formally."),
    ),
    (
        re.compile(
            r"nevyk\w+|(?:bez|žádné|ne) vykání|(?<!\w)(?:tykejte|tykat|tykání)|less formal|méně formáln",
            re.IGNORECASE,
        ),
        gettext_lazy("Address the reader as a friend."),
    ),
    (re.compile(r"kratší věty|shorter sentences", re.IGNORECASE), gettext_lazy("Short sentences.")),
    (
        re.compile(
            r"(?:moc|příliš|až) (?:prodejn|reklamn)|podbíz|vlezl|salesy|pushy|less promotional", re.IGNORECASE
        ),
        gettext_lazy("Never sound like an advertisement."),
    ),
)
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Proposal:
    text: str
    avoid: str = ""
    instead: str = ""


def rule_in(remark: str) -> Proposal | None:
    """The rule that a remark asks for; None where it is about this one text only."""
    said = " ".join(remark.split())
    for pattern in REPLACE:
        if found := pattern.search(said):
            avoid, instead = found["avoid"].strip(), found["instead"].strip()
            if avoid.casefold() != instead.casefold():
                given = {"avoid": avoid, "instead": instead}
                return Proposal(_("Say “%(instead)s”, not “%(avoid)s”.") % given, avoid, instead)
    if found := AVOID.search(said):
        avoid = found["avoid"].strip()
        return Proposal(_("Do not say “%(avoid)s”.") % {"avoid": avoid}, avoid)
    for pattern, text in STYLE:
        if pattern.search(said):
            return Proposal(str(text))
    return Proposal(said[:LONGEST]) if LASTING.search(said) else None
