"""Evaluation: tables, and triggers that keep interests, scores, weights and reports honest."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

CRITERIA = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_criterion_set() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.frozen_at IS NOT NULL THEN
          RAISE EXCEPTION 'criteria are frozen by the first locked sheet'
            USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END IF;
      IF OLD.frozen_at IS NOT NULL THEN
        RAISE EXCEPTION 'criteria % are frozen', OLD.id USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN coalesce(NEW, OLD);
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_criterionset
      FOR EACH ROW EXECUTE FUNCTION edp_guard_criterion_set();

    CREATE FUNCTION edp_guard_criterion() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE moment timestamptz;
    BEGIN
      SELECT frozen_at INTO moment FROM edp_criterionset
        WHERE id = coalesce(OLD.criterion_set_id, NEW.criterion_set_id) FOR SHARE;
      IF moment IS NOT NULL
          OR TG_OP = 'UPDATE' AND NEW.criterion_set_id <> OLD.criterion_set_id THEN
        RAISE EXCEPTION 'criteria are frozen' USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN coalesce(NEW, OLD);
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_criterion
      FOR EACH ROW EXECUTE FUNCTION edp_guard_criterion();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_criterion
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();

    CREATE FUNCTION edp_weights_sum_to_one() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE one bigint := coalesce(NEW.criterion_set_id, OLD.criterion_set_id);
    BEGIN
      IF (SELECT coalesce(sum(weight), 1) FROM edp_criterion WHERE criterion_set_id = one) <> 1 THEN
        RAISE EXCEPTION 'the weights of criteria % do not sum to 1', one
          USING ERRCODE = 'check_violation', CONSTRAINT = 'criterion_weights_sum_to_one';
      END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER weights AFTER INSERT OR UPDATE OR DELETE ON edp_criterion
      DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION edp_weights_sum_to_one();
    """,
    """
    DROP TRIGGER weights ON edp_criterion;
    DROP TRIGGER no_truncate ON edp_criterion;
    DROP TRIGGER guard ON edp_criterion;
    DROP TRIGGER guard ON edp_criterionset;
    DROP FUNCTION edp_weights_sum_to_one();
    DROP FUNCTION edp_guard_criterion();
    DROP FUNCTION edp_guard_criterion_set();
    """,
)

