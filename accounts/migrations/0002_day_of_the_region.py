"""What day it is where the region is: in the database, whose own day is that of its session."""

from django.db import migrations

# The setting comes with every connection of the platform (TIME_ZONE); others go by its default.
TODAY = migrations.RunSQL(
    """
    CREATE FUNCTION accounts_today() RETURNS date LANGUAGE sql STABLE AS $$
      SELECT (now() AT TIME ZONE
        coalesce(nullif(current_setting('kenes.time_zone', true), ''), 'Asia/Almaty'))::date
    $$;
    """,
    "DROP FUNCTION accounts_today();",
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [TODAY]
