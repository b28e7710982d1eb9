"""Strategies: their parts, which freeze with the approval, and what is measured afterwards."""

from decimal import Decimal

import django.db.models.deletion
import django.db.models.functions
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

PARTS = (
    "challenge",
    "strategypriority",
    "objective",
    "action",
    "actionpartner",
    "indicator",
    "investmentline",
    "risk",
    "exanteevaluation",
    "planalignment",
)
# Which column of a part names what it belongs to: both are in the same strategy.
PARENTS = (
    ("strategypriority", "challenge_id", "challenge"),
    ("objective", "priority_id", "strategypriority"),
    ("action", "objective_id", "objective"),
    ("indicator", "objective_id", "objective"),
    ("actionpartner", "action_id", "action"),
    ("investmentline", "action_id", "action"),
    ("risk", "action_id", "action"),
    ("exanteevaluation", "action_id", "action"),
    ("planalignment", "priority_id", "strategypriority"),
)

STRATEGY = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_strategy() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      is_ours boolean;
      needed text;
    BEGIN
      IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'strategies are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
          RAISE EXCEPTION 'a strategy begins as a draft' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END IF;
      IF (NEW.process_id, NEW.dossier_id, NEW.version, NEW.supersedes_id)
          IS DISTINCT FROM (OLD.process_id, OLD.dossier_id, OLD.version, OLD.supersedes_id)
         OR (NEW.currency <> OLD.currency
             AND OLD.state NOT IN ('draft', 'consulted', 'council_opinion')) THEN
        RAISE EXCEPTION 'which strategy this is never changes'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.state = OLD.state THEN
        RETURN NEW;
      END IF;
      SELECT origin = 'own' INTO is_ours FROM edp_discoveryprocess WHERE id = OLD.process_id;
      IF NOT is_ours AND (OLD.state, NEW.state) = ('draft', 'in_force') THEN
        RETURN NEW;
      END IF;
      IF (OLD.state, NEW.state) NOT IN (
        ('draft', 'consulted'),
        ('consulted', 'draft'),
        ('consulted', 'council_opinion'),
        ('council_opinion', 'akimat_approved'),
        ('akimat_approved', 'maslikhat_approved'),
        ('maslikhat_approved', 'in_force'),
        ('in_force', 'amended'),
        ('in_force', 'superseded'),
        ('amended', 'superseded'),
        ('in_force', 'expired'),
        ('amended', 'expired')
      ) THEN
        RAISE EXCEPTION 'a strategy does not go from % to %', OLD.state, NEW.state
          USING ERRCODE = 'check_violation';
      END IF;
      needed := CASE NEW.state WHEN 'council_opinion' THEN 'council_opinion'
                               WHEN 'akimat_approved' THEN 'akimat'
                               WHEN 'maslikhat_approved' THEN 'maslikhat' END;
      IF needed IS NOT NULL AND NOT EXISTS (
        SELECT FROM edp_approval a JOIN edp_decision d ON d.id = a.decision_id
        WHERE a.strategy_id = OLD.id AND d.kind = needed
      ) THEN
        RAISE EXCEPTION 'strategy % has no decision %', OLD.id, needed
          USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_strategy
      FOR EACH ROW EXECUTE FUNCTION edp_guard_strategy();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_strategy
      FOR EACH STATEMENT EXECUTE FUNCTION edp_guard_strategy();

    CREATE FUNCTION edp_guard_approval() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT process_id FROM edp_strategy WHERE id = NEW.strategy_id)
          <> (SELECT process_id FROM edp_decision WHERE id = NEW.decision_id) THEN
        RAISE EXCEPTION 'the decision is on another process' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER same_process BEFORE INSERT ON edp_approval
      FOR EACH ROW EXECUTE FUNCTION edp_guard_approval();
    """,
    """
    DROP TRIGGER same_process ON edp_approval;
    DROP FUNCTION edp_guard_approval();
    DROP TRIGGER guard ON edp_strategy;
    DROP TRIGGER no_truncate ON edp_strategy;
    DROP FUNCTION edp_guard_strategy();
    """,
)

# The share lock makes who writes a part wait for an approval under way, and look again after it.
FROZEN = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_strategy_part() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      of_strategy bigint;
      now_state text;
    BEGIN
      IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'parts of strategies are not emptied'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'UPDATE' AND NEW.strategy_id <> OLD.strategy_id THEN
        RAISE EXCEPTION 'a part stays in its strategy' USING ERRCODE = 'insufficient_privilege';
      END IF;
      of_strategy := CASE TG_OP WHEN 'DELETE' THEN OLD.strategy_id ELSE NEW.strategy_id END;
      SELECT state INTO now_state FROM edp_strategy WHERE id = of_strategy FOR SHARE;
      IF now_state NOT IN ('draft', 'consulted', 'council_opinion') THEN
        IF TG_TABLE_NAME = 'edp_investmentline' AND TG_OP = 'INSERT'
           AND now_state IN ('in_force', 'amended') AND to_jsonb(NEW)->>'certainty' = 'spent' THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'strategy % is approved and does not change', of_strategy
          USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'strategy_frozen';
      END IF;
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    """,
    "DROP FUNCTION edp_guard_strategy_part();",
)


