from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0005_roll_without_old_versions")]

    operations = []
