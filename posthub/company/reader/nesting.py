"""How deep a document is nested, counted on its text: hostile pages must not reach the parser whole."""

import re

MOST = 500
# Elements that people leave open without nesting anything are not counted.
TAG = re.compile(
    r"<(/?)(div|span|b|i|u|em|strong|font|table|section|article|center|a|big|small|blockquote|ul|ol|dl|form|fieldset|details|nav|main|aside|header|footer|svg|g|object|template|math|code|tt|s|nobr)\b",
    re.IGNORECASE,
)


def cut_at_depth(html: str) -> str:
    """The document up to where more than MOST elements stand inside one another; nearly always all of it."""
    depth = 0
    for match in TAG.finditer(html):
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MOST:
            return html[: match.start()]
    return html
