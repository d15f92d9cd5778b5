"""Text that models and strangers wrote is shown as text: a corpus of attacks in every place Markdown has."""

import re

from selectolax.lexbor import LexborHTMLParser

from posthub.content.markdown import SCHEMES, TAGS, render

SCRIPTS = [
    "<script>alert(1)</script>", "<ScRiPt src=//evil.example/x.js></sCrIpT>", "<script\x0c>alert(1)</script >",
    "<scr<script>ipt>alert(1)</scr</script>ipt>", "</p><script>alert(1)</script><p>", "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>", "&lt;script&gt;alert(1)&lt;/script&gt;", "<\x00script>alert(1)</script>",
]  # fmt: skip
ELEMENTS = [
    "<img src=x onerror=alert(1)>", "<IMG SRC=x OnErRoR=alert(1)//", "<img/src=`x`onerror=alert(1)>",
    "<svg/onload=alert(1)>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><a xlink:href='javascript:alert(1)'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>", "<iframe srcdoc='<script>alert(1)</script>'>",
    "<iframe src=javascript:alert(1)>", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>",
    "<video><source onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>", "<input autofocus onfocus=alert(1)>", "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>", "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/>", "<link rel=stylesheet href=//evil.example/x.css>", "<style>@import '//evil.example/x.css';</style>",
    "<template><script>alert(1)</script></template>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<marquee onstart=alert(1)>", "<textarea></textarea><script>alert(1)</script>", "<title></title><img src=x onerror=alert(1)>",
    "<p style='background:url(javascript:alert(1))'>x</p>", "<div class=app id=main>x</div>", "<dialog open>x</dialog>",
    "<a href='#' onclick='alert(1)'>x</a>", "<a href='javascript:alert(1)'>x</a>", "<a href=' &#x6A;avascript:alert(1)'>x</a>",
    "<a hx-get='/x' hx-trigger=load>x</a>", "<p data-hx-post='/x' hx-on:load='alert(1)'>x</p>", "<div hx-get=/x hx-trigger='load'></div>",
]  # fmt: skip
LINKS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)", "\x01javascript:alert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "data:image/svg+xml,<svg onload=alert(1)>", "file:///etc/passwd",
    "blob:https://x/1", "view-source:x", "feed:javascript:alert(1)", "https://ok.example/\" onmouseover=alert(1) x=\"",
    "https://ok.example/'onclick='alert(1)", "https://ok.example/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
]  # fmt: skip
AROUND = [
    "{}", "Before {} after", "# {}", "## {}", "###### {}", "- {}", "1. {}", "> {}", "> - {}", "- a\n  - {}", "*{}*", "**{}**",
    "***{}***", "`{}`", "``{}``", "```\n{}\n```", "    {}", "~~~html\n{}\n~~~", "a\n\n{}\n\nb", "{}\n===", "{}\n---", "| {} |\n|---|\n| {} |",
    "\\{}", "a  \n{}", "*a {} b*", "> {}\n\n{}", "{}{}", "&#60;{}", "“{}”", "a*{}*b", "[{}]", "[{}]: https://ok.example", "\u202e{}", "\u200b{}",
    "[x](https://ok.example '{}')", "![{}](https://ok.example/x.png)", "<{}>", "{} <!-- {} -->", "* * *\n{}", "+ {}\n\n  {}", "- [ ] {}", "**a** {}\\\n{}",
]  # fmt: skip
LINK_FORMS = [
    "[x]({})", "[x](<{}>)", "<{}>", "[x][1]\n\n[1]: {}", "[x][1]\n\n[1]: <{}>", "![x]({})", "[![x]({})]({})", "- [x]({})", "> [x]({})",
    "# [x]({})", "[x]({} 'title')", "*[x]({})*", "<a href=\"{}\">x</a>", "[**x**]({})", "[x\ny]({})", "[`x`]({})", "a [x]({}) b [y]({})",
    "1. [x]({})", "```\n[x]({})\n```", "[x]\n\n[x]: {}", "{}", "https://ok.example [x]({})", "&lt;[x]({})&gt;", "[\u202ex]({})",
]  # fmt: skip
ATTRIBUTES = {"a": {"href", "rel"}}
OWN = {"id", "data-block", "title", "lang"}  # inert, wherever they stand
SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def corpus() -> list[str]:
    texts = [place.replace("{}", attack) for attack in [*SCRIPTS, *ELEMENTS, *LINKS] for place in AROUND]
    return texts + [form.replace("{}", link) for link in LINKS for form in LINK_FORMS]


def faults(html: str) -> list[str]:
    """What a browser would find in it that is not plain text with plain links."""
    found = []
    for node in LexborHTMLParser(html).css("head *, body *"):
        tag = str(node.tag)
        allowed = ATTRIBUTES.get(tag, set()) | OWN
        found += [tag] if tag not in TAGS else []
        found += [f"{tag} {name}" for name in node.attributes if name not in allowed]
        address = node.attributes.get("href") or ""
        scheme = SCHEME.match(address)
        found += [address] if scheme and scheme[1].lower() not in SCHEMES else []
    return found


def test_no_attack_of_the_corpus_becomes_anything_but_text() -> None:
    texts = corpus()
    assert len(texts) >= 3000, "the corpus has shrunk"
    assert {text: found for text in texts if (found := faults(render(text)))} == {}


def test_the_judge_of_the_corpus_knows_an_attack_when_it_sees_one() -> None:
    assert faults("<script>1</script>") == ["script"]
    assert faults('<p onclick="x">y</p>') == ["p onclick"]
    assert faults('<a href="javascript:x">y</a>') == ["javascript:x"]
    assert faults('<p id="b1" data-block="b1"><a href="https://x.example/" rel="noopener">y</a></p>') == []
