from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("participation", "0005_answers_due")]
    operations = []
