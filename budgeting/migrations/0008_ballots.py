"""Conditions of an envelope's vote, ballots that are final, and the one free choice of an envelope.

Conflict sets and marks are frozen with the shortlist. Where the rules say so, a ballot that was
cast stays: the cast function refuses a second version, and so does the table.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

CONDITIONS = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_conditions() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      touched record;
      stage text;
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'conditions of a vote are set or taken away, never changed'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'DELETE' THEN touched := OLD; ELSE touched := NEW; END IF;
      -- Waits for a freeze under way, and then sees it.
      SELECT state INTO stage FROM budgeting_election
        WHERE envelope_id = touched.envelope_id FOR SHARE;
      IF stage <> 'setup' THEN
        RAISE EXCEPTION 'the projects on the ballot are frozen: % refused', TG_OP
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      IF NOT EXISTS (SELECT 1 FROM budgeting_proposal
          WHERE id = NEW.proposal_id AND envelope_id = NEW.envelope_id) THEN
        RAISE EXCEPTION 'the project belongs to another envelope' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON budgeting_conflictentry
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_conditions();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON budgeting_conflictentry
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
    CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON budgeting_earmarkedproject
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_conditions();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON budgeting_earmarkedproject
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
    """,
    """
    DROP TRIGGER frozen ON budgeting_conflictentry;
    DROP TRIGGER no_truncate ON budgeting_conflictentry;
    DROP TRIGGER frozen ON budgeting_earmarkedproject;
    DROP TRIGGER no_truncate ON budgeting_earmarkedproject;
    DROP FUNCTION budgeting_guard_conditions;
    """,
)

FREE_CHOICE = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_free_choice() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
        SELECT 1 FROM budgeting_election el JOIN budgeting_envelope en ON en.id = el.envelope_id
        WHERE el.id = NEW.election_id AND en.cycle_id = NEW.cycle_id AND el.state = 'frozen'
          AND clock_timestamp() < el.closes_at
          AND el.rules->>'envelopes' = 'home_and_one_free'
      ) THEN
        RAISE EXCEPTION 'no envelope can be chosen here now' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER while_open BEFORE INSERT ON budgeting_freechoice
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_free_choice();
    """,
    """
    DROP TRIGGER while_open ON budgeting_freechoice;
    DROP FUNCTION budgeting_guard_free_choice;
    """,
)

REWRITE = migrations.RunSQL(
    """
    CREATE OR REPLACE FUNCTION budgeting_rewrite_roll(p_election bigint) RETURNS void
    LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT state FROM budgeting_election WHERE id = p_election) IN ('setup', 'frozen') THEN
        RAISE EXCEPTION 'the roll is rewritten after the close' USING ERRCODE = 'data_exception';
      END IF;
      SET CONSTRAINTS ALL IMMEDIATE;
      -- First into the order of voters, then without what is no longer valid.
      CLUSTER budgeting_rollentry USING budgeting_rollentry_pkey;
      ALTER TABLE budgeting_rollentry ALTER COLUMN rewrite TYPE smallint USING 0;
      CLUSTER budgeting_freechoice USING budgeting_freechoice_pkey;
      ALTER TABLE budgeting_freechoice ALTER COLUMN rewrite TYPE smallint USING 0;
    END $$;
    """,
    """
    CREATE OR REPLACE FUNCTION budgeting_rewrite_roll(p_election bigint) RETURNS void
    LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT state FROM budgeting_election WHERE id = p_election) IN ('setup', 'frozen') THEN
        RAISE EXCEPTION 'the roll is rewritten after the close' USING ERRCODE = 'data_exception';
      END IF;
      SET CONSTRAINTS ALL IMMEDIATE;
      CLUSTER budgeting_rollentry USING budgeting_rollentry_pkey;
      ALTER TABLE budgeting_rollentry ALTER COLUMN rewrite TYPE smallint USING 0;
    END $$;
    """,
)

FINAL = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT rules->>'revocable' FROM budgeting_election WHERE id = NEW.election_id)
         = 'false' THEN
        RAISE EXCEPTION 'a ballot of this vote is final' USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER final BEFORE INSERT ON budgeting_ballot
      FOR EACH ROW WHEN (NEW.version > 1) EXECUTE FUNCTION budgeting_guard_final();
    """,
    """
    DROP TRIGGER final ON budgeting_ballot;
    DROP FUNCTION budgeting_guard_final;
    """,
)

_CAST = """
    CREATE OR REPLACE FUNCTION budgeting_cast_ballot(
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
      {final}
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
    """

CAST = migrations.RunSQL(
    _CAST.format(
        final="IF entry.casts > 0 AND el.rules->>'revocable' = 'false' THEN"
        " outcome := 'final'; RETURN; END IF;"
    ),
    _CAST.format(final=""),
)


class Migration(GroupedMigration):
    dependencies = [
        ("budgeting", "0007_feasibility"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="tally",
            name="rule",
            field=models.CharField(max_length=400, verbose_name="rule"),
        ),
        migrations.CreateModel(
            name="EarmarkedProject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "envelope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earmarked_projects",
                        to="budgeting.envelope",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earmark",
                        to="budgeting.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "project with kept money",
                "verbose_name_plural": "projects with kept money",
                "ordering": ["proposal__number"],
            },
        ),
        migrations.CreateModel(
            name="FreeChoice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "cycle_id",
                        "voter_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("rewrite", models.SmallIntegerField(db_default=0, editable=False)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="free_choices",
                        to="budgeting.cycle",
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="free_choices",
                        to="budgeting.election",
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="free_choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "free choice of an envelope",
                "verbose_name_plural": "free choices of envelopes",
            },
        ),
        migrations.CreateModel(
            name="ConflictEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number of the set")),
                (
                    "envelope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflict_entries",
                        to="budgeting.envelope",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflict_entries",
                        to="budgeting.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "project in a conflict set",
                "verbose_name_plural": "projects in conflict sets",
                "ordering": ["number", "proposal__number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("envelope", "number", "proposal"), name="conflict_entry_once"
                    )
                ],
            },
        ),
        CONDITIONS,
        FREE_CHOICE,
        append_only("budgeting_freechoice"),
        REWRITE,
        FINAL,
        CAST,
    ]
