"""Addresses in a text: none that nobody gave."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from posthub.content.checks.base import Finding, Reading

LINK = re.compile(r"\]\(([^)\s]+)\)")
ADDRESS = re.compile(r"\bhttps?://[^\s)>\]]+|\bwww\.[\w.-]+[^\s)>\]]*", re.IGNORECASE)


def allowed(reading: Reading) -> set[str]:
    """What an article may lead to: its plan's links and its call to action, those of them the company has."""
    planned = {str(link.get("url")) for link in reading.seo.get("internal_links") or ()}
    planned.add(str((reading.seo.get("cta") or {}).get("url")))
    return planned if reading.targets is None else planned & set(reading.targets)


def off_the_list(reading: Reading) -> Iterator[Finding]:
    known = allowed(reading)
    strange = [url for url in LINK.findall(reading.text) if url not in known]
    if strange:
        cause = _("A link leads to an address nobody gave: %(url)s") % {"url": strange[0]}
        yield Finding("block", "links", cause, fix="links")


def strange_host(reading: Reading) -> Iterator[Finding]:
    for address in ADDRESS.findall(reading.text) if reading.hosts is not None else ():
        url = address if "//" in address else f"https://{address}"
        if (urlsplit(url).hostname or "").removeprefix("www.") not in (reading.hosts or ()):
            cause = _("A link leads to an address nobody gave: %(url)s") % {"url": address}
            yield Finding("block", "links", cause)
            return
