from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("edp", "0004_workshops")]

    operations: ClassVar[list] = []
