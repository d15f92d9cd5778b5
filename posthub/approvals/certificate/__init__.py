"""The sign-off certificate: who said yes to which exact words, when and how, so that anybody can check it later."""

from posthub.approvals.certificate.paper import as_pdf, taken_from_pdf
from posthub.approvals.certificate.signing import Verdict, as_json, signed, verify
from posthub.approvals.certificate.wording import of_month, of_subject

__all__ = ["Verdict", "as_json", "as_pdf", "of_month", "of_subject", "signed", "taken_from_pdf", "verify"]
