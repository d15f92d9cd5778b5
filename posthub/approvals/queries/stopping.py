"""What may not be approved as it is, and why: said beside the button, and once more where somebody presses it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posthub.content.claims import unverified
from posthub.content.models import Version
from posthub.organizations.models import Organization

# Of a text that a person wrote or changed these are for that person to judge.
OF_TASTE = frozenset({"too_short", "headings", "repeats"})


def blocking(version: Version | None) -> list[dict[str, str]]:
    """The findings with which nobody wants to see a text published: a leftover, a word that is never said."""
    found = version.extra.get("findings", []) if version else []
    by_hand = version is not None and version.author_id is not None
    return [one for one in found if one["severity"] == "block" and not (by_hand and one["rule"] in OF_TASTE)]


def why_stopped(subject: Any, organization: Organization, *, by: Any, client: bool) -> str:
    """The reason in a sentence, "" where nothing stands in the way. `client` is whose approval it is."""
    version: Version | None = getattr(subject, "version", None)
    if version is None:
        return ""
    if version.author_id is not None and version.author_id == by.pk and not organization.own_words:
        return _(
            "You wrote this text yourself, so somebody else has to approve it. The settings can allow it."
        )
    if found := blocking(version):
        return _("This cannot be approved as it is. %(cause)s") % {"cause": found[0]["cause"]}
    loose = unverified(version.extra.get("claims", []))
    if not (client and loose and organization.block_unverified):
        return ""
    return ngettext(
        "%(count)s claim has no source: “%(sentence)s” Cut it or change it, or allow such claims in the settings.",
        "%(count)s claims have no source, the first: “%(sentence)s” Cut them or change them, or allow such claims"
        " in the settings.",
        len(loose),
    ) % {"count": len(loose), "sentence": loose[0][:160]}
