import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import councils.models.attendance
import councils.models.money
from accounts.grouped_migrations import GroupedMigration

# Of a slot that is withdrawn nobody gets the time: `FOR SHARE` waits for whoever withdraws it.
BOOKINGS = migrations.RunSQL(
    """
    CREATE FUNCTION councils_check_booking() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      found councils_slot;
    BEGIN
      SELECT * INTO found FROM councils_slot WHERE id = NEW.slot_id FOR SHARE;
      IF found.hours_id <> NEW.hours_id THEN
        RAISE EXCEPTION 'the slot is of other office hours' USING ERRCODE = 'check_violation';
      END IF;
      IF found.withdrawn_because <> '' AND NEW.state <> 'cancelled' THEN
        RAISE EXCEPTION 'the slot is withdrawn' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER booking_fits BEFORE INSERT OR UPDATE OF slot_id, hours_id, state
      ON councils_booking FOR EACH ROW EXECUTE FUNCTION councils_check_booking();
    CREATE FUNCTION councils_check_slot() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.member_id <> (SELECT member_id FROM councils_officehours WHERE id = NEW.hours_id) THEN
        RAISE EXCEPTION 'the slot is of another member' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER slot_fits BEFORE INSERT OR UPDATE OF hours_id, member_id
      ON councils_slot FOR EACH ROW EXECUTE FUNCTION councils_check_slot();
    """,
    """
    DROP TRIGGER booking_fits ON councils_booking;
    DROP FUNCTION councils_check_booking();
    DROP TRIGGER slot_fits ON councils_slot;
    DROP FUNCTION councils_check_slot();
    """,
)
CLAIMS = migrations.RunSQL(
    """
    CREATE FUNCTION councils_check_claim() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.decided_by_id = NEW.submitted_by_id OR NEW.decided_by_id =
          (SELECT person_id FROM councils_mandate WHERE id = NEW.member_id) THEN
        RAISE EXCEPTION 'nobody decides on a claim of their own' USING ERRCODE = 'check_violation';
      END IF;
      IF NOT EXISTS (
        SELECT 1 FROM councils_budgetline l, councils_mandate m
        WHERE l.id = NEW.line_id AND m.id = NEW.member_id
          AND l.council_id = NEW.council_id AND m.council_id = NEW.council_id
      ) THEN
        RAISE EXCEPTION 'line and member are of another council' USING ERRCODE = 'check_violation';
      END IF;
      IF TG_OP = 'INSERT' THEN
        RETURN NEW;
      END IF;
      IF (NEW.council_id, NEW.number, NEW.line_id, NEW.member_id, NEW.amount, NEW.spent_on)
          IS DISTINCT FROM
          (OLD.council_id, OLD.number, OLD.line_id, OLD.member_id, OLD.amount, OLD.spent_on) THEN
        RAISE EXCEPTION 'what was claimed never changes' USING ERRCODE = 'check_violation';
      END IF;
      IF OLD.decided_at IS NOT NULL AND (NEW.decided_by_id, NEW.decided_at, NEW.reasons)
          IS DISTINCT FROM (OLD.decided_by_id, OLD.decided_at, OLD.reasons) THEN
        RAISE EXCEPTION 'a decision on a claim never changes' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
          ('submitted', 'approved'), ('submitted', 'refused'), ('approved', 'paid')) THEN
        RAISE EXCEPTION 'a claim cannot go from % to %', OLD.state, NEW.state
          USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER claim_kept BEFORE INSERT OR UPDATE ON councils_expenseclaim
      FOR EACH ROW EXECUTE FUNCTION councils_check_claim();
    CREATE TRIGGER claim_not_removed BEFORE DELETE ON councils_expenseclaim
      FOR EACH ROW EXECUTE FUNCTION participation_refuse_change();
    """,
    """
    DROP TRIGGER claim_kept ON councils_expenseclaim;
    DROP TRIGGER claim_not_removed ON councils_expenseclaim;
    DROP FUNCTION councils_check_claim();
    """,
)
REPORTS = migrations.RunSQL(
    """
    CREATE TRIGGER no_rewrite BEFORE UPDATE OR DELETE ON councils_annualreport
      FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
      EXECUTE FUNCTION participation_refuse_change();
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON councils_annualreport
      FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
    """,
    """
    DROP TRIGGER no_rewrite ON councils_annualreport;
    DROP TRIGGER no_truncate ON councils_annualreport;
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("councils", "0006_recommendations"),
        ("participation", "0007_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OfficeHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("place", models.CharField(max_length=300, verbose_name="place")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Mondays"),
                            (1, "Tuesdays"),
                            (2, "Wednesdays"),
                            (3, "Thursdays"),
                            (4, "Fridays"),
                            (5, "Saturdays"),
                            (6, "Sundays"),
                        ],
                        null=True,
                        verbose_name="every week on",
                    ),
                ),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                ("begins", models.TimeField(verbose_name="begins")),
                ("ends", models.TimeField(verbose_name="ends")),
                (
                    "slot_minutes",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="minutes for one talk",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="office_hours",
                        to="councils.council",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="office_hours",
                        to="councils.mandate",
                        verbose_name="member",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="office_hours",
                        to="participation.territory",
                        verbose_name="area",
                    ),
                ),
            ],
            options={
                "verbose_name": "office hours",
                "verbose_name_plural": "office hours",
                "ordering": ["council", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "number"), name="office_hours_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("last_on", models.F("first_on")), ("weekday", None)),
                            models.Q(
                                ("last_on__gte", models.F("first_on")), ("weekday__range", (0, 6))
                            ),
                            _connector="OR",
                        ),
                        name="office_hours_one_day_or_every_week",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))),
                        name="office_hours_end_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slot_minutes__range", (5, 240))),
                        name="office_hours_talk_of_sensible_length",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "withdrawn_because",
                    models.CharField(blank=True, max_length=300, verbose_name="withdrawn because"),
                ),
                ("sequence", models.PositiveIntegerField(default=0)),
                (
                    "hours",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="councils.officehours",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="councils.mandate",
                    ),
                ),
            ],
            options={
                "verbose_name": "time for a talk",
                "verbose_name_plural": "times for talks",
                "ordering": ["starts_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("hours", "starts_at"), name="slot_begins_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="slot_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_because", "")),
                        expressions=[
                            ("member", "="),
                            (councils.models.attendance.Moments("starts_at", "ends_at"), "&&"),
                        ],
                        name="slot_one_place_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
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
                        blank=True, max_length=200, verbose_name="telephone or e-mail"
                    ),
                ),
                ("topic", models.TextField(blank=True, verbose_name="what it is about")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "Booked"),
                            ("cancelled", "Cancelled"),
                            ("held", "The talk took place"),
                            ("missed", "Did not come"),
                        ],
                        default="booked",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("code", models.CharField(max_length=24, unique=True)),
                ("booked_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks_booked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hours",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="councils.officehours",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="councils.slot",
                    ),
                ),
            ],
            options={
                "verbose_name": "booking",
                "verbose_name_plural": "bookings",
                "ordering": ["slot__starts_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("slot",),
                        name="booking_one_a_slot",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False), ("state", "booked")),
                        fields=("hours", "person"),
                        name="booking_one_ahead_of_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("planned", models.PositiveBigIntegerField(verbose_name="planned")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_lines",
                        to="councils.council",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a council's budget",
                "verbose_name_plural": "lines of councils' budgets",
                "ordering": ["council", "year", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "year", "number"), name="budget_line_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (2000, 2100))),
                        name="budget_line_year_sensible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpenseClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("purpose", models.CharField(max_length=300, verbose_name="what for")),
                ("spent_on", models.DateField(verbose_name="spent on")),
                ("amount", models.PositiveBigIntegerField(verbose_name="amount")),
                (
                    "receipt",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=councils.models.money._unguessable,
                        verbose_name="receipt",
                    ),
                ),
                ("receipt_name", models.CharField(blank=True, max_length=120)),
                ("receipt_type", models.CharField(blank=True, max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("paid", "Paid"),
                        ],
                        default="submitted",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("submitted_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                ("paid_on", models.DateField(null=True, verbose_name="paid on")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expense_claims",
                        to="councils.council",
                    ),
                ),
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
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="councils.budgetline",
                        verbose_name="line of the budget",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expense_claims",
                        to="councils.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expense_claims",
                        to="councils.mandate",
                        verbose_name="member",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "claim of expenses",
                "verbose_name_plural": "claims of expenses",
                "ordering": ["council", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "number"), name="claim_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="claim_of_some_money"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("state", "submitted")
                            ),
                            models.Q(
                                models.Q(("state", "submitted"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="claim_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_refused_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paid_on__isnull", False), ("state", "paid")),
                            models.Q(models.Q(("state", "paid"), _negated=True), ("paid_on", None)),
                            _connector="OR",
                        ),
                        name="claim_paid_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("raised", models.TextField(verbose_name="what was raised")),
                ("follows", models.TextField(verbose_name="what follows from it")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                (
                    "has_consent",
                    models.BooleanField(default=False, verbose_name="may be published"),
                ),
                ("written_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "booking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="note",
                        to="councils.booking",
                    ),
                ),
                (
                    "docket",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="councils.docket",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "note of a talk",
                "verbose_name_plural": "notes of talks",
                "ordering": ["-written_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("has_consent", True), _connector="OR"
                        ),
                        name="note_published_with_consent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnualReport",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("figures", models.JSONField(default=dict)),
                (
                    "correction",
                    models.TextField(blank=True, verbose_name="what was corrected and why"),
                ),
                ("published_at", models.DateTimeField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annual_reports",
                        to="councils.council",
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
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "annual report",
                "verbose_name_plural": "annual reports",
                "ordering": ["council", "-year", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "year", "version"), name="annual_report_version_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("version", 1),
                            models.Q(("correction", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="annual_report_corrected_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("sha256", "")),
                            models.Q(
                                ("published_at__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("figures", {}), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="annual_report_published_with_figures",
                    ),
                ],
            },
        ),
        BOOKINGS,
        CLAIMS,
        REPORTS,
    ]
