"""Documents the client gives: taken in, read again, removed."""

import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from posthub.company.models import Company, Document
from posthub.company.operations.companies import locked_company
from posthub.company.uploads import Upload
from posthub.core.database import connection
from posthub.core.errors import Refused
from posthub.core.files import folder_of
from posthub.jobs.models import Job
from posthub.jobs.operations import enqueue
from posthub.lifecycle.machine import advance, begin

MOST_DOCUMENTS = 50


@transaction.atomic
def add_document(company: Company, *, upload: Upload, by: Any) -> Document:
    """Keep a checked file under the organization's own folder and have its text read."""
    locked_company(company)
    if company.documents.count() >= MOST_DOCUMENTS:
        raise Refused(
            _("There is room for %(number)s documents. Remove one first.") % {"number": MOST_DOCUMENTS}
        )
    if any(
        _holds(document, upload.content) for document in company.documents.filter(size=len(upload.content))
    ):
        raise Refused(_("“%(name)s” is here already.") % {"name": upload.name})
    path = f"{folder_of(connection.schema_name)}/{uuid.uuid4()}.{upload.kind}"
    document = Document(
        company=company,
        name=upload.name,
        content_type=upload.content_type,
        size=len(upload.content),
        file=default_storage.save(path, ContentFile(upload.content)),
    )
    begun = begin(document, "READING", by=by)
    _have_read(begun, by=by)
    return begun


def _holds(document: Document, content: bytes) -> bool:
    try:
        with document.file.open("rb") as file:
            same: bool = file.read() == content
    except FileNotFoundError:
        return False  # the row outlived its file: what comes now is all there is of it
    return same


def _have_read(document: Document, *, by: Any) -> Job:
    return enqueue(
        "company.read_document",
        key=f"{document.pk}:{document.revision}",
        payload={"document": str(document.pk), "revision": document.revision},
        title=_("Reading %(name)s") % {"name": document.name},
        by=by,
        result_url=reverse("company:documents"),
    )


@transaction.atomic
def read_document_again(document: Document, *, by: Any) -> Document:
    begun = advance(document, "READING", by=by)
    _have_read(begun, by=by)
    return begun


@transaction.atomic
def remove_document(document: Document, *, by: Any) -> None:
    """Forget the document, its facts and its file."""
    path = str(document.file.name)
    document.delete()
    transaction.on_commit(lambda: default_storage.delete(path))
