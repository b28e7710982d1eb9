#!/usr/bin/env python
"""Command line of the platform; `manage.py demo` runs all of it with data."""

import os
import sys

# These read and write files only: they need neither a database nor a broker.
COMMANDS_WITHOUT_SERVICES = {
    "tally",
    "specialisation",
    "rank_ideas",
    "delphi",
    "consensus",
    "due_date",
    "composition",
    "draw",
    "makemessages",
    "compilemessages",
    "help",
    "--help",
    "--version",
}
# These face the public or judge the installation: they never fall back to the demo's settings.
COMMANDS_OF_AN_OPERATOR = {"runserver", "check"}


def choose_mode(command: str) -> None:
    """A checkout with neither SECRET_KEY nor DATABASE_URL is somebody trying it: use the demo."""
    if command == "demo":
        os.environ["KENES_MODE"] = "demo"
    is_named = os.environ.get("SECRET_KEY") or os.environ.get("DATABASE_URL")
    if not is_named and command not in COMMANDS_OF_AN_OPERATOR:
        os.environ.setdefault("KENES_MODE", "demo")
    if command in COMMANDS_WITHOUT_SERVICES:
        os.environ["KENES_MODE"] = "offline"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    choose_mode(sys.argv[1] if len(sys.argv) > 1 else "help")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
