"""Checks of gates, waivers, changes of stage; resources, leads of stages, outputs.

A process of this platform begins as a draft and moves only when a change of stage is written: past
a gate whose conditions are all met or waived, looked at in the same transaction, or by a decision.
"""

from typing import ClassVar

import django.contrib.postgres.functions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

GATE_CHECKS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_gate_check() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.at := now();
      IF jsonb_typeof(NEW.conditions) <> 'array' OR NEW.conditions = '[]' THEN
        RAISE EXCEPTION 'a gate has conditions' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF EXISTS (
        SELECT 1 FROM jsonb_array_elements(NEW.conditions) AS each
        WHERE NOT coalesce((each->>'ok')::boolean, false) AND NOT (
          coalesce((each->>'waived')::boolean, false) AND EXISTS (
            SELECT 1 FROM edp_waiver w JOIN edp_decision d ON d.id = w.decision_id
            WHERE d.process_id = NEW.process_id AND w.gate = NEW.gate
              AND w.condition = each->>'code')))
      THEN
        RAISE EXCEPTION 'gate % has a condition that is neither met nor waived', NEW.gate
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER all_met_or_waived BEFORE INSERT ON edp_gatecheck
      FOR EACH ROW EXECUTE FUNCTION edp_guard_gate_check();

    CREATE FUNCTION edp_guard_waiver() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
        SELECT 1 FROM edp_decision WHERE id = NEW.decision_id AND kind = 'waive') THEN
        RAISE EXCEPTION 'only a decision to set a condition aside does so'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER by_decision BEFORE INSERT ON edp_waiver
      FOR EACH ROW EXECUTE FUNCTION edp_guard_waiver();
    """,
    """
    DROP TRIGGER all_met_or_waived ON edp_gatecheck;
    DROP TRIGGER by_decision ON edp_waiver;
    DROP FUNCTION edp_guard_gate_check();
    DROP FUNCTION edp_guard_waiver();
    """,
)

STAGE_CHANGES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_stage_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      stages CONSTANT text[] := ARRAY['draft', 'preparation', 'mapping', 'discovery',
        'evaluation', 'consultation', 'adoption', 'implementation', 'review', 'closed'];
      moved edp_discoveryprocess;
      looked edp_gatecheck;
      decided edp_decision;
      place integer;
      is_right boolean;
    BEGIN
      NEW.at := now();
      SELECT * INTO moved FROM edp_discoveryprocess WHERE id = NEW.process_id
        FOR NO KEY UPDATE;
      IF moved.origin <> 'own' THEN
        RAISE EXCEPTION 'process % did not take place here and has no gates', moved.slug
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF moved.stage <> NEW.from_stage THEN
        RAISE EXCEPTION 'process % stands at %, not at %', moved.slug, moved.stage, NEW.from_stage
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      place := array_position(stages, NEW.from_stage::text);
      IF NEW.gate_check_id IS NOT NULL THEN
        SELECT * INTO looked FROM edp_gatecheck WHERE id = NEW.gate_check_id;
        is_right := looked.process_id = NEW.process_id AND looked.at = now() AND CASE
          WHEN NEW.from_stage = 'review'
            THEN looked.gate = 7 AND NEW.to_stage IN ('implementation', 'closed')
          ELSE place <= 7 AND looked.gate = place - 1 AND NEW.to_stage = stages[place + 1]
        END;
        IF is_right AND looked.gate = 1 AND NOT EXISTS (
          SELECT 1 FROM participation_ruleset
          WHERE id = moved.ruleset_id AND frozen_at IS NOT NULL) THEN
          RAISE EXCEPTION 'the rules of process % are not frozen', moved.slug
            USING ERRCODE = 'insufficient_privilege';
        END IF;
      ELSE
        SELECT * INTO decided FROM edp_decision WHERE id = NEW.decision_id;
        is_right := decided.process_id = NEW.process_id AND CASE decided.kind
          WHEN 'step_back' THEN place BETWEEN 2 AND 9 AND NEW.to_stage = stages[place - 1]
          WHEN 'suspend' THEN place BETWEEN 2 AND 9 AND NEW.to_stage = 'suspended'
          WHEN 'cancel' THEN (place < 10 OR NEW.from_stage = 'suspended')
            AND NEW.to_stage = 'cancelled'
          WHEN 'pass_gate' THEN NEW.from_stage = 'implementation' AND NEW.to_stage = 'review'
          WHEN 'resume' THEN NEW.from_stage = 'suspended' AND NEW.to_stage = (
            SELECT from_stage FROM edp_stagechange
            WHERE process_id = NEW.process_id AND to_stage = 'suspended'
            ORDER BY id DESC LIMIT 1)
          ELSE false
        END;
      END IF;
      IF is_right IS NOT TRUE THEN
        RAISE EXCEPTION 'nothing leads process % from % to %',
          moved.slug, NEW.from_stage, NEW.to_stage USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER by_gate_or_decision BEFORE INSERT ON edp_stagechange
      FOR EACH ROW EXECUTE FUNCTION edp_guard_stage_change();

    CREATE FUNCTION edp_move_process() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE edp_discoveryprocess SET stage = NEW.to_stage WHERE id = NEW.process_id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER moves_process AFTER INSERT ON edp_stagechange
      FOR EACH ROW EXECUTE FUNCTION edp_move_process();
    """,
    """
    DROP TRIGGER by_gate_or_decision ON edp_stagechange;
    DROP TRIGGER moves_process ON edp_stagechange;
    DROP FUNCTION edp_guard_stage_change();
    DROP FUNCTION edp_move_process();
    """,
)

