from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participation", "0007_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="residence",
            name="lives_since",
            field=models.DateField(blank=True, null=True, verbose_name="registered there since"),
        ),
    ]
