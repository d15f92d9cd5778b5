"""Points that addresses and links state: website, languages, social profiles, feed, call to action, pages to link to."""

import re
from collections import Counter
from urllib.parse import urlsplit

from posthub.ai.providers.offline.dna_text import plain, squeezed
from posthub.company.generation import FoundPoint
from posthub.company.reader import Link, Page, SiteReading
from posthub.company.reader.addresses import clean, is_page, role_of, same_site

PLATFORMS = {
    "facebook": r"(?:[\w-]+\.)?facebook\.com|fb\.com", "instagram": r"(?:www\.)?instagram\.com", "linkedin": r"(?:[\w]+\.)?linkedin\.com",
    "x": r"(?:www\.|mobile\.)?(?:twitter|x)\.com", "tiktok": r"(?:www\.)?tiktok\.com", "youtube": r"(?:www\.|m\.)?youtube\.com",
    "pinterest": r"(?:[\w]+\.)?pinterest\.(?:com|co\.uk|cz)", "threads": r"(?:www\.)?threads\.(?:net|com)", "bluesky": r"bsky\.app",
    "github": r"(?:www\.)?github\.com", "vimeo": r"(?:www\.)?vimeo\.com", "mastodon": r"mastodon\.[\w.]+",
}  # fmt: skip
NO_PROFILE = re.compile(
    r"/(sharer?|share|intent|dialog|plugins|tr|hashtag|search|login|home|watch|embed|p/|reel|status/|pin/create|policies|legal|help|groups/?$|shareArticle|sharing|events?/)|[?&](u|url|text)=",
    re.IGNORECASE,
)
CTA = re.compile(
    r"^(objedn|rezerv|popt|nezavazn|koup|nakoup|vyzkous|domluv|sjedn|kontaktujte|zavolejte|volejte|napiste|ozvete|ziskat|ziskejte|stahn|prihlas(te|it)? se|chci|chce[st]|vyzad|vyzvedn|zjist|dohod|poptej|prohled|prohlid|vybrat|vyber|objednej|rezervuj|zavolej|napis|zkus|poslat|poslete|posli|pojd|prijd|spocit|vybrat termin|do kosiku|do e-?shopu|prejit do e-?shopu|"
    r"navstiv|zacit|zacnete|nechte si|mam zajem|zadat|pozadat|order|donate|give (now|today)|darovat|darujte|prispet|prispejte|podporte|order|book|reserve|buy|shop( now)?$|shop (our|the)|shop \w+( \w+)?$|get (a|an|your|in|started|free)|request|ring|phone|e-?mail (us|me)|text (us|me)|message|find (out|your)|become|drop (us|me)|choose|reserve|see (our )?(prices|rooms|boats)|hire|quote|call|contact us|contact|enquir|inquir|arrange|schedule|start|try|sign up|"
    r"claim|visit us|bring|send (us|a|your)|tell us|check (availability|dates|prices)|plan your|speak|talk|ask|make an appointment|find a table|join|subscribe)"
)
# What is often arranged on another site: gifts and bookings.
ELSEWHERE = re.compile(
    r"donate|darovat|darujte|prispet|prispejte|podporte|book (now|online|a|your)|rezerv|koupit vstupenk|buy tickets"
)
NOT_CTA = re.compile(
    r"cookie|souhlas|accept|newsletter|\b(odber|odebirat)|subscribe|login|prihlasit se$|sign in|prihlaseni|\b(more|vice|zobrazit|zavrit|close)\b|do kosiku|add to (cart|basket|bag)"
)


NETWORK = re.compile(
    r"facebook\w*|\bfb\b|instagram\w*|\big\b|linked-?in\w*|twitter\w*|youtube\w*|tik-?tok\w*|pinterest\w*|threads|bluesky|vimeo|mastodon",
    re.IGNORECASE,
)
VENDOR = re.compile(
    r"(company)?(wix|wixcom|shopify|wordpress|wordpresscom|squarespace|webnode\w*|shoptet\w*|weebly|joomla|godaddy|elementor|solidpixels|eshoprychle|meta|facebook|instagram)"
)
INVITING = re.compile(
    r"(sledujte|sleduj|najdete|najdes|follow|find|like|join|see|nas|nase|our|jsme|profil|stranka|visit|watch|connect|navstivte|page|channel|kanal|social|us|on)\b"
)


