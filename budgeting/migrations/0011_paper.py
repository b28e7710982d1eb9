"""Votes on paper: what stations gave, papers keyed twice, protocols, and the guards of all of it.

A mark on the roll and the station's count are one act of one function; the valid papers of a batch
go among the sealed ballots by another. No row joins a paper to a person or to a time.
"""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

GIVE = migrations.RunSQL(
    """
    -- Marks a voter and counts the ballot for the station, or says why not.
    CREATE FUNCTION budgeting_give_paper(
      p_election bigint, p_station bigint, p_voter bigint, OUT outcome text
    ) LANGUAGE plpgsql AS $$
    DECLARE
      el budgeting_election;
      entry budgeting_rollentry;
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(7001, p_election::integer);
      SELECT * INTO el FROM budgeting_election WHERE id = p_election;
      IF el.id IS NULL OR el.state <> 'frozen'
         OR clock_timestamp() < el.opens_at OR clock_timestamp() >= el.closes_at THEN
        outcome := 'closed'; RETURN;
      END IF;
      IF NOT EXISTS (
        SELECT 1 FROM budgeting_station s JOIN budgeting_envelope e ON e.cycle_id = s.cycle_id
        WHERE s.id = p_station AND e.id = el.envelope_id
      ) THEN
        outcome := 'elsewhere'; RETURN;
      END IF;
      -- Without it somebody could vote on paper by a line and on the web by an account.
      IF (el.rules->'voters'->>'needs_line') IS DISTINCT FROM 'true' THEN
        outcome := 'no_register'; RETURN;
      END IF;
      -- The same row as a cast on the web locks: of the two, one finds the other's mark.
      SELECT * INTO entry FROM budgeting_rollentry r
        WHERE r.election_id = p_election AND r.voter_id = p_voter FOR NO KEY UPDATE;
      IF NOT FOUND THEN outcome := 'not_on_roll'; RETURN; END IF;
      IF entry.channel IS NOT NULL THEN outcome := 'voted'; RETURN; END IF;
      UPDATE budgeting_rollentry r SET casts = r.casts + 1, channel = 'paper'
        WHERE r.election_id = p_election AND r.voter_id = p_voter;
      INSERT INTO budgeting_papercount AS c (station_id, election_id, given)
        VALUES (p_station, p_election, 1)
        ON CONFLICT (station_id, election_id) DO UPDATE SET given = c.given + 1;
      outcome := 'given';
    END $$;
    """,
    "DROP FUNCTION budgeting_give_paper;",
)

ACCEPT = migrations.RunSQL(
    """
    -- Puts the valid papers of a batch, which all agree, among the sealed ballots.
    CREATE FUNCTION budgeting_accept_batch(
      p_batch bigint, p_closer bigint, p_slots bytea[], p_idempotency bytea[], p_bodies bytea[],
      p_blank integer, p_spoiled integer, OUT outcome text
    ) LANGUAGE plpgsql AS $$
    DECLARE
      batch budgeting_paperbatch;
      el budgeting_election;
      accepted integer := cardinality(p_slots);
    BEGIN
      SELECT election_id INTO batch.election_id FROM budgeting_paperbatch WHERE id = p_batch;
      PERFORM pg_advisory_xact_lock_shared(7001, batch.election_id::integer);
      SELECT * INTO batch FROM budgeting_paperbatch WHERE id = p_batch FOR UPDATE;
      SELECT * INTO el FROM budgeting_election WHERE id = batch.election_id;
      IF batch.id IS NULL OR batch.valid IS NOT NULL OR el.state NOT IN ('frozen', 'closed') THEN
        outcome := 'closed'; RETURN;
      END IF;
      IF accepted + p_blank + p_spoiled <> batch.papers OR EXISTS (
        SELECT 1 FROM generate_series(1, batch.papers) AS paper (number)
        WHERE (SELECT count(DISTINCT keyer_id) FROM budgeting_paperentry e
               WHERE e.batch_id = p_batch AND e.number = paper.number AND e.look < 3) < 2
      ) THEN
        outcome := 'unfinished'; RETURN;
      END IF;
      INSERT INTO budgeting_ballot (election_id, slot, version, epoch, idempotency, body)
        SELECT el.id, paper.slot, 1, el.epoch, paper.idempotency, paper.body
        FROM unnest(p_slots, p_idempotency, p_bodies) AS paper (slot, idempotency, body)
        ORDER BY paper.slot;
      UPDATE budgeting_paperbatch
        SET valid = accepted, blank = p_blank, spoiled = p_spoiled, closed_by_id = p_closer
        WHERE id = p_batch;
      outcome := 'accepted';
    END $$;
    """,
    "DROP FUNCTION budgeting_accept_batch;",
)

