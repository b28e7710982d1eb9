"""The ballot box: the one cast function, the barriers of epoch and close, and the triggers.

As designed in docs/ballots.md. Advisory lock (7001, election): casts share it, the
close and the change of epoch take it alone, so no ballot is written after a close returned.
"""

from django.db import migrations

from participation.immutability import append_only

CAST = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_cast_ballot(
      p_election bigint, p_voter bigint, p_slot bytea, p_idempotency bytea, p_body bytea,
      OUT outcome text, OUT version integer, OUT epoch integer
    ) LANGUAGE plpgsql AS $$
    DECLARE
      el budgeting_election;
      entry budgeting_rollentry;
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(7001, p_election::integer);
      SELECT * INTO el FROM budgeting_election WHERE id = p_election;
      -- One clock decides: the database's.
      IF el.id IS NULL OR el.state <> 'frozen'
         OR clock_timestamp() < el.opens_at OR clock_timestamp() >= el.closes_at THEN
        outcome := 'closed'; RETURN;
      END IF;
      -- One cast of one voter at a time.
      SELECT * INTO entry FROM budgeting_rollentry r
        WHERE r.election_id = p_election AND r.voter_id = p_voter FOR NO KEY UPDATE;
      IF NOT FOUND THEN outcome := 'not_on_roll'; RETURN; END IF;
      IF entry.channel = 'paper' THEN outcome := 'voted_on_paper'; RETURN; END IF;
      SELECT b.version, b.epoch INTO version, epoch FROM budgeting_ballot b
        WHERE b.election_id = p_election AND b.slot = p_slot AND b.idempotency = p_idempotency;
      -- Also an old request that arrives late: it never overrides a newer choice.
      IF FOUND THEN outcome := 'duplicate'; RETURN; END IF;
      UPDATE budgeting_rollentry r SET casts = r.casts + 1, channel = 'web'
        WHERE r.election_id = p_election AND r.voter_id = p_voter RETURNING r.* INTO entry;
      IF entry.casts > 1 AND NOT EXISTS (
        SELECT 1 FROM budgeting_ballot b
        WHERE b.election_id = p_election AND b.slot = p_slot AND b.version = entry.casts - 1
      ) THEN
        RAISE EXCEPTION 'slot does not match the roll (wrong election key?)'
          USING ERRCODE = 'data_exception';
      END IF;
      INSERT INTO budgeting_ballot (election_id, slot, version, epoch, idempotency, body)
        VALUES (p_election, p_slot, entry.casts, el.epoch, p_idempotency, p_body);
      outcome := 'stored'; version := entry.casts; epoch := el.epoch;
    END $$;
    """,
    "DROP FUNCTION budgeting_cast_ballot;",
)

BARRIERS = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_next_epoch(p_election bigint) RETURNS integer
    LANGUAGE plpgsql AS $$
    DECLARE finished integer;
    BEGIN
      PERFORM pg_advisory_xact_lock(7001, p_election::integer);
      UPDATE budgeting_election SET epoch = epoch + 1 WHERE id = p_election
        RETURNING epoch - 1 INTO finished;
      RETURN finished;
    END $$;

    -- True for the one caller who closed it. Waits for every cast already under way.
    CREATE FUNCTION budgeting_close_election(p_election bigint) RETURNS boolean
    LANGUAGE plpgsql AS $$
    DECLARE changed integer;
    BEGIN
      PERFORM pg_advisory_xact_lock(7001, p_election::integer);
      UPDATE budgeting_election SET state = 'closed'
        WHERE id = p_election AND state = 'frozen' AND clock_timestamp() >= closes_at;
      GET DIAGNOSTICS changed = ROW_COUNT;
      RETURN changed = 1;
    END $$;

    -- Writes every row of the roll anew in the order of voters, in one transaction: what the
    -- rows' hidden columns told of the time of each cast is gone (after a VACUUM).
    CREATE FUNCTION budgeting_rewrite_roll(p_election bigint) RETURNS void
    LANGUAGE plpgsql AS $$
    DECLARE id_of_voter bigint;
    BEGIN
      IF (SELECT state FROM budgeting_election WHERE id = p_election) IN ('setup', 'frozen') THEN
        RAISE EXCEPTION 'the roll is rewritten after the close' USING ERRCODE = 'data_exception';
      END IF;
      FOR id_of_voter IN
        SELECT voter_id FROM budgeting_rollentry WHERE election_id = p_election ORDER BY voter_id
      LOOP
        UPDATE budgeting_rollentry SET casts = casts
          WHERE election_id = p_election AND voter_id = id_of_voter;
      END LOOP;
    END $$;
    """,
    """
    DROP FUNCTION budgeting_next_epoch;
    DROP FUNCTION budgeting_close_election;
    DROP FUNCTION budgeting_rewrite_roll;
    """,
)

