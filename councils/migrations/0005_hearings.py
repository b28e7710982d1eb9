"""Hearings: tables, and triggers for notices, places and words that never change."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.models.hearing_floor
from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

# No hearing is public, begins or was held at an hour or place that no notice named in time.
NOTICES = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_hearing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND (NEW.state, NEW.starts_at, NEW.place)
          IS NOT DISTINCT FROM (OLD.state, OLD.starts_at, OLD.place) THEN
        RETURN NEW;
      END IF;
      IF NOT EXISTS (
        SELECT 1 FROM (
          SELECT * FROM councils_notice WHERE meeting_id = NEW.id ORDER BY number DESC LIMIT 1
        ) AS last
        WHERE last.starts_at = NEW.starts_at AND last.place = NEW.place
          AND last.between >= last.needed
      ) THEN
        RAISE EXCEPTION 'no notice in time names hour and place of hearing %', NEW.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'hearing_has_a_notice';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER hearing_notice BEFORE INSERT OR UPDATE ON councils_meeting
      FOR EACH ROW
      WHEN (NEW.kind = 'hearing' AND NEW.state IN ('announced', 'open', 'held', 'no_quorum'))
      EXECUTE FUNCTION councils_guard_hearing();
    """,
    """
    DROP TRIGGER hearing_notice ON councils_meeting;
    DROP FUNCTION councils_guard_hearing();
    """,
)

# The row of the details is locked first, so that of two last places only one is given.
PLACES = migrations.RunSQL(
    """
    CREATE FUNCTION councils_count_places() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      places integer;
    BEGIN
      SELECT capacity INTO places FROM councils_hearingdetail WHERE meeting_id = NEW.meeting_id
        FOR NO KEY UPDATE;
      IF places IS NOT NULL AND places <= (
        SELECT count(*) FROM councils_hearingregistration
        WHERE meeting_id = NEW.meeting_id AND attends = 'hall'
          AND state IN ('registered', 'confirmed', 'present') AND id IS DISTINCT FROM NEW.id
      ) THEN
        RAISE EXCEPTION 'hearing % has no place left', NEW.meeting_id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'hearing_within_capacity';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER places BEFORE INSERT OR UPDATE ON councils_hearingregistration
      FOR EACH ROW
      WHEN (NEW.attends = 'hall' AND NEW.state IN ('registered', 'confirmed', 'present'))
      EXECUTE FUNCTION councils_count_places();

    CREATE FUNCTION councils_guard_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.capacity < (
        SELECT count(*) FROM councils_hearingregistration
        WHERE meeting_id = NEW.meeting_id AND attends = 'hall'
          AND state IN ('registered', 'confirmed', 'present')
      ) THEN
        RAISE EXCEPTION 'hearing % has given more places away', NEW.meeting_id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'hearing_places_given';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER capacity BEFORE UPDATE OF capacity ON councils_hearingdetail
      FOR EACH ROW WHEN (NEW.capacity IS NOT NULL) EXECUTE FUNCTION councils_guard_capacity();
    """,
    """
    DROP TRIGGER capacity ON councils_hearingdetail;
    DROP FUNCTION councils_guard_capacity();
    DROP TRIGGER places ON councils_hearingregistration;
    DROP FUNCTION councils_count_places();
    """,
)

