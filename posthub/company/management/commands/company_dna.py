"""Print what the website reader and the offline provider find on a site. Needs no database."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from posthub.company.extraction import Findings, find_all
from posthub.company.reader import SiteReading, read_site


class Command(BaseCommand):
    help = "Read a website and print its company's DNA."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        reading = read_site(options["url"], allow=getattr(settings, "READER_ALLOW", ()))
        if not reading.pages:
            reasons = "; ".join(
                dict.fromkeys(f"{problem.url}: {problem.reason}" for problem in reading.problems)
            )
            raise CommandError(f"Nothing could be read from {options['url']} ({reasons or 'no answer'}).")
        findings = find_all(reading)
        if options["as_json"]:
            self.stdout.write(json.dumps(as_json(reading, findings), ensure_ascii=False, indent=2))
        else:
            self._table(reading, findings)

    def _table(self, reading: SiteReading, findings: Findings) -> None:
        for key, point in findings.points.items():
            value = (
                point.value if isinstance(point.value, str) else json.dumps(point.value, ensure_ascii=False)
            )
            mark = "~" if point.inferred else " "
            self.stdout.write(f"{key:32}{mark}{point.confidence:4.2f}  {value[:160]}")
            if point.quote:
                self.stdout.write(f"{'':38}“{point.quote[:140]}” {point.source_url}")
        self.stdout.write(
            f"{len(findings.points)} points and {len(findings.facts)} facts from {len(reading.pages)} pages"
        )
        for problem in reading.problems:
            self.stdout.write(f"not read: {problem.url}: {problem.reason}")


def as_json(reading: SiteReading, findings: Findings) -> dict[str, Any]:
    return {
        "points": {key: point.model_dump(exclude={"key"}) for key, point in findings.points.items()},
        "pages": [
            {"url": page.url, "title": page.title, "language": page.language, "status": page.status}
            for page in reading.pages
        ],
        "facts": [fact.model_dump() for fact in findings.facts],
        "problems": [
            {"url": problem.url, "reason": problem.reason, "status": problem.status}
            for problem in reading.problems
        ],
    }
