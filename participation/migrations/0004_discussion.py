"""Comments, support, files and moderation; triggers keep their counts and their rules."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import participation.models.attachments
from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

DISCUSSIONS = migrations.RunSQL(
    """
    CREATE FUNCTION participation_open_discussions() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO participation_discussion (dossier_id, comments, threads, number_for,
        number_against, number_neutral, backers)
      SELECT id, 0, 0, 0, 0, 0, 0 FROM fresh;
      RETURN NULL;
    END $$;
    CREATE TRIGGER open_discussions AFTER INSERT ON participation_dossier
      REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION participation_open_discussions();
    INSERT INTO participation_discussion (dossier_id, comments, threads, number_for,
      number_against, number_neutral, backers)
    SELECT id, 0, 0, 0, 0, 0, 0 FROM participation_dossier;
    """,
    """
    DROP TRIGGER open_discussions ON participation_dossier;
    DROP FUNCTION participation_open_discussions();
    """,
)

COMMENTS = migrations.RunSQL(
    """
    CREATE FUNCTION participation_guard_comment() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE above participation_comment;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'comment % is not deleted: it is hidden or emptied', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'UPDATE' THEN
        IF (NEW.dossier_id, NEW.parent_id, NEW.quoted_id, NEW.helix, NEW.position, NEW.created_at)
             IS DISTINCT FROM
           (OLD.dossier_id, OLD.parent_id, OLD.quoted_id, OLD.helix, OLD.position, OLD.created_at)
           OR (NEW.author_id IS NOT NULL AND NEW.author_id IS DISTINCT FROM OLD.author_id) THEN
          RAISE EXCEPTION 'comment %: only its text and its state change', OLD.id
            USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END IF;
      IF NOT EXISTS (SELECT FROM participation_dossier
                     WHERE id = NEW.dossier_id AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the dossier is not published'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_on_published_dossier';
      END IF;
      IF NEW.parent_id IS NOT NULL THEN
        SELECT * INTO above FROM participation_comment WHERE id = NEW.parent_id;
        IF above.parent_id IS NOT NULL OR above.dossier_id <> NEW.dossier_id THEN
          RAISE EXCEPTION 'a thread has one level and one dossier'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_threads_one_level_deep';
        END IF;
        IF NEW.quoted_id IS NOT NULL AND NOT EXISTS (
             SELECT FROM participation_comment
             WHERE id = NEW.quoted_id AND NEW.parent_id IN (id, parent_id)) THEN
          RAISE EXCEPTION 'what is quoted stands in another thread'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_quotes_its_thread';
        END IF;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON participation_comment
      FOR EACH ROW EXECUTE FUNCTION participation_guard_comment();

    CREATE FUNCTION participation_count_comment() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      before text := CASE TG_OP WHEN 'INSERT' THEN 'waiting' ELSE OLD.state END;
      counted int := (NEW.state IN ('public', 'erased'))::int - (before IN ('public', 'erased'))::int;
      listed int := (NEW.state <> 'waiting')::int - (before <> 'waiting')::int;
    BEGIN
      IF counted = 0 AND listed = 0 THEN RETURN NULL; END IF;
      UPDATE participation_discussion SET
        comments = comments + counted,
        threads = threads + CASE WHEN NEW.parent_id IS NULL THEN listed ELSE 0 END,
        number_for = number_for + CASE NEW.position WHEN 'for' THEN counted ELSE 0 END,
        number_against = number_against + CASE NEW.position WHEN 'against' THEN counted ELSE 0 END,
        number_neutral = number_neutral + CASE NEW.position WHEN 'neutral' THEN counted ELSE 0 END
      WHERE dossier_id = NEW.dossier_id;
      IF NEW.parent_id IS NOT NULL THEN
        UPDATE participation_comment SET number_of_replies = number_of_replies + listed
        WHERE id = NEW.parent_id;
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER count AFTER INSERT OR UPDATE OF state ON participation_comment
      FOR EACH ROW EXECUTE FUNCTION participation_count_comment();

    CREATE FUNCTION participation_guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' OR NEW.text <> '' OR NEW.html <> ''
         OR (NEW.comment_id, NEW.number, NEW.written_at)
            IS DISTINCT FROM (OLD.comment_id, OLD.number, OLD.written_at) THEN
        RAISE EXCEPTION 'a version is emptied, never changed'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON participation_commentversion
      FOR EACH ROW EXECUTE FUNCTION participation_guard_version();
    """,
    """
    DROP TRIGGER guard ON participation_commentversion;
    DROP FUNCTION participation_guard_version();
    DROP TRIGGER count ON participation_comment;
    DROP FUNCTION participation_count_comment();
    DROP TRIGGER guard ON participation_comment;
    DROP FUNCTION participation_guard_comment();
    """,
)

SUPPORT_AND_FILES = migrations.RunSQL(
    """
    CREATE FUNCTION participation_same_dossier() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.comment_id IS NOT NULL AND NOT EXISTS (
           SELECT FROM participation_comment
           WHERE id = NEW.comment_id AND dossier_id = NEW.dossier_id) THEN
        RAISE EXCEPTION 'the comment belongs to another dossier'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_of_the_same_dossier';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER same_dossier BEFORE INSERT OR UPDATE ON participation_support
      FOR EACH ROW EXECUTE FUNCTION participation_same_dossier();
    CREATE TRIGGER same_dossier BEFORE INSERT OR UPDATE ON participation_attachment
      FOR EACH ROW EXECUTE FUNCTION participation_same_dossier();

    CREATE FUNCTION participation_guard_support() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a support is given or withdrawn, never changed'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF EXISTS (SELECT FROM participation_comment
                 WHERE id = NEW.comment_id AND author_id = NEW.person_id) THEN
        RAISE EXCEPTION 'nobody backs their own comment'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'support_not_for_oneself';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON participation_support
      FOR EACH ROW EXECUTE FUNCTION participation_guard_support();

    CREATE FUNCTION participation_count_support() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      one participation_support;
      step int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
    BEGIN
      IF TG_OP = 'INSERT' THEN one := NEW; ELSE one := OLD; END IF;
      IF one.comment_id IS NULL THEN
        UPDATE participation_discussion SET backers = backers + step
        WHERE dossier_id = one.dossier_id;
      ELSE
        UPDATE participation_comment SET supporters = supporters + step
        WHERE id = one.comment_id;
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER count AFTER INSERT OR DELETE ON participation_support
      FOR EACH ROW EXECUTE FUNCTION participation_count_support();
    """,
    """
    DROP TRIGGER count ON participation_support;
    DROP FUNCTION participation_count_support();
    DROP TRIGGER guard ON participation_support;
    DROP FUNCTION participation_guard_support();
    DROP TRIGGER same_dossier ON participation_attachment;
    DROP TRIGGER same_dossier ON participation_support;
    DROP FUNCTION participation_same_dossier();
    """,
)

DECISIONS = migrations.RunSQL(
    """
    CREATE FUNCTION participation_guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE first participation_decision;
    BEGIN
      IF EXISTS (SELECT FROM participation_comment
                 WHERE id = NEW.comment_id AND author_id = NEW.decided_by_id) THEN
        RAISE EXCEPTION 'nobody decides about their own comment'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_not_about_oneself';
      END IF;
      IF NEW.appeal_id IS NOT NULL THEN
        SELECT decision.* INTO first FROM participation_decision decision
        JOIN participation_appeal appeal ON appeal.against_id = decision.id
        WHERE appeal.id = NEW.appeal_id;
        IF first.comment_id IS DISTINCT FROM NEW.comment_id THEN
          RAISE EXCEPTION 'the appeal is about another comment'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_about_its_appeal';
        END IF;
        IF first.decided_by_id = NEW.decided_by_id THEN
          RAISE EXCEPTION 'an appeal is decided by somebody else'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_on_appeal_by_another';
        END IF;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT ON participation_decision
      FOR EACH ROW EXECUTE FUNCTION participation_guard_decision();
    """,
    """
    DROP TRIGGER guard ON participation_decision;
    DROP FUNCTION participation_guard_decision();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("participation", "0003_sent_forms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="why the decision is wrong")),
                ("appealed_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="discussion",
                        serialize=False,
                        to="participation.dossier",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "comments",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="comments"),
                ),
                (
                    "threads",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="threads"),
                ),
                (
                    "number_for",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="for"),
                ),
                (
                    "number_against",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="against"),
                ),
                (
                    "number_neutral",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="neutral"),
                ),
                (
                    "backers",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="backers"),
                ),
            ],
            options={
                "verbose_name": "discussion",
                "verbose_name_plural": "discussions",
            },
        ),
        migrations.CreateModel(
            name="Comment",
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
                    "position",
                    models.CharField(
                        blank=True,
                        choices=[("for", "For"), ("against", "Against"), ("neutral", "Neutral")],
                        max_length=8,
                        verbose_name="position",
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("text", models.TextField(verbose_name="text")),
                ("html", models.TextField(editable=False)),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("waiting", "waits for a moderator"),
                            ("hidden", "hidden"),
                            ("erased", "erased by its author"),
                        ],
                        default="public",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "hidden_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("insult", "Insult or humiliation"),
                            ("hatred", "Hatred against a group of people"),
                            ("threat", "Threat or call for violence"),
                            ("privacy", "Somebody's personal data"),
                            ("advertising", "Advertising"),
                            ("off_topic", "Has nothing to do with the subject"),
                            ("repeated", "The same text again"),
                            ("unlawful", "Forbidden by law"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="written"
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="edited"),
                ),
                ("number_of_files", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("number_of_replies", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "supporters",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="supporters"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="participation.dossier",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="participation.comment",
                    ),
                ),
                (
                    "quoted",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quoting",
                        to="participation.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("helix__in", ["government", "business", "academia", "civil_society"])
                        ),
                        name="comment_helix_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__in", ["", "for", "against", "neutral"])),
                        name="comment_position_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["public", "waiting", "hidden", "erased"])
                        ),
                        name="comment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "hidden_reason__in",
                                    [
                                        "insult",
                                        "hatred",
                                        "threat",
                                        "privacy",
                                        "advertising",
                                        "off_topic",
                                        "repeated",
                                        "unlawful",
                                    ],
                                ),
                                ("state", "hidden"),
                            ),
                            models.Q(
                                models.Q(("state", "hidden"), _negated=True), ("hidden_reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="comment_hidden_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("author", None), ("fingerprint", ""), ("html", ""), ("text", "")
                            ),
                            models.Q(
                                ("author__isnull", False),
                                models.Q(("text", ""), _negated=True),
                                models.Q(("state", "erased"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="comment_without_author_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", None), ("position", ""), _connector="OR"),
                        name="comment_position_opens_a_thread",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quoted", None), ("parent__isnull", False), _connector="OR"
                        ),
                        name="comment_quotes_in_a_reply",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("parent", None), models.Q(("state", "waiting"), _negated=True)
                        ),
                        fields=["dossier", "-id"],
                        name="comment_threads_by_age",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("parent", None), models.Q(("state", "waiting"), _negated=True)
                        ),
                        fields=["dossier", "-supporters", "-id"],
                        name="comment_threads_by_support",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("parent", None),
                            ("state", "public"),
                            models.Q(("position", ""), _negated=True),
                        ),
                        fields=["dossier", "position", "-supporters", "-id"],
                        name="comment_arguments",
                    ),
                    models.Index(fields=["parent", "id"], name="comment_replies"),
                    models.Index(fields=["author", "-created_at"], name="comment_by_author"),
                    models.Index(
                        condition=models.Q(("fingerprint", ""), _negated=True),
                        fields=["fingerprint", "-created_at"],
                        name="comment_same_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("image", "image"), ("document", "document")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("content_type", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("width", models.PositiveSmallIntegerField(null=True)),
                ("height", models.PositiveSmallIntegerField(null=True)),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=participation.models.attachments._unguessable
                    ),
                ),
                (
                    "preview",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=participation.models.attachments._unguessable,
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="participation.dossier",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="participation.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["added_at", "key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("height", None), ("kind", "document"), ("width", None)),
                            models.Q(("height__gt", 0), ("kind", "image"), ("width__gt", 0)),
                            _connector="OR",
                        ),
                        name="attachment_images_are_measured",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("html", models.TextField(editable=False)),
                ("text", models.TextField(verbose_name="text")),
                ("written_at", models.DateTimeField(verbose_name="written")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="participation.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a comment",
                "verbose_name_plural": "versions of comments",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "number"), name="comment_version_one_of_a_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("keep", "stays public"),
                            ("hide", "hidden"),
                            ("restore", "public again"),
                        ],
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("insult", "Insult or humiliation"),
                            ("hatred", "Hatred against a group of people"),
                            ("threat", "Threat or call for violence"),
                            ("privacy", "Somebody's personal data"),
                            ("advertising", "Advertising"),
                            ("off_topic", "Has nothing to do with the subject"),
                            ("repeated", "The same text again"),
                            ("unlawful", "Forbidden by law"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(blank=True, verbose_name="explanation to the author"),
                ),
                ("decided_at", models.DateTimeField(auto_now_add=True)),
                (
                    "appeal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="participation.appeal",
                        verbose_name="appeal",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="participation.comment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "decision of a moderator",
                "verbose_name_plural": "decisions of moderators",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "hide"), _negated=True),
                            (
                                "reason__in",
                                [
                                    "insult",
                                    "hatred",
                                    "threat",
                                    "privacy",
                                    "advertising",
                                    "off_topic",
                                    "repeated",
                                    "unlawful",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="decision_hides_with_reason",
                    )
                ],
                "indexes": [models.Index(fields=["-decided_at"], name="decision_by_date")],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("insult", "Insult or humiliation"),
                            ("hatred", "Hatred against a group of people"),
                            ("threat", "Threat or call for violence"),
                            ("privacy", "Somebody's personal data"),
                            ("advertising", "Advertising"),
                            ("off_topic", "Has nothing to do with the subject"),
                            ("repeated", "The same text again"),
                            ("unlawful", "Forbidden by law"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("reported_at", models.DateTimeField(auto_now_add=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="participation.comment",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolves",
                        to="participation.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("resolved_by", None)),
                        fields=("comment", "reporter"),
                        name="report_one_open_per_person",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "insult",
                                    "hatred",
                                    "threat",
                                    "privacy",
                                    "advertising",
                                    "off_topic",
                                    "repeated",
                                    "unlawful",
                                ],
                            )
                        ),
                        name="report_reason_known",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("resolved_by", None)),
                        fields=["reported_at"],
                        name="report_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField(auto_now_add=True)),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to="participation.comment",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to="participation.dossier",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "support",
                "verbose_name_plural": "supports",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "comment", "person"),
                        name="support_given_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="appeal",
            name="against",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appealed_in",
                to="participation.decision",
            ),
        ),
        DISCUSSIONS,
        COMMENTS,
        SUPPORT_AND_FILES,
        DECISIONS,
        append_only("participation_decision"),
    ]
