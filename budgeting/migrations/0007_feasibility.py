import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration

# What was decided before verdicts had rows of their own, in the words that were there.
OLD_VERDICTS = migrations.RunSQL(
    """
    WITH review AS (
      INSERT INTO budgeting_review
        (proposal_id, look, department_id, reviewer_id, answer_due_id, cost_source, running_cost,
         opened_at)
      SELECT id, 1, NULL, NULL, NULL, '', running_cost, now()
      FROM budgeting_proposal WHERE verdict <> ''
      RETURNING id, proposal_id
    )
    INSERT INTO budgeting_verdict
      (review_id, version, superseding_reason, decision, reasons_kk, reasons_ru, reasons_en,
       changes_kk, changes_ru, guess, cost, running_cost, cost_source, checks, estimate,
       signed_name, signed_post, given_at)
    SELECT review.id, 1, '',
           CASE p.state WHEN 'not_feasible' THEN 'not_feasible' ELSE 'feasible' END,
           p.verdict, p.verdict, '', '', '', p.cost, p.cost, p.running_cost, '', '[]', '[]', '', '—', now()
    FROM review JOIN budgeting_proposal p ON p.id = review.proposal_id;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    """,
    migrations.RunSQL.noop,
)

# What was said stays; of people in it only the name may go, when a person is erased.
SAID = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_only_erase() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      was jsonb := to_jsonb(OLD);
      name text;
    BEGIN
      IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - TG_ARGV) <> (was - TG_ARGV) THEN
        RAISE EXCEPTION '% of % refused: it was said in public', TG_OP, TG_TABLE_NAME
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'said_in_public';
      END IF;
      FOREACH name IN ARRAY TG_ARGV LOOP
        IF to_jsonb(NEW) -> name <> was -> name
           AND coalesce(to_jsonb(NEW) ->> name, '') <> '' THEN
          RAISE EXCEPTION '% of % may only be emptied', name, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'said_in_public';
        END IF;
      END LOOP;
      RETURN NEW;
    END $$;
    CREATE TRIGGER said BEFORE UPDATE OR DELETE ON budgeting_verdict
      FOR EACH ROW EXECUTE FUNCTION budgeting_only_erase('given_by_id', 'signed_name');
    CREATE TRIGGER said BEFORE UPDATE OR DELETE ON budgeting_consent
      FOR EACH ROW EXECUTE FUNCTION budgeting_only_erase('person_id');
    CREATE TRIGGER said BEFORE UPDATE OR DELETE ON budgeting_appeal
      FOR EACH ROW EXECUTE FUNCTION budgeting_only_erase('by_id');
    CREATE TRIGGER said BEFORE UPDATE OR DELETE ON budgeting_handover
      FOR EACH ROW EXECUTE FUNCTION budgeting_only_erase('by_id', 'reviewer_id');
    CREATE TRIGGER asked BEFORE UPDATE ON budgeting_question
      FOR EACH ROW WHEN (
        (NEW.review_id, NEW.text, NEW.language, NEW.asked_at, NEW.answer_by)
        IS DISTINCT FROM (OLD.review_id, OLD.text, OLD.language, OLD.asked_at, OLD.answer_by))
      EXECUTE FUNCTION participation_refuse_change();
    CREATE TRIGGER said BEFORE UPDATE ON budgeting_question
      FOR EACH ROW WHEN (OLD.answer <> '')
      EXECUTE FUNCTION budgeting_only_erase('asked_by_id', 'answered_by_id');
    CREATE TRIGGER not_removed BEFORE DELETE ON budgeting_question
      FOR EACH ROW EXECUTE FUNCTION participation_refuse_change();
    CREATE TRIGGER not_removed BEFORE DELETE ON budgeting_review
      FOR EACH ROW EXECUTE FUNCTION participation_refuse_change();
    """,
    """
    DROP TRIGGER said ON budgeting_verdict;
    DROP TRIGGER said ON budgeting_consent;
    DROP TRIGGER said ON budgeting_appeal;
    DROP TRIGGER said ON budgeting_handover;
    DROP TRIGGER asked ON budgeting_question;
    DROP TRIGGER said ON budgeting_question;
    DROP TRIGGER not_removed ON budgeting_question;
    DROP TRIGGER not_removed ON budgeting_review;
    DROP FUNCTION budgeting_only_erase();
    """,
)

# The row of the proposal is held: its authors do not change behind the look at them.
REVIEWERS = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_check_judge(judge bigint, judged bigint, at_look integer)
    RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM FROM budgeting_proposal WHERE id = judged FOR SHARE;
      IF EXISTS (SELECT FROM budgeting_proposal WHERE id = judged AND author_id = judge)
         OR EXISTS (SELECT FROM budgeting_coauthor WHERE proposal_id = judged
                    AND person_id = judge AND state = 'accepted') THEN
        RAISE EXCEPTION 'person % is an author of proposal %', judge, judged
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reviewer_is_no_author';
      END IF;
      IF at_look = 2 AND EXISTS (
          SELECT FROM budgeting_review r LEFT JOIN budgeting_verdict v ON v.review_id = r.id
          WHERE r.proposal_id = judged AND r.look = 1
            AND (r.reviewer_id = judge OR v.given_by_id = judge)) THEN
        RAISE EXCEPTION 'person % gave the first look at proposal %', judge, judged
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'second_look_by_another';
      END IF;
    END $$;
    CREATE FUNCTION budgeting_check_review() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE'
         AND (NEW.proposal_id, NEW.look) IS DISTINCT FROM (OLD.proposal_id, OLD.look) THEN
        RAISE EXCEPTION 'a review stays with its proposal'
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'review_stays';
      END IF;
      IF NEW.look = 2 AND NOT EXISTS (
          SELECT FROM budgeting_appeal WHERE proposal_id = NEW.proposal_id) THEN
        RAISE EXCEPTION 'nobody has appealed against the verdict on proposal %', NEW.proposal_id
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'second_look_on_appeal';
      END IF;
      PERFORM budgeting_check_judge(NEW.reviewer_id, NEW.proposal_id, NEW.look);
      RETURN NEW;
    END $$;
    CREATE TRIGGER reviewer_fits BEFORE INSERT OR UPDATE ON budgeting_review
      FOR EACH ROW EXECUTE FUNCTION budgeting_check_review();
    CREATE FUNCTION budgeting_check_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      review budgeting_review;
    BEGIN
      SELECT * INTO review FROM budgeting_review WHERE id = NEW.review_id;
      PERFORM budgeting_check_judge(NEW.given_by_id, review.proposal_id, review.look);
      RETURN NEW;
    END $$;
    CREATE TRIGGER giver_fits BEFORE INSERT ON budgeting_verdict
      FOR EACH ROW EXECUTE FUNCTION budgeting_check_verdict();
    CREATE FUNCTION budgeting_check_coauthor() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM FROM budgeting_proposal WHERE id = NEW.proposal_id FOR NO KEY UPDATE;
      IF EXISTS (SELECT FROM budgeting_review r LEFT JOIN budgeting_verdict v ON v.review_id = r.id
                 WHERE r.proposal_id = NEW.proposal_id
                   AND NEW.person_id IN (r.reviewer_id, v.given_by_id)) THEN
        RAISE EXCEPTION 'person % checks proposal %', NEW.person_id, NEW.proposal_id
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reviewer_is_no_author';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER checks_nothing_own BEFORE INSERT OR UPDATE ON budgeting_coauthor
      FOR EACH ROW WHEN (NEW.state = 'accepted') EXECUTE FUNCTION budgeting_check_coauthor();
    """,
    """
    DROP TRIGGER reviewer_fits ON budgeting_review;
    DROP TRIGGER giver_fits ON budgeting_verdict;
    DROP TRIGGER checks_nothing_own ON budgeting_coauthor;
    DROP FUNCTION budgeting_check_coauthor();
    DROP FUNCTION budgeting_check_review();
    DROP FUNCTION budgeting_check_verdict();
    DROP FUNCTION budgeting_check_judge(bigint, bigint, integer);
    """,
)

