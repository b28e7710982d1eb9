"""Meetings: tables, and triggers for places, dots and words that never change."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration

# What was said and published stays as it was said. Translations, the theme on the board and what
# supersedes it may come later; erasure for privacy leaves a tombstone that still counts.
STATEMENTS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_statement() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      old_row jsonb;
      new_row jsonb;
      may_change text[] := ARRAY['translations', 'theme_id', 'superseded_by_id'];
    BEGIN
      IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'statements are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF OLD.published_at IS NULL AND OLD.erased_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN
          RETURN OLD;
        END IF;
        RETURN NEW;
      END IF;
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'statement % is published and stays', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      old_row := to_jsonb(OLD) - may_change;
      new_row := to_jsonb(NEW) - may_change;
      IF OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL THEN
        may_change := ARRAY['text', 'author_id', 'is_named', 'erased_at'];
        IF NEW.text <> '' OR NEW.author_id IS NOT NULL OR NEW.is_named
            OR NEW.translations <> '{}'::jsonb THEN
          RAISE EXCEPTION 'erasing statement % leaves nothing of it', OLD.id
            USING ERRCODE = 'check_violation';
        END IF;
        old_row := old_row - may_change;
        new_row := new_row - may_change;
      ELSIF OLD.erased_at IS NOT NULL AND NEW.translations <> '{}'::jsonb THEN
        RAISE EXCEPTION 'statement % is erased', OLD.id USING ERRCODE = 'check_violation';
      END IF;
      IF new_row <> old_row THEN
        RAISE EXCEPTION 'statement % is published and stays as it was said', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON edp_statement
      FOR EACH ROW EXECUTE FUNCTION edp_guard_statement();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_statement
      FOR EACH STATEMENT EXECUTE FUNCTION edp_guard_statement();
    """,
    """
    DROP TRIGGER guard ON edp_statement;
    DROP TRIGGER no_truncate ON edp_statement;
    DROP FUNCTION edp_guard_statement();
    """,
)

# The row of the meeting is locked first, so that of two last places only one is given.
PLACES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_count_places() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      places integer;
    BEGIN
      SELECT capacity INTO places FROM edp_workshop WHERE id = NEW.workshop_id
        FOR NO KEY UPDATE;
      IF places IS NOT NULL AND places <= (
        SELECT count(*) FROM edp_registration
        WHERE workshop_id = NEW.workshop_id AND state = 'registered'
          AND id IS DISTINCT FROM NEW.id
      ) THEN
        RAISE EXCEPTION 'workshop % has no place left', NEW.workshop_id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'registration_within_capacity';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER places BEFORE INSERT OR UPDATE ON edp_registration
      FOR EACH ROW WHEN (NEW.state = 'registered') EXECUTE FUNCTION edp_count_places();

    CREATE FUNCTION edp_guard_workshop() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.capacity IS DISTINCT FROM OLD.capacity AND NEW.capacity < (
        SELECT count(*) FROM edp_registration
        WHERE workshop_id = NEW.id AND state = 'registered'
      ) THEN
        RAISE EXCEPTION 'workshop % has given more places away', NEW.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'workshop_places_given';
      END IF;
      IF OLD.dots_opened_at IS NOT NULL AND
          (NEW.dots_opened_at, NEW.dots_each, NEW.dots_a_theme)
          IS DISTINCT FROM (OLD.dots_opened_at, OLD.dots_each, OLD.dots_a_theme)
          OR OLD.dots_closed_at IS NOT NULL
          AND NEW.dots_closed_at IS DISTINCT FROM OLD.dots_closed_at THEN
        RAISE EXCEPTION 'the rules of the dots of workshop % are fixed', NEW.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE ON edp_workshop
      FOR EACH ROW EXECUTE FUNCTION edp_guard_workshop();
    """,
    """
    DROP TRIGGER guard ON edp_workshop;
    DROP FUNCTION edp_guard_workshop();
    DROP TRIGGER places ON edp_registration;
    DROP FUNCTION edp_count_places();
    """,
)

ATTENDANCES = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_attendance() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (NEW.workshop_id, NEW.helix) IS DISTINCT FROM (OLD.workshop_id, OLD.helix) THEN
        RAISE EXCEPTION 'the helix of attendance % is as it was that day', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE ON edp_attendance
      FOR EACH ROW EXECUTE FUNCTION edp_guard_attendance();
    """,
    """
    DROP TRIGGER guard ON edp_attendance;
    DROP FUNCTION edp_guard_attendance();
    """,
)

