"""Triggers of seats and mandates; breaches of composition, which follow from the mandates."""

from typing import ClassVar

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import councils.models.council
from accounts.grouped_migrations import GroupedMigration

MANDATES = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      seat councils_post%ROWTYPE;
      may_change text[] := ARRAY['office', 'office_since', 'act_url'];
    BEGIN
      IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
        RAISE EXCEPTION 'members never vanish: % refused', TG_OP
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      SELECT * INTO seat FROM councils_post WHERE id = NEW.post_id FOR SHARE;
      IF (NEW.council_id, NEW.side) IS DISTINCT FROM (seat.council_id, seat.side)
          OR NEW.since < seat.since OR seat.until <= NEW.since THEN
        RAISE EXCEPTION 'a mandate is of its seat''s council, side and days'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_of_its_seat';
      END IF;
      IF TG_OP = 'INSERT' THEN
        RETURN NEW;
      END IF;
      -- An account may be named where none was, and forgotten; never changed for another one.
      IF OLD.person_id IS NULL OR NEW.person_id IS NULL THEN
        may_change := may_change || ARRAY['person_id'];
      END IF;
      -- It ends once; the end of the term may come earlier as long as it is still to come.
      IF OLD.until IS NULL OR OLD.end_reason = 'term' AND OLD.until > CURRENT_DATE
          AND NEW.until < OLD.until THEN
        may_change := may_change || ARRAY['until', 'end_reason'];
      END IF;
      IF to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'mandate % stays as it was given', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_mandate
      FOR EACH ROW EXECUTE FUNCTION councils_guard_mandate();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_mandate
      FOR EACH STATEMENT EXECUTE FUNCTION councils_guard_mandate();
    """,
    """
    DROP TRIGGER guard ON councils_mandate;
    DROP TRIGGER no_truncate ON councils_mandate;
    DROP FUNCTION councils_guard_mandate();
    """,
)

SEATS = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_post() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      most integer;
    BEGIN
      IF TG_OP = 'UPDATE' AND (NEW.council_id, NEW.number, NEW.side, NEW.since)
          IS DISTINCT FROM (OLD.council_id, OLD.number, OLD.side, OLD.since)
          AND EXISTS (SELECT 1 FROM councils_mandate WHERE post_id = OLD.id) THEN
        RAISE EXCEPTION 'somebody has sat on seat %', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      SELECT (r.data->>'most_seats')::integer INTO most FROM councils_council c
        JOIN participation_ruleset r ON r.id = c.ruleset_id
        WHERE c.id = NEW.council_id FOR NO KEY UPDATE OF c;
      IF (SELECT count(*) FROM councils_post WHERE council_id = NEW.council_id
            AND daterange(since, until) && daterange(NEW.since, NEW.until)) > most THEN
        RAISE EXCEPTION 'the law knows no more than % seats', most
          USING ERRCODE = 'check_violation', CONSTRAINT = 'post_within_limits';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard AFTER INSERT OR UPDATE ON councils_post
      FOR EACH ROW EXECUTE FUNCTION councils_guard_post();
    """,
    """
    DROP TRIGGER guard ON councils_post;
    DROP FUNCTION councils_guard_post();
    """,
)

