"""Ideas, pledges, matches of needs and offers; triggers keep their states and their sources."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

# An idea goes its way step by step; what the panel and the regions decide is below "admitted".
STATES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_idea_state() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
          RAISE EXCEPTION 'an idea begins as a draft, not as %', NEW.state
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'idea_begins_as_draft';
        END IF;
      ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'submitted'), ('returned', 'submitted'),
        ('submitted', 'admitted'), ('submitted', 'returned'), ('submitted', 'screened_out'),
        ('submitted', 'merged'),
        ('admitted', 'scored'), ('admitted', 'parked'),
        ('scored', 'admitted'), ('scored', 'candidate'), ('scored', 'parked'),
        ('parked', 'admitted'),
        ('candidate', 'scored'), ('candidate', 'parked'),
        ('candidate', 'selected'), ('candidate', 'not_selected')
      ) THEN
        RAISE EXCEPTION 'an idea cannot go from % to %', OLD.state, NEW.state
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'idea_step_by_step';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER step_by_step BEFORE INSERT OR UPDATE OF state ON edp_idea
      FOR EACH ROW EXECUTE FUNCTION edp_guard_idea_state();
    """,
    """
    DROP TRIGGER step_by_step ON edp_idea;
    DROP FUNCTION edp_guard_idea_state;
    """,
)

# Deferred, so that an idea and its sources may be written in one transaction in any order.
SOURCES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_idea_has_source() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM edp_ideasource WHERE idea_id = NEW.id) THEN
        RAISE EXCEPTION 'idea % comes from nothing', NEW.id
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'idea_has_source';
      END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER has_source AFTER INSERT OR UPDATE OF state ON edp_idea
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
      WHEN (NEW.state NOT IN ('draft', 'submitted', 'returned', 'screened_out', 'merged'))
      EXECUTE FUNCTION edp_idea_has_source();

    CREATE FUNCTION edp_guard_idea_source() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE idea_state text;
    BEGIN
      -- Waits for whoever is admitting the idea, and sees then that it is admitted.
      SELECT state INTO idea_state FROM edp_idea WHERE id = OLD.idea_id FOR NO KEY UPDATE;
      IF idea_state NOT IN ('draft', 'returned') OR OLD.came_with_id IS NOT NULL THEN
        RAISE EXCEPTION 'sources of idea % stay as they are', OLD.idea_id
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'idea_source_stays';
      END IF;
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER source_stays BEFORE UPDATE OR DELETE ON edp_ideasource
      FOR EACH ROW EXECUTE FUNCTION edp_guard_idea_source();
    """,
    """
    DROP TRIGGER has_source ON edp_idea;
    DROP FUNCTION edp_idea_has_source;
    DROP TRIGGER source_stays ON edp_ideasource;
    DROP FUNCTION edp_guard_idea_source;
    """,
)

MERGES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_merge_keeps_sources() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (
        SELECT statement_id, delphi_statement_id, result_id, asset_id, trend_id
          FROM edp_ideasource WHERE idea_id = NEW.source_id
        EXCEPT
        SELECT statement_id, delphi_statement_id, result_id, asset_id, trend_id
          FROM edp_ideasource WHERE idea_id = NEW.into_id
      ) THEN
        RAISE EXCEPTION 'idea % lost sources on its way into %', NEW.source_id, NEW.into_id
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'merge_keeps_sources';
      END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER keeps_sources AFTER INSERT ON edp_ideamerge
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION edp_merge_keeps_sources();
    """,
    """
    DROP TRIGGER keeps_sources ON edp_ideamerge;
    DROP FUNCTION edp_merge_keeps_sources;
    """,
)

