"""The trial of a vote, kept away from the vote itself by the database."""

import django.db.models.deletion
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration

# A trial exists only while its election is in preparation. FOR SHARE: a freeze under way is
# waited for, so that nothing slips in behind it.
ONLY_BEFORE_THE_FREEZE = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_trial() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND NEW.election_id <> OLD.election_id THEN
        RAISE EXCEPTION 'a trial stays with its election' USING ERRCODE = 'insufficient_privilege';
      END IF;
      PERFORM 1 FROM budgeting_election WHERE id = NEW.election_id AND state = 'setup' FOR SHARE;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the election is frozen: nothing is tried any more'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER before_the_freeze BEFORE INSERT OR UPDATE ON budgeting_trial
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_trial();

    CREATE FUNCTION budgeting_guard_trial_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a trial ballot is stored or deleted, never changed'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      PERFORM 1 FROM budgeting_election e JOIN budgeting_trial t ON t.election_id = e.id
        WHERE t.id = NEW.trial_id AND e.state = 'setup' FOR SHARE OF e;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the election is frozen: nothing is tried any more'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER before_the_freeze BEFORE INSERT OR UPDATE ON budgeting_trialballot
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_trial_ballot();

    CREATE FUNCTION budgeting_forget_trial() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM budgeting_trialballot USING budgeting_trial t
        WHERE trial_id = t.id AND t.election_id = NEW.id;
      DELETE FROM budgeting_trial WHERE election_id = NEW.id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER forget_trial AFTER UPDATE OF state ON budgeting_election
      FOR EACH ROW WHEN (OLD.state = 'setup' AND NEW.state <> 'setup')
      EXECUTE FUNCTION budgeting_forget_trial();
    """,
    """
    DROP TRIGGER forget_trial ON budgeting_election;
    DROP TRIGGER before_the_freeze ON budgeting_trialballot;
    DROP TRIGGER before_the_freeze ON budgeting_trial;
    DROP FUNCTION budgeting_forget_trial;
    DROP FUNCTION budgeting_guard_trial_ballot;
    DROP FUNCTION budgeting_guard_trial;
    """,
)

# The other side: no row of a real vote stands beside a trial, whoever writes it.
REFUSAL = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_refuse_beside_trial() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM budgeting_trial t JOIN added a ON a.election_id = t.election_id) THEN
        RAISE EXCEPTION 'a trial of this vote is under way: nothing of it is stored here'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NULL;
    END $$;
    """,
    "DROP FUNCTION budgeting_refuse_beside_trial;",
)


def _not_beside_a_trial(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER not_beside_a_trial AFTER INSERT ON {table}
          REFERENCING NEW TABLE AS added FOR EACH STATEMENT
          EXECUTE FUNCTION budgeting_refuse_beside_trial();
        """,
        f"DROP TRIGGER not_beside_a_trial ON {table};",
    )


class Migration(GroupedMigration):
    dependencies = [("budgeting", "0011_paper")]

    operations = [
        migrations.CreateModel(
            name="Trial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("link_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="opened")),
                (
                    "election",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trial",
                        to="budgeting.election",
                    ),
                ),
            ],
            options={
                "verbose_name": "trial of a vote",
                "verbose_name_plural": "trials of votes",
            },
        ),
        migrations.CreateModel(
            name="TrialBallot",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("seed", models.PositiveBigIntegerField(null=True, verbose_name="seed")),
                ("choices", models.JSONField()),
                (
                    "trial",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballots",
                        to="budgeting.trial",
                    ),
                ),
            ],
            options={
                "verbose_name": "trial ballot",
                "verbose_name_plural": "trial ballots",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("trial", "number"), name="trial_ballot_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 2000)),
                        name="trial_ballots_limited",
                    ),
                ],
            },
        ),
        ONLY_BEFORE_THE_FREEZE,
        REFUSAL,
        _not_beside_a_trial("budgeting_rollentry"),
        _not_beside_a_trial("budgeting_ballot"),
        _not_beside_a_trial("budgeting_epoch"),
        _not_beside_a_trial("budgeting_leaf"),
        _not_beside_a_trial("budgeting_ballotfile"),
        _not_beside_a_trial("budgeting_tally"),
    ]
