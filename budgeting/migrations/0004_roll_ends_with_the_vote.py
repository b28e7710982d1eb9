"""After the close nobody comes onto the roll and no vote is added to it, by raw SQL either.

The number of voters on the roll is what the number of ballots is compared with.
"""

from django.db import migrations

GUARD = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_closed_roll() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT state FROM budgeting_election WHERE id = NEW.election_id)
         NOT IN ('setup', 'frozen') THEN
        RAISE EXCEPTION 'the vote is over: the roll stays as it is'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER closed_to_people BEFORE INSERT ON budgeting_rollentry
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_closed_roll();
    CREATE TRIGGER closed_to_votes BEFORE UPDATE ON budgeting_rollentry
      FOR EACH ROW
      WHEN (NEW.casts <> OLD.casts OR NEW.channel IS DISTINCT FROM OLD.channel)
      EXECUTE FUNCTION budgeting_guard_closed_roll();
    """,
    """
    DROP TRIGGER closed_to_people ON budgeting_rollentry;
    DROP TRIGGER closed_to_votes ON budgeting_rollentry;
    DROP FUNCTION budgeting_guard_closed_roll;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0003_guards_without_gaps")]

    operations = [GUARD]
