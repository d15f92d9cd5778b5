"""What workers do for a company: read its website, read its documents."""

from posthub.company.pipeline.documents import document_failed, read_document
from posthub.company.pipeline.readings import read_website

__all__ = ["document_failed", "read_document", "read_website"]
