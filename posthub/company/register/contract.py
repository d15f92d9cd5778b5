"""What every register of companies keeps, the offline one included."""

from dataclasses import dataclass
from typing import Protocol

MOST_FOUND = 8  # how many companies are offered at once
LEAST_LETTERS = 3  # fewer would find half the country
SAMPLE_SOURCE = "register:sample"  # the source of what the made-up register says


@dataclass(frozen=True, slots=True)
class Entry:
    """One company as the register has it. What it does not say is "".

    `founded` is a date as 1996-05-14, `country` two letters, `source_url` where the entry can be read.
    """

    registration_id: str
    name: str
    vat_id: str = ""
    street: str = ""
    city: str = ""
    zip: str = ""
    country: str = ""
    founded: str = ""
    source_url: str = ""

    @property
    def address(self) -> str:
        place = f"{self.zip} {self.city}".strip()
        return ", ".join(part for part in (self.street, place) if part)


class Register(Protocol):
    """`name` stands on the screen beside what was found. All raise RegisterError."""

    name: str

    def by_name(self, name: str) -> list[Entry]:
        """At most MOST_FOUND companies that are called so and still exist."""
        ...

    def by_number(self, registration_id: str) -> Entry | None:
        """The company with this number (eight digits), None where there is none."""
        ...


class RegisterError(Exception):
    """The register gave no answer that could be shown."""


class TooMany(RegisterError):
    """So many companies are called so that the register lists none."""


class Unavailable(RegisterError):
    """Not reached in time, or it answered what nobody understands."""
