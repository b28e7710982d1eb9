"""Drafts, versions, co-authors, merges, notes, paper and usual costs; and their guards."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

# A proposal goes on in a living one of the same money, until the vote on it is frozen. What is
# merged is not living, so no circle can close. The row of the other one is held, so that it does
# not die meanwhile.
MERGES = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_merge() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE other budgeting_proposal;
    BEGIN
      IF EXISTS (SELECT FROM budgeting_election
                 WHERE envelope_id = NEW.envelope_id AND state <> 'setup') THEN
        RAISE EXCEPTION 'the ballot of proposal % is frozen', NEW.id
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'merge_before_freeze';
      END IF;
      IF NEW.merged_into_id IS NULL THEN
        RETURN NEW;
      END IF;
      SELECT * INTO other FROM budgeting_proposal WHERE id = NEW.merged_into_id
        FOR NO KEY UPDATE;
      IF NEW.id = NEW.merged_into_id OR other.envelope_id <> NEW.envelope_id
         OR other.state NOT IN ('submitted', 'feasible', 'shortlisted') THEN
        RAISE EXCEPTION 'proposal % cannot go on in %', NEW.id, NEW.merged_into_id
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'merge_into_living';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard_merge BEFORE UPDATE OF merged_into_id ON budgeting_proposal
      FOR EACH ROW WHEN (NEW.merged_into_id IS DISTINCT FROM OLD.merged_into_id)
      EXECUTE FUNCTION budgeting_guard_merge();
    """,
    """
    DROP TRIGGER guard_merge ON budgeting_proposal;
    DROP FUNCTION budgeting_guard_merge;
    """,
)

# A merge that is undone or refused stays as it was decided; the people in it may be erased.
DECISIONS = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_merge_row() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE'
         OR (NEW.source_id, NEW.into_id, NEW.reason, NEW.asked_at)
            <> (OLD.source_id, OLD.into_id, OLD.reason, OLD.asked_at)
         OR NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
              ('asked', 'made'), ('asked', 'refused'), ('made', 'undone')) THEN
        RAISE EXCEPTION 'merge % stays as it was decided', OLD.id
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'merge_stays';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER merge_stays BEFORE UPDATE OR DELETE ON budgeting_proposalmerge
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_merge_row();
    """,
    """
    DROP TRIGGER merge_stays ON budgeting_proposalmerge;
    DROP FUNCTION budgeting_guard_merge_row;
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("budgeting", "0005_roll_without_old_versions"),
        ("participation", "0007_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProposalMerge",
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
                            ("asked", "Waiting for the other author"),
                            ("made", "Merged"),
                            ("refused", "Declined by the other author"),
                            ("undone", "Undone"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("state_before", models.CharField(blank=True, max_length=16)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("undo_reason", models.TextField(blank=True)),
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_here",
                        to="budgeting.proposal",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="budgeting.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "merge of proposals",
                "verbose_name_plural": "merges of proposals",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "made"])),
                        fields=("source",),
                        name="proposal_merge_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("into")), _negated=True),
                        name="proposal_merge_not_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="proposal_merge_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "undone"), _negated=True),
                            models.Q(("undo_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_merge_undone_with_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CarriedSupport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carried",
                        to="budgeting.proposalmerge",
                    ),
                ),
            ],
            options={
                "verbose_name": "carried support",
                "verbose_name_plural": "carried supports",
                "constraints": [
                    models.UniqueConstraint(fields=("merge", "person"), name="support_carried_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CoAuthor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address_digest", models.CharField(max_length=64, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        default="invited",
                        max_length=8,
                    ),
                ),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "came_with",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budgeting.proposal",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coauthored",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coauthors",
                        to="budgeting.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "co-author",
                "verbose_name_plural": "co-authors",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "person"), name="coauthor_named_once"
                    ),
                    models.UniqueConstraint(
                        fields=("proposal", "address_digest"), name="coauthor_invited_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "invited"), ("answered_at__isnull", False), _connector="OR"
                        ),
                        name="coauthor_answer_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalDraft",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("values", models.JSONField(default=dict, verbose_name="what was typed")),
                ("marks", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("saved_at", models.DateTimeField(verbose_name="saved")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="budgeting.cycle",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposal_drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="budgeting.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a proposal",
                "verbose_name_plural": "drafts of proposals",
                "ordering": ["-saved_at"],
                "indexes": [
                    models.Index(fields=["saved_at"], name="budgeting_p_saved_a_d213f7_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperProposal",
            fields=[
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="paper",
                        serialize=False,
                        to="budgeting.proposal",
                    ),
                ),
                (
                    "receipt",
                    models.CharField(max_length=20, unique=True, verbose_name="receipt number"),
                ),
                (
                    "handed_in_by",
                    models.CharField(max_length=200, verbose_name="name of who handed it in"),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="telephone or address"
                    ),
                ),
                ("handed_in_on", models.DateField(verbose_name="handed in on")),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal on paper",
                "verbose_name_plural": "proposals on paper",
            },
        ),
        migrations.CreateModel(
            name="ProposalVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("cost", models.PositiveBigIntegerField(verbose_name="cost")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what changed")),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="budgeting.category",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.territory",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="budgeting.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a proposal",
                "verbose_name_plural": "versions of proposals",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "number"), name="proposal_version_number_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShapingNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="date")),
                ("text", models.TextField(verbose_name="text")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("by_organiser", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="budgeting.proposal",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "note of co-construction",
                "verbose_name_plural": "notes of co-construction",
                "ordering": ["happened_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="UnitCost",
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
                ("lowest", models.PositiveBigIntegerField(verbose_name="from")),
                ("highest", models.PositiveBigIntegerField(verbose_name="to")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_costs",
                        to="budgeting.category",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_costs",
                        to="budgeting.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "usual cost",
                "verbose_name_plural": "usual costs",
                "ordering": ["category__slug", "lowest", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("highest__gte", models.F("lowest")), ("lowest__gt", 0)),
                        name="unit_cost_is_a_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="unit_cost_has_a_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftPhoto",
            fields=[
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="photo",
                        serialize=False,
                        to="budgeting.proposaldraft",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("data", models.BinaryField()),
                ("preview", models.BinaryField()),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "photo of a draft",
                "verbose_name_plural": "photos of drafts",
            },
        ),
        migrations.AddField(
            model_name="proposal",
            name="district",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="participation.territory",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="end_reason",
            field=models.TextField(
                blank=True,
                help_text="Public. Obligatory with a withdrawal, a merge and a missed threshold.",
                verbose_name="why it goes no further",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_here",
                to="budgeting.proposal",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("submitted", "Being checked"),
                    ("feasible", "Feasible"),
                    ("not_feasible", "Not feasible"),
                    ("shortlisted", "On the ballot"),
                    ("withdrawn", "Withdrawn"),
                    ("merged", "Merged into another"),
                    ("below_threshold", "Too little support"),
                ],
                default="submitted",
                max_length=16,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["withdrawn", "merged", "below_threshold"]), _negated=True
                    ),
                    models.Q(("end_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="proposal_ended_with_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                    models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into", None)),
                    _connector="OR",
                ),
                name="proposal_merged_into_one",
            ),
        ),
        append_only("budgeting_proposalversion"),
        MERGES,
        DECISIONS,
    ]
