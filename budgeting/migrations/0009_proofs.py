from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0008_ballots")]

    operations = []