def from_links(reading: SiteReading) -> list[FoundPoint]:
    if not reading.pages:
        return []
    home = reading.pages[0]
    points = [
        _website(home),
        _languages(reading),
        *_social(reading),
        *_feed(reading),
        *_call(reading),
        *_targets(reading),
    ]
    return [point for point in points if point is not None]


def _website(home: Page) -> FoundPoint:
    canonical = home.canonical if _states_itself(home) else ""
    parts = urlsplit(canonical or home.url)
    url = f"{parts.scheme}://{parts.netloc}/"
    return FoundPoint(
        key="channels.website", value=url, source_url=home.url, quote=home.title[:600], confidence=1.0
    )


def _states_itself(home: Page) -> bool:
    """Whether the canonical address is the start page of this site, or of the domain it says is its own."""
    parts = urlsplit(home.canonical)
    if parts.scheme not in ("http", "https") or parts.path not in ("", "/") or parts.query:
        return False
    if same_site(home.canonical, home.url):
        return True
    said = [home.meta.get("og:url", ""), *(str(thing.get("url", "")) for thing in home.objects)]
    return any(same_site(url, home.canonical) for url in said if url)


def _languages(reading: SiteReading) -> FoundPoint | None:
    tags: dict[str, None] = {}
    for page in reading.pages:
        for tag in (page.language, *page.alternates):
            if tag and tag.lower() != "x-default":
                tags[tag.split("-")[0].lower()] = None
    if not tags:
        return None
    home = reading.pages[0]
    return FoundPoint(
        key="audience.content_languages",
        value=list(tags),
        source_url=home.url,
        quote=home.title[:600],
        confidence=0.9,
    )


def _social(reading: SiteReading) -> list[FoundPoint]:
    profiles: dict[str, str] = {}
    source = reading.pages[0].url
    names = _telling(reading)
    for page in reading.pages:
        stated = [link for thing in page.objects for link in _same_as(thing)]
        shown = [link.url for link in page.links if not _is_agency(link, page) and _is_ours(link, names)]
        for url in (*stated, *shown):
            platform = platform_of(url)
            if platform and platform not in profiles:
                profiles[platform] = url.split("?")[0] if "profile.php" not in url else url
                source = page.url if len(profiles) == 1 else source
    if not profiles:
        return []
    return [
        FoundPoint(
            key="channels.social_profiles", value=profiles, source_url=source, quote="", confidence=0.9
        )
    ]


def _telling(reading: SiteReading) -> str:
    """Everything that may hold the company's own name, as one run of letters."""
    home = reading.pages[0]
    host = urlsplit(home.url).hostname or ""
    texts = [
        host,
        home.title,
        home.meta.get("og:site_name", ""),
        *(str(thing.get("name", "")) for thing in home.objects),
    ]
    return re.sub(r"[^a-z0-9]", "", plain(" ".join(texts)))


def _is_ours(link: Link, names: str) -> bool:
    """A profile whose link names somebody else, or whose name is a website builder's, is not the company's."""
    handle = re.sub(r"[^a-z]", "", plain(urlsplit(link.url).path))
    if VENDOR.fullmatch(handle):
        return False
    said = [word for word in re.findall(r"[^\W\d_]{3,}", NETWORK.sub(" ", link.text)) if word[0].isupper()]
    strange = [word for word in said if not INVITING.match(plain(word)) and plain(word)[:5] not in names]
    pieces = [plain(word)[:5] for word in re.findall(r"[^\W\d_]{4,}", urlsplit(link.url).path)]
    return not strange or any(piece in names for piece in pieces) or handle[:6] in names


def _same_as(thing: dict[str, object]) -> list[str]:
    if "Person" in str(thing.get("@type")):
        return []
    value = thing.get("sameAs")
    return [str(entry) for entry in (value if isinstance(value, list) else [value]) if entry]


def platform_of(url: str) -> str:
    """The network a profile's address belongs to; "" for shares, posts and front pages."""
    parts = urlsplit(url)
    if not parts.path.strip("/") or NO_PROFILE.search(f"{parts.path}?{parts.query}"):
        return ""
    return next((name for name, host in PLATFORMS.items() if re.fullmatch(host, parts.netloc.lower())), "")


