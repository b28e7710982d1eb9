"""Sex of those on a register, where it says so: to be counted alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0012_trial")]

    operations = [
        migrations.AddField(
            model_name="registerdraft",
            name="sex",
            field=models.CharField(blank=True, default="", max_length=1),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="registerline",
            name="sex",
            field=models.CharField(
                blank=True,
                choices=[("f", "Women"), ("m", "Men")],
                default="",
                max_length=1,
                verbose_name="sex",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="registerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("sex__in", ["", "f", "m"])), name="register_line_sex_known"
            ),
        ),
    ]