# Who may not judge an idea, whatever was declared: its proposers (also of what was merged into
# it) and whoever acts today for the organisation behind it.
INTERESTS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_interest_in(idea bigint, seat bigint) RETURNS text LANGUAGE sql STABLE AS $$
      WITH judge AS (
        SELECT person_id, organisation_id FROM edp_groupmembership WHERE id = seat
      ), proposal AS (
        SELECT proposer_id, organisation_id FROM edp_idea WHERE id = idea OR merged_into_id = idea
      ), acts_for AS (
        SELECT organisation_id FROM judge WHERE organisation_id IS NOT NULL
        UNION
        SELECT a.organisation_id FROM accounts_affiliation a JOIN judge USING (person_id)
        WHERE a.valid_from <= CURRENT_DATE AND (a.valid_to IS NULL OR a.valid_to >= CURRENT_DATE)
      ), behind AS (
        SELECT organisation_id FROM proposal WHERE organisation_id IS NOT NULL
        UNION
        SELECT a.organisation_id FROM accounts_affiliation a
        JOIN proposal ON a.person_id = proposal.proposer_id
        WHERE a.valid_from <= CURRENT_DATE AND (a.valid_to IS NULL OR a.valid_to >= CURRENT_DATE)
      )
      SELECT CASE
        WHEN EXISTS (SELECT FROM proposal JOIN judge ON proposer_id = person_id) THEN 'proposer'
        WHEN EXISTS (SELECT FROM behind JOIN acts_for USING (organisation_id)) THEN 'organisation'
        ELSE '' END
    $$;

    CREATE FUNCTION edp_guard_interest() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF OLD.ruling = '' AND NEW.ruling <> ''
            AND to_jsonb(NEW) - ARRAY['ruling', 'ruled_by_id', 'ruled_at']
              = to_jsonb(OLD) - ARRAY['ruling', 'ruled_by_id', 'ruled_at'] THEN
          RETURN NEW;
        END IF;
        -- A person's words may be erased, and nothing else.
        IF NEW.public_summary = ''
            AND to_jsonb(NEW) - 'public_summary' = to_jsonb(OLD) - 'public_summary' THEN
          RETURN NEW;
        END IF;
      END IF;
      RAISE EXCEPTION 'append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON edp_interest
      FOR EACH ROW EXECUTE FUNCTION edp_guard_interest();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_interest
      FOR EACH STATEMENT EXECUTE FUNCTION edp_guard_interest();
    """,
    """
    DROP TRIGGER guard ON edp_interest;
    DROP TRIGGER no_truncate ON edp_interest;
    DROP FUNCTION edp_guard_interest();
    DROP FUNCTION edp_interest_in(bigint, bigint);
    """,
)

ASSIGNMENTS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      process bigint;
      because text;
      live int;
    BEGIN
      IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'what was assigned is never deleted'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      SELECT process_id INTO process FROM edp_idea WHERE id = NEW.idea_id;
      because := edp_interest_in(NEW.idea_id, NEW.seat_id);
      IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM edp_groupmembership s WHERE s.id = NEW.seat_id
                       AND s.process_id = process AND s."group" = 'panel' AND s.until IS NULL) THEN
          RAISE EXCEPTION 'seat % is not on the panel of this process', NEW.seat_id
            USING ERRCODE = 'check_violation';
        END IF;
        IF because <> '' THEN
          NEW.state := 'recused';
          NEW.recused_because := because;
        ELSIF NEW.state <> 'assigned' THEN
          RAISE EXCEPTION 'an assignment begins as assigned' USING ERRCODE = 'check_violation';
        END IF;
        NEW.locked_at := NULL;
        RETURN NEW;
      END IF;
      IF (NEW.idea_id, NEW.seat_id) IS DISTINCT FROM (OLD.idea_id, OLD.seat_id)
          OR OLD.state = 'recused' AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        RAISE EXCEPTION 'assignment % stays as it is', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.state <> OLD.state AND NOT (
          OLD.state = 'assigned' AND NEW.state IN ('declared', 'scoring', 'recused', 'expired')
          OR OLD.state = 'declared' AND NEW.state IN ('scoring', 'locked', 'recused', 'expired')
          OR OLD.state = 'scoring' AND NEW.state IN ('declared', 'locked', 'recused', 'expired')
          OR OLD.state = 'locked' AND NEW.state IN ('scoring', 'declared', 'recused')
          OR OLD.state = 'expired' AND NEW.state = 'assigned') THEN
        RAISE EXCEPTION 'assignment % does not go from % to %', OLD.id, OLD.state, NEW.state
          USING ERRCODE = 'check_violation';
      END IF;
      SELECT count(*) INTO live FROM edp_score WHERE assignment_id = OLD.id AND voided_because = '';
      IF NEW.state IN ('scoring', 'locked') THEN
        IF because <> '' OR coalesce((SELECT ruling FROM edp_interest WHERE assignment_id = OLD.id
                                      ORDER BY id DESC LIMIT 1), '') NOT IN ('none', 'may_score') THEN
          RAISE EXCEPTION 'nobody scores before declaring interests, nor with one'
            USING ERRCODE = 'insufficient_privilege';
        END IF;
      END IF;
      IF NEW.state = 'locked' AND OLD.state <> 'locked' THEN
        IF live = 0 OR live <> (SELECT count(*) FROM edp_criterion c
                                JOIN edp_criterionset s ON s.id = c.criterion_set_id
                                WHERE s.process_id = process) THEN
          RAISE EXCEPTION 'sheet % is not whole', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        UPDATE edp_criterionset SET frozen_at = now()
          WHERE process_id = process AND frozen_at IS NULL;
        NEW.locked_at := now();
      ELSIF NEW.state <> 'locked' THEN
        NEW.locked_at := NULL;
      END IF;
      -- What was locked is void before anything else is written in its place.
      IF live > 0 AND (NEW.state = 'recused' OR OLD.state = 'locked' AND NEW.state = 'scoring') THEN
        RAISE EXCEPTION 'scores of sheet % count still', OLD.id USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_assignment
      FOR EACH ROW EXECUTE FUNCTION edp_guard_assignment();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_assignment
      FOR EACH STATEMENT EXECUTE FUNCTION edp_guard_assignment();
    """,
    """
    DROP TRIGGER guard ON edp_assignment;
    DROP TRIGGER no_truncate ON edp_assignment;
    DROP FUNCTION edp_guard_assignment();
    """,
)

