from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("councils", "0006_recommendations")]

    operations: list[migrations.operations.base.Operation] = []
