"""The certificate as a PDF; the JSON that can be checked is attached to it."""

import datetime
import io
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from posthub.approvals.certificate.signing import as_json
from posthub.approvals.models import Outcome
from posthub.content.platforms import PLATFORMS

DATA = Path(__file__).resolve().parent.parent / "data"
NAME = "sign-off.json"
INK, QUIET = (20, 26, 46), (93, 103, 128)


def as_pdf(certificate: dict[str, Any], *, zone: str) -> bytes:
    paper = _Paper(zone)
    paper.say(_("Sign-off certificate"), size=22, bold=True)
    paper.say(certificate["organization"]["name"], size=13)
    paper.say(_("Issued %(when)s") % {"when": paper.clock(certificate["issued_at"])}, quiet=True)
    for item in certificate["items"]:
        paper.ln(6)
        paper.item(item)
    paper.ln(6)
    paper.say(
        _("The attached file %(name)s holds everything that is needed to check this.") % {"name": NAME},
        quiet=True,
    )
    paper.say(f"Ed25519 {certificate['key']}", quiet=True)
    paper.embed_file(basename=NAME, bytes=as_json(certificate), desc=str(_("Sign-off certificate")))
    return bytes(paper.output())


class _Paper(FPDF):
    def __init__(self, zone: str) -> None:
        super().__init__(format="A4")
        self.zone = ZoneInfo(zone)
        self.add_font("figtree", fname=DATA / "figtree-regular.ttf")
        self.add_font("figtree", "B", fname=DATA / "figtree-bold.ttf")
        self.set_margin(20)
        self.set_auto_page_break(True, 20)
        self.set_title(str(_("Sign-off certificate")))
        self.add_page()

    def say(self, text: str, *, size: float = 10, bold: bool = False, quiet: bool = False) -> None:
        self.set_font("figtree", "B" if bold else "", 8.5 if quiet else size)
        self.set_text_color(*(QUIET if quiet else INK))
        self.multi_cell(0, (8.5 if quiet else size) * 0.52, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def clock(self, moment: str) -> str:
        return date_format(datetime.datetime.fromisoformat(moment).astimezone(self.zone), "DATETIME_FORMAT")

    def item(self, item: dict[str, Any]) -> None:
        self.say(item["title"], size=13, bold=True)
        if item["kind"] == "post":
            said = {"network": PLATFORMS[item["network"]].name, "when": self.clock(item["goes_out_at"])}
            self.say(_("%(network)s, goes out %(when)s") % said, quiet=True)
            if item["media"]:
                self.say(f"{item['media']['alt']} (SHA-256 {item['media']['sha256']})", quiet=True)
        for decision in item["decisions"]:
            ways = {
                "mail": _("by mail"),
                "account": _("signed in"),
                "rule": _("by the rule this person switched on; nobody decided in time"),
            }
            how = ways[decision["via"]]
            outcome = Outcome(decision["outcome"]).label
            self.say(f"{outcome}: {decision['by']}, {self.clock(decision['at'])}, {how}")
        self.say(f"SHA-256 {item['content_hash']}", quiet=True)
        self.ln(1)
        self.say(item["text"])


def taken_from_pdf(data: bytes) -> Any:
    """The certificate that is attached to a PDF, None where there is none."""
    try:
        attached = PdfReader(io.BytesIO(data)).attachments.get(NAME, [])
        return json.loads(attached[0]) if attached else None
    except (PdfReadError, ValueError, KeyError, TypeError, RecursionError):
        return None
