from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0012_trial")]

    operations: list[migrations.operations.base.Operation] = []