# The same days as councils.composition.breaches gives; a test compares the two.
BREACHES = migrations.RunSQL(
    """
    CREATE FUNCTION councils_find_breaches(council bigint)
    RETURNS TABLE (since date, until date, civil bigint, members bigint)
    LANGUAGE sql STABLE AS $$
      WITH share AS (
        SELECT split_part(s, '/', 1)::integer AS part, split_part(s, '/', 2)::integer AS whole
        FROM (
          SELECT coalesce(r.data->>'civil_share', '2/3') AS s FROM councils_council c
          JOIN participation_ruleset r ON r.id = c.ruleset_id WHERE c.id = council) AS rule
      ), terms AS (
        SELECT id, begins_on, ends_on FROM councils_convocation WHERE council_id = council
      ), changes AS (
        SELECT id, begins_on AS day FROM terms
        UNION SELECT id, ends_on FROM terms
        UNION SELECT t.id, d.day FROM terms t, councils_mandate m,
            LATERAL (VALUES (m.since), (m.until)) AS d (day)
          WHERE m.council_id = council AND t.begins_on < d.day AND d.day < t.ends_on
      ), spans AS (
        SELECT day AS since, lead(day) OVER (PARTITION BY id ORDER BY day) AS until FROM changes
      ), counted AS (
        SELECT s.since, s.until, count(*) AS members,
          count(*) FILTER (WHERE m.side = 'civil') AS civil
        FROM spans s JOIN councils_mandate m ON m.council_id = council
          AND m.since <= s.since AND (m.until IS NULL OR m.until > s.since)
        WHERE s.until IS NOT NULL GROUP BY s.since, s.until
      ), unlawful AS (
        SELECT c.*, lag(c.until) OVER (ORDER BY c.since) IS DISTINCT FROM c.since AS begins
        FROM counted c, share WHERE c.civil * share.whole < c.members * share.part
      ), numbered AS (
        SELECT u.*, count(*) FILTER (WHERE begins) OVER (ORDER BY u.since) AS number
        FROM unlawful u
      )
      SELECT min(n.since),
        nullif(max(n.until), (SELECT max(ends_on) FROM terms)),
        (array_agg(n.civil ORDER BY n.since))[1],
        (array_agg(n.members ORDER BY n.since))[1]
      FROM numbered n GROUP BY number
    $$;

    CREATE FUNCTION councils_keep_breaches() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      council bigint := coalesce(NEW.council_id, OLD.council_id);
    BEGIN
      -- Two changes of one council come one after the other, so that each sees the other's days.
      PERFORM 1 FROM councils_council WHERE id = council FOR NO KEY UPDATE;
      DELETE FROM councils_compositionbreach b WHERE b.council_id = council
        AND NOT EXISTS (SELECT 1 FROM councils_find_breaches(council) f WHERE f.since = b.since);
      INSERT INTO councils_compositionbreach AS b (council_id, since, until, civil, members)
        SELECT council, f.since, f.until, f.civil, f.members
        FROM councils_find_breaches(council) f
      ON CONFLICT ON CONSTRAINT breach_begins_once DO UPDATE
        SET until = EXCLUDED.until, civil = EXCLUDED.civil, members = EXCLUDED.members
        WHERE (b.until, b.civil, b.members)
          IS DISTINCT FROM (EXCLUDED.until, EXCLUDED.civil, EXCLUDED.members);
      RETURN NULL;
    END $$;
    CREATE TRIGGER breaches AFTER INSERT OR UPDATE ON councils_mandate
      FOR EACH ROW EXECUTE FUNCTION councils_keep_breaches();
    CREATE TRIGGER breaches AFTER INSERT OR UPDATE OR DELETE ON councils_convocation
      FOR EACH ROW EXECUTE FUNCTION councils_keep_breaches();

    CREATE FUNCTION councils_guard_breach() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'breaches follow from the mandates: % refused', TG_OP
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN coalesce(NEW, OLD);
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_compositionbreach
      FOR EACH ROW EXECUTE FUNCTION councils_guard_breach();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_compositionbreach
      FOR EACH STATEMENT EXECUTE FUNCTION councils_guard_breach();
    """,
    """
    DROP TRIGGER guard ON councils_compositionbreach;
    DROP TRIGGER no_truncate ON councils_compositionbreach;
    DROP FUNCTION councils_guard_breach();
    DROP TRIGGER breaches ON councils_mandate;
    DROP TRIGGER breaches ON councils_convocation;
    DROP FUNCTION councils_keep_breaches();
    DROP FUNCTION councils_find_breaches(bigint);
    """,
)


DECLARATIONS = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_declaration() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      may_change text[] := ARRAY[]::text[];
    BEGIN
      IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'declared interests stay public: % refused', TG_OP
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.declared_by_id IS NULL THEN
        may_change := may_change || ARRAY['declared_by_id'];
      END IF;
      IF OLD.until IS NULL THEN
        may_change := may_change || ARRAY['until'];
      END IF;
      IF to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'declaration % stays as it was made', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON councils_interestdeclaration
      FOR EACH ROW EXECUTE FUNCTION councils_guard_declaration();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_interestdeclaration
      FOR EACH STATEMENT EXECUTE FUNCTION councils_guard_declaration();
    """,
    """
    DROP TRIGGER guard ON councils_interestdeclaration;
    DROP TRIGGER no_truncate ON councils_interestdeclaration;
    DROP FUNCTION councils_guard_declaration();
    """,
)


class Migration(GroupedMigration):
    dependencies: ClassVar = [
        ("accounts", "0001_initial"),
        ("councils", "0001_councils"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="InterestDeclaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.CharField(max_length=200, verbose_name="organisation")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("share", "owns it or a share of it"),
                            ("work", "works for it or is paid by it"),
                            ("office", "sits on one of its bodies"),
                            ("family", "close family owns it or works for it"),
                            ("other", "another tie"),
                        ],
                        max_length=8,
                        verbose_name="kind of interest",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=300, verbose_name="what it is about"),
                ),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("declared_on", models.DateField(verbose_name="declared on")),
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
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="councils.mandate",
                    ),
                ),
            ],
            options={
                "verbose_name": "declaration of an interest",
                "verbose_name_plural": "declarations of interests",
                "ordering": ["mandate", "since", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="declaration_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organisation", ""), _negated=True),
                        name="declaration_names_an_organisation",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="mandate",
            name="office_since",
            field=models.DateField(blank=True, null=True, verbose_name="in office from"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("office", "chair")),
                expressions=[
                    ("council", "="),
                    (
                        councils.models.council.Days(
                            django.db.models.functions.comparison.Coalesce("office_since", "since"),
                            "until",
                        ),
                        "&&",
                    ),
                ],
                name="mandate_one_chair",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("office_since", None),
                    models.Q(
                        ("office_since__gte", models.F("since")),
                        models.Q(
                            ("until", None),
                            ("office_since__lte", models.F("until")),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="mandate_office_within",
            ),
        ),
        MANDATES,
        SEATS,
        BREACHES,
        DECLARATIONS,
    ]
