from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("edp", "0001_processes")]

    operations: ClassVar[list] = []
