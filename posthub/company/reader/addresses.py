"""Addresses within one site: cleaning, comparing, and what a path says about its page."""

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|phpsessid|sessionid|sid|ref)$", re.IGNORECASE
)
INDEX = re.compile(r"/(index|default|home)\.(html?|php|aspx?|cgi)$", re.IGNORECASE)
FILES = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|zip|rar|7z|gz|jpe?g|png|gif|webp|svg|ico|mp[34]|avi|mov|css|js|json|xml|rss|atom|txt|ics|exe|apk|woff2?)$",
    re.IGNORECASE,
)
NOT_CONTENT = re.compile(
    r"(^|[/_-])(wp-admin|wp-json|wp-login|login|logout|prihlaseni|registrace|register|kosik|cart|basket|checkout|pokladna|"
    r"muj-ucet|my-account|account|search|hledat|vyhledavani|tag|tags|stitek|author|feed|print|tisk)([/_.-]|$)",
    re.IGNORECASE,
)
ROLES: tuple[tuple[str, str], ...] = (
    (
        "imprint",
        r"imprint|impress?um|legal(-?(information|info|notice|page))?(\.\w+)?$|pravni-?informace|provozovatel|fakturacni-?udaje|company-?(information|details)",
    ),
    (
        "legal",
        r"gdpr|privacy|cookies?\b|obchodni-?podminky|osobni(ch)?-?udaj|terms|zasady|reklamacni|imprint|legal|vop\b",
    ),
    ("jobs", r"karier|kariera|career|jobs?\b|prace-u-nas|volna-?mista|nabor|vacanc|pracovni-nabid|join-us"),
    (
        "about",
        r"o-?nas\b|o-?mne\b|o-?firme|o-?spolecnosti|about|kdo-?jsme|who-?we-?are|our-?story|nas-?pribeh|pribeh|profil|historie|history|onas|tym\b|team",
    ),
    ("contact", r"kontakt|contact|find-?us|kde-?nas"),
    ("pricing", r"cenik|ceny\b|pric(e|ing)|sazebnik|tarif|fees|rates"),
    ("faq", r"faq|caste-?(dotazy|otazky)|dotazy|otazky|questions|help\b"),
    (
        "references",
        r"referenc|realizac|portfolio|testimonial|reviews?|recenz|case-?stud|napsali|rekli-o-nas|our-?work|projekty|projects|klienti|clients",
    ),
    ("partners", r"partner|dodavatel|supplier"),
    (
        "services",
        r"sluzb|services?|co-?delame|what-?we-?do|co-?umime|osetreni|treatments?|opravy|zajistujeme|cinnost",
    ),
    (
        "products",
        r"produkt|products?|nabidk|sortiment|e-?shop|shop|katalog|catalog|kategorie|category|menu|jidelni|zbozi|offer|vyrob",
    ),
    ("blog", r"blog|aktualit|novink|clank|magazin|news|articles?|poradna|rady\b"),
)


def clean(url: str) -> str:
    """One spelling of an address: no fragment, no tracking, no index file, no doubled slashes."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").lower()
    if ":" in host:
        host = f"[{host}]"
    if port and (parts.scheme, port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{port}"
    query = urlencode(
        [
            (key, value)
            for key, value in parse_qsl(parts.query, keep_blank_values=True)
            if not TRACKING.match(key)
        ]
    )
    path = INDEX.sub("/", re.sub(r"/{2,}", "/", parts.path or "/"))
    return urlunsplit((parts.scheme.lower(), host, path, query, ""))


def key_of(url: str) -> str:
    """What two spellings of one page share: scheme, "www." and a closing slash do not count."""
    parts = urlsplit(clean(url))
    host = parts.netloc.removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}".rstrip("?")


def same_site(url: str, start: str) -> bool:
    def home(address: str) -> tuple[str, int]:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https"):
            return "", 0
        port = parts.port or 0
        return (parts.hostname or "").lower().removeprefix("www."), 0 if port in (80, 443) else port

    try:
        return home(url) == home(start) != ("", 0)
    except ValueError:
        return False


def absolute(base: str, href: str) -> str:
    """The address a link leads to, or "" where it leads to no page."""
    try:
        url = urljoin(base, href.strip())
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def is_page(url: str) -> bool:
    path = urlsplit(url).path
    return not FILES.search(path) and not NOT_CONTENT.search(path)


def plain(text: str) -> str:
    """Lower-case ASCII, for comparing words with and without their diacritics."""
    split = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in split if not unicodedata.combining(char))


def role_of(url: str, text: str = "") -> str:
    """What kind of page an address, else the text of its link, announces; "" where neither says."""
    path = urlsplit(url).path.strip("/").lower()
    if not path or re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", path):
        return "home"
    words = re.sub(r"[\s_]+", "-", plain(text).strip())
    for subject in (plain(path).replace("_", "-"), words):
        for role, pattern in ROLES:
            if subject and re.search(rf"(^|[/.-])({pattern})", subject):
                return role
    return ""


def language_of_path(url: str) -> str:
    """The language an address itself names ("/en/…", "?lang=en"), or ""."""
    parts = urlsplit(url)
    found = re.match(
        r"/(cs|cz|en|de|sk|pl|fr|es|it|ru|uk|ua|hu|at|nl)(?:-[a-z]{2})?(?:/|\.html?$|$)",
        parts.path,
        re.IGNORECASE,
    )
    if not found:
        found = re.search(r"(?:^|&)(?:lang|lng|language|jazyk|l)=([a-z]{2})\b", parts.query, re.IGNORECASE)
    code = found[1].lower() if found else ""
    return {"cz": "cs", "ua": "uk", "at": "de"}.get(code, code)
