from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("councils", "0004_meetings")]

    operations: list[migrations.operations.base.Operation] = []
