"""What machines read of a page: JSON-LD, sitemap, robots.txt and the feed."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from posthub.demo.site.pages import LANGUAGES, Page, by_key, company, pages, posts, trail

_LINKED = re.compile(r"\[([^]]*)\]\([^)]*\)")
FEEDS = {"cs": "/feed.xml", "en": "/en/feed.xml"}


def json_ld(page: Page, origin: str) -> str:
    graph = [_organization(page, origin), _website(page, origin), _breadcrumbs(page, origin)]
    if page.kind == "product":
        graph.append(_product(page, origin))
    if page.kind == "post":
        graph.append(_article(page, origin))
    if page.key == "faq":
        graph.append(_questions(page))
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c")


def _organization(page: Page, origin: str) -> dict[str, Any]:
    facts = company()
    words = facts[page.language]
    answer = {
        "@type": ["Organization", "Bakery"],
        "@id": f"{origin}/#organization",
        "url": f"{origin}/",
        "logo": f"{origin}/static/logo.svg",
        "image": f"{origin}/static/og.png",
        **facts["organization"],
        "description": words["description"],
        "slogan": words["slogan"],
        "award": words["awards"],
        "employee": [
            {"@type": "Person", "name": person["name"], "jobTitle": person[page.language]}
            for person in facts["people"]
        ],
    }
    if page.key in ("home", "references"):
        answer["review"] = [
            {
                "@type": "Review",
                "author": {"@type": "Person", "name": review["author"]},
                "reviewBody": review["text"],
                "reviewRating": {"@type": "Rating", "ratingValue": "5", "bestRating": "5"},
            }
            for review in words["reviews"]
        ]
    return answer


def _website(page: Page, origin: str) -> dict[str, Any]:
    home = by_key()[page.language, "home"]
    return {
        "@type": "WebSite",
        "url": origin + home.path,
        "name": company()["organization"]["name"],
        "inLanguage": page.language,
        "publisher": {"@id": f"{origin}/#organization"},
    }


def _breadcrumbs(page: Page, origin: str) -> dict[str, Any]:
    steps = [
        {"@type": "ListItem", "position": number, "name": step.menu, "item": origin + step.path}
        for number, step in enumerate(trail(page), start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _product(page: Page, origin: str) -> dict[str, Any]:
    facts = company()["products"][page.key]
    return {
        "@type": "Product",
        "name": facts[page.language],
        "description": page.description,
        "image": f"{origin}/static/{page.image}",
        "sku": facts["sku"],
        "brand": {"@type": "Brand", "name": company()["organization"]["name"]},
        "weight": {"@type": "QuantitativeValue", "value": facts["grams"], "unitCode": "GRM"},
        "offers": {
            "@type": "Offer",
            "price": facts["price"],
            "priceCurrency": "CZK",
            "availability": "https://schema.org/InStock",
            "url": origin + page.path,
            "seller": {"@id": f"{origin}/#organization"},
        },
    }


def _article(page: Page, origin: str) -> dict[str, Any]:
    return {
        "@type": "BlogPosting",
        "headline": page.heading,
        "description": page.description,
        "datePublished": page.published.isoformat() if page.published else None,
        "inLanguage": page.language,
        "image": f"{origin}/static/{page.image}",
        "mainEntityOfPage": origin + page.path,
        "author": {"@type": "Person", "name": page.author},
        "publisher": {"@id": f"{origin}/#organization"},
    }


def _questions(page: Page) -> dict[str, Any]:
    """Every second-level heading of the page is a question, the text below it the answer."""
    entries = []
    for part in page.body.split("\n## ")[1:]:
        question, _, answer = part.partition("\n")
        text = _LINKED.sub(r"\1", " ".join(answer.split()))
        entries.append(
            {
                "@type": "Question",
                "name": question.strip(),
                "acceptedAnswer": {"@type": "Answer", "text": text},
            }
        )
    return {"@type": "FAQPage", "mainEntity": entries}


def robots(origin: str) -> str:
    return f"User-agent: *\nDisallow: /kosik/\nAllow: /\n\nSitemap: {origin}/sitemap.xml\n"


def sitemap(origin: str) -> str:
    entries = []
    for page in pages().values():
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" '
            f'href="{escape(origin + by_key()[language, page.key].path)}"/>'
            for language in LANGUAGES
        )
        entries.append(f"<url><loc>{escape(origin + page.path)}</loc>{others}</url>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n' + "\n".join(entries) + "\n</urlset>\n"
    )


def feed(language: str, origin: str) -> str:
    blog = by_key()[language, "blog"]
    items = []
    for post in posts(language):
        stamp = datetime.combine(post.published, time(6), UTC) if post.published else None
        link = escape(origin + post.path)
        items.append(
            f"<item><title>{escape(post.heading)}</title><link>{link}</link><guid>{link}</guid>"
            f"<description>{escape(post.description)}</description>"
            + (f"<pubDate>{format_datetime(stamp)}</pubDate>" if stamp else "")
            + "</item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(blog.title)}</title><link>{escape(origin + blog.path)}</link>"
        f"<description>{escape(blog.description)}</description><language>{language}</language>\n"
        + "\n".join(items)
        + "\n</channel></rss>\n"
    )