def _is_agency(link: Link, page: Page) -> bool:
    return (
        bool(re.search(r"web by|designed by|agency|agentura|tvorba web", link.text, re.IGNORECASE))
        or "nofollow sponsored" in link.rel
    )


def _feed(reading: SiteReading) -> list[FoundPoint]:
    for page in reading.pages:
        feeds = [url for url in page.feeds if _is_own_feed(url, reading) and "comment" not in url]
        feeds += [
            link.url
            for link in page.links
            if re.search(r"/(rss|feed|atom)(\.xml|/)?$", link.url) and same_site(link.url, reading.url)
        ]
        if feeds:
            return [
                FoundPoint(
                    key="channels.blog_feed", value=feeds[0], source_url=page.url, quote="", confidence=0.95
                )
            ]
    return []


def _is_own_feed(url: str, reading: SiteReading) -> bool:
    """On this site, or on another host that bears the company's name, as where a site has moved."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    label = re.sub(r"[^a-z0-9]", "", host.partition(".")[0])
    return same_site(url, reading.url) or (len(label) >= 5 and label in _telling(reading))


def _call(reading: SiteReading) -> list[FoundPoint]:
    """The action the site asks for most: looks like a button, stands on many pages, begins with a verb of acting."""
    scores: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], Page] = {}
    for page in reading.pages:
        for link in page.links:
            label = squeezed(link.text).strip(" →›»>")
            bare = plain(label)
            if not 3 < len(label) <= 45 or not CTA.match(bare) or NOT_CTA.search(bare):
                continue
            if not _leads_on(link.url, bare, reading):
                continue
            if link.region in ("nav", "footer") and not link.button:
                continue
            weight = (
                1
                + 3 * link.button
                + 2 * (page is reading.pages[0])
                - 2 * bare.startswith(("kontakt", "contact"))
            )
            key = (label, link.url)
            scores[key] += weight
            where.setdefault(key, page)
    if not scores:
        return _first_button(reading)
    (label, url), weight = scores.most_common(1)[0]
    if weight < 2:
        return []
    page = where[(label, url)]
    return [
        FoundPoint(
            key="offer.primary_cta",
            value={"label": label, "url": url},
            source_url=page.url,
            quote=label,
            confidence=0.8 if weight > 4 else 0.6,
        )
    ]


def _first_button(reading: SiteReading) -> list[FoundPoint]:
    """The button in the welcome of the start page, where no link begins with a verb of acting that is known."""
    home = reading.pages[0]
    for link in home.links:
        label = squeezed(link.text).strip(" →›»>")
        shown = link.button and link.region == "main" and 2 <= len(label.split()) <= 7 and len(label) <= 45
        if shown and not NOT_CTA.search(plain(label)) and same_site(link.url, reading.url):
            value = {"label": label, "url": link.url}
            return [
                FoundPoint(
                    key="offer.primary_cta", value=value, source_url=home.url, quote=label, confidence=0.5
                )
            ]
    return []


def _leads_on(url: str, label: str, reading: SiteReading) -> bool:
    """Whether an address is where the company acts: its site, its telephone or mail, a service it books or collects by."""
    return (
        same_site(url, reading.url)
        or url.startswith(("tel:", "mailto:"))
        or (ELSEWHERE.match(label) is not None and not platform_of(url))
    )


def _targets(reading: SiteReading) -> list[FoundPoint]:
    own = {page.url: page.title for page in reading.pages}
    entries: list[dict[str, str]] = []
    for url, title in {**own, **reading.listed}.items():
        name = squeezed(own.get(url) or title)
        if (
            len(name) < 3
            or not is_page(url)
            or role_of(url, name) in ("legal", "jobs")
            or not same_site(url, reading.url)
        ):
            continue
        if clean(url) not in {entry["url"] for entry in entries}:
            entries.append({"url": clean(url), "title": name[:150]})
    if not entries:
        return []
    first = reading.pages[0]
    return [
        FoundPoint(
            key="seo.internal_link_targets",
            value=entries[:40],
            source_url=first.url,
            quote=first.title[:600],
            confidence=0.95,
        )
    ]
