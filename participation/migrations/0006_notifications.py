import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration


class Migration(GroupedMigration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("participation", "0005_answers_due"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FanOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("followers", "followers"),
                            ("newsletter", "readers of a newsletter"),
                        ],
                        max_length=10,
                    ),
                ),
                ("roles", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("working", "under way"),
                            ("done", "complete"),
                            ("stopped", "stopped"),
                        ],
                        default="working",
                        max_length=10,
                    ),
                ),
                ("reached", models.BigIntegerField(default=0)),
                ("people", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fan_out",
                        to="participation.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "fan-out",
                "verbose_name_plural": "fan-outs",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "working")),
                        fields=["id"],
                        name="fan_out_working",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to="participation.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to="participation.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow",
                "verbose_name_plural": "follows",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "dossier", "territory", "organisation"),
                        name="follow_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dossier__isnull", False),
                                ("organisation", None),
                                ("territory", None),
                            ),
                            models.Q(
                                ("dossier", None),
                                ("organisation", None),
                                ("territory__isnull", False),
                            ),
                            models.Q(
                                ("dossier", None),
                                ("organisation__isnull", False),
                                ("territory", None),
                            ),
                            _connector="OR",
                        ),
                        name="follow_one_thing",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["dossier", "person"], name="follow_of_dossier"),
                    models.Index(fields=["territory", "person"], name="follow_of_territory"),
                    models.Index(fields=["organisation", "person"], name="follow_of_organisation"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Newsletter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "in preparation"),
                            ("sent", "sent"),
                            ("stopped", "stopped"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("subject_kk", models.CharField(max_length=120)),
                ("subject_ru", models.CharField(max_length=120)),
                ("subject_en", models.CharField(blank=True, max_length=120)),
                ("body_kk", models.TextField()),
                ("body_ru", models.TextField()),
                ("body_en", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="newsletter",
                        to="participation.event",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="newsletters",
                        to="participation.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "newsletter",
                "verbose_name_plural": "newsletters",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("event", None), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("event__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="newsletter_sent_with_its_event",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body_en", ""), ("subject_en", "")),
                            models.Q(
                                models.Q(("subject_en", ""), _negated=True),
                                models.Q(("body_en", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="newsletter_english_whole_or_none",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("category", models.CharField(max_length=20)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "e-mail"),
                            ("site", "on the site"),
                            ("telegram", "Telegram"),
                            ("sms", "SMS"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "pace",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("daily", "Once a day"),
                            ("weekly", "Once a week"),
                            ("never", "Never"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "preference",
                "verbose_name_plural": "preferences",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "category", "channel"), name="preference_one_of_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("time_zone", models.CharField(default="Asia/Almaty", max_length=40)),
                ("telegram_chat", models.CharField(blank=True, max_length=20)),
                ("telegram_code", models.CharField(blank=True, max_length=32)),
                ("telegram_code_ends_at", models.DateTimeField(null=True)),
                ("phone", models.CharField(blank=True, max_length=16)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reach",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reach",
                "verbose_name_plural": "reaches",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("telegram_chat", ""), _negated=True),
                        fields=("telegram_chat",),
                        name="reach_one_person_a_chat",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("telegram_code", ""), _negated=True),
                        fields=("telegram_code",),
                        name="reach_code_of_one_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("phone", ""), ("phone__regex", "^\\+\\d{8,15}$"), _connector="OR"
                        ),
                        name="reach_phone_plain",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=254, unique=True, verbose_name="address")),
                ("reason", models.TextField(verbose_name="reason")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "suppressed address",
                "verbose_name_plural": "suppressed addresses",
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="digest",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="participation.delivery",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="read_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="key",
            field=models.CharField(max_length=80, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="event",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="territory",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="participation.territory",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="channel",
            field=models.CharField(
                choices=[
                    ("email", "e-mail"),
                    ("site", "on the site"),
                    ("telegram", "Telegram"),
                    ("sms", "SMS"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("held", "kept for a digest"),
                    ("waiting", "waiting"),
                    ("sending", "being sent"),
                    ("sent", "sent"),
                    ("dropped", "not wanted any more"),
                    ("dead", "given up"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("digest", None), ("state", "held")),
                fields=["next_attempt_at"],
                name="delivery_held",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("channel", "site")),
                fields=["recipient", "-id"],
                name="delivery_inbox",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("channel", "site"), ("read_at", None)),
                fields=["recipient"],
                name="delivery_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "site"), _negated=True), ("state", "sent"), _connector="OR"
                ),
                name="delivery_on_site_is_there",
            ),
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION participation_guard_newsletter() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF TG_OP = 'DELETE' THEN
                IF OLD.state <> 'draft' THEN
                  RAISE EXCEPTION 'newsletter % was sent: DELETE refused', OLD.id
                    USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN OLD;
              END IF;
              IF OLD.state <> 'draft' AND (NEW.state = 'draft' OR
                 (NEW.subject_kk, NEW.subject_ru, NEW.subject_en, NEW.body_kk, NEW.body_ru,
                  NEW.body_en, NEW.territory_id, NEW.event_id)
                 IS DISTINCT FROM
                 (OLD.subject_kk, OLD.subject_ru, OLD.subject_en, OLD.body_kk, OLD.body_ru,
                  OLD.body_en, OLD.territory_id, OLD.event_id)) THEN
                RAISE EXCEPTION 'newsletter % was sent: change refused', OLD.id
                  USING ERRCODE = 'insufficient_privilege';
              END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER sent_stays BEFORE UPDATE OR DELETE ON participation_newsletter
              FOR EACH ROW EXECUTE FUNCTION participation_guard_newsletter();
            """,
            """
            DROP TRIGGER sent_stays ON participation_newsletter;
            DROP FUNCTION participation_guard_newsletter();
            """,
        ),
    ]
