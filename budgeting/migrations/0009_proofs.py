"""Registers of residents and codes on letters: one human being, one line, one person."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

LINES = migrations.RunSQL(
    """
    ALTER TABLE budgeting_registerdraft SET UNLOGGED;
    ALTER TABLE budgeting_registerline
      ADD CONSTRAINT register_line_hash_is_whole CHECK (octet_length(iin_hash) = 32);
    ALTER TABLE budgeting_lettercode
      ADD CONSTRAINT letter_code_hash_is_whole CHECK (octet_length(code_hash) = 32);

    CREATE FUNCTION budgeting_guard_register_line() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF OLD.person_id IS NOT NULL THEN
          RAISE EXCEPTION 'a line that somebody is tied to stays'
            USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN OLD;
      END IF;
      IF NEW.register_id <> OLD.register_id OR NEW.iin_hash <> OLD.iin_hash THEN
        RAISE EXCEPTION 'a line stands for one human being'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF OLD.person_id IS NOT NULL AND NEW.person_id IS DISTINCT FROM OLD.person_id THEN
        RAISE EXCEPTION 'a line is tied to one person, once'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER one_person BEFORE UPDATE OR DELETE ON budgeting_registerline
      FOR EACH ROW EXECUTE FUNCTION budgeting_guard_register_line();
    """,
    """
    DROP TRIGGER one_person ON budgeting_registerline;
    DROP FUNCTION budgeting_guard_register_line;
    ALTER TABLE budgeting_lettercode DROP CONSTRAINT letter_code_hash_is_whole;
    ALTER TABLE budgeting_registerline DROP CONSTRAINT register_line_hash_is_whole;
    ALTER TABLE budgeting_registerdraft SET LOGGED;
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("budgeting", "0008_ballots"),
        ("participation", "0008_residence_lives_since"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Register",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_fingerprint", models.CharField(max_length=64)),
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register",
                        to="budgeting.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "register of residents",
                "verbose_name_plural": "registers of residents",
            },
        ),
        migrations.CreateModel(
            name="LetterBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("people", "one letter a person"),
                            ("households", "one letter a household"),
                        ],
                        max_length=10,
                        verbose_name="letters",
                    ),
                ),
                ("valid_until", models.DateTimeField(verbose_name="valid until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be made"),
                            ("ready", "Ready to print"),
                            ("printed", "Printed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("seed", models.BinaryField(null=True)),
                ("codes_made", models.PositiveIntegerField(default=0, verbose_name="codes")),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("printed_at", models.DateTimeField(null=True, verbose_name="printed")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.territory",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="budgeting.register",
                    ),
                ),
            ],
            options={
                "verbose_name": "batch of letters",
                "verbose_name_plural": "batches of letters",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "number"), name="letter_batch_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "printed"), _negated=True),
                            models.Q(("printed_at__isnull", False), ("seed", None)),
                            _connector="OR",
                        ),
                        name="letter_batch_printed_forgets_its_seed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("touched_at", models.DateTimeField(auto_now=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be read"),
                            ("reading", "Being read"),
                            ("checked", "Checked, nothing taken over"),
                            ("done", "Taken over"),
                            ("refused", "Refused: nothing taken over"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("is_trial", models.BooleanField(verbose_name="only check")),
                ("keeps_good_lines", models.BooleanField(verbose_name="take over the good lines")),
                ("sealed_file", models.CharField(blank=True, max_length=200)),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("bytes_read", models.PositiveBigIntegerField(default=0)),
                ("lines_read", models.PositiveIntegerField(default=0, verbose_name="lines read")),
                ("lines_wrong", models.PositiveIntegerField(default=0, verbose_name="wrong lines")),
                ("lines_new", models.PositiveIntegerField(default=0, verbose_name="new lines")),
                (
                    "lines_known",
                    models.PositiveIntegerField(default=0, verbose_name="lines known before"),
                ),
                ("problem", models.CharField(blank=True, max_length=40)),
                ("columns", models.CharField(blank=True, max_length=100)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="budgeting.register",
                    ),
                ),
            ],
            options={
                "verbose_name": "import of a register",
                "verbose_name_plural": "imports of a register",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="RegisterFault",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("column", models.CharField(blank=True, max_length=20)),
                ("problem", models.CharField(max_length=20)),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="faults",
                        to="budgeting.registerimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "fault of an import",
                "verbose_name_plural": "faults of an import",
                "ordering": ["line"],
            },
        ),
        migrations.CreateModel(
            name="RegisterDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("iin_hash", models.BinaryField()),
                ("born_on", models.DateField()),
                ("lives_since", models.DateField(null=True)),
                ("household", models.CharField(blank=True, max_length=30)),
                (
                    "territory",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="participation.territory",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="drafts",
                        to="budgeting.registerimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "line being checked",
                "verbose_name_plural": "lines being checked",
            },
        ),
        migrations.CreateModel(
            name="RegisterLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("iin_hash", models.BinaryField()),
                ("born_on", models.DateField(verbose_name="date of birth")),
                ("lives_since", models.DateField(null=True, verbose_name="registered there since")),
                (
                    "household",
                    models.CharField(blank=True, max_length=30, verbose_name="household"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_lines",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="budgeting.register",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a register",
                "verbose_name_plural": "lines of a register",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "iin_hash"), name="register_line_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("register", "person"),
                        name="register_line_one_a_person",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["register", "territory"], name="register_line_by_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_hash", models.BinaryField(unique=True)),
                ("is_valid", models.BooleanField(default=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="budgeting.letterbatch",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="budgeting.registerline",
                    ),
                ),
            ],
            options={
                "verbose_name": "code on a letter",
                "verbose_name_plural": "codes on letters",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_valid", True)),
                        fields=("line",),
                        name="letter_code_one_valid_a_line",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tag", models.CharField(max_length=16, verbose_name="line")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("desk", "the person stands at the desk"),
                            ("paper", "vote on paper"),
                            ("complaint", "complaint of the person"),
                            ("check", "check of the register"),
                        ],
                        max_length=10,
                        verbose_name="why",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="budgeting.registerline",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_looks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="budgeting.register",
                    ),
                ),
            ],
            options={
                "verbose_name": "look into a register",
                "verbose_name_plural": "looks into a register",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["officer", "-at"], name="register_look_by_officer")
                ],
            },
        ),
        LINES,
        append_only("budgeting_registerlook"),
    ]
