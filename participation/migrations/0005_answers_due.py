"""Answers due: tables, and triggers that keep dates, clock events and answers as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

ANSWERS_DUE = migrations.RunSQL(
    """
    CREATE FUNCTION participation_guard_answer_due() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'answers due are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'INSERT' THEN
        IF (SELECT helix FROM accounts_organisation WHERE id = NEW.addressee_id)
            <> 'government' THEN
          RAISE EXCEPTION 'only a state body owes an answer' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END IF;
      IF OLD.answered_on IS NOT NULL
          AND to_jsonb(NEW) - 'assignee_id' <> to_jsonb(OLD) - 'assignee_id' THEN
        RAISE EXCEPTION 'answer due % is answered and stays so', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF (NEW.dossier_id, NEW.addressee_id, NEW.comment_id, NEW.subject_kk, NEW.subject_ru, NEW.subject_en,
          NEW.ruleset_id, NEW.received_on, NEW.redirected_from_id, NEW.created_at)
          IS DISTINCT FROM
         (OLD.dossier_id, OLD.addressee_id, OLD.comment_id, OLD.subject_kk, OLD.subject_ru, OLD.subject_en,
          OLD.ruleset_id, OLD.received_on, OLD.redirected_from_id, OLD.created_at) THEN
        RAISE EXCEPTION 'what answer due % asks of whom never changes', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF (NEW.due_on, NEW.length, NEW.paused_on)
          IS DISTINCT FROM (OLD.due_on, OLD.length, OLD.paused_on) AND NOT EXISTS (
        SELECT FROM (
          SELECT * FROM participation_clockevent WHERE answer_due_id = OLD.id
          ORDER BY id DESC LIMIT 1
        ) AS last_event
        WHERE old_due = OLD.due_on
          AND coalesce(new_due, OLD.due_on) = NEW.due_on
          AND kind = CASE WHEN NEW.length <> OLD.length THEN 'extend'
                          WHEN NEW.paused_on IS NOT NULL AND OLD.paused_on IS NULL THEN 'pause'
                          WHEN NEW.paused_on IS NULL AND OLD.paused_on IS NOT NULL THEN 'resume'
                          ELSE 'recompute' END
      ) THEN
        RAISE EXCEPTION 'the date of answer due % moves only with a clock event', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.answered_on IS NOT NULL AND NOT EXISTS (
        SELECT FROM participation_answer
        WHERE answer_due_id = OLD.id AND version = 1 AND responded_on = NEW.answered_on
      ) THEN
        RAISE EXCEPTION 'answer due % has no answer', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON participation_answerdue
      FOR EACH ROW EXECUTE FUNCTION participation_guard_answer_due();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON participation_answerdue
      FOR EACH STATEMENT EXECUTE FUNCTION participation_guard_answer_due();
    """,
    """
    DROP TRIGGER guard ON participation_answerdue;
    DROP TRIGGER no_truncate ON participation_answerdue;
    DROP FUNCTION participation_guard_answer_due();
    """,
)

ANSWERS = migrations.RunSQL(
    """
    CREATE FUNCTION participation_guard_answer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM participation_answer
                               WHERE answer_due_id = NEW.answer_due_id) THEN
          RAISE EXCEPTION 'version % does not follow the last one', NEW.version
            USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END IF;
      -- A person's name may be erased, and nothing else.
      IF TG_OP = 'UPDATE' AND NEW.signed_name = ''
          AND to_jsonb(NEW) - 'signed_name' = to_jsonb(OLD) - 'signed_name' THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON participation_answer
      FOR EACH ROW EXECUTE FUNCTION participation_guard_answer();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON participation_answer
      FOR EACH STATEMENT EXECUTE FUNCTION participation_guard_answer();

    CREATE FUNCTION participation_answer_counts() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM participation_answerdue
                     WHERE id = NEW.answer_due_id AND answered_on IS NOT NULL) THEN
        RAISE EXCEPTION 'answer due % has an answer that does not count', NEW.answer_due_id
          USING ERRCODE = 'check_violation';
      END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER counts AFTER INSERT ON participation_answer
      DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION participation_answer_counts();
    """,
    """
    DROP TRIGGER counts ON participation_answer;
    DROP FUNCTION participation_answer_counts();
    DROP TRIGGER guard ON participation_answer;
    DROP TRIGGER no_truncate ON participation_answer;
    DROP FUNCTION participation_guard_answer();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("participation", "0004_discussion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_kk", models.CharField(blank=True, max_length=300)),
                ("subject_ru", models.CharField(blank=True, max_length=300)),
                ("subject_en", models.CharField(blank=True, max_length=300)),
                ("length", models.PositiveSmallIntegerField(verbose_name="working days")),
                ("received_on", models.DateField(verbose_name="received on")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("paused_on", models.DateField(null=True)),
                ("counted", models.JSONField(default=list)),
                ("calendar_version", models.CharField(max_length=60)),
                ("answered_on", models.DateField(null=True)),
                ("days_taken", models.PositiveIntegerField(null=True)),
                ("days_late", models.PositiveIntegerField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "addressee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_due",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_due",
                        to="participation.comment",
                        verbose_name="comment",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_assigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_due",
                        to="participation.dossier",
                    ),
                ),
                (
                    "redirected_from",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redirected_to",
                        to="participation.answerdue",
                    ),
                ),
                (
                    "ruleset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_due",
                        to="participation.ruleset",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer due",
                "verbose_name_plural": "answers due",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("subject_en", ""),
                            ("subject_kk", ""),
                            ("subject_ru", ""),
                            _negated=True,
                        ),
                        name="answer_due_has_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("length__gt", 0), ("due_on__gt", models.F("received_on"))
                        ),
                        name="answer_due_after_receipt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_on", None), ("days_late", None), ("days_taken", None)
                            ),
                            models.Q(
                                ("answered_on__isnull", False),
                                ("days_late__isnull", False),
                                ("days_taken__isnull", False),
                                ("paused_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="answer_due_answered_as_a_whole",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_on", None)),
                        fields=["due_on"],
                        name="answer_due_open_by_date",
                    ),
                    models.Index(
                        fields=["addressee", "answered_on"], name="participati_address_7a835d_idx"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "disposition",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("in_part", "Accepted in part"),
                            ("rejected", "Rejected with reasons"),
                            ("redirected", "Passed on to another body"),
                            ("done", "Already done"),
                        ],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("reasoning_kk", models.TextField(verbose_name="reasons in Kazakh")),
                ("reasoning_ru", models.TextField(verbose_name="reasons in Russian")),
                ("reasoning_en", models.TextField(blank=True, verbose_name="reasons in English")),
                (
                    "change_reference",
                    models.CharField(blank=True, max_length=300, verbose_name="what changes"),
                ),
                ("signed_name", models.CharField(max_length=150, verbose_name="signed by")),
                ("signed_post", models.CharField(max_length=200, verbose_name="post")),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "redirected_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answer_due",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="participation.answerdue",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of an answer",
                "verbose_name_plural": "drafts of answers",
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "disposition",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("in_part", "Accepted in part"),
                            ("rejected", "Rejected with reasons"),
                            ("redirected", "Passed on to another body"),
                            ("done", "Already done"),
                        ],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("reasoning_kk", models.TextField(verbose_name="reasons in Kazakh")),
                ("reasoning_ru", models.TextField(verbose_name="reasons in Russian")),
                ("reasoning_en", models.TextField(blank=True, verbose_name="reasons in English")),
                (
                    "change_reference",
                    models.CharField(blank=True, max_length=300, verbose_name="what changes"),
                ),
                ("signed_name", models.CharField(max_length=150, verbose_name="signed by")),
                ("signed_post", models.CharField(max_length=200, verbose_name="post")),
                ("version", models.PositiveSmallIntegerField()),
                ("correction_reason", models.TextField(blank=True)),
                ("responded_on", models.DateField()),
                ("published_at", models.DateTimeField(auto_now_add=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "redirected_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "answer_due",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="participation.answerdue",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "ordering": ["version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("answer_due", "version"), name="answer_one_of_a_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("correction_reason", ""), ("version", 1)),
                            models.Q(
                                ("version__gt", 1),
                                models.Q(("correction_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="answer_correction_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reasoning_kk", ""), _negated=True),
                            models.Q(("reasoning_ru", ""), _negated=True),
                            models.Q(("signed_post", ""), _negated=True),
                        ),
                        name="answer_in_official_languages_and_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "disposition__in",
                                ["accepted", "in_part", "rejected", "redirected", "done"],
                            )
                        ),
                        name="answer_disposition_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("disposition", "redirected"), ("redirected_to__isnull", False)
                            ),
                            models.Q(
                                models.Q(("disposition", "redirected"), _negated=True),
                                ("redirected_to", None),
                            ),
                            _connector="OR",
                        ),
                        name="answer_redirect_names_a_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.SmallIntegerField()),
                ("level", models.PositiveSmallIntegerField()),
                ("sent_on", models.DateField()),
                ("told", models.PositiveIntegerField()),
                (
                    "answer_due",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="participation.answerdue",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder of an answer",
                "verbose_name_plural": "reminders of answers",
                "ordering": ["sent_on", "step"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("answer_due", "step"), name="answer_reminder_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name of the template")),
                (
                    "disposition",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("in_part", "Accepted in part"),
                            ("rejected", "Rejected with reasons"),
                            ("redirected", "Passed on to another body"),
                            ("done", "Already done"),
                        ],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("reasoning_kk", models.TextField(verbose_name="reasons in Kazakh")),
                ("reasoning_ru", models.TextField(verbose_name="reasons in Russian")),
                ("reasoning_en", models.TextField(blank=True, verbose_name="reasons in English")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer_templates",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "template of an answer",
                "verbose_name_plural": "templates of answers",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "name"),
                        name="answer_template_named_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("is_working", models.BooleanField(verbose_name="a working day")),
                ("reason", models.CharField(max_length=300, verbose_name="legal act")),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "day of the calendar",
                "verbose_name_plural": "days of the calendar",
                "ordering": ["day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="calendar_day_has_legal_act",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockEvent",
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
                            ("pause", "The clock was stopped"),
                            ("resume", "The clock was started again"),
                            ("extend", "The term was extended"),
                            ("recompute", "The calendar changed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("happened_on", models.DateField()),
                ("reason", models.TextField()),
                ("old_due", models.DateField()),
                ("new_due", models.DateField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answer_due",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clock_events",
                        to="participation.answerdue",
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
            ],
            options={
                "verbose_name": "event of the clock",
                "verbose_name_plural": "events of the clock",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="clock_event_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "pause"), ("new_due", None)),
                            models.Q(
                                models.Q(("kind", "pause"), _negated=True),
                                models.Q(("new_due", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="clock_event_new_date_unless_paused",
                    ),
                ],
            },
        ),
        append_only("participation_clockevent"),
        append_only("participation_answerreminder"),
        ANSWERS_DUE,
        ANSWERS,
    ]
