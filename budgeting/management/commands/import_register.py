"""Import a register of residents from a file on this machine: `import_register taraz-2027 FILE`.

For registers too large for a browser. The file is sealed as it is read in and goes the same way as
one that is handed in on the page; wrong lines are printed as a table.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.core.files import File
from django.core.management.base import CommandError, CommandParser

from budgeting.models import Cycle, RegisterImport
from budgeting.register_keys import register_key
from budgeting.register_words import FAULTS
from budgeting.sealed_uploads import PIECE, sealed
from budgeting.services.proofs.imports import faults_of, hand_in_register, read_register
from participation.file_command import OneLineCommand


class Command(OneLineCommand):
    help = "Import a register of residents (CSV) into a budget."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cycle", help="address of the budget, for example taraz-2027")
        parser.add_argument("file", type=Path)
        parser.add_argument("--trial", action="store_true", help="only check, take nothing over")
        parser.add_argument("--keep-good", action="store_true", help="take over the good lines")

    def handle(self, *args: Any, **options: Any) -> None:
        cycle = Cycle.objects.filter(slug=options["cycle"]).first()
        if cycle is None:
            raise CommandError(f"there is no budget {options['cycle']}")
        try:
            source = self._read(cycle, options)
        except OSError as error:
            self.refuse(f"{error.filename}: {error.strerror}")
        for line, column, problem in faults_of(source):
            self.stdout.write(f"{line}\t{column}\t{FAULTS[problem]}")
        if source.problem:
            self.refuse(f"{FAULTS[source.problem]} {source.columns}")
        self.stdout.write(
            f"{source.state}: {source.lines_read} lines, {source.lines_new} new, "
            f"{source.lines_known} known, {source.lines_wrong} wrong"
        )

    def _read(self, cycle: Cycle, options: dict[str, Any]) -> RegisterImport:
        path: Path = options["file"]
        with path.open("rb") as clear, TemporaryFile() as copy:
            pieces: Iterator[bytes] = iter(lambda: clear.read(PIECE), b"")
            copy.writelines(sealed(pieces, register_key().seal()))
            copy.seek(0)
            source = hand_in_register(
                by=None,
                cycle=cycle,
                file=File(copy),
                size=path.stat().st_size,
                is_trial=options["trial"],
                keeps_good_lines=options["keep_good"],
            )
        return read_register(source=source)
