"""Numbers that a register gives."""

import re


def as_number(text: str) -> str:
    """ "990 01 276" is "99001276"; "" for what is no number of a company at all."""
    digits = re.sub(r"[\s\u00a0]", "", text)
    return digits.zfill(8) if digits.isascii() and digits.isdigit() and 6 <= len(digits) <= 8 else ""
