from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("councils", "0002_council")]

    operations: list[migrations.operations.base.Operation] = []