COUNT_GUARD = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_paper_count() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' OR (TG_OP = 'INSERT' AND NEW.given <> 1) OR (TG_OP = 'UPDATE' AND (
           (NEW.station_id, NEW.election_id) IS DISTINCT FROM (OLD.station_id, OLD.election_id)
           OR NEW.given <> OLD.given + 1)) THEN
        RAISE EXCEPTION 'ballots given are counted one by one: % refused', TG_OP
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF (SELECT state FROM budgeting_election WHERE id = NEW.election_id) <> 'frozen' THEN
        RAISE EXCEPTION 'the vote is not open: no ballot is given'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER one_by_one BEFORE INSERT OR UPDATE OR DELETE ON budgeting_papercount
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_paper_count();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON budgeting_papercount
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
    """,
    """
    DROP TRIGGER one_by_one ON budgeting_papercount;
    DROP TRIGGER no_truncate ON budgeting_papercount;
    DROP FUNCTION budgeting_guard_paper_count;
    """,
)

BATCH_GUARD = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_paper_batch() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      allowed integer;
      others integer;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a batch of papers stays: DELETE refused'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'INSERT' AND NEW.valid IS NOT NULL THEN
        RAISE EXCEPTION 'a batch begins open' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_OP = 'UPDATE' AND (OLD.valid IS NOT NULL OR
           (NEW.station_id, NEW.election_id, NEW.number, NEW.made_by_id) IS DISTINCT FROM
           (OLD.station_id, OLD.election_id, OLD.number, OLD.made_by_id)) THEN
        RAISE EXCEPTION 'a closed batch stays as it is, and every batch in its place'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      -- One batch of a station after the other, and none behind its protocol.
      SELECT given INTO allowed FROM budgeting_papercount
        WHERE station_id = NEW.station_id AND election_id = NEW.election_id FOR UPDATE;
      IF EXISTS (SELECT 1 FROM budgeting_stationprotocol
          WHERE station_id = NEW.station_id AND election_id = NEW.election_id) THEN
        RAISE EXCEPTION 'the papers of this station are declared complete'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      SELECT coalesce(sum(papers), 0) INTO others FROM budgeting_paperbatch
        WHERE station_id = NEW.station_id AND election_id = NEW.election_id AND id <> NEW.id;
      IF others + NEW.papers > coalesce(allowed, 0) THEN
        RAISE EXCEPTION 'more papers than the station gave' USING ERRCODE = 'check_violation';
      END IF;
      IF EXISTS (SELECT 1 FROM budgeting_paperentry
          WHERE batch_id = NEW.id AND budgeting_paperentry.number > NEW.papers) THEN
        RAISE EXCEPTION 'papers with higher numbers have been keyed'
          USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER within_marks BEFORE INSERT OR UPDATE OR DELETE ON budgeting_paperbatch
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_paper_batch();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON budgeting_paperbatch
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
    """,
    """
    DROP TRIGGER within_marks ON budgeting_paperbatch;
    DROP TRIGGER no_truncate ON budgeting_paperbatch;
    DROP FUNCTION budgeting_guard_paper_batch;
    """,
)

