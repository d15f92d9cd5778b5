"""Numbers that a register gives."""

import re


def valid_ico(text: str) -> bool:
    """The Czech registration number's check digit."""
    digits = re.sub(r"\D", "", text).zfill(8)
    if len(digits) != 8 or digits == "00000000":
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    return (11 - total % 11) % 10 == int(digits[7])


def as_number(text: str) -> str:
    """ "990 01 276" is "99001276"; "" for what is no number of a company at all."""
    digits = re.sub(r"[\s\u00a0]", "", text)
    return digits.zfill(8) if digits.isascii() and digits.isdigit() and 6 <= len(digits) <= 8 else ""
