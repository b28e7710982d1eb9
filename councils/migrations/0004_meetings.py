from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("councils", "0003_selection")]

    operations: list[migrations.operations.base.Operation] = []
