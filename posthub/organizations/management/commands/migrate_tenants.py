from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from posthub.core.tasks import make_transport_tables
from posthub.organizations.migrating import Outcome, migrate_everything
from posthub.organizations.migration_preview import preview


class Command(BaseCommand):
    help = "Bring the database up to this release: public schema, template for new organizations, each organization."
    # As with Django's own `migrate`: what the checks look at is not what is done here, and they take a second.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--plan", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument(
            "--canary",
            action="append",
            default=[],
            metavar="SCHEMA",
            help="migrate this organization first, and no other one if it fails; may be given several times",
        )
        parser.add_argument(
            "--anew", action="store_true", help="look into every schema, whatever the ledger says"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["plan"]:
            for line in preview():
                self.stdout.write(line)
            return
        outcome = migrate_everything(canaries=options["canary"], anew=options["anew"])
        make_transport_tables()
        self._say(outcome)

    def _say(self, outcome: Outcome) -> None:
        if outcome.public:
            self.stdout.write("public: migrated")
        if not outcome.failed:
            self.stdout.write(f"organizations: {len(outcome.migrated)} migrated, all up to date")
            return
        named = "\n".join(f"  {schema}: {cause}" for schema, cause in outcome.failed.items())
        others = "the others were left alone" if outcome.stopped else f"{len(outcome.migrated)} migrated"
        raise CommandError(
            f"{len(outcome.failed)} organizations could not be migrated and are in maintenance; {others}:\n{named}\n"
            "Mend the cause and run this again: what is done is not done twice."
        )
