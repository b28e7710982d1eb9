from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0011_paper")]

    operations: list[migrations.operations.base.Operation] = []
