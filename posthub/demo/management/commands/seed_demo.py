from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from posthub.core.errors import PostHubError
from posthub.demo.seed import seed


class Command(BaseCommand):
    help = "Fill the demo's organizations through the pipeline; goes on where an earlier run stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site-url", required=True, help="the website of the demo's company")
        parser.add_argument("--json", required=True, type=Path, help="where to write how to sign in")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seed(site_url=options["site_url"], json_path=options["json"], say=self.stdout.write)
        except PostHubError as problem:
            raise CommandError(problem.message) from problem
