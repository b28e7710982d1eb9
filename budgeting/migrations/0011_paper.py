from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0010_works")]

    operations: list[migrations.operations.base.Operation] = []
