"""Tables that are made together are the tables that would be made one by one."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from accounts.grouped_migrations import CreateModels, GroupedMigration

KEY = ("id", models.BigAutoField(primary_key=True))
STREET = migrations.CreateModel("Street", [KEY, ("name", models.CharField(max_length=9))])
HOUSE = migrations.CreateModel(
    "House", [KEY, ("street", models.ForeignKey("tests.Street", models.PROTECT))]
)
TABLES = {"tests_street", "tests_house"}


class Town(GroupedMigration):
    operations = (STREET, HOUSE)


class SpokenTown(GroupedMigration):
    operations = (STREET, HOUSE, migrations.RunSQL("SELECT 1"), migrations.RunSQL("SELECT 2"))


def test_only_runs_of_new_models_are_grouped() -> None:
    first, *others = SpokenTown("0001", "tests").operations
    assert isinstance(first, CreateModels)
    assert first.operations == [STREET, HOUSE]
    assert [type(one) for one in others] == [migrations.RunSQL, migrations.RunSQL]


def test_the_state_is_that_of_one_model_after_another() -> None:
    together, one_by_one = ProjectState(), ProjectState()
    assert not together.apps.get_models()  # what was drawn before must not stay
    CreateModels([STREET, HOUSE]).state_forwards("tests", together)
    for operation in (STREET, HOUSE):
        operation.state_forwards("tests", one_by_one)
    assert together == one_by_one
    assert together.apps.get_model("tests", "House").street.field.related_model is (
        together.apps.get_model("tests", "Street")
    )


@pytest.mark.django_db(transaction=True)
def test_the_tables_come_and_go() -> None:
    migration = Town("0001", "tests")
    before = ProjectState()
    with connection.schema_editor() as editor:
        migration.apply(before.clone(), editor)
    assert set(connection.introspection.table_names()) >= TABLES
    with connection.schema_editor() as editor:
        migration.unapply(before, editor)
    assert not set(connection.introspection.table_names()) & TABLES
