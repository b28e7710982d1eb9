"""Delphi: panel, rounds, ratings; triggers that keep rules, ratings and summaries as they are."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

STUDIES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_delphi_study() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.state <> 'planned' AND
         (NEW.rules, NEW.is_real_time, NEW.key_fingerprint)
         IS DISTINCT FROM (OLD.rules, OLD.is_real_time, OLD.key_fingerprint) THEN
        RAISE EXCEPTION 'the rules of Delphi study % are fixed', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.state <> OLD.state AND NOT (
          OLD.state = 'planned' AND NEW.state IN ('running', 'cancelled')
          OR OLD.state = 'running'
             AND NEW.state IN ('stable', 'max_rounds', 'below_quorum', 'cancelled')) THEN
        RAISE EXCEPTION 'Delphi study % does not go from % to %', OLD.id, OLD.state, NEW.state
          USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE ON edp_delphistudy
      FOR EACH ROW EXECUTE FUNCTION edp_guard_delphi_study();

    CREATE FUNCTION edp_guard_delphi_statement() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE stands text;
    BEGIN
      SELECT state INTO stands FROM edp_delphistudy
        WHERE id = coalesce(NEW.study_id, OLD.study_id) FOR SHARE;
      IF stands <> 'planned' OR TG_OP = 'UPDATE' AND NEW.study_id <> OLD.study_id THEN
        RAISE EXCEPTION 'statements never change once a Delphi study has begun'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN coalesce(NEW, OLD);
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_delphistatement
      FOR EACH ROW EXECUTE FUNCTION edp_guard_delphi_statement();
    """,
    """
    DROP TRIGGER guard ON edp_delphistatement;
    DROP TRIGGER guard ON edp_delphistudy;
    DROP FUNCTION edp_guard_delphi_statement();
    DROP FUNCTION edp_guard_delphi_study();
    """,
)

