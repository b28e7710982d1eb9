import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

# A day moves only to where the diary says it was put off, and a step once reached stays reached.
MILESTONES = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_milestone() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'milestones are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF (NEW.work_id, NEW.number, NEW.planned_on, NEW.name_kk, NEW.name_ru)
          IS DISTINCT FROM (OLD.work_id, OLD.number, OLD.planned_on, OLD.name_kk, OLD.name_ru)
         OR OLD.reached_on IS NOT NULL THEN
        RAISE EXCEPTION 'a milestone keeps what was told of it'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.due_on <> OLD.due_on AND NOT EXISTS (
        SELECT 1 FROM budgeting_diaryentry d WHERE d.milestone_id = NEW.id
          AND d.moved_from = OLD.due_on AND d.moved_to = NEW.due_on
      ) THEN
        RAISE EXCEPTION 'a day is put off with a reason' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON budgeting_milestone
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_milestone();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON budgeting_milestone
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
    """,
    """
    DROP TRIGGER guard ON budgeting_milestone;
    DROP TRIGGER no_truncate ON budgeting_milestone;
    DROP FUNCTION budgeting_guard_milestone();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("budgeting", "0009_proofs"),
        ("participation", "0007_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "smallest",
                    models.PositiveSmallIntegerField(verbose_name="smallest published number"),
                ),
                ("tables", models.JSONField(verbose_name="tables")),
                ("counted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "election",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participation",
                        to="budgeting.election",
                    ),
                ),
            ],
            options={
                "verbose_name": "participation in a vote",
                "verbose_name_plural": "participation in votes",
            },
        ),
        migrations.CreateModel(
            name="Work",
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
                            ("planned", "Not begun"),
                            ("under_way", "Being built"),
                            ("stopped", "Stopped"),
                            ("done", "Built"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("planned", models.PositiveBigIntegerField(verbose_name="planned money")),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work",
                        to="budgeting.award",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="works",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "work",
                "verbose_name_plural": "works",
                "indexes": [models.Index(fields=["state"], name="budgeting_w_state_5e6593_idx")],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
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
                ("planned_on", models.DateField(verbose_name="planned for")),
                ("due_on", models.DateField(verbose_name="now due on")),
                ("reached_on", models.DateField(blank=True, null=True, verbose_name="reached on")),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="budgeting.work",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": ["due_on", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("work", "number"), name="milestone_number_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DiaryEntry",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "News"),
                            ("begun", "Work began"),
                            ("reached", "Milestone reached"),
                            ("delay", "Delay"),
                            ("stopped", "Work stopped"),
                            ("resumed", "Work went on"),
                            ("done", "Work is finished"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("moved_from", models.DateField(blank=True, null=True)),
                ("moved_to", models.DateField(blank=True, null=True)),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told",
                        to="budgeting.milestone",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="diary",
                        to="budgeting.work",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of a diary",
                "verbose_name_plural": "diary",
                "ordering": ["-on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "delay"),
                                ("milestone__isnull", False),
                                ("moved_from__isnull", False),
                                ("moved_to__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind", "delay"), _negated=True),
                                ("moved_from", None),
                                ("moved_to", None),
                            ),
                            _connector="OR",
                        ),
                        name="diary_delay_moves_a_milestone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("moved_from", models.F("moved_to")), _negated=True),
                        name="diary_delay_changes_the_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reached"), _negated=True),
                            ("milestone__isnull", False),
                            _connector="OR",
                        ),
                        name="diary_reached_names_its_milestone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkMoney",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("contracted", "Contracted"), ("spent", "Spent")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "amount",
                    models.BigIntegerField(
                        help_text="In whole units of the currency; negative where it corrects.",
                        verbose_name="amount",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                (
                    "document",
                    models.CharField(
                        help_text="Number and date of the contract or the act.",
                        max_length=200,
                        verbose_name="document",
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True)),
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
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="money",
                        to="budgeting.work",
                    ),
                ),
            ],
            options={
                "verbose_name": "money of a work",
                "verbose_name_plural": "money of works",
                "ordering": ["on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="work_money_is_some"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document", ""), _negated=True),
                        name="work_money_has_its_document",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("caption", models.CharField(max_length=200, verbose_name="what it shows")),
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="work_photo",
                        to="participation.attachment",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="budgeting.diaryentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo of a work",
                "verbose_name_plural": "photos of works",
            },
        ),
        MILESTONES,
        append_only("budgeting_diaryentry"),
        append_only("budgeting_workmoney"),
        append_only("budgeting_participation"),
    ]
