from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("councils", "0005_hearings")]

    operations: list[migrations.operations.base.Operation] = []