def part(name: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_{name}
          FOR EACH ROW EXECUTE FUNCTION edp_guard_strategy_part();
        CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_{name}
          FOR EACH STATEMENT EXECUTE FUNCTION edp_guard_strategy_part();
        ALTER TABLE edp_{name} ADD CONSTRAINT {name}_in_strategy UNIQUE (id, strategy_id);
        """,
        f"""
        ALTER TABLE edp_{name} DROP CONSTRAINT {name}_in_strategy;
        DROP TRIGGER guard ON edp_{name};
        DROP TRIGGER no_truncate ON edp_{name};
        """,
    )


def below(name: str, column: str, parent: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        ALTER TABLE edp_{name} ADD CONSTRAINT {name}_in_same_strategy
          FOREIGN KEY ({column}, strategy_id) REFERENCES edp_{parent} (id, strategy_id)
          DEFERRABLE INITIALLY DEFERRED;
        """,
        f"ALTER TABLE edp_{name} DROP CONSTRAINT {name}_in_same_strategy;",
    )


DOCUMENTS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_publication() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND OLD.made_at IS NULL
         AND (NEW.strategy_id, NEW.language, NEW.state, NEW.asked_at)
             IS NOT DISTINCT FROM (OLD.strategy_id, OLD.language, OLD.state, OLD.asked_at) THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'a document that was made stays as it is'
        USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON edp_publication
      FOR EACH ROW EXECUTE FUNCTION edp_guard_publication();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_publication
      FOR EACH STATEMENT EXECUTE FUNCTION edp_guard_publication();

    CREATE FUNCTION edp_guard_measurement() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.corrects_id IS NOT NULL AND NEW.indicator_id <>
          (SELECT indicator_id FROM edp_measurement WHERE id = NEW.corrects_id) THEN
        RAISE EXCEPTION 'a correction is of the same indicator' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER same_indicator BEFORE INSERT ON edp_measurement
      FOR EACH ROW EXECUTE FUNCTION edp_guard_measurement();
    """,
    """
    DROP TRIGGER same_indicator ON edp_measurement;
    DROP FUNCTION edp_guard_measurement();
    DROP TRIGGER guard ON edp_publication;
    DROP TRIGGER no_truncate ON edp_publication;
    DROP FUNCTION edp_guard_publication();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("edp", "0008_consultation"),
        ("participation", "0007_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Strategy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("consulted", "Put before the public council"),
                            ("council_opinion", "The public council has given its opinion"),
                            ("akimat_approved", "Approved by the akimat"),
                            ("maslikhat_approved", "Approved by the maslikhat"),
                            ("in_force", "In force"),
                            ("amended", "In force as amended"),
                            ("superseded", "Superseded by the next version"),
                            ("expired", "Expired"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "currency",
                    models.CharField(default="KZT", max_length=3, verbose_name="currency"),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strategy",
                        to="participation.dossier",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strategies",
                        to="edp.discoveryprocess",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="edp.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "strategy",
                "verbose_name_plural": "strategies",
                "ordering": ["process", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("process", "version"), name="strategy_version_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("process",),
                        name="strategy_one_in_force",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(max_length=200, verbose_name="name in Russian")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="edp.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "challenge",
                "verbose_name_plural": "challenges",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("strategy", "number"),
                        name="challenge_numbered",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategyPriority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "change_kk",
                    models.TextField(blank=True, verbose_name="from what to what, in Kazakh"),
                ),
                (
                    "change_ru",
                    models.TextField(blank=True, verbose_name="from what to what, in Russian"),
                ),
                (
                    "change_en",
                    models.TextField(blank=True, verbose_name="from what to what, in English"),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="priorities",
                        to="edp.challenge",
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_strategies",
                        to="edp.priority",
                        verbose_name="priority",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="priorities",
                        to="edp.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "priority of a strategy",
                "verbose_name_plural": "priorities of a strategy",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("challenge", "number"),
                        name="strategy_priority_numbered",
                    ),
                    models.UniqueConstraint(
                        fields=("strategy", "priority"), name="strategy_priority_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(max_length=200, verbose_name="name in Russian")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="edp.strategy",
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="edp.strategypriority",
                    ),
                ),
            ],
            options={
                "verbose_name": "objective",
                "verbose_name_plural": "objectives",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("priority", "number"),
                        name="objective_numbered",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(max_length=200, verbose_name="name in Russian")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "tool",
                    models.CharField(
                        choices=[
                            ("facility", "facility"),
                            ("fund", "fund or guarantee"),
                            ("training", "training"),
                            ("research", "research and development"),
                            ("promotion", "promotion"),
                            ("regulation", "regulation"),
                            ("network", "network"),
                            ("label", "label or award"),
                        ],
                        max_length=10,
                        verbose_name="kind of tool",
                    ),
                ),
                (
                    "instrument",
                    models.CharField(
                        choices=[("existing", "existing"), ("new", "new")],
                        max_length=8,
                        verbose_name="instrument",
                    ),
                ),
                (
                    "instrument_name",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="name of the instrument or programme",
                    ),
                ),
                ("domains", models.JSONField(default=list, verbose_name="domains of policy")),
                (
                    "term",
                    models.CharField(
                        choices=[("short", "short"), ("medium", "medium"), ("long", "long")],
                        max_length=6,
                        verbose_name="term",
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="duration in months"
                    ),
                ),
                (
                    "person_months",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="work in person-months"
                    ),
                ),
                ("is_free", models.BooleanField(default=False, verbose_name="needs no money")),
                ("is_experiment", models.BooleanField(default=False, verbose_name="an experiment")),
                (
                    "question_kk",
                    models.TextField(blank=True, verbose_name="what is to be learnt, in Kazakh"),
                ),
                (
                    "question_ru",
                    models.TextField(blank=True, verbose_name="what is to be learnt, in Russian"),
                ),
                (
                    "question_en",
                    models.TextField(blank=True, verbose_name="what is to be learnt, in English"),
                ),
                (
                    "stop_rule_kk",
                    models.TextField(blank=True, verbose_name="when it is stopped, in Kazakh"),
                ),
                (
                    "stop_rule_ru",
                    models.TextField(blank=True, verbose_name="when it is stopped, in Russian"),
                ),
                (
                    "stop_rule_en",
                    models.TextField(blank=True, verbose_name="when it is stopped, in English"),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operated_actions",
                        to="accounts.organisation",
                        verbose_name="who does it",
                    ),
                ),
            ],
            options={
                "verbose_name": "action",
                "verbose_name_plural": "actions",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="ActionPartner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="edp.action",
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
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="edp.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner of an action",
                "verbose_name_plural": "partners of actions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "organisation"), name="action_partner_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(max_length=200, verbose_name="name in Russian")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("republic", "of the republic"),
                            ("region", "of the region"),
                            ("local", "of a city or district"),
                        ],
                        max_length=8,
                        verbose_name="level",
                    ),
                ),
                ("body", models.CharField(max_length=200, verbose_name="adopted by")),
                (
                    "first_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="first year"
                    ),
                ),
                (
                    "last_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="last year"
                    ),
                ),
                ("url", models.URLField(blank=True, verbose_name="address of the document")),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policy_documents",
                        to="edp.discoveryprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan or programme",
                "verbose_name_plural": "plans and programmes",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PolicyObjective",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(max_length=200, verbose_name="name in Russian")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="edp.policydocument",
                    ),
                ),
            ],
            options={
                "verbose_name": "objective of a plan",
                "verbose_name_plural": "objectives of plans",
                "ordering": ["document", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "number"), name="policy_objective_numbered"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(max_length=200, verbose_name="name in Russian")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("financial", "money"),
                            ("capability", "skills"),
                            ("schedule", "time"),
                            ("political", "politics"),
                            ("environmental", "environment"),
                            ("other", "other"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("likelihood", models.PositiveSmallIntegerField(verbose_name="likelihood, 1 to 5")),
                ("impact", models.PositiveSmallIntegerField(verbose_name="impact, 1 to 5")),
                (
                    "mitigation_kk",
                    models.TextField(blank=True, verbose_name="what is done about it, in Kazakh"),
                ),
                (
                    "mitigation_ru",
                    models.TextField(blank=True, verbose_name="what is done about it, in Russian"),
                ),
                (
                    "mitigation_en",
                    models.TextField(blank=True, verbose_name="what is done about it, in English"),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="edp.action",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="who watches it",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="edp.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "risk",
                "verbose_name_plural": "risks",
                "ordering": ["-likelihood", "-impact", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("impact__range", (1, 5)), ("likelihood__range", (1, 5))
                        ),
                        name="risk_rated_1_to_5",
                        violation_error_message="Likelihood and impact go from 1 to 5.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("consulted", "Put before the public council"),
                            ("council_opinion", "The public council has given its opinion"),
                            ("akimat_approved", "Approved by the akimat"),
                            ("maslikhat_approved", "Approved by the maslikhat"),
                            ("in_force", "In force"),
                            ("amended", "In force as amended"),
                            ("superseded", "Superseded by the next version"),
                            ("expired", "Expired"),
                        ],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("file", models.FileField(blank=True, max_length=200, upload_to="strategies/")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(null=True, verbose_name="size in bytes")),
                ("made_at", models.DateTimeField(null=True, verbose_name="made")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="edp.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a strategy",
                "verbose_name_plural": "documents of strategies",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made_at", None), ("sha256", ""), ("size", None)),
                            models.Q(
                                ("made_at__isnull", False),
                                ("size__gt", 0),
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("file", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="publication_made_as_a_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InvestmentLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=20, verbose_name="amount"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("public_republican", "state budget"),
                            ("public_local", "local budgets"),
                            ("quasi_public", "quasi-public companies"),
                            ("private", "private"),
                            ("ifi_donor", "international institutions and donors"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("pledged", "pledged"),
                            ("committed", "committed"),
                            ("spent", "spent"),
                        ],
                        max_length=10,
                        verbose_name="how certain",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(blank=True, max_length=300, verbose_name="what shows it"),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="money",
                        to="edp.action",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="money",
                        to="edp.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "sum",
                "verbose_name_plural": "sums",
                "ordering": ["year", "source", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", Decimal("0"))),
                        name="investment_not_negative",
                        violation_error_message="Money cannot be less than nothing.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(max_length=200, verbose_name="name in Russian")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("input", "input"),
                            ("output", "output"),
                            ("outcome", "outcome"),
                            ("context", "context"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "control",
                    models.CharField(
                        choices=[("full", "full"), ("partial", "in part"), ("none", "none")],
                        max_length=8,
                        verbose_name="how far the region controls it",
                    ),
                ),
                ("unit_kk", models.CharField(max_length=40, verbose_name="unit in Kazakh")),
                ("unit_ru", models.CharField(max_length=40, verbose_name="unit in Russian")),
                (
                    "unit_en",
                    models.CharField(blank=True, max_length=40, verbose_name="unit in English"),
                ),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="baseline",
                    ),
                ),
                (
                    "baseline_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="year of baseline"
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="target",
                    ),
                ),
                (
                    "target_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="year of target"
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source of the figures")),
                (
                    "reports_per_year",
                    models.PositiveSmallIntegerField(default=1, verbose_name="reports a year"),
                ),
                (
                    "first_result_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="first result expected on"
                    ),
                ),
                (
                    "is_local",
                    models.BooleanField(default=True, verbose_name="set by the region itself"),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="edp.objective",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="edp.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("objective", "number"),
                        name="indicator_numbered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("control", "none"), _negated=True),
                            ("target", None),
                            _connector="OR",
                        ),
                        name="indicator_uncontrolled_has_no_target",
                        violation_error_message="What the region does not control cannot have a target: leave the target empty, so that it is context.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("target", None), ("target_year", None)),
                            models.Q(("target__isnull", False), ("target_year__isnull", False)),
                            _connector="OR",
                        ),
                        name="indicator_target_has_year",
                        violation_error_message="Give both, the target and its year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("baseline", None), ("baseline_year", None)),
                            models.Q(("baseline__isnull", False), ("baseline_year__isnull", False)),
                            _connector="OR",
                        ),
                        name="indicator_baseline_has_year",
                        violation_error_message="Give both, the baseline and its year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_year", None),
                            ("baseline_year", None),
                            ("target_year__gte", models.F("baseline_year")),
                            _connector="OR",
                        ),
                        name="indicator_target_after_baseline",
                        violation_error_message="The target comes after the baseline.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExAnteEvaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "demand_now",
                    models.DecimalField(decimal_places=2, max_digits=18, verbose_name="demand now"),
                ),
                (
                    "demand_forecast",
                    models.DecimalField(
                        decimal_places=2, max_digits=18, verbose_name="demand expected"
                    ),
                ),
                ("demand_unit", models.CharField(max_length=60, verbose_name="unit of demand")),
                (
                    "capital_cost",
                    models.DecimalField(
                        decimal_places=2, max_digits=20, verbose_name="cost to build"
                    ),
                ),
                (
                    "running_cost",
                    models.DecimalField(
                        decimal_places=2, max_digits=20, verbose_name="cost a year to run"
                    ),
                ),
                (
                    "payer_budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=20,
                        null=True,
                        verbose_name="yearly budget of the payer",
                    ),
                ),
                (
                    "alternatives_kk",
                    models.TextField(verbose_name="other ways that were weighed, in Kazakh"),
                ),
                (
                    "alternatives_ru",
                    models.TextField(verbose_name="other ways that were weighed, in Russian"),
                ),
                (
                    "alternatives_en",
                    models.TextField(
                        blank=True, verbose_name="other ways that were weighed, in English"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("go", "go on"),
                            ("revise", "change it first"),
                            ("stop", "do not do it"),
                        ],
                        max_length=6,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluation",
                        to="edp.action",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="who pays to run it",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="edp.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "evaluation in advance",
                "verbose_name_plural": "evaluations in advance",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capital_cost__gte", 0),
                            ("demand_forecast__gte", 0),
                            ("demand_now__gte", 0),
                            ("running_cost__gte", 0),
                            models.Q(
                                ("payer_budget", None), ("payer_budget__gt", 0), _connector="OR"
                            ),
                        ),
                        name="ex_ante_not_negative",
                        violation_error_message="Costs and demand cannot be less than nothing.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CouncilRecommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer_due",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strategy_recommendation",
                        to="participation.answerdue",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="edp.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation of the public council",
                "verbose_name_plural": "recommendations of the public council",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval",
                        to="edp.decision",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="edp.strategy",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval of a strategy",
                "verbose_name_plural": "approvals of strategies",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PlanAlignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("supports", "supports"),
                            ("neutral", "touches"),
                            ("conflicts", "conflicts"),
                        ],
                        max_length=10,
                        verbose_name="how they stand",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alignments",
                        to="edp.policyobjective",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alignments",
                        to="edp.strategy",
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alignments",
                        to="edp.strategypriority",
                    ),
                ),
            ],
            options={
                "verbose_name": "alignment with a plan",
                "verbose_name_plural": "alignment with plans",
                "constraints": [
                    models.UniqueConstraint(fields=("priority", "objective"), name="alignment_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="WheelAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("is_external", models.BooleanField(verbose_name="a peer from outside")),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wheels",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wheels",
                        to="edp.discoveryprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment by the wheel",
                "verbose_name_plural": "assessments by the wheel",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("process", "year", "assessor"), name="wheel_one_per_person_and_year"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WheelScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("factor", models.CharField(max_length=20, verbose_name="factor")),
                ("score", models.PositiveSmallIntegerField(verbose_name="score, 0 to 5")),
                (
                    "evidence",
                    models.CharField(blank=True, max_length=500, verbose_name="what shows it"),
                ),
                (
                    "wheel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="edp.wheelassessment",
                    ),
                ),
            ],
            options={
                "verbose_name": "score of the wheel",
                "verbose_name_plural": "scores of the wheel",
                "constraints": [
                    models.UniqueConstraint(fields=("wheel", "factor"), name="wheel_score_once"),
                    models.CheckConstraint(
                        condition=models.Q(("score__range", (0, 5))), name="wheel_score_0_to_5"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(max_length=200, verbose_name="name in Russian")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "call for projects"),
                            ("voucher", "innovation vouchers"),
                            ("concept", "project concepts"),
                            ("network", "network of partners"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="opens on")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="closes on")),
                ("criteria_kk", models.TextField(blank=True, verbose_name="criteria in Kazakh")),
                ("criteria_ru", models.TextField(blank=True, verbose_name="criteria in Russian")),
                ("criteria_en", models.TextField(blank=True, verbose_name="criteria in English")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=20,
                        null=True,
                        verbose_name="money offered",
                    ),
                ),
                (
                    "currency",
                    models.CharField(default="KZT", max_length=3, verbose_name="currency"),
                ),
                (
                    "applicants",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="applications"),
                ),
                (
                    "selected",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="selected"),
                ),
                ("url", models.URLField(blank=True, verbose_name="address of the call")),
                (
                    "priority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="edp.priority",
                        verbose_name="priority",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="edp.discoveryprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "ordering": ["-opens_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("selected", None),
                            ("applicants", None),
                            ("selected__lte", models.F("applicants")),
                            _connector="OR",
                        ),
                        name="call_selected_of_applicants",
                        violation_error_message="No more can be selected than have applied.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on", None),
                            ("closes_on", None),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="call_closes_after_opening",
                        violation_error_message="The last day comes after the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measured_on", models.DateField(verbose_name="measured on")),
                (
                    "value",
                    models.DecimalField(decimal_places=4, max_digits=18, verbose_name="value"),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("entered_at", models.DateTimeField(auto_now_add=True)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="edp.measurement",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurements",
                        to="edp.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "measurement",
                "verbose_name_plural": "measurements",
                "ordering": ["measured_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects", None),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="measurement_correction_has_reason",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="action",
            name="partners",
            field=models.ManyToManyField(
                related_name="+",
                through="edp.ActionPartner",
                to="accounts.organisation",
                verbose_name="partners",
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="objective",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="edp.objective",
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="strategy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="edp.strategy",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("objective", "number"),
                name="action_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_experiment", False),
                    models.Q(
                        models.Q(("question_kk", ""), _negated=True),
                        models.Q(("question_ru", ""), _negated=True),
                        models.Q(("stop_rule_kk", ""), _negated=True),
                        models.Q(("stop_rule_ru", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="action_experiment_has_question",
                violation_error_message="An experiment says in Kazakh and Russian what is to be learnt and when it is stopped.",
            ),
        ),
        STRATEGY,
        FROZEN,
        *(part(name) for name in PARTS),
        *(below(*parent) for parent in PARENTS),
        DOCUMENTS,
        append_only("edp_approval"),
        append_only("edp_councilrecommendation"),
        append_only("edp_measurement"),
    ]
