"""What a site allows robots to read (RFC 9309): longest match wins, "*" and "$" are understood."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

NAME = "posthubbot"


@dataclass(slots=True)
class Robots:
    """Rules of the group that applies to us: (path pattern, allowed)."""

    rules: list[tuple[str, bool]] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    delay: float = 0

    def may(self, url: str) -> bool:
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        best = max(
            ((len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, path)),
            default=(0, True),
        )
        return best[1]


EVERYTHING = Robots()
NOTHING = Robots(rules=[("/", False)])


def parse(text: str) -> Robots:
    groups: dict[str, list[tuple[str, str]]] = {}
    sitemaps: list[str] = []
    agents: list[str] = []
    naming = False
    for line in text.splitlines()[:2000]:
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "sitemap":
            sitemaps.append(value)
        elif key == "user-agent":
            agents = [*agents, value.lower()] if naming else [value.lower()]
            naming = True
            for agent in agents:
                groups.setdefault(agent, [])
        elif key in ("allow", "disallow", "crawl-delay"):
            naming = False
            for agent in agents:
                groups[agent].append((key, value))
    return _of_group(next((groups[name] for name in groups if name == NAME), groups.get("*", [])), sitemaps)


def _of_group(lines: list[tuple[str, str]], sitemaps: list[str]) -> Robots:
    robots = Robots(sitemaps=sitemaps)
    for key, value in lines:
        if key == "crawl-delay":
            robots.delay = float(value) if re.fullmatch(r"\d+(\.\d+)?", value) else 0
        elif value:
            robots.rules.append((unquote(value), key == "allow"))
    return robots


def _matches(pattern: str, path: str) -> bool:
    ends = pattern.endswith("$")
    body = re.sub(r"\*+", "*", pattern.removesuffix("$"))
    if body.count("*") > 8:  # no site needs more, and a hostile one could make matching slow
        body = body.partition("*")[0]
    expression = ".*?".join(re.escape(piece) for piece in body.split("*"))
    return re.match(expression + ("$" if ends else ""), path) is not None
