"""The text of one document, taken out by a process of its own that may use little and write nothing.

`python -m posthub.company.extract_text pdf|docx|txt|md` reads the file from standard input and answers
with JSON: {"text": …} or {"problem": "locked" | "empty"}; a damaged file ends it with another exit code
than 0. Imports nothing of Django.
"""

import json
import resource
import sys
from collections.abc import Iterator
from io import BytesIO

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 15
MOST_SIGNS = 400_000
MOST_PAGES = 300


def set_limits() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def extract(kind: str, content: bytes) -> dict[str, str]:
    readers = {"pdf": _pdf, "docx": _docx, "txt": _plain, "md": _plain}
    pieces: list[str] = []
    length = 0
    for piece in readers[kind](content):
        pieces.append(piece)
        length += len(piece)
        if length > MOST_SIGNS:
            break
    text = "\n\n".join(pieces).replace("\x00", "")[:MOST_SIGNS].strip()
    return {"text": text} if text else {"problem": "empty"}


class LockedError(Exception):
    """The document asks for a password."""


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise LockedError
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            return
        yield page.extract_text() or ""


def _docx(content: bytes) -> Iterator[str]:
    from docx import Document

    document = Document(BytesIO(content))
    for paragraph in document.paragraphs:
        if paragraph.text.strip():
            yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
            yield ", ".join(cell for cell in cells if cell)


def _plain(content: bytes) -> Iterator[str]:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            yield content.decode(encoding)
            return
        except UnicodeDecodeError:
            continue
    yield content.decode("cp1250", errors="replace")


def main() -> int:
    set_limits()
    content = sys.stdin.buffer.read()
    try:
        answer = extract(sys.argv[1], content)
    except LockedError:
        answer = {"problem": "locked"}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
