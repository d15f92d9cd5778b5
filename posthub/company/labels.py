"""What people call the points of the DNA, their groups, their fields and their choices."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# One line of the review each: anchor, heading, the groups of keys it shows.
GROUPS: "tuple[tuple[str, _StrPromise, tuple[str, ...]], ...]" = (
    ("identity", _("Who you are"), ("identity",)),
    ("offer", _("What you offer"), ("offer",)),
    ("audience", _("For whom"), ("audience",)),
    ("voice", _("How you speak"), ("voice",)),
    ("market", _("Market and proof"), ("market", "proof", "channels")),
    ("rules", _("Rules and search"), ("constraints", "seo")),
)

NAMES: "dict[str, _StrPromise]" = {
    "identity.legal_name": _("Legal name"),
    "identity.brand_name": _("Brand name"),
    "identity.registration_id": _("Registration number"),
    "identity.vat_id": _("VAT number"),
    "identity.founded": _("Founded"),
    "identity.hq_address": _("Address"),
    "identity.size_band": _("Number of people"),
    "identity.industry": _("Industry"),
    "offer.products_services": _("Products and services"),
    "offer.flagship": _("Main product"),
    "offer.price_positioning": _("Price level"),
    "offer.usp": _("What sets you apart"),
    "offer.guarantees": _("Guarantees"),
    "offer.primary_cta": _("What people should do"),
    "audience.segments": _("Groups of customers"),
    "audience.pains": _("What troubles them"),
    "audience.goals": _("What they want"),
    "audience.objections": _("What holds them back"),
    "audience.geo_markets": _("Where they are"),
    "audience.content_languages": _("Languages of the website"),
    "voice.tone": _("Tone"),
    "voice.formality": _("Form of address"),
    "voice.vocabulary_preferred": _("Words you like"),
    "voice.vocabulary_banned": _("Words you avoid"),
    "voice.sample_sentences": _("Sentences that sound like you"),
    "voice.emoji_policy": _("Emoji"),
    "market.competitors": _("Competitors"),
    "market.differentiators": _("How you differ"),
    "market.trends": _("Trends"),
    "market.seasonality": _("Seasons"),
    "proof.testimonials": _("What customers say"),
    "proof.awards_certs": _("Awards and certificates"),
    "proof.numbers": _("Numbers"),
    "channels.website": _("Website"),
    "channels.social_profiles": _("Profiles on networks"),
    "channels.blog_feed": _("Blog feed"),
    "constraints.regulated_topics": _("Regulated topics"),
    "constraints.forbidden_claims": _("Forbidden claims"),
    "seo.primary_keywords": _("Main keywords"),
    "seo.secondary_keywords": _("Further keywords"),
    "seo.internal_link_targets": _("Pages worth linking to"),
    "seo.competitor_keywords": _("Keywords of competitors"),
}

FIELDS: "dict[str, _StrPromise]" = {
    "street": _("Street"),
    "city": _("City"),
    "zip": _("Postcode"),
    "country": _("Country"),
    "nace": _("Code of activity (NACE)"),
    "label": _("Label"),
    "name": pgettext_lazy("of a thing", "Name"),
    "desc": _("Description"),
    "url": _("Address of the page"),
    "b2b_b2c": _("People or firms"),
    "claim": _("Statement"),
    "source_url": _("Where it is said"),
    "month": _("Month (1 to 12)"),
    "note": _("What happens then"),
    "quote": _("Words"),
    "author": _("Who said it"),
    "year": _("Year"),
    "number": _("Number"),
    "title": _("Title"),
}

CHOICES: "dict[str, _StrPromise]" = {
    "1": _("one person"),
    "2-9": _("2 to 9"),
    "10-49": _("10 to 49"),
    "50-249": _("50 to 249"),
    "250+": _("250 and more"),
    "budget": _("cheap"),
    "mid": _("usual"),
    "premium": _("premium"),
    "warm": _("warm"),
    "expert": _("expert"),
    "playful": _("playful"),
    "plain": _("plain"),
    "formal": _("formal"),
    "bold": _("bold"),
    "calm": _("calm"),
    "proud": _("proud"),
    "caring": _("caring"),
    "witty": _("witty"),
    "tykani": _("informal (ty)"),
    "vykani": _("formal (vy)"),
    "neutral": _("neutral"),
    "none": _("none"),
    "sparse": _("now and then"),
    "free": _("as they come"),
    "health": _("health"),
    "finance": _("finance"),
    "alcohol": _("alcohol"),
    "gambling": _("gambling"),
    "children": _("children"),
    "legal": _("law"),
    "b2b": _("firms"),
    "b2c": _("people"),
    "both": _("both"),
}

NETWORKS = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "x": "X",
    "tiktok": "TikTok",
    "youtube": "YouTube",
}


def choice_name(value: object) -> str:
    """A choice in the reader's language; what is no known choice stays as it is."""
    return str(CHOICES.get(str(value), value))
