from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0007_feasibility")]

    operations = []
