"""Replace numbers by their hashes before a register leaves its keeper: `hash_register < IN > OUT`.

Needs the key file of the site and no database. Lines whose number is wrong are left out and named
on the error stream by their place alone.
"""

import csv
import sys
from typing import Any

from budgeting.electorate.iin import fault_of
from budgeting.electorate.register_rows import ALIASES, HASH, IIN
from budgeting.register_keys import register_key
from participation.file_command import OneLineCommand


class Command(OneLineCommand):
    help = "Copy a register (CSV) with iin_hash in place of iin."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = csv.reader(sys.stdin)
        names = [ALIASES.get(name.strip().casefold(), name.strip()) for name in next(rows, [])]
        if IIN not in names:
            self.refuse("line 1: there is no column iin")
        place, key = names.index(IIN), register_key()
        out = csv.writer(self.stdout)
        out.writerow([HASH if name == IIN else name for name in names])
        for line, cells in enumerate(rows, start=2):
            if len(cells) != len(names) or fault_of(cells[place].strip()):
                self.stderr.write(f"line {line} is left out", style_func=str)
                continue
            cells[place] = key.number(cells[place].strip()).hex()
            out.writerow(cells)
