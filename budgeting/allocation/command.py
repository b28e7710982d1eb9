"""The command line of the count: `tally FILE.pb`, without Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, NoReturn, TextIO

from budgeting.allocation.counting import count
from budgeting.allocation.election import Election
from budgeting.allocation.explanation import explain
from budgeting.allocation.pabulib import PabulibError, read_pabulib
from budgeting.allocation.rule import COMPLETIONS, METHODS, SATISFACTIONS, Rule

#: Exit code for a bad file or a bad combination of options.
EXIT_BAD_INPUT = 2


class _Parser(argparse.ArgumentParser):
    """Complains in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(EXIT_BAD_INPUT, f"{self.prog}: {message}\n")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `tally`."""
    parser.add_argument("file", metavar="FILE.pb", help="election in Pabulib format")
    parser.add_argument("--rule", choices=METHODS, help="instead of the one the file declares")
    parser.add_argument(
        "--satisfaction", choices=SATISFACTIONS, help="utility under equal-shares (cost)"
    )
    parser.add_argument("--completion", choices=COMPLETIONS, help="after equal-shares (none)")
    parser.add_argument("--step", metavar="UNITS", help="increment of add1 in currency units (1)")
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON")


def declared_rule(election: Election) -> Rule:
    """The rule in the file. PabulibError points at the line that declares it."""
    try:
        return Rule.from_metadata(election)
    except ValueError as error:
        raise PabulibError(election.name, election.meta_lines.get("rule", 1), str(error)) from None


def chosen_rule(election: Election, options: dict[str, Any]) -> Rule:
    """The declared rule, or the one the options describe. ValueError: they do not fit."""
    rule = Rule(options["rule"]) if options.get("rule") else declared_rule(election)
    given = {
        name: options[name]
        for name in ("satisfaction", "completion", "step")
        if options.get(name) is not None
    }
    if given and rule.method != "equal-shares":
        raise ValueError(
            f"--{next(iter(given))} belongs to equal-shares, the rule is {rule.method}"
        )
    if "step" in given:
        try:
            given["step"] = Fraction(given["step"])
        except (ValueError, ZeroDivisionError):
            raise ValueError(f"--step {given['step']!r} is not a number") from None
    rule = replace(rule, **given)
    if "step" in given and rule.completion not in ("add1", "add1u"):
        raise ValueError("--step belongs to completion add1 or add1u")
    return rule


def tally(options: dict[str, Any], out: TextIO) -> str | None:
    """Count and print; what is wrong with the input comes back as one line."""
    try:
        election = read_pabulib(options["file"])
        result = count(election, chosen_rule(election, options))
    except PabulibError as error:
        return str(error)
    except ValueError as error:
        return f"{options['file']}: {' '.join(str(error).split())}"
    if options.get("json"):
        out.write(json.dumps(result.to_dict(), ensure_ascii=False, indent=1) + "\n")
        return None
    for line in [*explain(result), *(f"Warning: {text}" for text in election.warnings)]:
        out.write(line + "\n")
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from a shell; returns the exit code."""
    parser = _Parser(prog="tally", description=__doc__)
    add_arguments(parser)
    problem = tally(vars(parser.parse_args(arguments)), sys.stdout)
    if problem is None:
        return 0
    sys.stderr.write(problem + "\n")
    return EXIT_BAD_INPUT
