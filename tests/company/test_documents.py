"""Documents: what is let in, what is read out, what hostile files come to."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Word

from posthub.company import pipeline
from posthub.company.models import Document, Fact
from posthub.company.operations import add_document, read_document_again, remove_document
from posthub.company.pipeline.documents import sentences_of, text_of
from posthub.company.queries import usable_facts
from posthub.company.uploads import Upload, checked, plain_name
from posthub.core.errors import Refused
from posthub.jobs.models import Job
from tests.company.conftest import running

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def word(*paragraphs: str) -> bytes:
    document, out = Word(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def pdf(text: str) -> bytes:
    """The smallest PDF with one line of text."""
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 200] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def packed(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("ceník.PDF", pdf("Price list"), "pdf"),
        ("about.docx", word("About us"), "docx"),
        ("notes.txt", "Poctivý chléb".encode("cp1250"), "txt"),
        ("notes.md", b"# Notes", "md"),
    ],
)
def test_the_four_kinds_are_let_in(name, content, kind):
    assert checked(upload(name, content)).kind == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<p>hello</p>"),
        ("program.exe", b"MZ"),
        ("noextension", b"text"),
        ("fake.pdf", b"<html>not a pdf</html>"),
        ("fake.docx", b"PK\x03\x04 broken"),
        ("text.docx", b"just text"),
        ("sheet.docx", packed({"[Content_Types].xml": TYPES.encode(), "xl/workbook.xml": b"<x/>"})),
        ("program.txt", b"MZ\x00\x00\x01"),
        ("empty.txt", b"  \n"),
        (
            "macros.docx",
            packed(
                {
                    "[Content_Types].xml": TYPES.encode(),
                    "word/document.xml": b"<w/>",
                    "word/vbaProject.bin": b"x",
                }
            ),
        ),
        (
            "macros2.docx",
            packed(
                {
                    "[Content_Types].xml": TYPES.replace("application/xml", "a.macroEnabled.main").encode(),
                    "word/document.xml": b"<w/>",
                }
            ),
        ),
        (
            "bomb.docx",
            packed({"[Content_Types].xml": TYPES.encode(), "word/document.xml": b"\x20" * 50_000_000}),
        ),
        (
            "many.docx",
            packed({"[Content_Types].xml": TYPES.encode(), "word/document.xml": b"<w/>"}
                   | {f"word/{number}.xml": b"" for number in range(2100)}),
        ),
    ],
)  # fmt: skip
def test_whatever_is_not_what_it_says_is_refused(name, content):
    with pytest.raises(Refused):
        checked(upload(name, content))


def test_a_file_over_the_limit_is_refused(settings):
    settings.DOCUMENT_MAX_BYTES = 2000
    with pytest.raises(Refused, match="larger"):
        checked(upload("long.txt", b"word " * 1000))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\secret\\plan.pdf", "plan.pdf"),
        ("a\u202etxt.exe.pdf", "atxt.exe.pdf"),
        ("x" * 300 + ".docx", "x" * 180 + ".docx"),
    ],
)
def test_a_name_is_only_a_name(given, kept):
    assert plain_name(given) == kept


def test_text_is_read_out_of_each_kind():
    assert text_of(pdf("Eleven slates a day."), "pdf") == ("Eleven slates a day.", "")
    assert text_of(word("First.", "Second."), "docx") == ("First.\n\nSecond.", "")
    assert text_of("Poctivý chléb".encode("cp1250"), "txt") == ("Poctivý chléb", "")
    assert text_of("﻿Honest bread".encode(), "md") == ("Honest bread", "")


def test_a_broken_file_says_so_in_words():
    text, problem = text_of(b"%PDF-1.4 and nothing else", "pdf")
    assert (text, problem != "") == ("", True)
    assert text_of(packed({"word/document.xml": b"<w/>"}), "docx")[0] == ""


def test_a_document_without_text_says_so():
    assert "no text" in text_of(pdf(""), "pdf")[1]


def test_an_entity_bomb_in_a_document_ends_within_its_limits():
    laughs = "".join(f'<!ENTITY l{n + 1} "{("&l" + str(n) + ";") * 10}">' for n in range(9))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "lol">{laughs}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(io.BytesIO(word("x"))) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    text, _problem = text_of(packed({**entries, "word/document.xml": body.encode()}), "docx")
    assert len(text) < 500_000
    assert "lollollol" not in text


def read(company, cast, content: bytes, name: str = "about.txt") -> Document:
    document = add_document(company, upload=checked(upload(name, content)), by=cast.sofia)
    pipeline.read_document(running(Job.objects.get(task="company.read_document")))
    document.refresh_from_db()
    return document


ABOUT = (
    b"About\n\nWe laid slate on more than 900 roofs in York. Our guarantee covers the first ten years. "
    b"Ask for Ruth at the desk whenever you need an answer. Too short."
)


def test_a_document_is_kept_in_the_organizations_own_folder_and_becomes_facts(company, cast, tenant):
    document = read(company, cast, ABOUT)
    assert document.state == "READY"
    assert document.file.name.startswith(f"org/{tenant.schema_name}/")
    assert [(f["id"], f["kind"], f["text"]) for f in usable_facts(company)] == [
        ("d:0", "number", "We laid slate on more than 900 roofs in York."),
        ("d:1", "guarantee", "Our guarantee covers the first ten years."),
        ("d:2", "general", "Ask for Ruth at the desk whenever you need an answer."),
    ]
    assert Job.objects.get().state == "DONE"


def test_reading_a_document_twice_notes_its_facts_once(company, cast):
    read(company, cast, ABOUT)
    pipeline.read_document(running(Job.objects.get()))
    assert Fact.objects.count() == 3


def test_a_document_that_cannot_be_read_says_why_and_may_be_tried_again(company, cast):
    document = read(company, cast, b"%PDF-1.4 and nothing else", "broken.pdf")
    assert (document.state, document.cause != "") == ("FAILED", True)
    read_document_again(document, by=cast.sofia)
    assert Job.objects.filter(state="QUEUED").count() == 1


def test_a_lost_reading_leaves_a_document_that_says_so(company, cast):
    document = add_document(company, upload=checked(upload("a.txt", ABOUT)), by=cast.sofia)
    pipeline.document_failed({"document": str(document.pk)}, "The work was interrupted too often.")
    document.refresh_from_db()
    assert (document.state, document.cause) == ("FAILED", "The work was interrupted too often.")


def test_removing_a_document_removes_its_facts_and_its_file(
    company, cast, django_capture_on_commit_callbacks
):
    document = read(company, cast, ABOUT)
    path = document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(document, by=cast.sofia)
    assert (Document.objects.count(), Fact.objects.count()) == (0, 0)
    assert not default_storage.exists(path)


def test_there_is_room_for_fifty_documents(company, cast):
    for number in range(50):
        content = f"text {number}".encode()
        add_document(company, upload=Upload(f"{number}.txt", "txt", content), by=cast.sofia)
    with pytest.raises(Refused, match="50"):
        add_document(company, upload=Upload("more.txt", "txt", b"text"), by=cast.sofia)


def test_czech_sentences_are_parted_where_they_end():
    text = (
        "Založili nás v r. 1998 pánové A. Novák a spol. z Brna. Pečeme např. Šumavu každé ráno od tří hodin."
    )
    assert [sentence.text for sentence in sentences_of(text)] == [
        "Založili nás v r. 1998 pánové A. Novák a spol. z Brna.",
        "Pečeme např. Šumavu každé ráno od tří hodin.",
    ]
