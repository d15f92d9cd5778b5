"""Points that the site states for machines: schema.org objects, Open Graph, languages, feeds."""

import re
from collections.abc import Iterator
from typing import Any

from posthub.ai.providers.offline.dna_audience import codes_of
from posthub.ai.providers.offline.dna_text import is_instruction, squeezed
from posthub.company.extraction.registration import is_companys, valid_ico
from posthub.company.generation import FoundPoint
from posthub.company.reader import Page, SiteReading

Thing = dict[str, Any]
NOT_THE_COMPANY = frozenset(
    "WebSite WebPage BreadcrumbList ListItem ImageObject SearchAction Person PostalAddress Offer Product Review Rating AggregateRating "
    "Article BlogPosting NewsArticle FAQPage Question Answer ItemList OpeningHoursSpecification ContactPoint GeoCoordinates Brand Event "
    "SoftwareApplication WebApplication MobileApplication CollectionPage AboutPage ContactPage VideoObject EntryPoint ReadAction WPHeader WPFooter SiteNavigationElement Country City Service "
    "OfferCatalog QuantitativeValue JobPosting Place Menu MenuItem MenuSection HowTo Recipe Course Audience".split()
)
OFFERED = frozenset(
    ("Product", "Service", "MenuItem", "Course", "SoftwareApplication", "WebApplication", "MobileApplication")
)
EMPLOYERS = ("employees", "numberOfEmployees")


def from_machine_data(reading: SiteReading) -> list[FoundPoint]:
    points: list[FoundPoint] = []
    organization = _organization(reading)
    if organization is not None:
        points += _of_organization(*organization)
    points += _brand(reading)
    points += _products(reading)
    points += _reviews(reading)
    return [point for point in points if not is_instruction(str(point.value))]


def _kinds(thing: Thing) -> list[str]:
    kind = thing.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return [str(name).rpartition("/")[2].rpartition(":")[2] for name in names if name]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return squeezed(re.sub(r"<[^>]+>", " ", str(value))) if value not in (None, "") else ""


def _organization(reading: SiteReading) -> tuple[Thing, Page] | None:
    """The object that speaks of the company: top-level, and on the earliest page that has one."""
    for page in reading.pages:
        fitting = [
            thing
            for thing in page.objects
            if set(_kinds(thing)) - NOT_THE_COMPANY
            and _text(thing.get("name"))
            and thing.get("depth", 0) <= 2
        ]
        if fitting:
            best = max(
                fitting,
                key=lambda thing: (
                    sum(
                        bool(thing.get(key))
                        for key in ("address", "url", "telephone", "legalName", "sameAs", "foundingDate")
                    )
                    - thing.get("depth", 0)
                ),
            )
            return best, page
    return None


def _of_organization(thing: Thing, page: Page) -> Iterator[FoundPoint]:
    def point(key: str, value: Any, said: str, confidence: float = 0.9) -> FoundPoint:
        return FoundPoint(key=key, value=value, source_url=page.url, quote=said[:600], confidence=confidence)

    name, legal = _text(thing.get("name")), _text(thing.get("legalName"))
    if name:
        yield point(
            "identity.brand_name",
            re.sub(r",?\s+(s\.\s?r\.\s?o\.|a\.\s?s\.|Ltd\.?|Limited)$", "", name),
            name,
            0.95,
        )
    if legal or re.search(r"(s\.\s?r\.\s?o\.|a\.\s?s\.|\bLtd\.?|Limited|GmbH)$", name):
        yield point("identity.legal_name", legal or name, legal or name)
    founded = re.match(r"\d{4}(-\d{2}){0,2}", _text(thing.get("foundingDate")))
    if founded:
        yield point("identity.founded", founded[0], founded[0], 0.95)
    for key in ("taxID", "identifier", "leiCode", "iso6523Code"):
        if re.fullmatch(r"\d{8}", _text(thing.get(key))) and valid_ico(_text(thing.get(key))):
            yield point("identity.registration_id", _text(thing.get(key)), _text(thing.get(key)))
            break
    vat = re.sub(r"\s", "", _text(thing.get("vatID"))).upper()
    if re.fullmatch(r"[A-Z]{2}\d{8,12}", vat):
        yield point("identity.vat_id", vat, _text(thing.get("vatID")))
    if is_companys(vat):
        yield point("identity.registration_id", vat[2:], _text(thing.get("vatID")), 0.6)
    yield from _awards_and_markets(thing, point)
    yield from _places(thing, point)


