"""What an entry of a register says about a company, as points of its DNA."""

import re

from posthub.company.generation import FoundPoint
from posthub.company.register.contract import Entry

LEGAL_FORM = re.compile(
    r",?\s+(spol\.\s*s\s*r\.\s*o\.|s\.\s*r\.\s*o\.|a\.\s*s\.|v\.\s*o\.\s*s\.|k\.\s*s\.|o\.\s*p\.\s*s\.|z\.\s*s\.|z\.\s*ú\.|se|družstvo)$",
    re.IGNORECASE,
)


def brand_of(name: str) -> str:
    """ "Pekárna Podhorka s. r. o." calls itself "Pekárna Podhorka"."""
    return LEGAL_FORM.sub("", name.strip()) or name.strip()


def points_of(entry: Entry) -> list[FoundPoint]:
    address = {"street": entry.street, "city": entry.city, "zip": entry.zip, "country": entry.country}
    said = {
        "identity.legal_name": entry.name,
        "identity.registration_id": entry.registration_id,
        "identity.vat_id": entry.vat_id,
        "identity.founded": entry.founded,
        "identity.hq_address": {key: value for key, value in address.items() if value},
    }
    quote = " · ".join(part for part in (entry.name, entry.registration_id, entry.address) if part)
    points = [
        FoundPoint(key=key, value=value, source_url=entry.source_url, quote=quote[:600], confidence=1.0)
        for key, value in said.items()
        if value
    ]
    brand = FoundPoint(
        key="identity.brand_name",
        value=brand_of(entry.name),
        source_url=entry.source_url,
        quote=quote[:600],
        confidence=0.5,
        inferred=True,
    )
    return [*points, brand]