PROCESSES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_process() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last edp_stagechange;
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.origin = 'own' AND NEW.stage <> 'draft' THEN
          RAISE EXCEPTION 'a process begins as a draft' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END IF;
      IF NEW.origin <> OLD.origin THEN
        RAISE EXCEPTION 'where process % took place cannot change', OLD.slug
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.stage <> OLD.stage THEN
        SELECT * INTO last FROM edp_stagechange WHERE process_id = OLD.id
          ORDER BY id DESC LIMIT 1;
        IF (last.from_stage, last.to_stage, last.at)
            IS DISTINCT FROM (OLD.stage, NEW.stage, now()) THEN
          RAISE EXCEPTION 'process % moves by a change of stage only', OLD.slug
            USING ERRCODE = 'insufficient_privilege';
        END IF;
      END IF;
      IF NEW.ruleset_id <> OLD.ruleset_id AND OLD.stage NOT IN ('draft', 'preparation') THEN
        RAISE EXCEPTION 'the rules of process % are fixed', OLD.slug
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER stage_and_rules BEFORE INSERT OR UPDATE ON edp_discoveryprocess
      FOR EACH ROW EXECUTE FUNCTION edp_guard_process();
    """,
    """
    DROP TRIGGER stage_and_rules ON edp_discoveryprocess;
    DROP FUNCTION edp_guard_process();
    """,
)


class Migration(GroupedMigration):
    dependencies: ClassVar[list] = [
        ("edp", "0001_processes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar[list] = [
        migrations.CreateModel(
            name="GateCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gate", models.PositiveSmallIntegerField(verbose_name="gate")),
                ("conditions", models.JSONField(verbose_name="conditions")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.contrib.postgres.functions.TransactionNow(),
                        editable=False,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gate_checks",
                        to="edp.discoveryprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of a gate",
                "verbose_name_plural": "checks of gates",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("gate__range", (0, 7))), name="gate_check_of_a_gate"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcessOutput",
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
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("strengths", "Strengths of the region"),
                            ("research_capabilities", "Research and innovation capabilities"),
                            ("human_capital", "People and skills"),
                            ("aspirations", "Aspirations for the future"),
                        ],
                        max_length=24,
                        verbose_name="output",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outputs",
                        to="edp.discoveryprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "output of discovery",
                "verbose_name_plural": "outputs of discovery",
                "constraints": [
                    models.UniqueConstraint(fields=("process", "code"), name="output_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "code__in",
                                (
                                    "strengths",
                                    "research_capabilities",
                                    "human_capital",
                                    "aspirations",
                                ),
                            )
                        ),
                        name="output_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_kk", ""), _negated=True),
                            models.Q(("text_ru", ""), _negated=True),
                        ),
                        name="output_in_both_languages",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResourcePlan",
            fields=[
                (
                    "process",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="resource_plan",
                        serialize=False,
                        to="edp.discoveryprocess",
                    ),
                ),
                ("people", models.PositiveSmallIntegerField(verbose_name="people")),
                ("person_days", models.PositiveIntegerField(verbose_name="person-days")),
                ("money", models.PositiveBigIntegerField(verbose_name="money, in tenge")),
                (
                    "gaps_kk",
                    models.TextField(blank=True, verbose_name="what is lacking, in Kazakh"),
                ),
                (
                    "gaps_ru",
                    models.TextField(blank=True, verbose_name="what is lacking, in Russian"),
                ),
                (
                    "gaps_en",
                    models.TextField(blank=True, verbose_name="what is lacking, in English"),
                ),
            ],
            options={
                "verbose_name": "plan of resources",
                "verbose_name_plural": "plans of resources",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("people__gt", 0), ("person_days__gt", 0)),
                        name="resource_plan_has_people",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StageChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_stage",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("preparation", "Preparation"),
                            ("mapping", "Evidence"),
                            ("discovery", "Discovery"),
                            ("evaluation", "Evaluation"),
                            ("consultation", "Consultation"),
                            ("adoption", "Adoption"),
                            ("implementation", "Implementation"),
                            ("review", "Review"),
                            ("closed", "Closed"),
                            ("suspended", "Suspended"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=16,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_stage",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("preparation", "Preparation"),
                            ("mapping", "Evidence"),
                            ("discovery", "Discovery"),
                            ("evaluation", "Evaluation"),
                            ("consultation", "Consultation"),
                            ("adoption", "Adoption"),
                            ("implementation", "Implementation"),
                            ("review", "Review"),
                            ("closed", "Closed"),
                            ("suspended", "Suspended"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=16,
                        verbose_name="to",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.contrib.postgres.functions.TransactionNow(),
                        editable=False,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stage_change",
                        to="edp.decision",
                    ),
                ),
                (
                    "gate_check",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stage_change",
                        to="edp.gatecheck",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stage_changes",
                        to="edp.discoveryprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of stage",
                "verbose_name_plural": "changes of stage",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", None), ("gate_check__isnull", False)),
                            models.Q(("decision__isnull", False), ("gate_check", None)),
                            _connector="OR",
                        ),
                        name="stage_change_by_gate_or_decision",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StageLead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("preparation", "Preparation"),
                            ("mapping", "Evidence"),
                            ("discovery", "Discovery"),
                            ("evaluation", "Evaluation"),
                            ("consultation", "Consultation"),
                            ("adoption", "Adoption"),
                            ("implementation", "Implementation"),
                            ("review", "Review"),
                            ("closed", "Closed"),
                            ("suspended", "Suspended"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=16,
                        verbose_name="stage",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stage_leads",
                        to="edp.discoveryprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "lead of a stage",
                "verbose_name_plural": "leads of stages",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("process", "stage"), name="stage_lead_one_a_stage"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gate", models.PositiveSmallIntegerField(verbose_name="gate")),
                ("condition", models.CharField(max_length=30, verbose_name="condition")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="edp.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "waiver",
                "verbose_name_plural": "waivers",
                "ordering": ["gate", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "gate", "condition"), name="waiver_once_in_a_decision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gate__range", (0, 7))), name="waiver_of_a_gate"
                    ),
                ],
            },
        ),
        append_only("edp_decision"),
        append_only("edp_gatecheck"),
        append_only("edp_waiver"),
        append_only("edp_stagechange"),
        GATE_CHECKS,
        STAGE_CHANGES,
        PROCESSES,
    ]
