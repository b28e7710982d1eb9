"""Who acts for an organisation today: by the day of the region."""

from django.db import migrations

# CURRENT_DATE of a session in UTC is yesterday for the first hours of a day in Kazakhstan.
_REPLACE = """
    DO $$ BEGIN
      EXECUTE replace(pg_get_functiondef('edp_interest_in'::regproc), '{}', '{}');
    END $$;
"""
DAY = migrations.RunSQL(
    _REPLACE.format("CURRENT_DATE", "accounts_today()"),
    _REPLACE.format("accounts_today()", "CURRENT_DATE"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("edp", "0011_decisions_and_amendments"),
        ("accounts", "0002_day_of_the_region"),
    ]

    operations = [DAY]
