"""Consultation: texts that stay as published, an answer for every comment, votes till the close."""

from typing import ClassVar

import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import edp.models.consultation
from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

TEXTS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_consultation() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE steps text[] := ARRAY['draft', 'open', 'closed', 'reported'];
    BEGIN
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'consultations are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.state <> OLD.state AND array_position(steps, NEW.state)
          <> array_position(steps, OLD.state) + 1 THEN
        RAISE EXCEPTION 'a consultation goes forward step by step'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF OLD.state <> 'draft' AND ((NEW.opens_on, NEW.decider_id, NEW.answer_rules_id, NEW.vote_salt,
            NEW.what_can_change_kk, NEW.what_can_change_ru, NEW.what_can_change_en, NEW.number)
          IS DISTINCT FROM (OLD.opens_on, OLD.decider_id, OLD.answer_rules_id, OLD.vote_salt,
            OLD.what_can_change_kk, OLD.what_can_change_ru, OLD.what_can_change_en, OLD.number)
          OR NEW.closes_on < OLD.closes_on
          OR (OLD.state <> 'open' AND NEW.closes_on <> OLD.closes_on)) THEN
        RAISE EXCEPTION 'what was announced of consultation % stays; its end may only move away',
          OLD.id USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.state = 'open' AND OLD.state = 'draft' AND NOT EXISTS (
          SELECT FROM edp_textversion
          WHERE consultation_id = NEW.id AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'there is no text to consult on' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.state = 'reported' AND OLD.state = 'closed' AND EXISTS (
          SELECT FROM participation_answerdue due
          JOIN participation_comment said ON said.id = due.comment_id
          WHERE said.dossier_id = NEW.dossier_id AND said.state = 'public'
            AND due.answered_on IS NULL) THEN
        RAISE EXCEPTION 'comments wait for an answer' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON edp_consultation
      FOR EACH ROW EXECUTE FUNCTION edp_guard_consultation();

    CREATE FUNCTION edp_guard_text_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'version % is published and stays as it is', OLD.number
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      IF NEW.published_at IS NOT NULL AND (
          NOT EXISTS (SELECT FROM edp_passage WHERE version_id = NEW.id)
          OR EXISTS (SELECT FROM edp_passage WHERE version_id = NEW.id
                     AND '' IN (heading_kk, heading_ru, text_kk, text_ru))) THEN
        RAISE EXCEPTION 'an official text is in Kazakh and in Russian'
          USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON edp_textversion
      FOR EACH ROW EXECUTE FUNCTION edp_guard_text_version();

    CREATE FUNCTION edp_guard_passage() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE of_version bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.version_id
                                            ELSE NEW.version_id END;
    BEGIN
      IF TG_OP = 'UPDATE' AND NEW.version_id <> OLD.version_id THEN
        RAISE EXCEPTION 'a passage stays in its version' USING ERRCODE = 'insufficient_privilege';
      END IF;
      -- Locked, so that nothing slips in while the version is being published.
      PERFORM FROM edp_textversion WHERE id = of_version AND published_at IS NULL FOR SHARE;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the version is published: its passages stay as they are'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_passage
      FOR EACH ROW EXECUTE FUNCTION edp_guard_passage();

    CREATE FUNCTION edp_guard_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' OR EXISTS (
          SELECT FROM edp_passage JOIN edp_textversion ON edp_textversion.id = version_id
          WHERE published_at IS NOT NULL AND edp_passage.id =
            CASE TG_OP WHEN 'DELETE' THEN OLD.passage_id ELSE NEW.passage_id END) THEN
        RAISE EXCEPTION 'why a published passage changed stays as it is'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_passagecomment_changed
      FOR EACH ROW EXECUTE FUNCTION edp_guard_change();
    """,
    """
    DROP TRIGGER guard ON edp_passagecomment_changed;
    DROP FUNCTION edp_guard_change();
    DROP TRIGGER guard ON edp_passage;
    DROP FUNCTION edp_guard_passage();
    DROP TRIGGER guard ON edp_textversion;
    DROP FUNCTION edp_guard_text_version();
    DROP TRIGGER guard ON edp_consultation;
    DROP FUNCTION edp_guard_consultation();
    """,
)

COMMENTS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_passage_comment() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'what was received is never deleted'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'UPDATE' AND (OLD.answer_due_id IS NOT NULL
          OR to_jsonb(NEW) - 'answer_due_id' <> to_jsonb(OLD) - 'answer_due_id') THEN
        RAISE EXCEPTION 'comment %: how it came and what it is about stay', OLD.comment_id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NOT EXISTS (
          SELECT FROM participation_comment said
          JOIN edp_consultation ON edp_consultation.dossier_id = said.dossier_id
          WHERE said.id = NEW.comment_id AND said.parent_id IS NULL
            AND edp_consultation.id = NEW.consultation_id)
         OR NEW.passage_id IS NOT NULL AND NOT EXISTS (
          SELECT FROM edp_passage JOIN edp_textversion ON edp_textversion.id = version_id
          WHERE edp_passage.id = NEW.passage_id AND published_at IS NOT NULL
            AND edp_textversion.consultation_id = NEW.consultation_id)
         OR NEW.answer_due_id IS NOT NULL AND NOT EXISTS (
          SELECT FROM participation_answerdue
          WHERE id = NEW.answer_due_id AND comment_id = NEW.comment_id) THEN
        RAISE EXCEPTION 'comment, passage and answer belong to one consultation'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_comment_of_one_consultation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_passagecomment
      FOR EACH ROW EXECUTE FUNCTION edp_guard_passage_comment();

    CREATE FUNCTION edp_comment_is_owed_an_answer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM participation_dossier
                 WHERE id = NEW.dossier_id AND kind = 'edp.consultation')
          AND NOT EXISTS (SELECT FROM edp_passagecomment
                          WHERE comment_id = NEW.id AND answer_due_id IS NOT NULL) THEN
        RAISE EXCEPTION 'comment % is owed an answer', NEW.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_is_owed_an_answer';
      END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER is_owed_an_answer AFTER INSERT OR UPDATE OF state
      ON participation_comment DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.parent_id IS NULL AND NEW.state = 'public')
      EXECUTE FUNCTION edp_comment_is_owed_an_answer();

    CREATE FUNCTION edp_yes_names_the_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM edp_passagecomment said
                 JOIN participation_answerdue due ON due.comment_id = said.comment_id
                 WHERE due.id = NEW.answer_due_id) THEN
        RAISE EXCEPTION 'whoever accepts a comment says what changes'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_names_the_change';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER names_the_change BEFORE INSERT ON participation_answer
      FOR EACH ROW
      WHEN (NEW.disposition IN ('accepted', 'in_part') AND btrim(NEW.change_reference) = '')
      EXECUTE FUNCTION edp_yes_names_the_change();
    """,
    """
    DROP TRIGGER names_the_change ON participation_answer;
    DROP FUNCTION edp_yes_names_the_change();
    DROP TRIGGER is_owed_an_answer ON participation_comment;
    DROP FUNCTION edp_comment_is_owed_an_answer();
    DROP TRIGGER guard ON edp_passagecomment;
    DROP FUNCTION edp_guard_passage_comment();
    """,
)

