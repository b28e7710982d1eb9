"""Names of members are corrected by a row that stays; a seat is not closed under its member."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

MANDATE = """
    CREATE OR REPLACE FUNCTION councils_guard_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
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
%(names)s      IF to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'mandate % stays as it was given', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
"""
BY_CORRECTION = """\
      -- A name that was written wrong: the last correction says how it stood and how it stands.
      IF (SELECT (before, after) = (OLD.name, NEW.name) FROM councils_namecorrection
          WHERE mandate_id = OLD.id ORDER BY id DESC LIMIT 1) THEN
        may_change := may_change || ARRAY['name'];
      END IF;
"""
NAMES = migrations.RunSQL(
    MANDATE.replace("%(names)s", BY_CORRECTION), MANDATE.replace("%(names)s", "")
)
SEATS = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_seat_end() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM councils_mandate
                 WHERE post_id = NEW.id AND (until IS NULL OR until > NEW.until)) THEN
        RAISE EXCEPTION 'somebody sits on seat % then', NEW.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'seat_not_closed_under_its_member';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER held BEFORE UPDATE OF until ON councils_post
      FOR EACH ROW EXECUTE FUNCTION councils_guard_seat_end();
    """,
    """
    DROP TRIGGER held ON councils_post;
    DROP FUNCTION councils_guard_seat_end();
    """,
)


class Migration(GroupedMigration):
    dependencies = [("councils", "0007_work")]

    operations = [
        migrations.CreateModel(
            name="NameCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.CharField(max_length=150, verbose_name="name before")),
                ("after", models.CharField(max_length=150, verbose_name="name after")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "corrected_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="corrected on"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="name_corrections",
                        to="councils.mandate",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction of a name",
                "verbose_name_plural": "corrections of names",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("before", models.F("after")), _negated=True)
                        & models.Q(("after", ""), _negated=True),
                        name="name_correction_changes_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="name_correction_has_a_reason",
                    ),
                ],
            },
        ),
        append_only("councils_namecorrection"),
        NAMES,
        SEATS,
    ]
