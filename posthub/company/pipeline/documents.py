"""Reading a document: its text in a process of its own, then the sentences that may be repeated."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from posthub.company.models import Company, Document
from posthub.company.pipeline.facts import Sentence, note_facts
from posthub.core.deadline import seconds_left
from posthub.core.errors import WorkFailed
from posthub.jobs.runner import RunningJob
from posthub.lifecycle.machine import advance

SECONDS = 20
MOST_FACTS = 200
SHORTEST, LONGEST = 30, 400
# A sentence ends before a capital letter or a number; "s.r.o.", "např." and "1." do not end one.
SENTENCE_END = re.compile(
    r"(?<=[.!?…])(?<!\b[a-zA-Zá-žÁ-Ž]\.)(?<!\bnapř\.)(?<!\d\.)[\s\u00a0]+(?=[A-ZÁ-Ž„“\"0-9])"
)
GUARANTEE = re.compile(r"\b(záru[kč]|garan[ct]|guarantee|warrant)", re.IGNORECASE)


def read_document(job: RunningJob) -> None:
    """Take out the text and note its facts; a file that cannot be read says why."""
    document = Document.objects.filter(pk=job.payload["document"], state="READING").first()
    if document is None or document.revision != job.payload["revision"]:
        return
    job.step(_("Reading the text"), 20)
    with document.file.open("rb") as file:
        text, problem = text_of(file.read(), str(document.file.name).rpartition(".")[2])
    job.step(_("Noting the facts"), 80)
    with job.effect():
        if problem:
            advance(document, "FAILED", why=problem)
            return
        company = Company.objects.select_for_update().get(pk=document.company_id)
        ready = advance(document, "READY")
        ready.text = text
        ready.save(update_fields=["text", "updated_at"])
        note_facts(company, list(sentences_of(text)), document=ready)


def document_failed(payload: dict[str, Any], cause: str) -> None:
    """The job itself was lost: the document says so and can be read again."""
    document = Document.objects.filter(pk=payload["document"], state="READING").first()
    if document is not None:
        advance(document, "FAILED", why=cause)


def text_of(content: bytes, kind: str) -> tuple[str, str]:
    """The text and "", or "" and why there is none, in plain words."""
    environment = {"PYTHONPATH": str(settings.ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 (our own module; the file comes in as data)
            [sys.executable, "-m", "posthub.company.extract_text", kind],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds_left(SECONDS),
            env={**environment, "PATH": os.defpath},
            cwd=settings.ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "", _("This document takes too long to read. Save it in a simpler form and upload it again.")
    except OSError as problem:
        raise WorkFailed(_("The document could not be read just now."), permanent=False) from problem
    if done.returncode != 0:
        return "", _("This file is damaged or built in a way we cannot read.")
    answer = json.loads(done.stdout)
    problems = {
        "locked": _("This document is locked with a password. Upload it without one."),
        "empty": _("There is no text in this document. Scanned pages have to be recognised first."),
    }
    return answer.get("text", ""), problems.get(answer.get("problem", ""), "")


def sentences_of(text: str) -> Iterator[Sentence]:
    """Whole sentences fit to be repeated; headings, lists of contents and fragments are passed over."""
    given = 0
    for paragraph in re.split(r"\n\s*\n|\r\n\s*\r\n", text):
        for piece in SENTENCE_END.split(" ".join(paragraph.split())):
            sentence = piece.strip(" \u00a0-–•*#>")
            if SHORTEST <= len(sentence) <= LONGEST and sentence[-1] in ".!?" and sentence.count(" ") >= 3:
                yield Sentence(sentence, kind_of(sentence))
                given += 1
                if given >= MOST_FACTS:
                    return


def kind_of(sentence: str) -> str:
    if GUARANTEE.search(sentence):
        return "guarantee"
    return "number" if re.search(r"\d", sentence) else "general"