# Words stay as they were said or sent. What may change is listed by the table; once the minutes
# are published only what leads to a person may still go.
WORDS = migrations.RunSQL(
    """
    CREATE FUNCTION councils_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      old_row jsonb := to_jsonb(OLD);
      new_row jsonb;
      of_person text[] := ARRAY['asked_by_id', 'person_id', 'registration_id', 'name', 'contact',
                                'organisation'];
      may_change text[];
    BEGIN
      IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
        RAISE EXCEPTION '% of % refused: what was said at a hearing stays', TG_OP, TG_TABLE_NAME
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_TABLE_NAME = 'councils_submission' THEN
        may_change := of_person || ARRAY['withdrawn_at', 'withdrawn_because'];
        IF NEW.text = '' AND NEW.withdrawn_at IS NOT NULL THEN
          may_change := may_change || ARRAY['text'];
        END IF;
        IF OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL THEN
          RAISE EXCEPTION 'submission % was withdrawn', OLD.id
            USING ERRCODE = 'insufficient_privilege';
        END IF;
      ELSIF EXISTS (SELECT 1 FROM councils_minutes WHERE meeting_id = OLD.meeting_id
                    AND published_at IS NOT NULL) THEN
        may_change := of_person;
      ELSIF TG_TABLE_NAME = 'councils_question' THEN
        may_change := ARRAY['asked_by_id', 'state', 'answer', 'answer_language', 'answered_by',
                            'second', 'declined_because', 'answer_due_id'];
        IF OLD.answer_due_id IS NOT NULL THEN
          may_change := of_person;
        END IF;
      ELSE
        may_change := of_person || ARRAY['state', 'seconds', 'spoken', 'called_at', 'began_at',
                                         'running_since', 'ended_at'];
        IF old_row ->> 'state' IN ('done', 'skipped') THEN
          may_change := of_person;
        END IF;
      END IF;
      new_row := to_jsonb(NEW) - may_change;
      IF new_row <> old_row - may_change THEN
        RAISE EXCEPTION 'row % of % stays as it was said', OLD.id, TG_TABLE_NAME
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER words BEFORE UPDATE OR DELETE ON councils_question
      FOR EACH ROW EXECUTE FUNCTION councils_keep_words();
    CREATE TRIGGER words BEFORE UPDATE OR DELETE ON councils_speakerslot
      FOR EACH ROW EXECUTE FUNCTION councils_keep_words();
    CREATE TRIGGER words BEFORE UPDATE OR DELETE ON councils_submission
      FOR EACH ROW EXECUTE FUNCTION councils_keep_words();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_question
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_speakerslot
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_submission
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
    """,
    """
    DROP TRIGGER no_truncate ON councils_submission;
    DROP TRIGGER no_truncate ON councils_speakerslot;
    DROP TRIGGER no_truncate ON councils_question;
    DROP TRIGGER words ON councils_submission;
    DROP TRIGGER words ON councils_speakerslot;
    DROP TRIGGER words ON councils_question;
    DROP FUNCTION councils_keep_words();
    """,
)