GUARDS = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_roll() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' OR NEW.voter_id <> OLD.voter_id OR NEW.election_id <> OLD.election_id
         OR NEW.casts NOT IN (OLD.casts, OLD.casts + 1)
         OR (OLD.channel = 'paper' AND NEW.channel IS DISTINCT FROM 'paper')
         OR (NEW.casts = OLD.casts AND NEW.channel IS DISTINCT FROM OLD.channel) THEN
        RAISE EXCEPTION 'the roll only moves forward: % refused', TG_OP
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER forward_only BEFORE UPDATE OR DELETE ON budgeting_rollentry
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_roll();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON budgeting_rollentry
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();

    CREATE FUNCTION budgeting_guard_election() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE states text[] := ARRAY['setup', 'frozen', 'closed', 'counted', 'published'];
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF OLD.state = 'setup' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'a frozen election stays: DELETE refused'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF array_position(states, NEW.state::text) < array_position(states, OLD.state::text) THEN
        RAISE EXCEPTION 'an election only moves forward: % after %', NEW.state, OLD.state
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF OLD.state <> 'setup' AND (
           NEW.envelope_id, NEW.opens_at, NEW.closes_at, NEW.rules,
           NEW.key_fingerprint, NEW.receipt_public_key
         ) IS DISTINCT FROM (
           OLD.envelope_id, OLD.opens_at, OLD.closes_at, OLD.rules,
           OLD.key_fingerprint, OLD.receipt_public_key
         ) THEN
        RAISE EXCEPTION 'the election is frozen: its dates, rules and key cannot change'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.epoch NOT IN (OLD.epoch, OLD.epoch + 1) THEN
        RAISE EXCEPTION 'epochs follow one another' USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER forward_only BEFORE UPDATE OR DELETE ON budgeting_election
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_election();

    CREATE FUNCTION budgeting_guard_shortlist() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE touched bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.election_id
                                         ELSE NEW.election_id END;
    BEGIN
      IF EXISTS (SELECT 1 FROM budgeting_election WHERE id IN (
           touched, CASE TG_OP WHEN 'UPDATE' THEN OLD.election_id ELSE touched END)
           AND state <> 'setup') THEN
        RAISE EXCEPTION 'the projects on the ballot are frozen: % refused', TG_OP
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON budgeting_shortlistentry
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_shortlist();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON budgeting_shortlistentry
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();

    CREATE FUNCTION budgeting_guard_envelope() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (NEW.amount, NEW.cycle_id) IS DISTINCT FROM (OLD.amount, OLD.cycle_id) AND EXISTS (
        SELECT 1 FROM budgeting_election WHERE envelope_id = OLD.id AND state <> 'setup') THEN
        RAISE EXCEPTION 'the envelope is frozen: its amount cannot change'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER frozen BEFORE UPDATE ON budgeting_envelope
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_envelope();
    """,
    """
    DROP TRIGGER forward_only ON budgeting_rollentry;
    DROP TRIGGER no_truncate ON budgeting_rollentry;
    DROP TRIGGER forward_only ON budgeting_election;
    DROP TRIGGER frozen ON budgeting_shortlistentry;
    DROP TRIGGER no_truncate ON budgeting_shortlistentry;
    DROP TRIGGER frozen ON budgeting_envelope;
    DROP FUNCTION budgeting_guard_roll;
    DROP FUNCTION budgeting_guard_election;
    DROP FUNCTION budgeting_guard_shortlist;
    DROP FUNCTION budgeting_guard_envelope;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0001_initial"), ("participation", "0002_integrity")]

    operations = [
        CAST,
        BARRIERS,
        GUARDS,
        append_only("budgeting_ballot"),
        append_only("budgeting_epoch"),
        append_only("budgeting_leaf"),
        append_only("budgeting_openedballot"),
        append_only("budgeting_ballotfile"),
        append_only("budgeting_tally"),
        append_only("budgeting_award"),
    ]