SCORES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_score() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE task record;
    BEGIN
      IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'scores are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      -- A lock or a recusal waits for scores under way, and none comes after it.
      SELECT a.state, a.idea_id, a.seat_id, s.process_id INTO task
        FROM edp_assignment a JOIN edp_groupmembership s ON s.id = a.seat_id
        WHERE a.id = NEW.assignment_id FOR SHARE OF a;
      IF TG_OP = 'UPDATE' THEN
        IF OLD.voided_because <> '' OR (NEW.assignment_id, NEW.criterion_id)
            IS DISTINCT FROM (OLD.assignment_id, OLD.criterion_id) THEN
          RAISE EXCEPTION 'score % stays as it is', OLD.id USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NEW.voided_because <> '' THEN
          IF (NEW.value, NEW.justification) IS DISTINCT FROM (OLD.value, OLD.justification) THEN
            RAISE EXCEPTION 'score % is voided as it was', OLD.id
              USING ERRCODE = 'insufficient_privilege';
          END IF;
          NEW.voided_at := now();
          RETURN NEW;
        END IF;
      ELSIF NEW.voided_because <> '' THEN
        RAISE EXCEPTION 'a score is not born void' USING ERRCODE = 'check_violation';
      END IF;
      IF task.state <> 'scoring' OR edp_interest_in(task.idea_id, task.seat_id) <> '' THEN
        RAISE EXCEPTION 'no score by this assessor on this idea now'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NOT EXISTS (SELECT FROM edp_criterion c
                     JOIN edp_criterionset s ON s.id = c.criterion_set_id
                     WHERE c.id = NEW.criterion_id AND s.process_id = task.process_id) THEN
        RAISE EXCEPTION 'a criterion of another process' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_score
      FOR EACH ROW EXECUTE FUNCTION edp_guard_score();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_score
      FOR EACH STATEMENT EXECUTE FUNCTION edp_guard_score();

    ALTER TABLE edp_evaluationreport ADD CONSTRAINT evaluation_report_hash
      CHECK (sha256 = encode(sha256(convert_to(body, 'UTF8')), 'hex'));
    """,
    """
    ALTER TABLE edp_evaluationreport DROP CONSTRAINT evaluation_report_hash;
    DROP TRIGGER guard ON edp_score;
    DROP TRIGGER no_truncate ON edp_score;
    DROP FUNCTION edp_guard_score();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("edp", "0006_ideas"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar[list] = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("assigned", "Interests not declared yet"),
                            ("declared", "Waits for a ruling"),
                            ("scoring", "Under way"),
                            ("locked", "Locked"),
                            ("recused", "Recused"),
                            ("expired", "Expired without a sheet"),
                        ],
                        default="assigned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "recused_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ruling", "by a ruling on a declared interest"),
                            ("proposer", "proposed the idea"),
                            ("organisation", "belongs to the organisation that proposed it"),
                        ],
                        max_length=14,
                        verbose_name="recused because",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="last day")),
                ("locked_at", models.DateTimeField(null=True, verbose_name="locked")),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="edp.idea",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="edp.groupmembership",
                    ),
                ),
            ],
            options={
                "verbose_name": "idea to assess",
                "verbose_name_plural": "ideas to assess",
                "ordering": ["idea", "seat"],
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "seat"), name="assignment_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "recused"),
                                models.Q(("recused_because", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "recused"), _negated=True),
                                ("recused_because", ""),
                            ),
                            _connector="OR",
                        ),
                        name="assignment_recused_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("locked_at__isnull", False), ("state", "locked")),
                            models.Q(
                                models.Q(("state", "locked"), _negated=True), ("locked_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="assignment_locked_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CriterionSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "preset",
                    models.CharField(
                        choices=[
                            ("edp-6", "EDP-6: six criteria of entrepreneurial discovery"),
                            ("kidi-4", "KIDI-4: four criteria for clusters"),
                            ("own", "Own criteria"),
                        ],
                        max_length=10,
                        verbose_name="set of criteria",
                    ),
                ),
                (
                    "frozen_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="frozen"),
                ),
                (
                    "process",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criterion_set",
                        to="edp.discoveryprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "set of criteria",
                "verbose_name_plural": "sets of criteria",
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_kk", models.TextField(verbose_name="text in Kazakh")),
                ("text_ru", models.TextField(verbose_name="text in Russian")),
                ("text_en", models.TextField(blank=True, verbose_name="text in English")),
                ("code", models.SlugField(max_length=20, verbose_name="code")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "weight",
                    models.DecimalField(decimal_places=5, max_digits=6, verbose_name="weight"),
                ),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("figures", "figures and assets of the region"),
                            ("sources", "what the idea comes from"),
                            ("pledges", "what people and firms have pledged"),
                            ("people", "whom it touches, and the discussion"),
                        ],
                        default="sources",
                        max_length=10,
                        verbose_name="evidence shown",
                    ),
                ),
                (
                    "anchor_kk",
                    models.CharField(
                        max_length=300, verbose_name="what earns the highest score, in Kazakh"
                    ),
                ),
                (
                    "anchor_ru",
                    models.CharField(
                        max_length=300, verbose_name="what earns the highest score, in Russian"
                    ),
                ),
                (
                    "anchor_en",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="what earns the highest score, in English",
                    ),
                ),
                (
                    "criterion_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="edp.criterionset",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("criterion_set", "code"), name="criterion_code_unique"
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("criterion_set", "position"),
                        name="criterion_position_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 0), ("weight__lte", 1)),
                        name="criterion_weight_a_part_of_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exceptions",
                        to="edp.decision",
                    ),
                ),
                (
                    "idea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluation_exception",
                        to="edp.idea",
                    ),
                ),
            ],
            options={
                "verbose_name": "exception of an evaluation",
                "verbose_name_plural": "exceptions of an evaluation",
            },
        ),
        migrations.CreateModel(
            name="EvaluationReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("body", models.TextField()),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("published_at", models.DateTimeField(auto_now_add=True, verbose_name="published")),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="edp.discoveryprocess",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "report of an evaluation",
                "verbose_name_plural": "reports of evaluations",
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("process", "version"), name="evaluation_report_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("none", "no interest"),
                            ("employment", "employment"),
                            ("ownership", "ownership"),
                            ("family", "family"),
                            ("author", "took part in writing it"),
                            ("competitor", "works for a competitor"),
                            ("other", "another interest"),
                        ],
                        max_length=12,
                        verbose_name="nature of the interest",
                    ),
                ),
                (
                    "public_summary",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what is published of it"
                    ),
                ),
                (
                    "declared_in",
                    models.CharField(
                        choices=[
                            ("assigned", "Interests not declared yet"),
                            ("declared", "Waits for a ruling"),
                            ("scoring", "Under way"),
                            ("locked", "Locked"),
                            ("recused", "Recused"),
                            ("expired", "Expired without a sheet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
                (
                    "ruling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "nothing stands in the way"),
                            ("may_score", "may score; the interest is published"),
                            ("recuse", "does not score"),
                        ],
                        max_length=10,
                        verbose_name="ruling",
                    ),
                ),
                ("ruled_at", models.DateTimeField(null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="edp.assignment",
                    ),
                ),
                (
                    "ruled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "declared interest",
                "verbose_name_plural": "declared interests",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ruling", "")),
                        fields=("assignment",),
                        name="interest_one_without_ruling",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.PositiveSmallIntegerField(null=True, verbose_name="score")),
                ("justification", models.TextField(blank=True, verbose_name="reasons")),
                (
                    "voided_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("interest", "an interest was declared late"),
                            ("reopened", "the sheet was reopened"),
                        ],
                        max_length=10,
                        verbose_name="void",
                    ),
                ),
                ("voided_at", models.DateTimeField(null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="edp.assignment",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="edp.criterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "score",
                "verbose_name_plural": "scores",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_because", "")),
                        fields=("assignment", "criterion"),
                        name="score_one_a_criterion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value", None), ("value__range", (0, 5)), _connector="OR"
                        ),
                        name="score_on_the_scale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value", None),
                            ("value__range", (2, 4)),
                            models.Q(("justification", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="score_of_an_end_has_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Selection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("departs", models.BooleanField(verbose_name="departs from the ranking")),
                (
                    "departure_kk",
                    models.TextField(blank=True, verbose_name="why it departs, in Kazakh"),
                ),
                (
                    "departure_ru",
                    models.TextField(blank=True, verbose_name="why it departs, in Russian"),
                ),
                (
                    "departure_en",
                    models.TextField(blank=True, verbose_name="why it departs, in English"),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="selection",
                        to="edp.decision",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="selections",
                        to="edp.evaluationreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "selection of priorities",
                "verbose_name_plural": "selections of priorities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("departs", False),
                            models.Q(
                                models.Q(("departure_kk", ""), _negated=True),
                                models.Q(("departure_ru", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="selection_departs_with_reasons",
                    )
                ],
            },
        ),
        CRITERIA,
        INTERESTS,
        ASSIGNMENTS,
        SCORES,
        append_only("edp_evaluationreport"),
        append_only("edp_evaluationexception"),
        append_only("edp_selection"),
    ]
