"""What search engines see of an article."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from posthub.content.checks.base import Finding, Reading
from posthub.content.checks.headings import HEADING

FIELDS = {"meta_title": (8, 60), "meta_description": (50, 160), "slug": (3, 60)}
BEGINNING = 120  # words


def fields(reading: Reading) -> Iterator[Finding]:
    names = {
        "meta_title": _("Title for search engines"),
        "meta_description": _("Description for search engines"),
        "slug": _("Address of the article"),
    }
    for field, (least, most) in FIELDS.items():
        size = len(str(reading.seo.get(field) or ""))
        if not least <= size <= most:
            given = {"field": names[field], "size": size, "least": least, "most": most}
            cause = _("%(field)s has %(size)d characters; %(least)d to %(most)d are good.") % given
            yield Finding("warn", "seo", cause, fix="search")


def keyword(reading: Reading) -> Iterator[Finding]:
    wanted = str(reading.seo.get("primary_keyword") or "").casefold()
    if not wanted:
        yield Finding("warn", "seo", _("No keyword is set."))
        return
    first = " ".join(reading.text.split()[:BEGINNING]).casefold()
    heads = " ".join(text for _marks, text in HEADING.findall(reading.text)).casefold()
    places = ((_("title"), reading.title.casefold()), (_("beginning"), first), (_("headings"), heads))
    missing = [where for where, text in places if wanted not in text]
    if missing:
        cause = _("The keyword is missing in: %(places)s.") % {"places": ", ".join(missing)}
        yield Finding("warn", "seo", cause)