def _places(thing: Thing, point: Any) -> Iterator[FoundPoint]:
    address = thing.get("address")
    address = address[0] if isinstance(address, list) and address else address
    if isinstance(address, dict) and (address.get("streetAddress") or address.get("addressLocality")):
        value = {
            "street": _text(address.get("streetAddress")),
            "city": _text(address.get("addressLocality")),
            "zip": _text(address.get("postalCode")),
            "country": {
                "česká republika": "CZ",
                "czech republic": "CZ",
                "czechia": "CZ",
                "česko": "CZ",
                "united kingdom": "GB",
                "uk": "GB",
            }.get(
                _text(address.get("addressCountry")).lower(), _text(address.get("addressCountry")).upper()[:2]
            ),
        }
        yield point("identity.hq_address", value, value["street"] or value["city"])
    staff = next((thing[key] for key in EMPLOYERS if thing.get(key)), None)
    number = staff.get("value") if isinstance(staff, dict) else staff
    if str(number or "").isdigit():
        from_size = int(str(number))
        band = next(
            (
                name
                for most, name in ((1, "1"), (9, "2-9"), (49, "10-49"), (249, "50-249"))
                if from_size <= most
            ),
            "250+",
        )
        yield point("identity.size_band", band, str(number))


def _awards_and_markets(thing: Thing, point: Any) -> Iterator[FoundPoint]:
    awards = [name for each in _list(thing.get("award")) if (name := _text(each))]
    if awards:
        years = [re.search(r"\b(19|20)\d\d\b", name) for name in awards]
        value = [
            {"name": re.sub(r"[\s,(]*\b(19|20)\d\d\b\)?$", "", name), "year": int(year[0]) if year else None}
            for name, year in zip(awards, years, strict=True)
        ]
        yield point("proof.awards_certs", value, awards[0])
    areas = [name for each in _list(thing.get("areaServed")) if (name := _text(each))]
    codes = dict.fromkeys(code for name in areas for code in codes_of(name))
    if codes:
        yield point("audience.geo_markets", list(codes), areas[0])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _brand(reading: SiteReading) -> list[FoundPoint]:
    """The name of the site by Open Graph, else what its titles share."""
    for page in reading.pages[:1]:
        name = squeezed(page.meta.get("og:site_name", ""))
        if (
            name
            and len(name) < 60
            and not re.fullmatch(r"(my site|website|home|www\..*|web)", name, re.IGNORECASE)
        ):
            return [
                FoundPoint(
                    key="identity.brand_name", value=name, source_url=page.url, quote=name, confidence=0.9
                )
            ]
    for page in reading.pages:
        for thing in page.objects:
            if "WebSite" in _kinds(thing) and _text(thing.get("name")):
                name = _text(thing.get("name"))
                return [
                    FoundPoint(
                        key="identity.brand_name",
                        value=name,
                        source_url=page.url,
                        quote=name,
                        confidence=0.85,
                    )
                ]
    return []


def _products(reading: SiteReading) -> list[FoundPoint]:
    offers: dict[str, tuple[dict[str, str], Page]] = {}
    shown = " ".join(f"{page.title} {page.text}" for page in reading.pages).lower()
    for page in reading.pages:
        for thing in page.objects:
            if not set(_kinds(thing)) & OFFERED:
                continue
            name = _text(thing.get("name"))
            if 2 < len(name) <= 90 and thing.get("depth", 0) < 6 and name.lower() in shown:
                link = _text(thing.get("url"))
                url = link if link.startswith("http") else page.url
                offers.setdefault(
                    name.lower(),
                    ({"name": name, "desc": _text(thing.get("description"))[:300], "url": url}, page),
                )
    if not offers:
        return []
    page = next(iter(offers.values()))[1]
    entries = [entry for entry, _ in offers.values()][:40]
    return [
        FoundPoint(
            key="offer.products_services",
            value=entries,
            source_url=page.url,
            quote=entries[0]["name"],
            confidence=0.9,
        )
    ]


def _reviews(reading: SiteReading) -> list[FoundPoint]:
    said: dict[str, tuple[dict[str, str], Page]] = {}
    for page in reading.pages:
        for thing in page.objects:
            if "Review" not in _kinds(thing):
                continue
            body, author = (
                _text(thing.get("reviewBody") or thing.get("description")),
                _text(thing.get("author")),
            )
            if len(body) > 15 and author and body[:40].lower() not in said:
                said[body[:40].lower()] = ({"quote": body, "author": author, "url": page.url}, page)
    if not said:
        return []
    first, page = next(iter(said.values()))
    return [
        FoundPoint(
            key="proof.testimonials",
            value=[entry for entry, _ in said.values()][:12],
            source_url=page.url,
            quote=first["quote"][:600],
            confidence=0.9,
        )
    ]
