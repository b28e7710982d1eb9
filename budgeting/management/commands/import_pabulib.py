"""`manage.py import_pabulib FILE.pb`: a real election becomes a finished cycle on the site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from budgeting.allocation import PabulibError
from budgeting.services.importing import import_pabulib
from participation.errors import Refused
from participation.models import Territory


class Command(BaseCommand):
    help = "Import a participatory budgeting election in Pabulib format, counted and published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--territory", help="slug of the place; default: made from the file")
        parser.add_argument(
            "--source", default="", help="where the file comes from, shown on the page"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path}:0: cannot be read: {error}", returncode=2) from error
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is not ready: run `make demo` or `manage.py migrate`.")
        try:
            cycle = import_pabulib(
                text=text,
                name=str(path),
                source_note=options["source"] or f"Imported from {path.name} (Pabulib format).",
                territory=_territory(options["territory"]),
            )
        except PabulibError as error:
            raise CommandError(str(error), returncode=2) from error
        except (ValueError, Refused) as error:
            raise CommandError(f"{path}:0: {error}", returncode=2) from error
        self.stdout.write(f"/en/{cycle.dossier.path}results/")


def _territory(slug: str | None) -> Territory | None:
    if slug is None:
        return None
    try:
        return Territory.objects.get(slug=slug)
    except Territory.DoesNotExist as error:
        raise CommandError(f"no territory has the slug {slug!r}", returncode=2) from error
