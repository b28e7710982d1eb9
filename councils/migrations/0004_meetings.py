"""Meetings: who was there and how it was voted, with triggers for what never changes."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import councils.models.attendance
from accounts.grouped_migrations import GroupedMigration

# Locks go from the meeting to its vote: an opening waits for people who come and go, a close waits
# for votes under way, and they for it.
VOTES = migrations.RunSQL(
    """
    CREATE FUNCTION councils_is_present(a_meeting bigint, a_mandate bigint, moment timestamptz)
    RETURNS boolean LANGUAGE sql STABLE AS $$
      SELECT EXISTS (
        SELECT FROM councils_presence p JOIN councils_participation q ON q.id = p.participation_id
        WHERE q.meeting_id = a_meeting AND q.mandate_id = a_mandate AND p.present_from <= moment
          AND (p.present_to IS NULL OR p.present_to > moment)
      );
    $$;

    CREATE FUNCTION councils_is_recused(a_vote bigint, a_mandate bigint)
    RETURNS boolean LANGUAGE sql STABLE AS $$
      SELECT EXISTS (
        SELECT FROM councils_voteevent v JOIN councils_motion m ON m.id = v.motion_id
        JOIN councils_recusal r ON r.item_id = m.item_id
        WHERE v.id = a_vote AND r.mandate_id = a_mandate
      );
    $$;

    CREATE FUNCTION councils_open_vote() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      meeting councils_meeting%ROWTYPE;
      here integer;
      out_of_it integer;
    BEGIN
      SELECT * INTO meeting FROM councils_meeting WHERE id = NEW.meeting_id FOR NO KEY UPDATE;
      IF meeting.state <> 'open' OR NEW.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a vote opens in a meeting that is under way'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_in_an_open_meeting';
      END IF;
      IF NOT EXISTS (
        SELECT FROM councils_motion m JOIN councils_agendaitem i ON i.id = m.item_id
        WHERE m.id = NEW.motion_id AND i.meeting_id = NEW.meeting_id
          AND m.is_secret = NEW.is_secret
      ) THEN
        RAISE EXCEPTION 'motion % is not of meeting %', NEW.motion_id, NEW.meeting_id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_on_a_motion_of_its_meeting';
      END IF;
      SELECT count(*), count(r.id) INTO here, out_of_it
      FROM councils_participation q
      JOIN councils_motion m ON m.id = NEW.motion_id
      LEFT JOIN councils_recusal r ON r.item_id = m.item_id AND r.mandate_id = q.mandate_id
      WHERE q.meeting_id = NEW.meeting_id
        AND councils_is_present(q.meeting_id, q.mandate_id, NEW.opened_at);
      IF (NEW.present, NEW.recused) <> (here, out_of_it) THEN
        RAISE EXCEPTION '% are present and % of them recused', here, out_of_it
          USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_counts_who_is_present';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER opened BEFORE INSERT ON councils_voteevent
      FOR EACH ROW EXECUTE FUNCTION councils_open_vote();

    CREATE FUNCTION councils_guard_vote() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      counted integer[];
      may_change text[] := ARRAY['yes', 'no', 'abstain'];
    BEGIN
      IF TG_OP <> 'UPDATE' OR OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a vote stays as it was' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.closed_at IS NOT NULL THEN
        may_change := may_change
          || ARRAY['closed_at', 'not_voting', 'is_adopted', 'is_decided_by_chair'];
      END IF;
      IF to_jsonb(OLD) - may_change <> to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'who may vote in vote % was settled when it opened', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.closed_at IS NULL AND NOT NEW.is_secret
          AND (NEW.yes, NEW.no, NEW.abstain) <> (0, 0, 0) THEN
        RAISE EXCEPTION 'a named vote is counted when it closes'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_counted_when_closed';
      END IF;
      IF NEW.closed_at IS NOT NULL THEN
        IF NEW.is_secret THEN
          SELECT ARRAY[NEW.yes, NEW.no, NEW.abstain, NEW.base - count(*), NEW.recused]
            INTO counted FROM councils_secretmark WHERE vote_id = NEW.id;
        ELSE
          SELECT ARRAY[
            count(*) FILTER (WHERE choice = 'yes'), count(*) FILTER (WHERE choice = 'no'),
            count(*) FILTER (WHERE choice = 'abstain'),
            count(*) FILTER (WHERE choice = 'not_voting'),
            count(*) FILTER (WHERE choice = 'recused')
          ] INTO counted FROM councils_personvote WHERE vote_id = NEW.id;
        END IF;
        IF counted <> ARRAY[NEW.yes, NEW.no, NEW.abstain, NEW.not_voting, NEW.recused]::integer[]
        THEN
          RAISE EXCEPTION 'the counts of vote % are not those of its members', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_counts_equal_votes';
        END IF;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON councils_voteevent
      FOR EACH ROW EXECUTE FUNCTION councils_guard_vote();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_voteevent
      FOR EACH STATEMENT EXECUTE FUNCTION councils_guard_vote();

    CREATE FUNCTION councils_guard_member_vote() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      vote councils_voteevent%ROWTYPE;
      says_recused boolean;
    BEGIN
      IF TG_OP NOT IN ('INSERT', 'UPDATE') THEN
        RAISE EXCEPTION 'votes are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      SELECT * INTO vote FROM councils_voteevent WHERE id = NEW.vote_id FOR SHARE;
      IF vote.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'vote % is closed', vote.id
          USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'vote_is_open';
      END IF;
      IF vote.is_secret <> (TG_TABLE_NAME = 'councils_secretmark')
          OR TG_OP = 'UPDATE' AND (TG_TABLE_NAME = 'councils_secretmark'
            OR (OLD.vote_id, OLD.mandate_id) <> (NEW.vote_id, NEW.mandate_id)) THEN
        RAISE EXCEPTION 'this is not how vote % is taken', vote.id
          USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'vote_named_or_secret';
      END IF;
      IF NOT councils_is_present(vote.meeting_id, NEW.mandate_id, vote.opened_at) THEN
        RAISE EXCEPTION 'who is not present does not vote'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_by_who_is_present';
      END IF;
      says_recused := coalesce(to_jsonb(NEW) ->> 'choice', '') = 'recused';
      IF councils_is_recused(vote.id, NEW.mandate_id) <> says_recused THEN
        RAISE EXCEPTION 'who is recused does not vote, and nobody else is recused'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_not_by_who_is_recused';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_personvote
      FOR EACH ROW EXECUTE FUNCTION councils_guard_member_vote();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_personvote
      FOR EACH STATEMENT EXECUTE FUNCTION councils_guard_member_vote();
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_secretmark
      FOR EACH ROW EXECUTE FUNCTION councils_guard_member_vote();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_secretmark
      FOR EACH STATEMENT EXECUTE FUNCTION councils_guard_member_vote();
    """,
    """
    DROP TRIGGER guard ON councils_secretmark;
    DROP TRIGGER no_truncate ON councils_secretmark;
    DROP TRIGGER guard ON councils_personvote;
    DROP TRIGGER no_truncate ON councils_personvote;
    DROP FUNCTION councils_guard_member_vote();
    DROP TRIGGER guard ON councils_voteevent;
    DROP TRIGGER no_truncate ON councils_voteevent;
    DROP FUNCTION councils_guard_vote();
    DROP TRIGGER opened ON councils_voteevent;
    DROP FUNCTION councils_open_vote();
    DROP FUNCTION councils_is_recused(bigint, bigint);
    DROP FUNCTION councils_is_present(bigint, bigint, timestamptz);
    """,
)

# A vote rests on who was there when it opened: nobody comes, goes or is recused behind it.
PRESENCES = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_presence() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      of_meeting bigint;
    BEGIN
      IF TG_OP = 'TRUNCATE' OR TG_OP = 'UPDATE' AND NEW.participation_id <> OLD.participation_id
      THEN
        RAISE EXCEPTION 'presence stays with its member' USING ERRCODE = 'insufficient_privilege';
      END IF;
      SELECT meeting_id INTO of_meeting FROM councils_participation
        WHERE id = coalesce(NEW.participation_id, OLD.participation_id);
      PERFORM FROM councils_meeting WHERE id = of_meeting FOR NO KEY UPDATE;
      IF EXISTS (
        SELECT FROM councils_voteevent v
        WHERE v.meeting_id = of_meeting
          AND (TG_OP <> 'INSERT' AND v.opened_at >= OLD.present_from
               AND (OLD.present_to IS NULL OR v.opened_at < OLD.present_to))
            <> (TG_OP <> 'DELETE' AND v.opened_at >= NEW.present_from
                AND (NEW.present_to IS NULL OR v.opened_at < NEW.present_to))
      ) THEN
        RAISE EXCEPTION 'a vote rests on who was present'
          USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'presence_not_behind_a_vote';
      END IF;
      RETURN coalesce(NEW, OLD);
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_presence
      FOR EACH ROW EXECUTE FUNCTION councils_guard_presence();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_presence
      FOR EACH STATEMENT EXECUTE FUNCTION councils_guard_presence();

    CREATE FUNCTION councils_guard_participation() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (NEW.meeting_id, NEW.mandate_id) IS DISTINCT FROM (OLD.meeting_id, OLD.mandate_id) THEN
        RAISE EXCEPTION 'participation % stays with its member', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE ON councils_participation
      FOR EACH ROW EXECUTE FUNCTION councils_guard_participation();

    CREATE FUNCTION councils_guard_recusal() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      of_meeting bigint;
    BEGIN
      IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a recusal is declared for good' USING ERRCODE = 'insufficient_privilege';
      END IF;
      SELECT meeting_id INTO of_meeting FROM councils_agendaitem WHERE id = NEW.item_id;
      PERFORM FROM councils_meeting WHERE id = of_meeting FOR NO KEY UPDATE;
      IF EXISTS (
        SELECT FROM councils_voteevent v JOIN councils_motion m ON m.id = v.motion_id
        WHERE m.item_id = NEW.item_id
      ) THEN
        RAISE EXCEPTION 'item % was voted on already', NEW.item_id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'recusal_before_the_vote';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_recusal
      FOR EACH ROW EXECUTE FUNCTION councils_guard_recusal();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_recusal
      FOR EACH STATEMENT EXECUTE FUNCTION councils_guard_recusal();
    """,
    """
    DROP TRIGGER guard ON councils_recusal;
    DROP TRIGGER no_truncate ON councils_recusal;
    DROP FUNCTION councils_guard_recusal();
    DROP TRIGGER guard ON councils_participation;
    DROP FUNCTION councils_guard_participation();
    DROP TRIGGER guard ON councils_presence;
    DROP TRIGGER no_truncate ON councils_presence;
    DROP FUNCTION councils_guard_presence();
    """,
)

