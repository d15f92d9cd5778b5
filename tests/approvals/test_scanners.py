"""Forty traces of what mail programs and link scanners do with a mailed link: nothing changes, and it works after.

Each is a name, the headers it comes with and what it asks for, over real HTTP. A step is a method and what follows
the link's address; SUBMIT is a script that presses the first button of the page the moment it has loaded.
"""

import http.client
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.db import connection
from django.utils import timezone

from posthub.approvals import linking
from posthub.approvals.models import Comment, Decision, Look, Reviewer, ReviewLink
from posthub.approvals.views.letter import SALT, SEEN
from posthub.audit.models import AuditEntry
from posthub.company.models import Company
from posthub.content.models import BlogPost
from posthub.jobs.models import Job
from posthub.lifecycle.models import StateChange
from posthub.organizations.models import Organization
from tests.shelf import Shelf
from tests.support.databases import pointed_at
from tests.support.live import Live
from tests.support.waiting import wait_for

RUTH = "ruth.reads@example.org"
HOST, OTHER = "acme.posthub.localhost", "beta.posthub.localhost"
CSRF = "a" * 32
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
SUBMIT = ("SUBMIT", "")
Steps = list[tuple[str, str]]
GET: Steps = [("GET", "")]
HEAD: Steps = [("HEAD", "")]
BOTH: Steps = [*HEAD, *GET]
VERBS: Steps = [
    ("GET", "decide/?item=1&decision=approve"),
    ("GET", "?item=1&decision=approve&confirm=1"),
    ("GET", "renew/"),
    ("GET", "undo/00000000-0000-0000-0000-000000000000/"),
    ("HEAD", "decide/"),
]
EVERY_LINK: Steps = [
    ("GET", "?item=1"),
    ("GET", "?item=2"),
    ("GET", "?item=1&ask=changes"),
    ("GET", "?item=99"),
]
TRACES: dict[str, tuple[dict[str, str], Steps]] = {
    "Safe Links, at delivery": ({"User-Agent": CHROME}, BOTH),
    "Safe Links, at the click": (
        {"User-Agent": CHROME, "Referer": "https://eur01.safelinks.protection.outlook.com/"},
        GET,
    ),
    "Defender's sandbox, scripts run": ({"User-Agent": CHROME}, [*GET, SUBMIT]),
    "Outlook asks what it is": (
        {"User-Agent": "Microsoft Office/16.0 (Microsoft Outlook 16.0.17830; Pro)"},
        [("OPTIONS", ""), *HEAD],
    ),
    "Office looks for an editor": (
        {"User-Agent": "Microsoft Office Existence Discovery"},
        [("OPTIONS", ""), *HEAD, ("PROPFIND", "")],
    ),
    "Teams draws a card": (
        {"User-Agent": "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5"},
        GET,
    ),
    "BingPreview": ({"User-Agent": f"{CHROME} BingPreview/1.0b"}, GET),
    "Proofpoint rewrites and opens": (
        {"User-Agent": CHROME, "Via": "1.1 urldefense.proofpoint.com"},
        [*GET, *GET],
    ),
    "Proofpoint's sandbox": (
        {"User-Agent": "Mozilla/5.0 (compatible; Proofpoint URL Defense)"},
        [*BOTH, *EVERY_LINK],
    ),
    "Mimecast": ({"User-Agent": "Mozilla/5.0 (Mimecast URL Protect)"}, BOTH),
    "Barracuda follows every link": ({"User-Agent": "BarracudaCentral/1.0"}, [*GET, *EVERY_LINK]),
    "Barracuda presses every button": ({"User-Agent": "Barracuda Sentinel (EE)"}, [*GET, SUBMIT, SUBMIT]),
    "Cisco Secure Email": (
        {"User-Agent": "Mozilla/5.0 (compatible; Cisco Secure Email Threat Defense)"},
        BOTH,
    ),
    "Symantec, five times": ({"User-Agent": "Symantec Email Security.cloud"}, GET * 5),
    "Sophos": ({"User-Agent": "SophosLabs URL scanner"}, BOTH),
    "Trend Micro by parts": ({"User-Agent": CHROME, "Range": "bytes=0-1023"}, GET),
    "Fortinet through a proxy": (
        {"User-Agent": CHROME, "Via": "1.1 fortimail", "X-Forwarded-For": "198.51.100.7"},
        GET,
    ),
    "Forcepoint": ({"User-Agent": "Mozilla/5.0 (compatible; Websense)"}, [*HEAD, *HEAD]),
    "Trellix detonates": ({"User-Agent": f"{CHROME} HeadlessChrome/130"}, [*GET, SUBMIT]),
    "Check Point": ({"User-Agent": "Mozilla/5.0 (compatible; CheckPoint URLF)"}, BOTH),
    "Zscaler": ({"User-Agent": CHROME, "Via": "1.1 zscaler"}, GET),
    "Avanan, again and again": ({"User-Agent": "Python/3.11 aiohttp/3.9"}, [*BOTH, *BOTH]),
    "Google's image proxy": (
        {"User-Agent": "Mozilla/5.0 (Windows NT 5.1) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"},
        GET,
    ),
    "Gmail checks safety": (
        {"User-Agent": "Mozilla/5.0 (compatible; Google-Safety; +http://www.google.com/bot.html)"},
        BOTH,
    ),
    "Yahoo's proxy": (
        {"User-Agent": "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"},
        GET,
    ),
    "Apple looks ahead": ({"User-Agent": IPHONE, "X-Purpose": "preview"}, GET),
    "A phone's peek": ({"User-Agent": IPHONE, "Purpose": "prefetch"}, [*GET, *GET]),
    "Chrome prefetches": (
        {"User-Agent": CHROME, "Sec-Purpose": "prefetch", "Sec-Fetch-Dest": "document"},
        GET,
    ),
    "Chrome prerenders, scripts run": (
        {"User-Agent": CHROME, "Sec-Purpose": "prefetch;prerender"},
        [*GET, SUBMIT],
    ),
    "Firefox prefetches": (
        {
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
            "X-Moz": "prefetch",
        },
        GET,
    ),
    "Slack unfurls": (
        {
            "User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
            "Range": "bytes=0-32768",
        },
        GET,
    ),
    "WhatsApp unfurls": ({"User-Agent": "WhatsApp/2.24.21.77 A"}, GET),
    "LinkedIn unfurls": (
        {"User-Agent": "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient)"},
        BOTH,
    ),
    "Telegram unfurls": ({"User-Agent": "TelegramBot (like TwitterBot)"}, GET),
    "An archive": ({"User-Agent": "Wget/1.21.4", "If-None-Match": '"x"'}, [*BOTH, *EVERY_LINK]),
    "A line of a script": ({"User-Agent": "curl/8.5.0"}, [*GET, ("OPTIONS", ""), ("TRACE", "")]),
    "Tries every address it knows": ({"User-Agent": "python-requests/2.32"}, VERBS),
    "Tries every method": (
        {"User-Agent": "Java/21"},
        [("PUT", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "")],
    ),
    "Posts without the page's token": ({"User-Agent": CHROME}, [("POST", "decide/"), ("POST", "renew/")]),
    "No name at all, old protocol words": (
        {"User-Agent": "", "Pragma": "no-cache", "X-Purpose": "instant"},
        [*HEAD, *GET, *GET],
    ),
}