# What was promised in public is withdrawn in public; who is erased leaves the promise without them.
PLEDGES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_pledge() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at
           AND OLD.withdrawn_at IS NOT NULL
         OR NEW.person_id IS DISTINCT FROM OLD.person_id AND NEW.person_id IS NOT NULL
         OR NEW.text <> OLD.text AND (NEW.text <> '' OR NEW.person_id IS NOT NULL)
         OR (NEW.idea_id, NEW.kind, NEW.pledged_at) <> (OLD.idea_id, OLD.kind, OLD.pledged_at)
         OR NEW.amount IS DISTINCT FROM OLD.amount
         OR NEW.organisation_id IS DISTINCT FROM OLD.organisation_id
      THEN
        RAISE EXCEPTION 'a pledge is withdrawn, never rewritten'
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'pledge_stays';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER pledge_stays BEFORE UPDATE OR DELETE ON edp_pledge
      FOR EACH ROW EXECUTE FUNCTION edp_guard_pledge();
    """,
    """
    DROP TRIGGER pledge_stays ON edp_pledge;
    DROP FUNCTION edp_guard_pledge;
    """,
)

MATCHES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_need_match() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
        SELECT FROM edp_statement need JOIN edp_statement offer
          ON offer.process_id = need.process_id
        WHERE need.id = NEW.need_id AND offer.id = NEW.offer_id
          AND need.kind = 'need' AND offer.kind = 'offer'
      ) THEN
        RAISE EXCEPTION 'statements % and % are no need and offer of one process',
          NEW.need_id, NEW.offer_id
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'need_match_of_a_kind';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER of_a_kind BEFORE INSERT OR UPDATE OF need_id, offer_id ON edp_needmatch
      FOR EACH ROW EXECUTE FUNCTION edp_guard_need_match();

    -- The words that two statements share go with either of them.
    CREATE FUNCTION edp_forget_shared_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE edp_needmatch SET shared_words = '[]' WHERE NEW.id IN (need_id, offer_id);
      RETURN NULL;
    END $$;
    CREATE TRIGGER forget_shared_words AFTER UPDATE OF erased_at ON edp_statement
      FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL)
      EXECUTE FUNCTION edp_forget_shared_words();
    """,
    """
    DROP TRIGGER forget_shared_words ON edp_statement;
    DROP FUNCTION edp_forget_shared_words;
    DROP TRIGGER of_a_kind ON edp_needmatch;
    DROP FUNCTION edp_guard_need_match;
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("edp", "0005_delphi"),
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar[list] = [
        migrations.AddField(
            model_name="idea",
            name="named_in_plan",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="the plan that names this activity"
            ),
        ),
        migrations.AddField(
            model_name="idea",
            name="translations",
            field=models.JSONField(blank=True, default=dict, verbose_name="translations"),
        ),
        migrations.CreateModel(
            name="IdeaCredit",
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
                        blank=True,
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
                (
                    "came_with",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="edp.idea"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="edp.idea",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="idea_credits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "credit for an idea",
                "verbose_name_plural": "credits for ideas",
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "person"), name="idea_credit_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="IdeaMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reasons")),
                ("at", models.DateTimeField(auto_now_add=True)),
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
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="edp.idea",
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merge",
                        to="edp.idea",
                    ),
                ),
            ],
            options={
                "verbose_name": "merging of ideas",
                "verbose_name_plural": "mergings of ideas",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("into")), _negated=True),
                        name="merge_not_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="merge_has_reasons"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NeedMatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("likeness", models.PositiveSmallIntegerField(verbose_name="likeness, percent")),
                ("shared_words", models.JSONField(default=list, verbose_name="words in both")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suggested", "suggested"),
                            ("confirmed", "confirmed"),
                            ("dismissed", "dismissed"),
                        ],
                        default="suggested",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "is_needed",
                    models.BooleanField(
                        default=False, verbose_name="the author of the need agrees"
                    ),
                ),
                (
                    "is_offered",
                    models.BooleanField(
                        default=False, verbose_name="the author of the offer agrees"
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
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
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches_as_need",
                        to="edp.statement",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches_as_offer",
                        to="edp.statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "match of a need and an offer",
                "verbose_name_plural": "matches of needs and offers",
                "ordering": ["-likeness", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("need", "offer"), name="need_match_once"),
                    models.CheckConstraint(
                        condition=models.Q(("likeness__range", (0, 100))),
                        name="need_match_in_percent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "suggested")),
                            models.Q(
                                models.Q(("state", "suggested"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="need_match_decided_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
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
                        choices=[
                            ("money", "Money"),
                            ("people", "People's time"),
                            ("equipment", "Equipment"),
                            ("land", "Land or premises"),
                            ("data", "Data"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                (
                    "amount",
                    models.BigIntegerField(blank=True, null=True, verbose_name="worth, in tenge"),
                ),
                ("text", models.CharField(max_length=500, verbose_name="in words")),
                ("pledged_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn")),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="edp.idea",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "pledge",
                "verbose_name_plural": "pledges",
                "ordering": ["pledged_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False), ("withdrawn_at", None)),
                        fields=("idea", "person", "kind"),
                        name="pledge_one_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", None), ("amount__gt", 0), _connector="OR"),
                        name="pledge_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "money"), _negated=True),
                            ("amount__isnull", False),
                            _connector="OR",
                        ),
                        name="pledge_of_money_says_how_much",
                    ),
                ],
            },
        ),
        STATES,
        SOURCES,
        MERGES,
        append_only("edp_ideamerge"),
        PLEDGES,
        MATCHES,
    ]