# What was put to the vote is what was voted on, and its state is the outcome.
MOTIONS = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_motion() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      vote councils_voteevent%ROWTYPE;
    BEGIN
      SELECT * INTO vote FROM councils_voteevent WHERE motion_id = OLD.id;
      IF NOT FOUND THEN
        RETURN coalesce(NEW, OLD);
      END IF;
      IF TG_OP = 'DELETE'
          OR to_jsonb(OLD) - ARRAY['state', 'is_in_breach']
            <> to_jsonb(NEW) - ARRAY['state', 'is_in_breach']
          OR OLD.state <> 'tabled' AND NEW.is_in_breach <> OLD.is_in_breach
          OR NEW.state <> (CASE
            WHEN vote.closed_at IS NULL THEN 'open'
            WHEN vote.is_adopted THEN 'adopted'
            ELSE 'rejected' END) THEN
        RAISE EXCEPTION 'motion % was put to the vote and stays as it was', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON councils_motion
      FOR EACH ROW EXECUTE FUNCTION councils_guard_motion();
    """,
    """
    DROP TRIGGER guard ON councils_motion;
    DROP FUNCTION councils_guard_motion();
    """,
)

# What two people have signed is what is published; a correction is the next version.
MINUTES = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_minutes() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      signatures text[] := ARRAY['signed_by_secretary_id', 'secretary_signed_at',
        'signed_by_chair_id', 'chair_signed_at', 'published_at', 'sha256'];
    BEGIN
      IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'minutes are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF OLD.published_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        RAISE EXCEPTION 'minutes % are published and stay as they are', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF coalesce(NEW.secretary_signed_at, NEW.chair_signed_at) IS NOT NULL
          AND coalesce(OLD.secretary_signed_at, OLD.chair_signed_at) IS NOT NULL
          AND to_jsonb(NEW) - signatures <> to_jsonb(OLD) - signatures THEN
        RAISE EXCEPTION 'minutes % are signed as they are', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON councils_minutes
      FOR EACH ROW EXECUTE FUNCTION councils_guard_minutes();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_minutes
      FOR EACH STATEMENT EXECUTE FUNCTION councils_guard_minutes();
    """,
    """
    DROP TRIGGER guard ON councils_minutes;
    DROP TRIGGER no_truncate ON councils_minutes;
    DROP FUNCTION councils_guard_minutes();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("councils", "0003_selection"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="announced_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="announced"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="began_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="began"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="ended_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="ended"),
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                (
                    "capacity",
                    models.CharField(blank=True, max_length=200, verbose_name="speaks for"),
                ),
                ("invited_at", models.DateTimeField(blank=True, null=True, verbose_name="invited")),
                (
                    "registered_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="said they would come"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="councils.mandate",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="councils.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "participation",
                "verbose_name_plural": "participations",
                "ordering": ["meeting", "mandate__post__number", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "mandate"), name="participation_once_a_member"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mandate__isnull", False), ("name", "")),
                            models.Q(("mandate", None), models.Q(("name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="participation_of_a_member_or_a_guest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("present_from", models.DateTimeField(verbose_name="came")),
                ("present_to", models.DateTimeField(blank=True, null=True, verbose_name="left")),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presences",
                        to="councils.participation",
                    ),
                ),
            ],
            options={
                "verbose_name": "presence",
                "verbose_name_plural": "presences",
                "ordering": ["present_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("present_to", None),
                            ("present_to__gt", models.F("present_from")),
                            _connector="OR",
                        ),
                        name="presence_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("participation", "="),
                            (
                                councils.models.attendance.Moments("present_from", "present_to"),
                                "&&",
                            ),
                        ],
                        name="presence_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="interest")),
                ("declared_at", models.DateTimeField(verbose_name="declared")),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="councils.agendaitem",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="councils.mandate",
                    ),
                ),
            ],
            options={
                "verbose_name": "recusal",
                "verbose_name_plural": "recusals",
                "ordering": ["item", "mandate__post__number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "mandate"), name="recusal_once_an_item"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="recusal_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VoteEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_secret", models.BooleanField(verbose_name="secret vote")),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed")),
                ("members", models.PositiveSmallIntegerField(verbose_name="members")),
                ("quorum", models.PositiveSmallIntegerField(verbose_name="quorum")),
                ("present", models.PositiveSmallIntegerField(verbose_name="present")),
                ("recused", models.PositiveSmallIntegerField(verbose_name="recused")),
                ("base", models.PositiveSmallIntegerField(verbose_name="may vote")),
                ("needed", models.PositiveSmallIntegerField(verbose_name="votes needed")),
                ("yes", models.PositiveSmallIntegerField(default=0, verbose_name="for")),
                ("no", models.PositiveSmallIntegerField(default=0, verbose_name="against")),
                ("abstain", models.PositiveSmallIntegerField(default=0, verbose_name="abstained")),
                (
                    "not_voting",
                    models.PositiveSmallIntegerField(default=0, verbose_name="did not vote"),
                ),
                (
                    "is_decided_by_chair",
                    models.BooleanField(default=False, verbose_name="decided by the chair's vote"),
                ),
                ("is_adopted", models.BooleanField(null=True, verbose_name="adopted")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="councils.meeting",
                    ),
                ),
                (
                    "motion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vote",
                        to="councils.motion",
                    ),
                ),
            ],
            options={
                "verbose_name": "vote",
                "verbose_name_plural": "votes",
                "ordering": ["opened_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("meeting",),
                        name="vote_one_open_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("present__gte", models.F("quorum"))),
                        name="vote_has_a_quorum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "base",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("present"), "-", models.F("recused")
                                ),
                            ),
                            ("base__gt", 0),
                        ),
                        name="vote_base_without_recused",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "needed__gt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("base"), "/", models.Value(2)
                                ),
                            )
                        ),
                        name="vote_needs_a_majority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None),
                            (
                                "base",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("yes"), "+", models.F("no")
                                        ),
                                        "+",
                                        models.F("abstain"),
                                    ),
                                    "+",
                                    models.F("not_voting"),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="vote_counts_fill_the_base",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("is_adopted", None)),
                            models.Q(
                                ("closed_at__gte", models.F("opened_at")),
                                ("is_adopted__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="vote_decided_when_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_adopted", None),
                            models.Q(
                                ("is_adopted", False),
                                ("is_decided_by_chair", False),
                                ("yes__lt", models.F("needed")),
                            ),
                            models.Q(
                                ("is_adopted", True),
                                ("is_decided_by_chair", False),
                                ("yes__gte", models.F("needed")),
                            ),
                            models.Q(
                                ("is_decided_by_chair", True),
                                ("is_secret", False),
                                ("yes", models.F("no")),
                            ),
                            _connector="OR",
                        ),
                        name="vote_adopted_by_its_counts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecretMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.mandate",
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secret_marks",
                        to="councils.voteevent",
                    ),
                ),
            ],
            options={
                "verbose_name": "mark of a secret vote",
                "verbose_name_plural": "marks of secret votes",
                "constraints": [
                    models.UniqueConstraint(fields=("vote", "mandate"), name="secret_mark_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("yes", "For"),
                            ("no", "Against"),
                            ("abstain", "Abstained"),
                            ("not_voting", "Did not vote"),
                            ("recused", "Recused"),
                        ],
                        max_length=10,
                        verbose_name="vote",
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
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="councils.mandate",
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person_votes",
                        to="councils.voteevent",
                    ),
                ),
            ],
            options={
                "verbose_name": "vote of a member",
                "verbose_name_plural": "votes of members",
                "ordering": ["mandate__post__number"],
                "constraints": [
                    models.UniqueConstraint(fields=("vote", "mandate"), name="person_vote_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("choice__in", ["yes", "no", "abstain", "not_voting", "recused"])
                        ),
                        name="person_vote_choice_known",
                    ),
                ],
            },
        ),
        VOTES,
        PRESENCES,
        MOTIONS,
        MINUTES,
    ]
