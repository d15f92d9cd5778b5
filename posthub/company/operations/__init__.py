"""What people do with a company: start it, have it read, judge what was found, give documents."""

from posthub.company.operations.companies import (
    change_company,
    read_website,
    reading_failed,
    start_company,
)
from posthub.company.operations.documents import add_document, read_document_again, remove_document
from posthub.company.operations.points import (
    accept_dna,
    dismiss_dna,
    fill_point,
    judge_point,
    keep_old_value,
    take_new_value,
)

__all__ = [
    "accept_dna",
    "add_document",
    "change_company",
    "dismiss_dna",
    "fill_point",
    "judge_point",
    "keep_old_value",
    "read_document_again",
    "read_website",
    "reading_failed",
    "remove_document",
    "start_company",
    "take_new_value",
]