@dataclass
class Caller:
    """Whoever opens the link: its headers, and the cookies it was given, as a browser keeps them."""

    live: Live
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    host: str = HOST

    def ask(self, method: str, more: str = "", form: dict[str, str] | None = None) -> tuple[int, str]:
        client = http.client.HTTPConnection("127.0.0.1", self.live.port, timeout=60)
        headers = {"Host": f"{self.host}:{self.live.port}", **self.headers}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        try:
            client.request(method, f"{self.path}{more}", urlencode(form) if form else None, headers)
            answer = client.getresponse()
            for value in answer.headers.get_all("Set-Cookie") or []:
                name, _eq, rest = value.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return answer.status, answer.read().decode()
        finally:
            client.close()

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.live.port}"

    def submit(self) -> tuple[int, str]:
        """What a script does that presses the page's own button."""
        _status, page = self.ask("GET")
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        return self.ask("POST", "decide/", {**fields, "decision": "approve"})


def person(live: Live, path: str, *, host: str = HOST) -> Caller:
    """Somebody who opened the link a minute ago, and has its page before them."""
    opened = signing.dumps(int(time.time()) - 60, salt=SALT)
    return Caller(live, path, cookies={SEEN: opened, "csrftoken": CSRF}, host=host)


def letters(links: Iterable[ReviewLink]) -> Any:
    """The jobs that mail them."""
    return Job.objects.filter(task="approvals.mail_link", payload__link__in=[str(link.pk) for link in links])