ROUNDS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_delphi_round() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'rounds are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF OLD.closed_at IS NOT NULL
          OR (NEW.study_id, NEW.number) IS DISTINCT FROM (OLD.study_id, OLD.number) THEN
        RAISE EXCEPTION 'round % is closed and stays so', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON edp_delphiround
      FOR EACH ROW EXECUTE FUNCTION edp_guard_delphi_round();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_delphiround
      FOR EACH STATEMENT EXECUTE FUNCTION edp_guard_delphi_round();
    """,
    """
    DROP TRIGGER guard ON edp_delphiround;
    DROP TRIGGER no_truncate ON edp_delphiround;
    DROP FUNCTION edp_guard_delphi_round();
    """,
)

RATINGS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_delphi_rating() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE told record;
    BEGIN
      IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'ratings are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      -- Whoever closes the round waits for ratings under way, and none comes after it.
      SELECT closed_at, study_id INTO told FROM edp_delphiround WHERE id = NEW.round_id FOR SHARE;
      IF told.closed_at IS NOT NULL THEN
        -- A person's words may be erased, and nothing else.
        IF TG_OP = 'UPDATE' AND NEW.reason = ''
            AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'round % is closed', NEW.round_id USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NOT EXISTS (
        SELECT FROM edp_delphistatement s JOIN edp_delphistudy d ON d.id = s.study_id
        WHERE s.id = NEW.statement_id AND d.id = told.study_id AND d.state = 'running'
          AND NEW.value BETWEEN coalesce((d.rules->>'low')::int, 1)
                            AND coalesce((d.rules->>'high')::int, 9)
      ) THEN
        RAISE EXCEPTION 'no such rating in this round' USING ERRCODE = 'check_violation';
      END IF;
      IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.round_id, NEW.statement_id, NEW.slot)
            IS DISTINCT FROM (OLD.id, OLD.round_id, OLD.statement_id, OLD.slot) THEN
          RAISE EXCEPTION 'a rating stays whose it is' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.revision := OLD.revision + 1;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_delphirating
      FOR EACH ROW EXECUTE FUNCTION edp_guard_delphi_rating();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_delphirating
      FOR EACH STATEMENT EXECUTE FUNCTION edp_guard_delphi_rating();

    CREATE FUNCTION edp_guard_delphi_summary() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM edp_delphiround
                     WHERE id = NEW.round_id AND closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'round % is still open', NEW.round_id USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER of_a_closed_round BEFORE INSERT ON edp_delphisummary
      FOR EACH ROW EXECUTE FUNCTION edp_guard_delphi_summary();
    """,
    """
    DROP TRIGGER of_a_closed_round ON edp_delphisummary;
    DROP FUNCTION edp_guard_delphi_summary();
    DROP TRIGGER guard ON edp_delphirating;
    DROP TRIGGER no_truncate ON edp_delphirating;
    DROP FUNCTION edp_guard_delphi_rating();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("edp", "0004_workshops"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar[list] = [
        migrations.AddField(
            model_name="delphistudy",
            name="key_fingerprint",
            field=models.CharField(blank=True, editable=False, max_length=16),
        ),
        migrations.CreateModel(
            name="DelphiRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="round")),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed")),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="edp.delphistudy",
                    ),
                ),
            ],
            options={
                "verbose_name": "round of a Delphi study",
                "verbose_name_plural": "rounds of Delphi studies",
                "ordering": ["study", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("study", "number"), name="delphi_round_number_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("study",),
                        name="delphi_one_open_round",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opened_at"))),
                        name="delphi_round_takes_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DelphiRating",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slot", models.CharField(max_length=32, verbose_name="pseudonym")),
                ("value", models.PositiveSmallIntegerField(verbose_name="rating")),
                ("reason", models.TextField(blank=True, verbose_name="reasons")),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="edp.delphistatement",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="edp.delphiround",
                    ),
                ),
            ],
            options={
                "verbose_name": "rating of a Delphi study",
                "verbose_name_plural": "ratings of Delphi studies",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "statement", "slot"), name="delphi_one_rating_a_round"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DelphiSummary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="answers")),
                (
                    "q1",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="first quartile"
                    ),
                ),
                (
                    "median",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="median"),
                ),
                (
                    "q3",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="third quartile"
                    ),
                ),
                ("agreement", models.CharField(max_length=20, verbose_name="share that agrees")),
                (
                    "change",
                    models.CharField(blank=True, max_length=20, verbose_name="share that moved"),
                ),
                ("histogram", models.JSONField(verbose_name="answers by rating")),
                ("is_stable", models.BooleanField(verbose_name="stable")),
                ("is_consensus", models.BooleanField(verbose_name="consensus")),
                ("is_polarised", models.BooleanField(verbose_name="polarised")),
                ("dissenters", models.PositiveSmallIntegerField(verbose_name="dissenters")),
                ("stop", models.CharField(blank=True, max_length=12, verbose_name="why to stop")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="summaries",
                        to="edp.delphiround",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="summaries",
                        to="edp.delphistatement",
                    ),
                ),
            ],
            options={
                "verbose_name": "summary of a round",
                "verbose_name_plural": "summaries of rounds",
                "ordering": ["statement", "round"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "statement"), name="delphi_summary_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "helix",
                    models.CharField(
                        choices=[
                            ("government", "Government"),
                            ("business", "Business"),
                            ("academia", "Academia"),
                            ("civil_society", "Civil society"),
                        ],
                        max_length=16,
                        verbose_name="helix",
                    ),
                ),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delphi_invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="edp.delphistudy",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to a Delphi panel",
                "verbose_name_plural": "invitations to Delphi panels",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("study", "person"), name="panel_invitation_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("helix__in", ["government", "business", "academia", "civil_society"])
                        ),
                        name="panel_invitation_helix_known",
                    ),
                ],
            },
        ),
        STUDIES,
        ROUNDS,
        RATINGS,
        append_only("edp_delphisummary"),
    ]
