"""How much markup is read of one document, counted on its text: hostile pages must not reach the parser whole."""

import re

DEEPEST = 500
MOST_ELEMENTS = 15_000
MOST_ATTRIBUTES = 400
# Elements that people leave open without nesting anything do not count as nested.
NESTING = frozenset(
    "div span b i u em strong font table section article center a big small blockquote ul ol dl form fieldset details "
    "nav main aside header footer svg g object template math code tt s nobr".split()
)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")


def bounded(html: str) -> str:
    """The document up to where more than DEEPEST elements stand inside one another, or more than MOST_ELEMENTS in all.

    Nearly always that is all of it.
    """
    depth = elements = 0
    close = 0
    for match in TAG.finditer(html):
        if close < match.end():
            close = html.find(">", match.end())
            close = close if close >= 0 else len(html)
        if html.count("=", match.end(), close) > MOST_ATTRIBUTES and _is_crowded(html[match.end() : close]):
            return html[: match.start()]
        elements += not match[1]
        if match[2].lower() in NESTING:
            depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > DEEPEST or elements > MOST_ELEMENTS:
            return html[: match.start()]
    return html


def _is_crowded(attributes: str) -> bool:
    """Whether a tag holds more attributes than a parser compares with each other in reasonable time."""
    return len(re.findall(r"\s[\w:-]+=", attributes)) > MOST_ATTRIBUTES
