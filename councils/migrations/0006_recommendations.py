import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

RECOMMENDATIONS = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_recommendation() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      is_before boolean := NEW.state IN ('draft', 'adopted');
      is_open boolean;
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
          RAISE EXCEPTION 'a recommendation begins as a draft'
            USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END IF;
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'recommendations are never deleted'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.state = 'draft' AND OLD.state <> 'draft'
          OR NEW.state = 'adopted' AND OLD.state NOT IN ('draft', 'adopted')
          OR NOT is_before AND OLD.state IN ('draft', 'adopted')
            AND (OLD.state, NEW.state) IS DISTINCT FROM ('adopted', 'delivered') THEN
        RAISE EXCEPTION 'a recommendation is adopted, then delivered, and never goes back'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF (NEW.council_id, NEW.number, NEW.dossier_id)
            IS DISTINCT FROM (OLD.council_id, OLD.number, OLD.dossier_id)
          OR OLD.state <> 'draft' AND (NEW.motion_id, NEW.adopted_on)
            IS DISTINCT FROM (OLD.motion_id, OLD.adopted_on)
          OR OLD.delivered_on IS NOT NULL AND NEW.delivered_on IS DISTINCT FROM OLD.delivered_on
          OR OLD.closed_on IS NOT NULL AND (NEW.closed_on, NEW.closing_reason)
            IS DISTINCT FROM (OLD.closed_on, OLD.closing_reason) THEN
        RAISE EXCEPTION 'whence and when recommendation % came stays', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF OLD.state = 'draft' AND NEW.state <> 'draft' AND NOT EXISTS (
          SELECT FROM councils_motion motion
          JOIN councils_agendaitem item ON item.id = motion.item_id
          JOIN councils_meeting meeting ON meeting.id = item.meeting_id
          WHERE motion.id = NEW.motion_id AND motion.state = 'adopted'
            AND meeting.council_id = NEW.council_id) THEN
        RAISE EXCEPTION 'a recommendation comes from a motion that its council adopted'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'recommendation_motion_adopted';
      END IF;
      IF is_before THEN
        RETURN NEW;
      END IF;
      IF NOT EXISTS (SELECT FROM participation_answerdue
                     WHERE dossier_id = NEW.dossier_id AND comment_id IS NULL) THEN
        RAISE EXCEPTION 'whoever gets a recommendation owes an answer'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'recommendation_is_owed_an_answer';
      END IF;
      is_open := EXISTS (SELECT FROM participation_answerdue WHERE dossier_id = NEW.dossier_id
                         AND comment_id IS NULL AND answered_on IS NULL);
      IF is_open AND NEW.state NOT IN ('delivered', 'closed_unanswered')
          OR NOT is_open AND NEW.state = 'closed_unanswered' THEN
        RAISE EXCEPTION 'only an answer answers recommendation %', OLD.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'recommendation_answered_by_answers';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_recommendation
      FOR EACH ROW EXECUTE FUNCTION councils_guard_recommendation();

    CREATE FUNCTION councils_guard_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        RETURN NEW;
      END IF;
      PERFORM FROM councils_recommendation
        WHERE id = OLD.recommendation_id AND state = 'draft' FOR SHARE;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'what an adopted recommendation rests on stays'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_recommendationevidence
      FOR EACH ROW EXECUTE FUNCTION councils_guard_evidence();

    CREATE FUNCTION councils_guard_follow_up() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE given jsonb := to_jsonb(NEW);
    BEGIN
      IF NOT EXISTS (SELECT FROM councils_recommendation
                     WHERE id = NEW.recommendation_id AND delivered_on IS NOT NULL)
         OR given ? 'answer_due_id' AND NOT EXISTS (
          SELECT FROM participation_answerdue due
          JOIN councils_recommendation asked ON asked.dossier_id = due.dossier_id
          WHERE due.id = (given ->> 'answer_due_id')::bigint AND due.answered_on IS NOT NULL
            AND asked.id = NEW.recommendation_id)
         OR given ->> 'commitment_id' IS NOT NULL AND NOT EXISTS (
          SELECT FROM councils_commitment
          WHERE id = (given ->> 'commitment_id')::bigint
            AND recommendation_id = NEW.recommendation_id) THEN
        RAISE EXCEPTION 'what follows a recommendation belongs to its delivery and its answers'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'follow_up_of_one_recommendation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER belongs BEFORE INSERT ON councils_commitment
      FOR EACH ROW EXECUTE FUNCTION councils_guard_follow_up();
    CREATE TRIGGER belongs BEFORE INSERT ON councils_implementationupdate
      FOR EACH ROW EXECUTE FUNCTION councils_guard_follow_up();
    CREATE TRIGGER belongs BEFORE INSERT ON councils_legalact
      FOR EACH ROW EXECUTE FUNCTION councils_guard_follow_up();
    CREATE TRIGGER belongs BEFORE INSERT ON councils_citizencheck
      FOR EACH ROW EXECUTE FUNCTION councils_guard_follow_up();
    """,
    """
    DROP TRIGGER belongs ON councils_citizencheck;
    DROP TRIGGER belongs ON councils_legalact;
    DROP TRIGGER belongs ON councils_implementationupdate;
    DROP TRIGGER belongs ON councils_commitment;
    DROP FUNCTION councils_guard_follow_up();
    DROP TRIGGER guard ON councils_recommendationevidence;
    DROP FUNCTION councils_guard_evidence();
    DROP TRIGGER guard ON councils_recommendation;
    DROP FUNCTION councils_guard_recommendation();
    """,
)
CHECKS = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_check_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      -- Whoever is erased leaves the place in the count and nothing else.
      IF TG_OP = 'DELETE' OR NEW.person_id IS NOT NULL
          OR to_jsonb(NEW) - 'person_id' <> to_jsonb(OLD) - 'person_id' THEN
        RAISE EXCEPTION 'who was asked stays' USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON councils_checkinvitation
      FOR EACH ROW EXECUTE FUNCTION councils_guard_check_invitation();

    CREATE FUNCTION councils_check_answer_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
          SELECT FROM councils_checkinvitation invitation
          JOIN councils_citizencheck asked ON asked.id = invitation.check_round_id
          WHERE invitation.id = NEW.invitation_id
            AND NEW.answered_on BETWEEN asked.opens_on AND asked.closes_on) THEN
        RAISE EXCEPTION 'the question is not asked on that day'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'check_answer_in_time';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER in_time BEFORE INSERT ON councils_checkanswer
      FOR EACH ROW EXECUTE FUNCTION councils_check_answer_in_time();
    """,
    """
    DROP TRIGGER in_time ON councils_checkanswer;
    DROP FUNCTION councils_check_answer_in_time();
    DROP TRIGGER guard ON councils_checkinvitation;
    DROP FUNCTION councils_guard_check_invitation();
    """,
)
CONTROL = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_control() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE steps text[] := ARRAY['planned', 'under_way', 'finished', 'dropped'];
    BEGIN
      IF TG_OP = 'DELETE' OR OLD.ended_on IS NOT NULL
          OR (NEW.council_id, NEW.number, NEW.kind, NEW.body_id, NEW.dossier_id)
            IS DISTINCT FROM (OLD.council_id, OLD.number, OLD.kind, OLD.body_id, OLD.dossier_id)
          OR array_position(steps, NEW.state) < array_position(steps, OLD.state)
          OR OLD.state = 'planned' AND NEW.state = 'finished' THEN
        RAISE EXCEPTION 'public control goes forward and stays as it ended'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON councils_publiccontrolaction
      FOR EACH ROW EXECUTE FUNCTION councils_guard_control();
    """,
    """
    DROP TRIGGER guard ON councils_publiccontrolaction;
    DROP FUNCTION councils_guard_control();
    """,
)
APPEND_ONLY = (
    "councils_commitment",
    "councils_implementationupdate",
    "councils_legalact",
    "councils_citizencheck",
    "councils_checkanswer",
)


class Migration(GroupedMigration):
    dependencies = [
        ("councils", "0005_hearings"),
        ("participation", "0007_search"),
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: list[migrations.operations.base.Operation] = [
        migrations.CreateModel(
            name="CitizenCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="from")),
                ("closes_on", models.DateField(verbose_name="until")),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="councils.recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "citizen check",
                "verbose_name_plural": "citizen checks",
                "ordering": ["-opens_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recommendation", "opens_on"), name="citizen_check_opens_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="citizen_check_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("participant", "came to a hearing"),
                            ("asker", "asked a question"),
                            ("follower", "follows the recommendation"),
                        ],
                        max_length=12,
                        verbose_name="why they are asked",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_invitations",
                        to="councils.hearingregistration",
                    ),
                ),
                (
                    "check_round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="councils.citizencheck",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to a citizen check",
                "verbose_name_plural": "invitations to citizen checks",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("check_round", "person"), name="check_invitation_once_a_person"
                    ),
                    models.UniqueConstraint(
                        fields=("check_round", "registration"),
                        name="check_invitation_once_a_registration",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("partly", "Partly"),
                            ("no", "No"),
                            ("unknown", "I do not know"),
                        ],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                ("answered_on", models.DateField(verbose_name="answered on")),
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="councils.checkinvitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a citizen check",
                "verbose_name_plural": "answers to citizen checks",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__in", ["yes", "partly", "no", "unknown"])),
                        name="check_answer_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
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
                ("promised_on", models.DateField(verbose_name="promised on")),
                ("due_on", models.DateField(verbose_name="by when")),
                (
                    "answer_due",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="participation.answerdue",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="councils.recommendation",
                        verbose_name="recommendation",
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
                "verbose_name": "commitment",
                "verbose_name_plural": "commitments",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("promised_on"))),
                        name="commitment_due_after_the_promise",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImplementationUpdate",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("progress", "Goes on"),
                            ("late", "Will be late"),
                            ("done", "Done"),
                        ],
                        max_length=8,
                        verbose_name="how it stands",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="on")),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="councils.commitment",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="councils.recommendation",
                        verbose_name="recommendation",
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
                "verbose_name": "news of a recommendation",
                "verbose_name_plural": "news of recommendations",
                "ordering": ["happened_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LegalAct",
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
                ("number", models.CharField(max_length=60, verbose_name="number of the act")),
                ("adopted_on", models.DateField(verbose_name="adopted on")),
                ("url", models.URLField(blank=True, verbose_name="address of the act")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="councils.recommendation",
                        verbose_name="recommendation",
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
                "verbose_name": "legal act",
                "verbose_name_plural": "legal acts",
                "ordering": ["adopted_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recommendation", "number", "adopted_on"), name="legal_act_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicControlAction",
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
                            ("monitoring", "Monitoring"),
                            ("examination", "Examination"),
                            ("report", "Hearing of a report"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("under_way", "Under way"),
                            ("finished", "Finished"),
                            ("dropped", "Ended without a document"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="begins on")),
                ("ends_on", models.DateField(verbose_name="planned to end on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "final",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("protocol", "Protocol"),
                            ("conclusion", "Conclusion"),
                            ("recommendation", "Recommendation"),
                        ],
                        max_length=14,
                        verbose_name="final document",
                    ),
                ),
                (
                    "final_number",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="number of the document"
                    ),
                ),
                (
                    "ending_kk",
                    models.TextField(
                        blank=True, verbose_name="what was found, or why it ended, in Kazakh"
                    ),
                ),
                (
                    "ending_ru",
                    models.TextField(
                        blank=True, verbose_name="what was found, or why it ended, in Russian"
                    ),
                ),
                (
                    "ending_en",
                    models.TextField(
                        blank=True, verbose_name="what was found, or why it ended, in English"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="controlled_by",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="control_actions",
                        to="councils.council",
                    ),
                ),
                (
                    "docket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="control_actions",
                        to="councils.docket",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_control",
                        to="participation.dossier",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="control_actions",
                        to="councils.recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "public control",
                "verbose_name_plural": "public control",
                "ordering": ["council", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "number"), name="control_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="control_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on", None),
                                ("final", ""),
                                ("state__in", ["planned", "under_way"]),
                            ),
                            models.Q(
                                ("ended_on__isnull", False),
                                ("state", "finished"),
                                models.Q(("final", ""), _negated=True),
                                models.Q(("ending_kk", ""), _negated=True),
                                models.Q(("ending_ru", ""), _negated=True),
                            ),
                            models.Q(
                                ("ended_on__isnull", False),
                                ("final", ""),
                                ("state", "dropped"),
                                models.Q(("ending_kk", ""), _negated=True),
                                models.Q(("ending_ru", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="control_ends_in_a_document_or_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecommendationEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("question", "Question at a hearing"),
                            ("submission", "Written submission"),
                            ("minutes", "Line of minutes"),
                            ("speech", "Words said at a hearing"),
                            ("appeal", "Appeals of citizens"),
                            ("document", "Document"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "number",
                    models.CharField(blank=True, max_length=40, verbose_name="number there"),
                ),
                ("url", models.URLField(blank=True, verbose_name="address")),
                ("text", models.CharField(max_length=500, verbose_name="what it says")),
                ("language", models.CharField(default="kk", max_length=2, verbose_name="language")),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_of_recommendations",
                        to="participation.dossier",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="councils.recommendation",
                        verbose_name="recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence of a recommendation",
                "verbose_name_plural": "evidence of recommendations",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dossier__isnull", False),
                            models.Q(("url", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recommendation_evidence_can_be_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="recommendation_evidence_says_something",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="recommendation",
            name="recommendation_comes_from_a_motion",
        ),
        migrations.AddField(
            model_name="recommendation",
            name="adopted_on",
            field=models.DateField(blank=True, null=True, verbose_name="adopted on"),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="closed on"),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="closing_reason",
            field=models.TextField(blank=True, verbose_name="why it was closed"),
        ),
        migrations.AlterField(
            model_name="recommendation",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("adopted", "Adopted"),
                    ("delivered", "Delivered"),
                    ("answered", "Answered"),
                    ("in_implementation", "Being carried out"),
                    ("implemented", "Implemented"),
                    ("rejected", "Rejected with reasons"),
                    ("closed_unanswered", "Closed unanswered"),
                ],
                default="draft",
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("adopted_on__isnull", False), ("motion__isnull", False)),
                    _connector="OR",
                ),
                name="recommendation_comes_from_a_motion",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_on", None),
                        ("closing_reason", ""),
                        models.Q(("state", "closed_unanswered"), _negated=True),
                    ),
                    models.Q(
                        ("closed_on__isnull", False),
                        models.Q(("closing_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="recommendation_closed_with_a_reason",
            ),
        ),
        RECOMMENDATIONS,
        CHECKS,
        CONTROL,
        *[append_only(table) for table in APPEND_ONLY],
    ]
