"""The 42 points of a company's DNA: key, kind of value, group. The order is the order people see."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "texts", "object", "objects", "choice", "choices", "url", "date", "map"]


@dataclass(frozen=True, slots=True)
class Point:
    """`kind` is the JSON shape of the value; `choices` are all it may be, `fields` the keys of an object."""

    key: str
    kind: Kind
    choices: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    most: int = 0  # how many entries a list may hold; 0 is no bound

    @property
    def group(self) -> str:
        return self.key.partition(".")[0]


SIZE_BANDS = ("1", "2-9", "10-49", "50-249", "250+")
TONES = ("warm", "expert", "playful", "plain", "formal", "bold", "calm", "proud", "caring", "witty")
REGULATED = ("health", "finance", "alcohol", "gambling", "children", "legal")

POINTS: tuple[Point, ...] = (
    Point("identity.legal_name", "text"),
    Point("identity.brand_name", "text"),
    Point("identity.registration_id", "text"),
    Point("identity.vat_id", "text"),
    Point("identity.founded", "date"),
    Point("identity.hq_address", "object", fields=("street", "city", "zip", "country")),
    Point("identity.size_band", "choice", choices=SIZE_BANDS),
    Point("identity.industry", "object", fields=("nace", "label")),
    Point("offer.products_services", "objects", fields=("name", "desc", "url")),
    Point("offer.flagship", "text"),
    Point("offer.price_positioning", "choice", choices=("budget", "mid", "premium")),
    Point("offer.usp", "texts", most=5),
    Point("offer.guarantees", "texts"),
    Point("offer.primary_cta", "object", fields=("label", "url")),
    Point("audience.segments", "objects", fields=("name", "b2b_b2c", "desc")),
    Point("audience.pains", "texts"),
    Point("audience.goals", "texts"),
    Point("audience.objections", "texts"),
    Point("audience.geo_markets", "texts"),
    Point("audience.content_languages", "texts"),
    Point("voice.tone", "choices", choices=TONES, most=5),
    Point("voice.formality", "choice", choices=("tykani", "vykani", "neutral")),
    Point("voice.vocabulary_preferred", "texts"),
    Point("voice.vocabulary_banned", "texts"),
    Point("voice.sample_sentences", "texts", most=5),
    Point("voice.emoji_policy", "choice", choices=("none", "sparse", "free")),
    Point("market.competitors", "objects", fields=("name", "url")),
    Point("market.differentiators", "texts"),
    Point("market.trends", "objects", fields=("claim", "source_url")),
    Point("market.seasonality", "objects", fields=("month", "note")),
    Point("proof.testimonials", "objects", fields=("quote", "author", "url")),
    Point("proof.awards_certs", "objects", fields=("name", "year")),
    Point("proof.numbers", "objects", fields=("claim", "number", "source_url")),
    Point("channels.website", "url"),
    Point("channels.social_profiles", "map"),
    Point("channels.blog_feed", "url"),
    Point("constraints.regulated_topics", "choices", choices=REGULATED),
    Point("constraints.forbidden_claims", "texts"),
    Point("seo.primary_keywords", "texts", most=10),
    Point("seo.secondary_keywords", "texts", most=30),
    Point("seo.internal_link_targets", "objects", fields=("url", "title")),
    Point("seo.competitor_keywords", "texts"),
)

BY_KEY = {point.key: point for point in POINTS}
# Without them nobody can write for a company: its name, what it sells, to whom, in which tone, what never to say.
MUSTS = frozenset(
    {
        "identity.brand_name",
        "offer.products_services",
        "audience.segments",
        "voice.tone",
        "constraints.forbidden_claims",
    }
)
