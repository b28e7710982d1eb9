"""Triggers: the journal's chain, frozen rulesets, and the sequence of dossier numbers."""

from django.db import migrations

from participation.immutability import CREATE_REFUSAL, append_only

JOURNAL_CHAIN = migrations.RunSQL(
    """
    CREATE FUNCTION participation_chain_journal() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last participation_journalentry;
    BEGIN
      -- One writer at a time: the chain has no branches.
      PERFORM pg_advisory_xact_lock(7000, 1);
      SELECT * INTO last FROM participation_journalentry ORDER BY number DESC LIMIT 1;
      NEW.number := coalesce(last.number, 0) + 1;
      NEW.previous_hash := coalesce(last.hash, repeat('0', 64));
      NEW.at := date_trunc('milliseconds', clock_timestamp());
      NEW.hash := encode(sha256(convert_to(concat_ws(E'\\n',
        NEW.previous_hash, NEW.number::text,
        to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        NEW.kind, NEW.reference, NEW.body), 'UTF8')), 'hex');
      RETURN NEW;
    END $$;
    CREATE TRIGGER chain BEFORE INSERT ON participation_journalentry
      FOR EACH ROW EXECUTE FUNCTION participation_chain_journal();
    """,
    """
    DROP TRIGGER chain ON participation_journalentry;
    DROP FUNCTION participation_chain_journal();
    """,
)

FROZEN_RULESETS = migrations.RunSQL(
    """
    CREATE FUNCTION participation_guard_ruleset() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.frozen_at IS NOT NULL THEN
        RAISE EXCEPTION 'ruleset % is frozen: % refused', OLD.id, TG_OP
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON participation_ruleset
      FOR EACH ROW EXECUTE FUNCTION participation_guard_ruleset();
    """,
    """
    DROP TRIGGER frozen ON participation_ruleset;
    DROP FUNCTION participation_guard_ruleset();
    """,
)

DOSSIER_NUMBERS = migrations.RunSQL(
    "CREATE SEQUENCE participation_dossier_number;",
    "DROP SEQUENCE participation_dossier_number;",
)


class Migration(migrations.Migration):
    dependencies = [("participation", "0001_initial")]

    operations = [
        CREATE_REFUSAL,
        append_only("participation_journalentry"),
        JOURNAL_CHAIN,
        FROZEN_RULESETS,
        DOSSIER_NUMBERS,
    ]
