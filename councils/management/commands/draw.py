"""`manage.py draw POOL.csv QUOTAS.csv --size 30`: panels that meet every quota."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from councils import draws, sortition
from councils.files import read_pool, read_quotas
from participation.file_command import FileCommand, read_text

MOST_PANELS = 100_000


class Command(FileCommand):
    help = "Panels that meet every quota, each volunteer's chance, and hashes to publish."
    reads = "POOL.csv"

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("quotas", metavar="QUOTAS.csv", type=Path)
        parser.add_argument("--size", type=int, required=True, help="seats of the panel")
        parser.add_argument("--panels", type=int, default=1000, help="in the lottery (1000)")
        parser.add_argument("--group", help="column of which one bearer at most may sit")
        parser.add_argument("--randomness", help="the public random value: draws a panel")
        parser.add_argument("--number", type=int, help="a panel drawn in the hall, from 0")
        parser.add_argument("--output", type=Path, help="folder for the files to publish")

    def result(self, file: Path, **options: Any) -> dict[str, Any]:
        if not 1 <= options["panels"] <= MOST_PANELS:
            raise ValueError(f"a lottery has from 1 to {MOST_PANELS} panels")
        people, quotas = read_pool(read_text(file)), read_quotas(read_text(options["quotas"]))
        group = options["group"]
        if group and group not in next(iter(people.values())):
            raise ValueError(f"the pool has no column {group}")
        found = sortition.lottery(
            people, quotas, options["size"], panels=options["panels"], group=group
        )
        pool, lottery = draws.pool_file(people), draws.lottery_file(found.panels)
        fair = draws.fairness(sorted(people), found.panels)
        if options["output"]:
            _publish(options["output"], {
                "pool.jsonl": pool, "lottery.txt": lottery, "quotas.csv": _quotas_file(quotas),
            })  # fmt: skip
        return {
            "pool_hash": draws.fingerprint(pool),
            "lottery_hash": draws.fingerprint(lottery),
            "size": options["size"],
            "volunteers": len(people),
            "types": found.types,
            "distinct_panels": found.distinct,
            "least_chance": found.least,
            "stats": {"min": fair.least, "max": fair.greatest, "gini": fair.gini},
            "never": found.never,
            "solver": sortition.version(),
            **_drawn(found.panels, lottery, options),
            "panels": found.panels,
        }

    def told(self, found: dict[str, Any]) -> str:
        stats = {name: round(float(value), 4) for name, value in found["stats"].items()}
        lines = [
            f"pool     {found['pool_hash']}",
            f"lottery  {found['lottery_hash']}",
            f"{found['volunteers']} volunteers of {found['types']} types; "
            f"{found['distinct_panels']} distinct panels of {found['size']}",
            f"chances from {stats['min']} to {stats['max']}, Gini {stats['gini']}",
        ]
        if found["never"]:
            lines.append(f"no panel can hold {', '.join(found['never'])}")
        if "panel" in found:
            lines.append(f"drawn: panel {found['number']}: {', '.join(found['panel'])}")
        return "\n".join(lines)


def _drawn(
    panels: tuple[draws.Panel, ...], lottery: str, options: dict[str, Any]
) -> dict[str, Any]:
    number, seed = options["number"], None
    if options["randomness"]:
        seed = draws.seed(draws.fingerprint(lottery), options["randomness"])
        number = draws.drawn_number(seed, len(panels))
    if number is None:
        return {}
    if not 0 <= number < len(panels):
        raise ValueError(f"the lottery has panels 0 to {len(panels) - 1}, not {number}")
    return {"seed": seed, "number": number, "panel": panels[number]}


def _quotas_file(quotas: list[sortition.Quota]) -> str:
    rows = (f"{quota.feature},{quota.value},{quota.low},{quota.high}\n" for quota in quotas)
    return "feature,value,min,max\n" + "".join(rows)


def _publish(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