def everything(things: list[BlogPost]) -> list[Any]:
    """Whatever a link could change; the worker goes on with other people's things, and mails them, meanwhile."""
    ids = [thing.pk for thing in things]
    links = ReviewLink.objects.filter(email=RUTH)
    about: list[Any] = [
        model.objects.filter(object_id__in=ids) for model in (Decision, Comment, Look, StateChange)
    ]
    about += [
        links,
        BlogPost.objects.filter(pk__in=ids),
        AuditEntry.objects.filter(subject__in=[f"article:{pk}" for pk in ids]),
        letters(links),
    ]
    return [list(rows.order_by("pk").values()) for rows in about]


@pytest.fixture
def mailed(live: Live, django_db_blocker: Any) -> Any:
    """An article for each way a link can end, mailed in one round each; their paths."""
    with django_db_blocker.unblock(), pointed_at(live.database):
        acme = Organization.objects.get(name="Acme")
        connection.set_tenant(acme)
        shelf = Shelf(Company.objects.create(name="Bakery", language="en"), acme)
        ruth, _made = Reviewer.objects.get_or_create(name="Ruth", email=RUTH, language="en")
        things = [shelf.article() for _way in range(4)]
        links = [_link(thing, ruth, acme) for thing in things]
        # The worker has nothing left to do with them.
        wait_for(lambda: not letters(links).exclude(state="DONE").exists(), live.logs)
        yield things, [f"/r/{linking.token_of(link)}/" for link in links]
        connection.set_schema_to_public()


def _link(thing: BlogPost, ruth: Reviewer, acme: Organization) -> ReviewLink:
    return linking.open_round([thing], [ruth], organization=acme, due_at=None).links.get()


def test_forty_traces_change_nothing_and_the_link_works_after(live: Live, mailed: Any) -> None:
    things, (path, *_paths) = mailed
    thing = things[0]
    assert len(TRACES) == 40
    before, guilty, broken = everything(things), [], []
    for name, (headers, steps) in TRACES.items():
        caller = Caller(live, path, headers)
        for step in steps:
            status, page = caller.submit() if step == SUBMIT else caller.ask(*step)
            if status >= 500:
                broken.append((name, step, status))
            if step == SUBMIT:
                assert "That was quick" in page, name
        if everything(things) != before:
            guilty.append(name)
            before = everything(things)
    assert (guilty, broken) == ([], [])
    ruth = person(live, path)
    form = {"item": "1", "version": thing.content_hash, "decision": "approve", "csrfmiddlewaretoken": CSRF}
    assert ruth.ask("POST", "decide/", form)[0] == 303
    thing.refresh_from_db()
    assert thing.state == "APPROVED"


def test_a_decision_sent_again_or_elsewhere_is_refused_with_its_page(live: Live, mailed: Any) -> None:
    things, paths = mailed
    asked = [
        {"item": "1", "version": one.content_hash, "decision": "approve", "csrfmiddlewaretoken": CSRF}
        for one in things
    ]
    links = {f"/r/{linking.token_of(link)}/": link for link in ReviewLink.objects.all()}
    elsewhere, revoked, expired, twice = paths
    linking.revoke(links[revoked], by=Reviewer.objects.get(email="ruth.reads@example.org"))
    ReviewLink.objects.filter(pk=links[expired].pk).update(expires_at=timezone.now())
    answers = {
        "another organization": person(live, elsewhere, host=OTHER).ask("POST", "decide/", asked[0]),
        "revoked": person(live, revoked).ask("POST", "decide/", asked[1]),
        "expired": person(live, expired).ask("POST", "decide/", asked[2]),
    }
    for name, (status, page) in answers.items():
        assert (name, status, "Nothing was decided" in page, "renew/" in page) == (name, 410, True, True)
    assert person(live, twice).ask("POST", "decide/", asked[3])[0] == 303
    status, page = person(live, twice).ask("POST", "decide/", asked[3])
    assert (status, "Somebody has decided on this already" in page) == (409, True)
    states = [BlogPost.objects.get(pk=one.pk).state for one in things]
    assert states == ["PENDING_APPROVAL"] * 3 + ["APPROVED"]
    assert Decision.objects.filter(object_id__in=[one.pk for one in things]).count() == 1
