"""A clock that tests set: Python's and the database's, so that no date of a row has to move."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import time_machine
from django.db import connection

# The database asks its own clocks when it casts, closes, and says who holds a role. Functions of
# the same names, found before the built-in ones, add what the test has moved.
CLOCKS = ("clock_timestamp", "statement_timestamp", "now")
MOVED = [
    "CREATE SCHEMA moved",
    *(
        f"CREATE FUNCTION moved.{clock}() RETURNS timestamptz LANGUAGE sql STABLE AS"
        f" 'SELECT pg_catalog.{clock}() + current_setting(''kenes.moved'')::interval'"
        for clock in CLOCKS
    ),
    "SELECT set_config('kenes.moved', '0', false)",
    "SET search_path = moved, public, pg_catalog",
]
MOVE = "SELECT set_config('kenes.moved', (%s - pg_catalog.clock_timestamp())::text, false)"


@contextmanager
def moving_clock() -> Iterator[Callable[[datetime], None]]:
    """Gives the function that moves the clock to a moment, from which it goes on."""
    with connection.cursor() as cursor, time_machine.travel(datetime.now(UTC)) as traveller:

        def go_to(moment: datetime) -> None:
            traveller.move_to(moment)
            cursor.execute(MOVE, [moment])

        for statement in MOVED:
            cursor.execute(statement)
        try:
            yield go_to
        finally:
            cursor.execute("RESET search_path; DROP SCHEMA moved CASCADE")
