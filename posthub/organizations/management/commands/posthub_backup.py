from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from posthub.organizations.backups.copies import back_up, back_up_everything
from posthub.organizations.backups.programs import BackupError
from posthub.organizations.models import Organization


class Command(BaseCommand):
    help = "Copy one organization (its schema's name), or everything, into a new directory."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "organization", nargs="?", metavar="SCHEMA", help="everything, where none is named"
        )
        parser.add_argument(
            "--to", type=Path, required=True, metavar="DIR", help="where the directory is made"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["organization"]
        organization = Organization.objects.filter(schema_name=name).first()
        if name and organization is None:
            raise CommandError(f"There is no organization {name}.")
        try:
            made = back_up(organization, options["to"]) if organization else back_up_everything(options["to"])
        except (BackupError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(str(made))
