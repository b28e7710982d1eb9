from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("councils", "0001_councils")]

    operations: list[migrations.operations.base.Operation] = []
