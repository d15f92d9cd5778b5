from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from posthub.organizations.backups.copies import restore
from posthub.organizations.backups.programs import BackupError


class Command(BaseCommand):
    help = "Bring back what posthub_backup copied, and compare every table. Then run migrate_tenants."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("copy", type=Path, metavar="DIR")
        parser.add_argument("--replace", action="store_true", help="drop what the organization holds now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restored = restore(options["copy"], replace=options["replace"])
        except (BackupError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{restored}: restored, every table as it was. Now run migrate_tenants.")