# Minutes of a hearing hold every question, and none of them is left without a fate.
QUESTIONS = migrations.RunSQL(
    """
    CREATE FUNCTION councils_count_questions() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      held jsonb := coalesce(NEW.record #> '{hearing,questions}', '[]'::jsonb);
    BEGIN
      IF EXISTS (
        SELECT 1 FROM councils_question AS asked
        WHERE asked.meeting_id = NEW.meeting_id AND (
          asked.state IN ('waiting', 'shown') OR NOT held @> jsonb_build_array(
            jsonb_build_object('number', asked.number, 'state', asked.state)))
      ) THEN
        RAISE EXCEPTION 'a question is missing from the minutes of meeting %', NEW.meeting_id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_hold_every_question';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER every_question BEFORE INSERT OR UPDATE OF published_at ON councils_minutes
      FOR EACH ROW WHEN (NEW.published_at IS NOT NULL)
      EXECUTE FUNCTION councils_count_questions();

    CREATE FUNCTION councils_refuse_late_question() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM councils_minutes WHERE meeting_id = NEW.meeting_id
                 AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the minutes of meeting % are published', NEW.meeting_id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'question_before_the_minutes';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER in_time BEFORE INSERT ON councils_question
      FOR EACH ROW EXECUTE FUNCTION councils_refuse_late_question();
    """,
    """
    DROP TRIGGER in_time ON councils_question;
    DROP FUNCTION councils_refuse_late_question();
    DROP TRIGGER every_question ON councils_minutes;
    DROP FUNCTION councils_count_questions();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("councils", "0004_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HearingRegistration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="e-mail or telephone"
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("resident", "Resident"),
                            ("organisation", "For an organisation"),
                            ("expert", "Expert"),
                            ("official", "Official"),
                            ("media", "Press"),
                        ],
                        max_length=12,
                        verbose_name="comes as",
                    ),
                ),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=200, verbose_name="organisation"),
                ),
                (
                    "attends",
                    models.CharField(
                        choices=[("hall", "In the hall"), ("online", "Online")],
                        default="hall",
                        max_length=6,
                        verbose_name="attends",
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("for", "For"),
                            ("against", "Against"),
                            ("neutral", "Neutral"),
                            ("question", "I have a question"),
                        ],
                        max_length=8,
                        verbose_name="position",
                    ),
                ),
                (
                    "wants_to_speak",
                    models.BooleanField(default=False, verbose_name="wants to speak"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("registered", "Registered"),
                            ("confirmed", "Confirmed"),
                            ("present", "Present"),
                            ("absent", "Did not come"),
                            ("waitlisted", "On the waiting list"),
                            ("cancelled", "Given back"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("code", models.CharField(max_length=32, unique=True)),
                ("since", models.DateTimeField(verbose_name="since")),
                ("checked_in_at", models.DateTimeField(null=True, verbose_name="checked in")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_registrations",
                        to="councils.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_places",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "registration for a hearing",
                "verbose_name_plural": "registrations for hearings",
                "ordering": ["since", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("meeting", "person"),
                        name="hearing_registration_one_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("contact", ""), _negated=True),
                            models.Q(("state", "cancelled"), _negated=True),
                        ),
                        fields=("meeting", "contact"),
                        name="hearing_registration_one_a_contact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "present"), _negated=True),
                            ("checked_in_at__isnull", False),
                            _connector="OR",
                        ),
                        name="hearing_present_since_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("published_on", models.DateField(verbose_name="published")),
                ("hearing_on", models.DateField(verbose_name="day of the hearing")),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="place")),
                ("channels", models.JSONField(default=list, verbose_name="where it was published")),
                ("papers", models.JSONField(blank=True, default=list, verbose_name="papers")),
                ("reason", models.TextField(blank=True, verbose_name="why it was changed")),
                (
                    "between",
                    models.PositiveSmallIntegerField(verbose_name="full working days in between"),
                ),
                ("needed", models.PositiveSmallIntegerField(verbose_name="needed")),
                ("calendar_version", models.CharField(max_length=60)),
                ("sha256", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="councils.meeting",
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
                "verbose_name": "notice of a hearing",
                "verbose_name_plural": "notices of hearings",
                "ordering": ["meeting", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="notice_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("between__gte", models.F("needed"))),
                        name="notice_in_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hearing_on__gt", models.F("published_on"))),
                        name="notice_before_the_hearing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="notice_changed_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_kk", ""), _negated=True),
                            models.Q(("text_ru", ""), _negated=True),
                        ),
                        name="notice_in_both_languages",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("text", models.TextField(max_length=600, verbose_name="question")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Not read yet"),
                            ("shown", "Waits for an answer"),
                            ("answered", "Answered at the hearing"),
                            ("in_writing", "To be answered in writing"),
                            ("declined", "Not put"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="what was answered")),
                (
                    "answer_language",
                    models.CharField(
                        blank=True, max_length=2, verbose_name="language of the answer"
                    ),
                ),
                (
                    "answered_by",
                    models.CharField(blank=True, max_length=200, verbose_name="who answered"),
                ),
                (
                    "second",
                    models.PositiveIntegerField(null=True, verbose_name="second of the hearing"),
                ),
                (
                    "declined_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("repeated", "repeats another question"),
                            ("off_matter", "not about the matter of this hearing"),
                            ("abusive", "insults somebody"),
                            ("private", "tells of a person's private life"),
                        ],
                        max_length=10,
                        verbose_name="why it was not put",
                    ),
                ),
                (
                    "answer_due",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_question",
                        to="participation.answerdue",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_questions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="councils.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "question at a hearing",
                "verbose_name_plural": "questions at hearings",
                "ordering": ["meeting", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="question_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(
                                models.Q(("answer", ""), _negated=True), ("second__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="question_answered_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer_due__isnull", False), ("state", "in_writing")),
                            models.Q(
                                models.Q(("state", "in_writing"), _negated=True),
                                ("answer_due", None),
                            ),
                            _connector="OR",
                        ),
                        name="question_in_writing_has_a_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "declined"),
                                models.Q(("declined_because", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "declined"), _negated=True),
                                ("declined_because", ""),
                            ),
                            _connector="OR",
                        ),
                        name="question_declined_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("voter", models.CharField(max_length=64)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="councils.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "support of a question",
                "verbose_name_plural": "supports of questions",
                "constraints": [
                    models.UniqueConstraint(fields=("question", "voter"), name="question_vote_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SpeakerSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contribution", "Contribution"),
                            ("pro", "For"),
                            ("contra", "Against"),
                            ("question", "Question"),
                            ("answer", "Answer"),
                            ("expert", "Expert opinion"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waits"),
                            ("called", "Called"),
                            ("speaking", "Speaks"),
                            ("paused", "Interrupted"),
                            ("done", "Has spoken"),
                            ("skipped", "Passed over"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("seconds", models.PositiveSmallIntegerField(verbose_name="seconds allowed")),
                ("spoken", models.PositiveIntegerField(default=0, verbose_name="seconds spoken")),
                ("queued_at", models.DateTimeField(verbose_name="asked to speak")),
                ("called_at", models.DateTimeField(null=True)),
                ("began_at", models.DateTimeField(null=True)),
                ("running_since", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="speakers",
                        to="councils.meeting",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="speeches",
                        to="councils.hearingregistration",
                    ),
                ),
            ],
            options={
                "verbose_name": "speaker",
                "verbose_name_plural": "speakers",
                "ordering": ["meeting", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="speaker_number_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["called", "speaking", "paused"])),
                        fields=("meeting",),
                        name="speaker_one_on_the_floor",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "called", "speaking", "paused"])
                        ),
                        fields=("registration",),
                        name="speaker_queues_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("running_since__isnull", False), ("state", "speaking")),
                            models.Q(
                                models.Q(("state", "speaking"), _negated=True),
                                ("running_since", None),
                            ),
                            _connector="OR",
                        ),
                        name="speaker_runs_while_speaking",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "called", "skipped"]),
                            ("began_at__isnull", False),
                            _connector="OR",
                        ),
                        name="speaker_began_before_speaking",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["done", "skipped"]), _negated=True),
                            ("ended_at__isnull", False),
                            _connector="OR",
                        ),
                        name="speaker_ended_at_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="e-mail or telephone"
                    ),
                ),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=200, verbose_name="organisation"),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "may_publish",
                    models.BooleanField(default=False, verbose_name="may be published"),
                ),
                ("code", models.CharField(max_length=32, unique=True)),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was withdrawn"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="councils.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_submissions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "written submission",
                "verbose_name_plural": "written submissions",
                "ordering": ["meeting", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="submission_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at", None),
                                ("withdrawn_because", ""),
                                models.Q(("text", ""), _negated=True),
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawn_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="submission_withdrawn_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubmissionFile",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("content_type", models.CharField(max_length=80)),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=councils.models.hearing_floor._unguessable
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="councils.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a submission",
                "verbose_name_plural": "files of submissions",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="HearingDetail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ground_kk",
                    models.CharField(max_length=300, verbose_name="legal ground in Kazakh"),
                ),
                (
                    "ground_ru",
                    models.CharField(max_length=300, verbose_name="legal ground in Russian"),
                ),
                (
                    "ground_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="legal ground in English"
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="places in the hall"
                    ),
                ),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                (
                    "access",
                    models.JSONField(blank=True, default=list, verbose_name="accessibility"),
                ),
                (
                    "seconds_each",
                    models.PositiveSmallIntegerField(
                        default=180, verbose_name="seconds of one speaker"
                    ),
                ),
                ("join_code", models.CharField(max_length=6, null=True, unique=True)),
                (
                    "docket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="councils.docket",
                    ),
                ),
                (
                    "initiator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing",
                        to="councils.meeting",
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repetitions",
                        to="councils.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "details of a hearing",
                "verbose_name_plural": "details of hearings",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seconds_each__range", (30, 3600))),
                        name="hearing_speech_is_limited",
                    )
                ],
            },
        ),
        NOTICES,
        append_only("councils_notice"),
        PLACES,
        WORDS,
        QUESTIONS,
    ]
