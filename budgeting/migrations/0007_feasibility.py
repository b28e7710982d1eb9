from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0006_proposals")]

    operations = []
