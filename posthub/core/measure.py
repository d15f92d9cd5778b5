"""How long a text is in the units the networks count."""

LINKEDIN_ESCAPED = frozenset("\\|{}@[]()<>#*_~")


def code_points(text: str) -> int:
    return len(text)


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def tweet_weight(text: str) -> int:
    # Loaded where a post for X is counted: its tables cost every process a third of its start.
    from twitter_text import parse_tweet

    return int(parse_tweet(text).weightedLength) if text else 0


def linkedin_escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in LINKEDIN_ESCAPED else c for c in text)


def wire_length(text: str) -> int:
    return len(linkedin_escaped(text))


COUNTERS = {"cp": code_points, "u16": utf16_units, "w": tweet_weight, "wire": wire_length}


def count(text: str, unit: str) -> int:
    """Length of the text in `unit`: cp code points, u16 UTF-16 units, w weight on X, wire escaped
    for LinkedIn.
    """
    return COUNTERS[unit](text)
