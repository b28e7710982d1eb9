"""The guards of 0002 without their gaps.

An epoch ends once however many workers find it full; a state has a known name; the place of an
envelope decides who may vote and is frozen like its amount; who voted on the web is not marked
as a voter on paper, because both ballots would be counted.
"""

from django.db import migrations

NEXT_EPOCH = migrations.RunSQL(
    """
    DROP FUNCTION budgeting_next_epoch(bigint);

    -- Ends the epoch `p_finished`, unless it has ended already.
    CREATE FUNCTION budgeting_next_epoch(p_election bigint, p_finished integer) RETURNS boolean
    LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock(7001, p_election::integer);
      UPDATE budgeting_election SET epoch = epoch + 1
        WHERE id = p_election AND epoch = p_finished AND state IN ('frozen', 'closed');
      RETURN FOUND;
    END $$;
    """,
    """
    DROP FUNCTION budgeting_next_epoch(bigint, integer);
    CREATE FUNCTION budgeting_next_epoch(p_election bigint) RETURNS integer
    LANGUAGE plpgsql AS $$
    DECLARE finished integer;
    BEGIN
      PERFORM pg_advisory_xact_lock(7001, p_election::integer);
      UPDATE budgeting_election SET epoch = epoch + 1 WHERE id = p_election
        RETURNING epoch - 1 INTO finished;
      RETURN finished;
    END $$;
    """,
)

GUARDS = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.state NOT IN ('setup', 'frozen', 'closed', 'counted', 'published') THEN
        RAISE EXCEPTION 'an election has no state %', NEW.state
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER known_state BEFORE INSERT OR UPDATE ON budgeting_election
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_state();

    CREATE FUNCTION budgeting_guard_place() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (
        SELECT 1 FROM budgeting_election WHERE envelope_id = OLD.id AND state <> 'setup') THEN
        RAISE EXCEPTION 'the envelope is frozen: its place cannot change'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER frozen_place BEFORE UPDATE ON budgeting_envelope
      FOR EACH ROW WHEN (NEW.territory_id <> OLD.territory_id)
      EXECUTE FUNCTION budgeting_guard_place();

    CREATE FUNCTION budgeting_guard_channel() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'this person has voted on the web: no paper ballot'
        USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER one_channel BEFORE UPDATE ON budgeting_rollentry
      FOR EACH ROW WHEN (OLD.channel = 'web' AND NEW.channel = 'paper')
      EXECUTE FUNCTION budgeting_guard_channel();
    """,
    """
    DROP TRIGGER known_state ON budgeting_election;
    DROP TRIGGER frozen_place ON budgeting_envelope;
    DROP TRIGGER one_channel ON budgeting_rollentry;
    DROP FUNCTION budgeting_guard_state;
    DROP FUNCTION budgeting_guard_place;
    DROP FUNCTION budgeting_guard_channel;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0002_ballot_box")]

    operations = [NEXT_EPOCH, GUARDS]