# A shared lock on the meeting: participants do not wait for each other, and the close waits for
# all of them. The ballot's lock keeps two requests of one participant apart.
DOTS = migrations.RunSQL(
    """
    CREATE FUNCTION edp_guard_dots() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      meeting edp_workshop%ROWTYPE;
      ballot edp_dotballot%ROWTYPE;
    BEGIN
      IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'dots are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      SELECT * INTO ballot FROM edp_dotballot
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.ballot_id ELSE NEW.ballot_id END
        FOR NO KEY UPDATE;
      SELECT * INTO meeting FROM edp_workshop WHERE id = ballot.workshop_id FOR SHARE;
      IF meeting.dots_opened_at IS NULL OR meeting.dots_closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'dots of workshop % are not open', meeting.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'dots_while_open';
      END IF;
      IF TG_OP = 'DELETE' THEN
        RETURN OLD;
      END IF;
      IF NEW.number > meeting.dots_a_theme THEN
        RAISE EXCEPTION 'more than % dots on one theme', meeting.dots_a_theme
          USING ERRCODE = 'check_violation', CONSTRAINT = 'dots_a_theme_at_most';
      END IF;
      IF NEW.number + (SELECT coalesce(sum(number), 0) FROM edp_dots
                       WHERE ballot_id = NEW.ballot_id AND id IS DISTINCT FROM NEW.id)
          > meeting.dots_each THEN
        RAISE EXCEPTION 'more than % dots of one participant', meeting.dots_each
          USING ERRCODE = 'check_violation', CONSTRAINT = 'dots_each_at_most';
      END IF;
      IF NOT EXISTS (SELECT FROM edp_theme
                     WHERE id = NEW.theme_id AND workshop_id = meeting.id) THEN
        RAISE EXCEPTION 'theme % is not of workshop %', NEW.theme_id, meeting.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'dots_on_own_themes';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON edp_dots
      FOR EACH ROW EXECUTE FUNCTION edp_guard_dots();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON edp_dots
      FOR EACH STATEMENT EXECUTE FUNCTION edp_guard_dots();
    """,
    """
    DROP TRIGGER guard ON edp_dots;
    DROP TRIGGER no_truncate ON edp_dots;
    DROP FUNCTION edp_guard_dots();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("edp", "0003_evidence"),
        ("accounts", "0001_initial"),
        ("participation", "0007_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
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
                    "role",
                    models.CharField(
                        choices=[
                            ("participant", "participant"),
                            ("moderator", "moderator"),
                            ("expert", "expert"),
                        ],
                        default="participant",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "is_first_time",
                    models.BooleanField(
                        default=True, verbose_name="for the first time in this process"
                    ),
                ),
                (
                    "checked_in_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="checked in"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="edp.workshop",
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance",
                "verbose_name_plural": "attendances",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("workshop", "person"),
                        name="attendance_once_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("helix", ""),
                            ("helix__in", ["government", "business", "academia", "civil_society"]),
                            _connector="OR",
                        ),
                        name="attendance_helix_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DotBallot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("voter", models.CharField(editable=False, max_length=64)),
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
                ("given_at", models.DateTimeField(auto_now=True)),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dot_ballots",
                        to="edp.workshop",
                    ),
                ),
            ],
            options={
                "verbose_name": "ballot of dots",
                "verbose_name_plural": "ballots of dots",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workshop", "voter"), name="dot_ballot_one_a_voter"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("helix", ""),
                            ("helix__in", ["government", "business", "academia", "civil_society"]),
                            _connector="OR",
                        ),
                        name="dot_ballot_helix_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dots",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="dots")),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dots",
                        to="edp.dotballot",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dots",
                        to="edp.theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "dots",
                "verbose_name_plural": "dots",
                "constraints": [
                    models.UniqueConstraint(fields=("ballot", "theme"), name="dots_once_a_theme"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="dots_at_least_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeadCount",
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
                ("count", models.PositiveIntegerField(verbose_name="people")),
                (
                    "newcomers",
                    models.PositiveIntegerField(verbose_name="of them for the first time"),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="head_counts",
                        to="edp.workshop",
                    ),
                ),
            ],
            options={
                "verbose_name": "head count",
                "verbose_name_plural": "head counts",
                "ordering": ["helix"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workshop", "helix"), name="head_count_one_a_helix"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("helix", ""),
                            ("helix__in", ["government", "business", "academia", "civil_society"]),
                            _connector="OR",
                        ),
                        name="head_count_helix_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("newcomers__lte", models.F("count"))),
                        name="head_count_newcomers_are_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
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
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("accepted", "Coming"),
                            ("declined", "Not coming"),
                        ],
                        default="invited",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
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
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="edp.workshop",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("helix__in", ["government", "business", "academia", "civil_society"])
                        ),
                        name="invitation_helix_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("workshop", "person"),
                        name="invitation_once_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("registered", "You have a place"),
                            ("waiting", "You are on the waiting list"),
                            ("cancelled", "You have given your place back"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("code", models.CharField(max_length=32, unique=True)),
                ("since", models.DateTimeField(verbose_name="since")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workshop_registrations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="edp.workshop",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
                "ordering": ["since", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workshop", "person"), name="registration_one_a_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("helix__in", ["government", "business", "academia", "civil_society"])
                        ),
                        name="registration_helix_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="statement",
            name="put_aside_because",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="not published because"
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="cancelled_because_kk",
            field=models.CharField(blank=True, max_length=500, verbose_name="why, in Kazakh"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="cancelled_because_ru",
            field=models.CharField(blank=True, max_length=500, verbose_name="why, in Russian"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="dots_a_theme",
            field=models.PositiveSmallIntegerField(
                default=2, verbose_name="of them on one theme, at most"
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="dots_closed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="workshop",
            name="dots_each",
            field=models.PositiveSmallIntegerField(
                default=3, verbose_name="dots of one participant"
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="dots_opened_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="workshop",
            name="join_code",
            field=models.CharField(max_length=6, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="workshop",
            name="reminded_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="workshop",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None), ("put_aside_because", ""), _connector="OR"
                ),
                name="statement_published_or_put_aside",
            ),
        ),
        migrations.AddConstraint(
            model_name="workshop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(
                        models.Q(("cancelled_because_kk", ""), _negated=True),
                        models.Q(("cancelled_because_ru", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="workshop_cancelled_with_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="workshop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dots_a_theme__range", (1, models.F("dots_each"))), ("dots_each__gte", 1)
                ),
                name="workshop_dots_sensible",
            ),
        ),
        migrations.AddConstraint(
            model_name="workshop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dots_closed_at", None),
                    ("dots_opened_at__lt", models.F("dots_closed_at")),
                    _connector="OR",
                ),
                name="workshop_dots_closed_after_opened",
            ),
        ),
        STATEMENTS,
        PLACES,
        ATTENDANCES,
        DOTS,
    ]
