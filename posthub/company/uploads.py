"""Whether an uploaded file is what it says it is. Nothing of it is opened beyond what the check needs."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile as File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from posthub.core.errors import Refused

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
    "md": "text/markdown",
}
ACCEPT = ",".join(f".{kind}" for kind in CONTENT_TYPES)
ZIP_ENTRIES = 2000
ZIP_BYTES = 60 * 1024 * 1024
ZIP_RATIO = 150  # of one entry; XML packs about twenty times, a bomb a thousand times
ZIP_RATIO_FROM = 256 * 1024  # small entries may pack as they like
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
MACROS = re.compile(r"vbaProject|vbaData|macrosheets|activeX|\.bin$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that passed the checks; `kind` is its extension without the dot."""

    name: str
    kind: str
    content: bytes

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]


def checked(file: "File[bytes]") -> Upload:
    """The file's content, if it is a PDF, DOCX, TXT or MD inside the limits. Raises Refused."""
    name = plain_name(file.name or "")
    kind = PurePosixPath(name).suffix.lower().removeprefix(".")
    if kind not in CONTENT_TYPES:
        raise Refused(_("“%(name)s” is no PDF, DOCX, TXT or MD.") % {"name": name})
    limit = settings.DOCUMENT_MAX_BYTES
    if (file.size or 0) > limit:
        raise Refused(
            _("“%(name)s” is larger than %(limit)s.") % {"name": name, "limit": filesizeformat(limit)}
        )
    content = file.read(limit + 1)
    if not content.strip():
        raise Refused(_("“%(name)s” is empty.") % {"name": name})
    if len(content) > limit:
        raise Refused(
            _("“%(name)s” is larger than %(limit)s.") % {"name": name, "limit": filesizeformat(limit)}
        )
    if kind == "pdf" and b"%PDF-" not in content[:1024]:
        raise Refused(_("“%(name)s” is not really a PDF.") % {"name": name})
    if kind == "docx":
        _check_docx(name, content)
    if kind in {"txt", "md"} and CONTROL.search(content):
        raise Refused(_("“%(name)s” is not plain text.") % {"name": name})
    return Upload(name, kind, content)


def plain_name(name: str) -> str:
    """The last part of the name without what could be taken for a path, a command or another direction."""
    last = re.split(r"[\\/]", name)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem, dot, kind = shown.strip().rpartition(".")
    return f"{stem[:180]}{dot}{kind[:10]}" or _("document")


def _check_docx(name: str, content: bytes) -> None:
    broken = Refused(_("“%(name)s” is not really a Word document (DOCX).") % {"name": name})
    if not content.startswith(b"PK\x03\x04"):
        raise broken
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(name, entries)
            types = archive.read("[Content_Types].xml") if entries else b""
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError, EOFError) as problem:
        raise broken from problem
    names = {entry.filename for entry in entries}
    if "word/document.xml" not in names:
        raise broken
    if b"macroEnabled" in types or any(MACROS.search(entry) for entry in names):
        raise Refused(_("“%(name)s” holds macros. Save it without them.") % {"name": name})


def _check_entries(name: str, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what would unpack to far more than it weighs, before anything is unpacked."""
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > ZIP_RATIO_FROM and entry.file_size > ZIP_RATIO * max(1, entry.compress_size)
        for entry in entries
    )
    if len(entries) > ZIP_ENTRIES or unpacked > ZIP_BYTES or swollen:
        raise Refused(_("“%(name)s” unpacks to more than a document should.") % {"name": name})
