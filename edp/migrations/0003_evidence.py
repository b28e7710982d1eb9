"""Files and figures that never change, and a SWOT whose every public line has evidence."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

GUARDS = migrations.RunSQL(
    """
    -- A version is published once, and nothing else of it ever changes.
    CREATE FUNCTION edp_guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' OR OLD.published_at IS NOT NULL
         OR to_jsonb(NEW) - 'published_at' IS DISTINCT FROM to_jsonb(OLD) - 'published_at' THEN
        RAISE EXCEPTION 'a version of a dataset never changes: % refused', TG_OP
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER no_rewrite BEFORE UPDATE OR DELETE ON edp_datasetversion
      FOR EACH ROW EXECUTE FUNCTION edp_guard_version();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_datasetversion
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();

    CREATE FUNCTION edp_guard_swot_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.published_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM edp_swotlink WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'a line of the SWOT is published with its evidence'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'swot_published_with_evidence';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER with_evidence BEFORE INSERT OR UPDATE ON edp_swotentry
      FOR EACH ROW EXECUTE FUNCTION edp_guard_swot_entry();

    CREATE FUNCTION edp_guard_swot_link() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE published timestamptz;
    BEGIN
      -- A publication under way waits for this, or this for it.
      SELECT published_at INTO published FROM edp_swotentry WHERE id = OLD.entry_id FOR UPDATE;
      IF published IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM edp_swotlink WHERE entry_id = OLD.entry_id AND id <> OLD.id) THEN
        RAISE EXCEPTION 'a published line of the SWOT keeps its evidence'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'swot_published_with_evidence';
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER keeps_evidence BEFORE UPDATE OF entry_id OR DELETE ON edp_swotlink
      FOR EACH ROW EXECUTE FUNCTION edp_guard_swot_link();
    """,
    """
    DROP TRIGGER no_rewrite ON edp_datasetversion;
    DROP TRIGGER no_truncate ON edp_datasetversion;
    DROP TRIGGER with_evidence ON edp_swotentry;
    DROP TRIGGER keeps_evidence ON edp_swotlink;
    DROP FUNCTION edp_guard_version;
    DROP FUNCTION edp_guard_swot_entry;
    DROP FUNCTION edp_guard_swot_link;
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("edp", "0002_gates"),
        ("participation", "0007_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar[list] = [
        migrations.AlterModelOptions(
            name="dataset",
            options={
                "ordering": ["pk"],
                "verbose_name": "dataset",
                "verbose_name_plural": "datasets",
            },
        ),
        migrations.AddField(
            model_name="datasetversion",
            name="has_today_borders",
            field=models.BooleanField(default=False, verbose_name="within today's borders"),
        ),
        migrations.AddField(
            model_name="datasetversion",
            name="missing",
            field=models.PositiveIntegerField(default=0, verbose_name="cells without a value"),
        ),
        migrations.AddField(
            model_name="specialisationresult",
            name="name",
            field=models.CharField(blank=True, max_length=200, verbose_name="name in the file"),
        ),
        migrations.AddField(
            model_name="specialisationresult",
            name="value",
            field=models.DecimalField(
                decimal_places=12, default=0, max_digits=27, verbose_name="value"
            ),
        ),
        migrations.AlterField(
            model_name="specialisationresult",
            name="growth",
            field=models.DecimalField(
                decimal_places=10, max_digits=50, null=True, verbose_name="growth"
            ),
        ),
        migrations.AlterField(
            model_name="specialisationresult",
            name="growth_nation",
            field=models.DecimalField(decimal_places=10, max_digits=50, null=True),
        ),
        migrations.AlterField(
            model_name="specialisationresult",
            name="lq",
            field=models.DecimalField(
                decimal_places=10, max_digits=50, null=True, verbose_name="location quotient"
            ),
        ),
        migrations.AlterField(
            model_name="specialisationresult",
            name="lq_before",
            field=models.DecimalField(decimal_places=10, max_digits=50, null=True),
        ),
        migrations.AlterField(
            model_name="specialisationresult",
            name="shift_activity",
            field=models.DecimalField(decimal_places=6, max_digits=50, null=True),
        ),
        migrations.AlterField(
            model_name="specialisationresult",
            name="shift_nation",
            field=models.DecimalField(decimal_places=6, max_digits=50, null=True),
        ),
        migrations.AlterField(
            model_name="specialisationresult",
            name="shift_region",
            field=models.DecimalField(decimal_places=6, max_digits=50, null=True),
        ),
        migrations.CreateModel(
            name="DatasetFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.BinaryField()),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file",
                        to="edp.datasetversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a dataset",
                "verbose_name_plural": "files of datasets",
            },
        ),
        migrations.CreateModel(
            name="SwotEntry",
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
                    "quadrant",
                    models.CharField(
                        choices=[
                            ("strength", "Strengths"),
                            ("weakness", "Weaknesses"),
                            ("opportunity", "Opportunities"),
                            ("threat", "Threats"),
                        ],
                        max_length=12,
                        verbose_name="quadrant",
                    ),
                ),
                ("published_at", models.DateTimeField(null=True, verbose_name="published")),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="swot_entries",
                        to="edp.discoveryprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the SWOT",
                "verbose_name_plural": "lines of the SWOT",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quadrant__in", ["strength", "weakness", "opportunity", "threat"])
                        ),
                        name="swot_quadrant_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SwotLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="swot_links",
                        to="edp.regionalasset",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="edp.swotentry",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="swot_links",
                        to="edp.specialisationresult",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="swot_links",
                        to="edp.statement",
                    ),
                ),
                (
                    "trend",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="swot_links",
                        to="edp.trendsignal",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence of the SWOT",
                "verbose_name_plural": "evidence of the SWOT",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("asset", None),
                                ("result", None),
                                ("statement__isnull", False),
                                ("trend", None),
                            ),
                            models.Q(
                                ("asset__isnull", False),
                                ("result", None),
                                ("statement", None),
                                ("trend", None),
                            ),
                            models.Q(
                                ("asset", None),
                                ("result__isnull", False),
                                ("statement", None),
                                ("trend", None),
                            ),
                            models.Q(
                                ("asset", None),
                                ("result", None),
                                ("statement", None),
                                ("trend__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="swot_link_is_one_thing",
                    ),
                    models.UniqueConstraint(
                        fields=("entry", "statement", "asset", "result", "trend"),
                        name="swot_link_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DatasetDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("content", models.BinaryField()),
                ("encoding", models.CharField(max_length=20, verbose_name="encoding")),
                ("retrieved_on", models.DateField(verbose_name="retrieved on")),
                ("has_today_borders", models.BooleanField(default=False)),
                ("summary", models.JSONField(default=dict)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="edp.dataset",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "file to look through",
                "verbose_name_plural": "files to look through",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dataset", "uploaded_by"), name="dataset_draft_one_for_a_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("region", models.CharField(max_length=20, verbose_name="code of the region")),
                ("activity", models.CharField(max_length=20, verbose_name="activity")),
                ("indicator", models.CharField(max_length=20, verbose_name="indicator")),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=12, max_digits=27, null=True, verbose_name="value"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("flag", models.CharField(blank=True, max_length=20, verbose_name="flag")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="edp.datasetversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "observation",
                "verbose_name_plural": "observations",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "indicator", "year", "region", "activity"),
                        name="observation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("flag", "c"), _negated=True), ("value", None), _connector="OR"
                        ),
                        name="observation_confidential_is_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegionFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", models.CharField(max_length=20, verbose_name="indicator")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "total",
                    models.DecimalField(decimal_places=12, max_digits=40, verbose_name="sum"),
                ),
                (
                    "krugman",
                    models.DecimalField(
                        decimal_places=10, max_digits=14, verbose_name="Krugman index"
                    ),
                ),
                (
                    "hhi",
                    models.DecimalField(
                        decimal_places=10, max_digits=14, verbose_name="Herfindahl index"
                    ),
                ),
                ("method", models.CharField(max_length=20, verbose_name="method")),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.territory",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="region_figures",
                        to="edp.datasetversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure of a region",
                "verbose_name_plural": "figures of regions",
                "ordering": ["indicator", "year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "territory", "indicator", "year"),
                        name="region_figure_once",
                    )
                ],
            },
        ),
        GUARDS,
        append_only("edp_datasetfile"),
        append_only("edp_observation"),
        append_only("edp_regionfigure"),
        append_only("edp_specialisationresult"),
    ]
