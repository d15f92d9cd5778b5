from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from posthub.ui import reference

ROOT = Path(__file__).resolve().parents[4]


class Command(BaseCommand):
    help = "Writes docs/components.md from the components themselves."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        target = ROOT / "docs" / "components.md"
        target.write_text(reference.as_markdown(), encoding="utf-8")
        self.stdout.write(f"{target.relative_to(ROOT)} written")
