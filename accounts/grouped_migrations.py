"""Migrations that make many tables: their models are drawn once, not once for each table."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import cast

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Models that follow one another.

    After each CreateModel Django draws every model anew that is joined to the new one, which here
    is nearly all of them: with some 200 models that is most of the time of a first `migrate`.
    """

    category = OperationCategory.ADDITION

    def __init__(self, operations: list[migrations.CreateModel]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # a cached property: drawn again at the next look
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


class GroupedMigration(migrations.Migration):
    """A migration whose runs of CreateModel are one operation each."""

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        # The stubs know the class's list only; Django's own __init__ copies it to the instance.
        self.operations = list(_grouped(self.operations))  # type: ignore[misc]


def _grouped(operations: Iterable[Operation]) -> Iterator[Operation]:
    for kind, run in groupby(operations, type):
        if kind is migrations.CreateModel:
            yield CreateModels(cast(list[migrations.CreateModel], list(run)))
        else:
            yield from run