ENTRY_GUARD = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_paper_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE batch budgeting_paperbatch;
    BEGIN
      -- Waits for a close under way, and then sees it.
      SELECT * INTO batch FROM budgeting_paperbatch WHERE id = NEW.batch_id FOR SHARE;
      IF batch.valid IS NOT NULL THEN
        RAISE EXCEPTION 'the batch is closed' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.number NOT BETWEEN 1 AND batch.papers THEN
        RAISE EXCEPTION 'the batch has no such paper' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.look <> 1 + (SELECT count(*) FROM budgeting_paperentry e
          WHERE e.batch_id = NEW.batch_id AND e.number = NEW.number) THEN
        RAISE EXCEPTION 'looks at a paper follow one another' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.look = 3 AND NOT NEW.is_joint AND EXISTS (SELECT 1 FROM budgeting_paperentry e
          WHERE e.batch_id = NEW.batch_id AND e.number = NEW.number
            AND e.keyer_id = NEW.keyer_id) THEN
        RAISE EXCEPTION 'somebody else decides' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER in_order BEFORE INSERT ON budgeting_paperentry
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_paper_entry();
    """,
    """
    DROP TRIGGER in_order ON budgeting_paperentry;
    DROP FUNCTION budgeting_guard_paper_entry;
    """,
)

PROTOCOL_GUARD = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_guard_protocol() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      counted integer;
      sums record;
    BEGIN
      IF (SELECT state FROM budgeting_election WHERE id = NEW.election_id) <> 'closed' THEN
        RAISE EXCEPTION 'papers are declared between the close and the count'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      SELECT given INTO counted FROM budgeting_papercount
        WHERE station_id = NEW.station_id AND election_id = NEW.election_id FOR UPDATE;
      SELECT coalesce(sum(valid), 0) AS valid, coalesce(sum(blank), 0) AS blank,
             coalesce(sum(spoiled), 0) AS spoiled, count(*) FILTER (WHERE valid IS NULL) AS still_open
        INTO sums FROM budgeting_paperbatch
        WHERE station_id = NEW.station_id AND election_id = NEW.election_id;
      IF sums.still_open > 0 THEN
        RAISE EXCEPTION 'a batch of this station is open' USING ERRCODE = 'check_violation';
      END IF;
      IF (NEW.given, NEW.valid::bigint, NEW.blank::bigint, NEW.spoiled::bigint)
         IS DISTINCT FROM (counted, sums.valid, sums.blank, sums.spoiled) THEN
        RAISE EXCEPTION 'a protocol says what was counted' USING ERRCODE = 'check_violation';
      END IF;
      IF (SELECT sum(given) FROM budgeting_papercount WHERE election_id = NEW.election_id) >
         (SELECT count(*) FROM budgeting_rollentry
          WHERE election_id = NEW.election_id AND channel = 'paper') THEN
        RAISE EXCEPTION 'more ballots given than marks on the roll'
          USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER says_what_was_counted BEFORE INSERT ON budgeting_stationprotocol
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_protocol();
    """,
    """
    DROP TRIGGER says_what_was_counted ON budgeting_stationprotocol;
    DROP FUNCTION budgeting_guard_protocol;
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("budgeting", "0010_works"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Station",
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
                ("address_kk", models.CharField(max_length=300, verbose_name="address in Kazakh")),
                ("address_ru", models.CharField(max_length=300, verbose_name="address in Russian")),
                (
                    "address_en",
                    models.CharField(blank=True, max_length=300, verbose_name="address in English"),
                ),
                (
                    "hours_kk",
                    models.CharField(max_length=200, verbose_name="opening hours in Kazakh"),
                ),
                (
                    "hours_ru",
                    models.CharField(max_length=200, verbose_name="opening hours in Russian"),
                ),
                (
                    "hours_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="opening hours in English"
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stations",
                        to="budgeting.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "voting station",
                "verbose_name_plural": "voting stations",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cycle", "number"), name="station_number_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given", models.PositiveIntegerField(verbose_name="ballots given")),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_counts",
                        to="budgeting.election",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="budgeting.station",
                    ),
                ),
            ],
            options={
                "verbose_name": "number of ballots given",
                "verbose_name_plural": "numbers of ballots given",
                "constraints": [
                    models.UniqueConstraint(fields=("station", "election"), name="paper_count_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("papers", models.PositiveIntegerField(verbose_name="papers")),
                ("valid", models.PositiveIntegerField(null=True, verbose_name="valid")),
                ("blank", models.PositiveIntegerField(null=True, verbose_name="blank")),
                ("spoiled", models.PositiveIntegerField(null=True, verbose_name="spoiled")),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_batches",
                        to="budgeting.election",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="budgeting.station",
                    ),
                ),
            ],
            options={
                "verbose_name": "batch of papers",
                "verbose_name_plural": "batches of papers",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("station", "number"), name="paper_batch_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("papers__gt", 0)), name="paper_batch_has_papers"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("blank", None),
                                ("closed_by", None),
                                ("spoiled", None),
                                ("valid", None),
                            ),
                            models.Q(
                                ("closed_by__isnull", False),
                                (
                                    "papers",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("valid"), "+", models.F("blank")
                                        ),
                                        "+",
                                        models.F("spoiled"),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="paper_batch_closed_adds_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StationOfficer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("appointed_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "appointed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officers",
                        to="budgeting.station",
                    ),
                ),
            ],
            options={
                "verbose_name": "officer of a station",
                "verbose_name_plural": "officers of stations",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("station", "person"),
                        name="station_officer_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StationProtocol",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given", models.PositiveIntegerField(verbose_name="ballots given")),
                ("in_box", models.PositiveIntegerField(verbose_name="in the box")),
                ("valid", models.PositiveIntegerField(verbose_name="valid")),
                ("blank", models.PositiveIntegerField(verbose_name="blank")),
                ("spoiled", models.PositiveIntegerField(verbose_name="spoiled")),
                ("reason_kk", models.TextField(blank=True, verbose_name="reason in Kazakh")),
                ("reason_ru", models.TextField(blank=True, verbose_name="reason in Russian")),
                ("reason_en", models.TextField(blank=True, verbose_name="reason in English")),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="station_protocols",
                        to="budgeting.election",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protocols",
                        to="budgeting.station",
                    ),
                ),
            ],
            options={
                "verbose_name": "protocol of a station",
                "verbose_name_plural": "protocols of stations",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("station", "election"), name="station_protocol_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "given__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("valid"), "+", models.F("blank")
                                    ),
                                    "+",
                                    models.F("spoiled"),
                                ),
                            ),
                            (
                                "in_box__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("valid"), "+", models.F("blank")
                                    ),
                                    "+",
                                    models.F("spoiled"),
                                ),
                            ),
                        ),
                        name="station_protocol_not_more_than_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "given",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("valid"), "+", models.F("blank")
                                        ),
                                        "+",
                                        models.F("spoiled"),
                                    ),
                                ),
                                ("in_box", models.F("given")),
                            ),
                            models.Q(
                                models.Q(("reason_kk", ""), _negated=True),
                                models.Q(("reason_ru", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="station_protocol_difference_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="paper")),
                ("look", models.PositiveSmallIntegerField()),
                ("body", models.BinaryField()),
                (
                    "is_joint",
                    models.BooleanField(default=False, verbose_name="both keyers looked together"),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why they differed"),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="budgeting.paperbatch",
                    ),
                ),
                (
                    "keyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keyed_papers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "keyed paper",
                "verbose_name_plural": "keyed papers",
                "ordering": ["number", "look"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "number", "look"), name="paper_entry_look"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("look__lt", 3)),
                        fields=("batch", "number", "keyer"),
                        name="paper_entry_by_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_joint", False), ("look__in", [1, 2]), ("reason", "")),
                            models.Q(("look", 3), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="paper_entry_third_look_has_reason",
                    ),
                ],
            },
        ),
        append_only("budgeting_paperentry"),
        append_only("budgeting_stationprotocol"),
        COUNT_GUARD,
        BATCH_GUARD,
        ENTRY_GUARD,
        PROTOCOL_GUARD,
        GIVE,
        ACCEPT,
    ]
