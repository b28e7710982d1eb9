"""A term that is still to come: by the day of the region."""

from django.db import migrations

# CURRENT_DATE of a session in UTC is yesterday for the first hours of a day in Kazakhstan.
_REPLACE = """
    DO $$ BEGIN
      EXECUTE replace(pg_get_functiondef('councils_guard_mandate'::regproc), '{}', '{}');
    END $$;
"""
DAY = migrations.RunSQL(
    _REPLACE.format("CURRENT_DATE", "accounts_today()"),
    _REPLACE.format("accounts_today()", "CURRENT_DATE"),
)


class Migration(migrations.Migration):
    dependencies = [("councils", "0008_seats_and_names"), ("accounts", "0002_day_of_the_region")]

    operations = [DAY]