# A proposal is called feasible or not by its last verdict, with its reasons, and by nothing else.
DECIDED = migrations.RunSQL(
    """
    CREATE FUNCTION budgeting_check_decided() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      last text;
    BEGIN
      SELECT v.decision INTO last
      FROM budgeting_verdict v JOIN budgeting_review r ON r.id = v.review_id
      WHERE r.proposal_id = NEW.id ORDER BY r.look DESC, v.version DESC LIMIT 1;
      IF last IS NULL OR (last = 'not_feasible') <> (NEW.state = 'not_feasible') THEN
        RAISE EXCEPTION 'proposal % has no verdict that calls it %', NEW.id, NEW.state
          USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'proposal_decided_by_verdict';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER decided BEFORE INSERT OR UPDATE OF state ON budgeting_proposal
      FOR EACH ROW WHEN (NEW.state IN ('feasible', 'not_feasible'))
      EXECUTE FUNCTION budgeting_check_decided();
    """,
    """
    DROP TRIGGER decided ON budgeting_proposal;
    DROP FUNCTION budgeting_check_decided();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("budgeting", "0006_proposals"),
        ("participation", "0007_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desk",
                        to="budgeting.cycle",
                    ),
                ),
                (
                    "ruleset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desks",
                        to="participation.ruleset",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "desk of a budget",
                "verbose_name_plural": "desks of budgets",
            },
        ),
        migrations.CreateModel(
            name="CheckItem",
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
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="budgeting.desk",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("code", models.SlugField(max_length=40)),
            ],
            options={
                "verbose_name": "line of the check list",
                "verbose_name_plural": "lines of the check list",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("desk", "number"), name="check_item_number_unique"
                    ),
                    models.UniqueConstraint(fields=("desk", "code"), name="check_item_code_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="budgeting.proposal",
                    ),
                ),
                (
                    "look",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "First look"), (2, "Second look, on appeal")],
                        default=1,
                        verbose_name="look",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews_of_proposals",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal_reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answer_due",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="participation.answerdue",
                    ),
                ),
                (
                    "cost_source",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="where the prices come from"
                    ),
                ),
                (
                    "running_cost",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="running cost a year"
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "review of a proposal",
                "verbose_name_plural": "reviews of proposals",
                "ordering": ["look"],
                "indexes": [models.Index(fields=["reviewer"], name="review_by_reviewer")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "look"), name="review_one_of_a_look"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("look__in", (1, 2))), name="review_look_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer_due", None), ("department", None)),
                            models.Q(("answer_due__isnull", False), ("department__isnull", False)),
                            _connector="OR",
                        ),
                        name="review_of_a_department_has_a_date",
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_answers",
                        to="budgeting.review",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="budgeting.checkitem",
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("none", "Does not apply")],
                        max_length=4,
                        verbose_name="finding",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["item__number"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "item"), name="check_answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", "no"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="check_answer_no_is_explained",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CostLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_lines",
                        to="budgeting.review",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("what", models.CharField(max_length=200, verbose_name="what")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("unit", models.CharField(max_length=40, verbose_name="unit")),
                ("unit_price", models.PositiveBigIntegerField(verbose_name="price of a unit")),
            ],
            options={
                "verbose_name": "line of the estimate",
                "verbose_name_plural": "lines of the estimate",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "number"), name="cost_line_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0), ("unit_price__gt", 0)),
                        name="cost_line_costs_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="budgeting.review",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason_kk", models.TextField(verbose_name="reason in Kazakh")),
                ("reason_ru", models.TextField(verbose_name="reason in Russian")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "handover of a review",
                "verbose_name_plural": "handovers of reviews",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason_kk", ""), _negated=True),
                            models.Q(("reason_ru", ""), _negated=True),
                        ),
                        name="handover_has_reasons",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="budgeting.review",
                    ),
                ),
                ("text", models.TextField(verbose_name="question")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("answer_by", models.DateField(verbose_name="answer by")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "answer_language",
                    models.CharField(
                        blank=True, max_length=2, verbose_name="language of the answer"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "question to the authors",
                "verbose_name_plural": "questions to the authors",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="question_asks_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                models.Q(("answered_at", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="question_answered_as_a_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="budgeting.review",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "superseding_reason",
                    models.TextField(blank=True, verbose_name="why it replaces the one before"),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("feasible", "Feasible"),
                            ("with_changes", "Feasible with changes"),
                            ("not_feasible", "Not feasible"),
                        ],
                        max_length=12,
                        verbose_name="verdict",
                    ),
                ),
                ("reasons_kk", models.TextField(verbose_name="reasons in Kazakh")),
                ("reasons_ru", models.TextField(verbose_name="reasons in Russian")),
                ("reasons_en", models.TextField(blank=True, verbose_name="reasons in English")),
                (
                    "changes_kk",
                    models.TextField(blank=True, verbose_name="what changes, in Kazakh"),
                ),
                (
                    "changes_ru",
                    models.TextField(blank=True, verbose_name="what changes, in Russian"),
                ),
                ("guess", models.PositiveBigIntegerField(verbose_name="the author's guess")),
                ("cost", models.PositiveBigIntegerField(verbose_name="checked cost")),
                (
                    "running_cost",
                    models.PositiveBigIntegerField(null=True, verbose_name="running cost a year"),
                ),
                (
                    "cost_source",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="where the prices come from"
                    ),
                ),
                ("checks", models.JSONField(default=list)),
                ("estimate", models.JSONField(default=list)),
                (
                    "consent_until",
                    models.DateField(null=True, verbose_name="the author answers by"),
                ),
                ("appeal_until", models.DateField(null=True, verbose_name="appeal until")),
                (
                    "signed_name",
                    models.CharField(blank=True, max_length=150, verbose_name="signed by"),
                ),
                ("signed_post", models.CharField(max_length=200, verbose_name="post")),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("given_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "verdict",
                "verbose_name_plural": "verdicts",
                "ordering": ["review__look", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "version"), name="verdict_one_of_a_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("superseding_reason", ""), ("version", 1)),
                            models.Q(
                                ("version__gt", 1),
                                models.Q(("superseding_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="verdict_superseded_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reasons_kk", ""), _negated=True),
                            models.Q(("reasons_ru", ""), _negated=True),
                            models.Q(("signed_post", ""), _negated=True),
                        ),
                        name="verdict_in_official_languages_and_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("consent_until__isnull", False),
                                ("decision", "with_changes"),
                                models.Q(("changes_kk", ""), _negated=True),
                                models.Q(("changes_ru", ""), _negated=True),
                            ),
                            models.Q(
                                ("changes_kk", ""),
                                ("changes_ru", ""),
                                ("consent_until", None),
                                ("decision__in", ("feasible", "not_feasible")),
                            ),
                            _connector="OR",
                        ),
                        name="verdict_with_changes_says_which",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cost__gt", 0)), name="verdict_names_a_cost"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent",
                        to="budgeting.verdict",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("agrees", models.BooleanField(verbose_name="agrees")),
                ("note", models.TextField(blank=True, verbose_name="in the author's words")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "author's answer to changes",
                "verbose_name_plural": "authors' answers to changes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agrees", True), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="consent_objection_is_explained",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="budgeting.proposal",
                    ),
                ),
                (
                    "verdict",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="budgeting.verdict",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("grounds", models.TextField(verbose_name="grounds")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "appeal against a verdict",
                "verbose_name_plural": "appeals against verdicts",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grounds", ""), _negated=True),
                        name="appeal_has_grounds",
                    )
                ],
            },
        ),
        OLD_VERDICTS,
        migrations.RemoveConstraint(
            model_name="proposal",
            name="proposal_refused_with_reasons",
        ),
        migrations.RemoveField(
            model_name="proposal",
            name="verdict",
        ),
        SAID,
        REVIEWERS,
        DECIDED,
    ]
