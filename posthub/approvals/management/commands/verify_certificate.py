import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from posthub.approvals.certificate import taken_from_pdf, verify


class Command(BaseCommand):
    help = (
        "Check a sign-off certificate, JSON or PDF: whether it is ours, whole, and names who approved what."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        data = options["file"].read_bytes()
        try:
            certificate = taken_from_pdf(data) if data.startswith(b"%PDF") else json.loads(data)
        except ValueError:
            certificate = None
        verdict = verify(certificate)
        for problem in verdict.problems:
            self.stderr.write(problem)
        if not verdict.good:
            sys.exit(1)
        self.stdout.write(f"Good: {len(certificate['items'])} of {certificate['organization']['name']}")
