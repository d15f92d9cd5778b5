"""What stands in a document, read in this process: the one of its own is tested with the documents."""

import io

import pytest
from docx import Document as Word
from pypdf import PdfReader, PdfWriter

from posthub.company.extract_text import MOST_SIGNS, LockedError, extract
from tests.company.test_documents import pdf, word


def with_table() -> bytes:
    document, out = Word(), io.BytesIO()
    document.add_paragraph("Prices")
    document.add_paragraph("  ")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Loaf", "90 Kč", "Roll", ""], strict=True):
        cell.text = text
    document.save(out)
    return out.getvalue()


def with_password(content: bytes) -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(content))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("pdf", pdf("Price list"), "Price list"),
        ("docx", word("About us", "Since 1991"), "About us\n\nSince 1991"),
        ("docx", with_table(), "Prices\n\nLoaf, 90 Kč\n\nRoll"),
        ("txt", "Poctivý chléb".encode("utf-8-sig"), "Poctivý chléb"),
        ("txt", "Poctivý chléb".encode("cp1250"), "Poctivý chléb"),
        ("md", "# Chléb \x00".encode(), "# Chléb"),
        ("txt", b"\x81 odd", "\ufffd odd"),
    ],
)
def test_the_text_comes_as_it_stands(kind: str, content: bytes, text: str) -> None:
    assert extract(kind, content) == {"text": text}


def test_a_long_document_is_cut() -> None:
    assert len(extract("txt", b"word " * MOST_SIGNS)["text"]) == MOST_SIGNS - 1  # less the blank at the end


@pytest.mark.parametrize(("kind", "content"), [("txt", b" \n"), ("docx", word()), ("pdf", pdf(" "))])
def test_a_document_without_text_says_so(kind: str, content: bytes) -> None:
    assert extract(kind, content) == {"problem": "empty"}


def test_a_locked_document_is_not_read() -> None:
    with pytest.raises(LockedError):
        list(extract("pdf", with_password(pdf("Price list"))))
