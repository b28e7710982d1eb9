from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("participation", "0006_notifications")]
    operations = []