VOTES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_vote_statement() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' OR OLD.state = 'accepted' THEN
        RAISE EXCEPTION 'what is put to the vote stays as it is'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON edp_votestatement
      FOR EACH ROW EXECUTE FUNCTION edp_guard_vote_statement();

    CREATE FUNCTION edp_guard_statement_vote() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE'
          AND to_jsonb(NEW) - 'value' <> to_jsonb(OLD) - 'value' THEN
        RAISE EXCEPTION 'of a vote only its value changes'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      -- The close waits for votes under way, and they for it: none is counted in neither.
      PERFORM FROM edp_consultation consultation
        JOIN edp_votestatement statement ON statement.consultation_id = consultation.id
        WHERE statement.id = NEW.statement_id AND statement.state = 'accepted'
          AND consultation.state = 'open'
        FOR SHARE OF consultation;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the statement is not put to the vote now'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_vote_while_open';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_statementvote
      FOR EACH ROW EXECUTE FUNCTION edp_guard_statement_vote();
    """,
    """
    DROP TRIGGER guard ON edp_statementvote;
    DROP FUNCTION edp_guard_statement_vote();
    DROP TRIGGER guard ON edp_votestatement;
    DROP FUNCTION edp_guard_vote_statement();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("edp", "0007_evaluation"),
        ("participation", "0007_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar[list] = [
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "In preparation"),
                            ("open", "Open"),
                            ("closed", "Closed, being answered"),
                            ("reported", "Answered and reported"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="first day")),
                ("closes_on", models.DateField(verbose_name="last day")),
                (
                    "what_can_change_kk",
                    models.TextField(verbose_name="what can still change, in Kazakh"),
                ),
                (
                    "what_can_change_ru",
                    models.TextField(verbose_name="what can still change, in Russian"),
                ),
                (
                    "what_can_change_en",
                    models.TextField(blank=True, verbose_name="what can still change, in English"),
                ),
                (
                    "vote_salt",
                    models.CharField(
                        default=edp.models.consultation.new_salt, editable=False, max_length=32
                    ),
                ),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                ("reported_at", models.DateTimeField(editable=False, null=True)),
                (
                    "answer_rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.ruleset",
                    ),
                ),
                (
                    "decider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="who answers and decides",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultation",
                        to="participation.dossier",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="edp.discoveryprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("process", "number"), name="consultation_number_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("process",),
                        name="consultation_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gt", models.F("opens_on"))),
                        name="consultation_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "open", "closed", "reported"])),
                        name="consultation_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpinionSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.TextField()),
                ("votes_csv", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("taken_at", models.DateTimeField(auto_now_add=True)),
                (
                    "consultation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinion_snapshot",
                        to="edp.consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "count of a consultation's votes",
                "verbose_name_plural": "counts of consultations' votes",
            },
        ),
        migrations.CreateModel(
            name="TextVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="published"),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="edp.consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a text",
                "verbose_name_plural": "versions of texts",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consultation", "number"), name="text_version_number_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at", None)),
                        fields=("consultation",),
                        name="text_version_one_in_preparation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "heading_kk",
                    models.CharField(blank=True, max_length=200, verbose_name="heading in Kazakh"),
                ),
                (
                    "heading_ru",
                    models.CharField(blank=True, max_length=200, verbose_name="heading in Russian"),
                ),
                (
                    "heading_en",
                    models.CharField(blank=True, max_length=200, verbose_name="heading in English"),
                ),
                ("text_kk", models.TextField(blank=True, verbose_name="text in Kazakh")),
                ("text_ru", models.TextField(blank=True, verbose_name="text in Russian")),
                ("text_en", models.TextField(blank=True, verbose_name="text in English")),
                (
                    "priority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="edp.priority",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="edp.textversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "passage",
                "verbose_name_plural": "passages",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "key"), name="passage_once_in_a_version"
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("version", "number"),
                        name="passage_number_unique",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PassageComment",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="in_consultation",
                        serialize=False,
                        to="participation.comment",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "on the site"),
                            ("hearing", "at a hearing"),
                            ("letter", "by letter"),
                            ("email", "by e-mail"),
                            ("phone", "by telephone"),
                        ],
                        default="web",
                        max_length=8,
                        verbose_name="how it came",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="received on")),
                (
                    "answer_due",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_consultation",
                        to="participation.answerdue",
                    ),
                ),
                ("changed", models.ManyToManyField(related_name="because_of", to="edp.passage")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="edp.consultation",
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
                    "passage",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="edp.passage",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment in a consultation",
                "verbose_name_plural": "comments in consultations",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "web"), ("entered_by", None)),
                            models.Q(("channel", "web"), _negated=True),
                            _connector="OR",
                        ),
                        name="passage_comment_on_the_site_by_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel__in", ["web", "hearing", "letter", "email", "phone"])
                        ),
                        name="passage_comment_channel_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VoteStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "text_kk",
                    models.CharField(blank=True, max_length=300, verbose_name="text in Kazakh"),
                ),
                (
                    "text_ru",
                    models.CharField(blank=True, max_length=300, verbose_name="text in Russian"),
                ),
                (
                    "text_en",
                    models.CharField(blank=True, max_length=300, verbose_name="text in English"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Put to the vote"),
                            ("declined", "Not put to the vote"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reasons")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="edp.consultation",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vote_statements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voted_on",
                        to="edp.statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement to vote on",
                "verbose_name_plural": "statements to vote on",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consultation", "number"), name="vote_statement_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(
                                models.Q(("text_kk", ""), _negated=True),
                                models.Q(("text_ru", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="vote_statement_in_both_languages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="vote_statement_declined_with_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "value",
                    models.SmallIntegerField(choices=[(1, "Agree"), (-1, "Disagree"), (0, "Pass")]),
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
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement_votes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="edp.votestatement",
                    ),
                ),
            ],
            options={
                "verbose_name": "vote on a statement",
                "verbose_name_plural": "votes on statements",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("statement", "person"), name="statement_vote_one_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__in", [1, 0, -1])), name="statement_vote_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("helix__in", ["government", "business", "academia", "civil_society"])
                        ),
                        name="statement_vote_helix_known",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["statement", "helix", "value"],
                        name="edp_stateme_stateme_f092d0_idx",
                    )
                ],
            },
        ),
        TEXTS,
        COMMENTS,
        VOTES,
        append_only("edp_opinionsnapshot"),
    ]
