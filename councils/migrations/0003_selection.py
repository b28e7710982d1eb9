"""Selections and draws; triggers that keep their order, and whatever was announced, as it is."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.grouped_migrations import GroupedMigration
from participation.immutability import append_only

PLANS = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_selection() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE members int; of_state int;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'selections are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF OLD.state <> 'planned' AND
         (NEW.council_id, NEW.number, NEW.kind, NEW.way, NEW.group_size, NEW.most_state)
         IS DISTINCT FROM
         (OLD.council_id, OLD.number, OLD.kind, OLD.way, OLD.group_size, OLD.most_state) THEN
        RAISE EXCEPTION 'the rules of selection % are fixed', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.state = OLD.state THEN
        IF OLD.state IN ('approved', 'published', 'failed') THEN
          RAISE EXCEPTION 'selection % is decided and stays so', OLD.id
            USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END IF;
      IF NOT ((OLD.state, NEW.state) IN (
          ('planned', 'working_group_formed'), ('working_group_formed', 'call_open'),
          ('call_open', 'screening'), ('screening', 'selection'), ('selection', 'approved'),
          ('approved', 'published'))
          OR NEW.state = 'failed' AND OLD.state NOT IN ('approved', 'published', 'failed')) THEN
        RAISE EXCEPTION 'selection % does not go from % to %', OLD.id, OLD.state, NEW.state
          USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.state = 'working_group_formed' THEN
        SELECT count(*), count(*) FILTER (WHERE side = 'state') INTO members, of_state
          FROM councils_groupmember WHERE selection_id = OLD.id;
        IF members <> NEW.group_size OR of_state > NEW.most_state THEN
          RAISE EXCEPTION 'working group of % with % of the state, allowed: % and %',
            members, of_state, NEW.group_size, NEW.most_state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'working_group_lawful';
        END IF;
      END IF;
      IF NEW.state = 'approved' AND (NEW.decided_at IS NULL OR EXISTS (
          SELECT FROM participation_role r JOIN councils_council c ON c.id = NEW.council_id
          WHERE r.person_id = NEW.act_registered_by_id AND r.kind = 'state_officer'
            AND r.organisation_id = c.supervised_body_id
            AND r.valid_from <= now() AND (r.valid_to IS NULL OR r.valid_to > now()))) THEN
        RAISE EXCEPTION 'the supervised body approves nothing here'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'selection_not_approved_by_the_supervised';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON councils_selectionprocess
      FOR EACH ROW EXECUTE FUNCTION councils_guard_selection();

    CREATE FUNCTION councils_guard_selection_plan() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE stands text;
    BEGIN
      SELECT state INTO stands FROM councils_selectionprocess
        WHERE id = coalesce(NEW.selection_id, OLD.selection_id) FOR SHARE;
      IF stands <> 'planned' OR TG_OP = 'UPDATE' AND NEW.selection_id <> OLD.selection_id THEN
        RAISE EXCEPTION 'the working group and its criteria are fixed'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN coalesce(NEW, OLD);
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_groupmember
      FOR EACH ROW EXECUTE FUNCTION councils_guard_selection_plan();
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_criterion
      FOR EACH ROW EXECUTE FUNCTION councils_guard_selection_plan();
    """,
    """
    DROP TRIGGER guard ON councils_criterion;
    DROP TRIGGER guard ON councils_groupmember;
    DROP TRIGGER guard ON councils_selectionprocess;
    DROP FUNCTION councils_guard_selection_plan();
    DROP FUNCTION councils_guard_selection();
    """,
)

CANDIDATES = migrations.RunSQL(
    """
    CREATE FUNCTION councils_guard_candidacy() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE stands text;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'candidacies are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      SELECT state INTO stands FROM councils_selectionprocess WHERE id = NEW.selection_id
        FOR SHARE;
      IF TG_OP = 'INSERT' THEN
        IF stands <> 'call_open' OR NEW.state <> 'submitted' THEN
          RAISE EXCEPTION 'the call is not open' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END IF;
      IF (NEW.selection_id, NEW.number, NEW.organisation_id, NEW.side, NEW.submitted_at)
         IS DISTINCT FROM
         (OLD.selection_id, OLD.number, OLD.organisation_id, OLD.side, OLD.submitted_at)
         OR NEW.name <> OLD.name AND NEW.name <> ''
         OR NEW.statement <> OLD.statement AND NEW.statement <> ''
         OR NEW.person_id <> OLD.person_id
         OR OLD.mandate_id IS NOT NULL AND NEW.mandate_id IS DISTINCT FROM OLD.mandate_id THEN
        RAISE EXCEPTION 'an application stays as it was sent'
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.state <> OLD.state AND NOT (
          OLD.state = 'submitted' AND NEW.state IN ('admitted', 'refused') AND stands = 'screening'
          OR OLD.state = 'admitted' AND NEW.state IN ('elected', 'reserve', 'not_elected')
             AND stands = 'selection'
          OR OLD.state IN ('submitted', 'admitted') AND NEW.state = 'withdrawn') THEN
        RAISE EXCEPTION 'candidacy % does not go from % to % now', OLD.id, OLD.state, NEW.state
          USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.state = OLD.state AND OLD.state <> 'submitted'
         AND (NEW.reasons, NEW.place) IS DISTINCT FROM (OLD.reasons, OLD.place) THEN
        RAISE EXCEPTION 'a decision on a candidate stays' USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_candidacy
      FOR EACH ROW EXECUTE FUNCTION councils_guard_candidacy();

    CREATE FUNCTION councils_guard_judgement() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE told record;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'what was given is never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      -- Whoever decides waits for what is being given, and nothing is given after it.
      SELECT s.id, s.state, s.decided_at, c.state AS candidate INTO told
        FROM councils_candidacy c JOIN councils_selectionprocess s ON s.id = c.selection_id
        WHERE c.id = NEW.candidacy_id FOR SHARE OF s;
      IF told.state <> 'selection' OR told.decided_at IS NOT NULL
         OR told.candidate <> 'admitted' THEN
        RAISE EXCEPTION 'candidates are not judged now' USING ERRCODE = 'check_violation';
      END IF;
      IF NOT EXISTS (SELECT FROM councils_groupmember
                     WHERE id = NEW.member_id AND selection_id = told.id) THEN
        RAISE EXCEPTION 'not of this working group' USING ERRCODE = 'check_violation';
      END IF;
      IF TG_OP = 'UPDATE' AND (NEW.candidacy_id, NEW.member_id)
         IS DISTINCT FROM (OLD.candidacy_id, OLD.member_id) THEN
        RAISE EXCEPTION 'what was given stays whose it is' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF TG_TABLE_NAME = 'councils_score' THEN
        IF NOT EXISTS (
            SELECT FROM councils_criterion
            WHERE id = NEW.criterion_id AND selection_id = told.id AND NEW.points <= most) THEN
          RAISE EXCEPTION 'no such points' USING ERRCODE = 'check_violation';
        END IF;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_score
      FOR EACH ROW EXECUTE FUNCTION councils_guard_judgement();
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_selectionvote
      FOR EACH ROW EXECUTE FUNCTION councils_guard_judgement();
    """,
    """
    DROP TRIGGER guard ON councils_selectionvote;
    DROP TRIGGER guard ON councils_score;
    DROP TRIGGER guard ON councils_candidacy;
    DROP FUNCTION councils_guard_judgement();
    DROP FUNCTION councils_guard_candidacy();
    """,
)

DRAWS = migrations.RunSQL(
    """
    -- The genesis and the period of drand's quicknet, in seconds.
    ALTER TABLE councils_draw ADD CONSTRAINT draw_round_at_its_time CHECK (
      source <> 'drand' OR drand_round IS NOT NULL
        AND extract(epoch FROM randomness_due_at) = 1692803367 + 3 * (drand_round - 1));

    CREATE FUNCTION councils_drawn_number(hash text, panels int) RETURNS int
      LANGUAGE plpgsql IMMUTABLE AS $$
    DECLARE rest int := 0;
    BEGIN
      FOR place IN 1..length(hash) LOOP
        rest := (rest * 16 + strpos('0123456789abcdef', substr(hash, place, 1)) - 1) % panels;
      END LOOP;
      RETURN rest;
    END $$;

    CREATE FUNCTION councils_guard_draw() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE lottery_hash text; value text; expected int;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'draws are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF OLD.state IN ('closed', 'void') THEN
        RAISE EXCEPTION 'draw % is over', OLD.id USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.state <> OLD.state AND NOT ((OLD.state, NEW.state) IN (
          ('draft', 'pool_frozen'), ('pool_frozen', 'lottery_published'),
          ('lottery_published', 'randomness_due'), ('randomness_due', 'drawn'),
          ('drawn', 'closed')) OR NEW.state = 'void' AND OLD.state <> 'drawn') THEN
        RAISE EXCEPTION 'draw % does not go from % to %', OLD.id, OLD.state, NEW.state
          USING ERRCODE = 'check_violation';
      END IF;
      IF OLD.state <> 'draft' AND
         (NEW.council_id, NEW.number, NEW.selection_id, NEW.size, NEW.panels, NEW.pool_frozen_at)
         IS DISTINCT FROM
         (OLD.council_id, OLD.number, OLD.selection_id, OLD.size, OLD.panels, OLD.pool_frozen_at)
         OR OLD.lottery_published_at IS NOT NULL AND
         (NEW.source, NEW.drand_round, NEW.randomness_announced_at, NEW.randomness_due_at,
          NEW.lottery_published_at, NEW.fairness)
         IS DISTINCT FROM
         (OLD.source, OLD.drand_round, OLD.randomness_announced_at, OLD.randomness_due_at,
          OLD.lottery_published_at, OLD.fairness)
         OR OLD.drawn_at IS NOT NULL AND
         (NEW.drawn_at, NEW.randomness, NEW.drawn_number, NEW.drand_signature)
         IS DISTINCT FROM
         (OLD.drawn_at, OLD.randomness, OLD.drawn_number, OLD.drand_signature) THEN
        RAISE EXCEPTION 'what was announced of draw % stays', OLD.id
          USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NEW.state = OLD.state OR NEW.state = 'void' THEN
        RETURN NEW;
      END IF;
      IF NEW.state = 'pool_frozen' AND (NEW.pool_frozen_at IS NULL OR 2 <> (
          SELECT count(*) FROM councils_drawfile
          WHERE draw_id = OLD.id AND kind IN ('pool', 'quotas'))) THEN
        RAISE EXCEPTION 'a pool is frozen with its file' USING ERRCODE = 'check_violation';
      END IF;
      SELECT sha256 INTO lottery_hash FROM councils_drawfile
        WHERE draw_id = OLD.id AND kind = 'lottery';
      IF NEW.state = 'lottery_published' AND (
          lottery_hash IS NULL OR NEW.lottery_published_at IS NULL
          OR NEW.source = 'reveal' AND 3 > (
            SELECT count(*) FROM councils_secretcommitment WHERE draw_id = OLD.id)) THEN
        RAISE EXCEPTION 'a lottery is published with its file, after all commitments'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'draw_lottery_whole';
      END IF;
      IF NEW.state = 'drawn' THEN
        IF NEW.source = 'reveal' THEN
          SELECT encode(sha256(convert_to(string_agg(secret, E'\\n' ORDER BY number), 'UTF8')),
                        'hex')
            INTO value FROM councils_secretcommitment
            WHERE draw_id = OLD.id HAVING bool_and(revealed_at IS NOT NULL);
        ELSIF NEW.source = 'drand' THEN
          value := encode(sha256(decode(NEW.drand_signature, 'hex')), 'hex');
        ELSE
          value := NEW.randomness;
        END IF;
        IF NEW.source = 'dice' THEN
          expected := CASE WHEN value ~ '^[0-9]{3}$' THEN value::int END;
        ELSE
          expected := councils_drawn_number(encode(sha256(convert_to(
            E'councils-draw/v1\\n' || lottery_hash || E'\\n' || value, 'UTF8')), 'hex'),
            NEW.panels);
        END IF;
        IF NEW.drawn_at IS NULL OR NEW.randomness IS DISTINCT FROM value
           OR NEW.drawn_number IS DISTINCT FROM expected OR expected >= NEW.panels THEN
          RAISE EXCEPTION 'this panel does not follow from the random value'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'draw_follows_from_randomness';
        END IF;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON councils_draw
      FOR EACH ROW EXECUTE FUNCTION councils_guard_draw();

    CREATE FUNCTION councils_guard_draw_part() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE stands text;
    BEGIN
      IF TG_TABLE_NAME = 'councils_drawquota' THEN
        SELECT d.state INTO stands FROM councils_draw d JOIN councils_drawfeature f
          ON f.draw_id = d.id WHERE f.id = coalesce(NEW.feature_id, OLD.feature_id)
          FOR SHARE OF d;
      ELSE
        SELECT state INTO stands FROM councils_draw
          WHERE id = coalesce(NEW.draw_id, OLD.draw_id) FOR SHARE;
      END IF;
      IF stands <> 'draft' THEN
        -- Who volunteered may be forgotten; the token and its attributes stay.
        IF TG_TABLE_NAME = 'councils_poolentry' AND TG_OP = 'UPDATE'
           AND to_jsonb(NEW) - '{person_id,name,contact}'::text[]
             = to_jsonb(OLD) - '{person_id,name,contact}'::text[]
           AND (NEW.person_id IS NULL OR NEW.person_id = OLD.person_id)
           AND (NEW.name = '' OR NEW.name = OLD.name)
           AND (NEW.contact = '' OR NEW.contact = OLD.contact) THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the pool is frozen' USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN coalesce(NEW, OLD);
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_poolentry
      FOR EACH ROW EXECUTE FUNCTION councils_guard_draw_part();
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_drawfeature
      FOR EACH ROW EXECUTE FUNCTION councils_guard_draw_part();
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_drawquota
      FOR EACH ROW EXECUTE FUNCTION councils_guard_draw_part();

    CREATE FUNCTION councils_guard_draw_file() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.sha256 <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the hash is of another file' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER hash BEFORE INSERT ON councils_drawfile
      FOR EACH ROW EXECUTE FUNCTION councils_guard_draw_file();

    CREATE FUNCTION councils_guard_secret() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE stands text;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'commitments are never deleted' USING ERRCODE = 'insufficient_privilege';
      END IF;
      SELECT state INTO stands FROM councils_draw WHERE id = NEW.draw_id FOR SHARE;
      IF TG_OP = 'INSERT' THEN
        IF stands <> 'pool_frozen' OR NEW.revealed_at IS NOT NULL THEN
          RAISE EXCEPTION 'commitments come before the lottery' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END IF;
      IF stands <> 'randomness_due' OR OLD.revealed_at IS NOT NULL OR NEW.revealed_at IS NULL
         OR (NEW.draw_id, NEW.number, NEW.party, NEW.sha256, NEW.envelope_sha256, NEW.committed_at)
         IS DISTINCT FROM
         (OLD.draw_id, OLD.number, OLD.party, OLD.sha256, OLD.envelope_sha256, OLD.committed_at)
      THEN
        RAISE EXCEPTION 'a secret is revealed once' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF encode(sha256(convert_to(NEW.secret, 'UTF8')), 'hex') <>
         (CASE WHEN NEW.is_from_envelope THEN NEW.envelope_sha256 ELSE NEW.sha256 END) THEN
        RAISE EXCEPTION 'this is another secret'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'secret_fits_its_hash';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON councils_secretcommitment
      FOR EACH ROW EXECUTE FUNCTION councils_guard_secret();
    """,
    """
    DROP TRIGGER guard ON councils_secretcommitment;
    DROP TRIGGER hash ON councils_drawfile;
    DROP TRIGGER guard ON councils_drawquota;
    DROP TRIGGER guard ON councils_drawfeature;
    DROP TRIGGER guard ON councils_poolentry;
    DROP TRIGGER guard ON councils_draw;
    DROP FUNCTION councils_guard_secret();
    DROP FUNCTION councils_guard_draw_file();
    DROP FUNCTION councils_guard_draw_part();
    DROP FUNCTION councils_guard_draw();
    DROP FUNCTION councils_drawn_number(text, int);
    ALTER TABLE councils_draw DROP CONSTRAINT draw_round_at_its_time;
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("councils", "0002_council"),
        ("participation", "0007_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SelectionProcess",
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
                        choices=[("convocation", "New term"), ("by_election", "By-election")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("scoring", "Scores of the working group"),
                            ("ballot", "Named vote"),
                            ("lot", "Draw by lot"),
                        ],
                        max_length=8,
                        verbose_name="how it is decided",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "In preparation"),
                            ("working_group_formed", "Working group formed"),
                            ("call_open", "Call is open"),
                            ("screening", "Applications are checked"),
                            ("selection", "Candidates are compared"),
                            ("approved", "Act registered"),
                            ("published", "Members appointed"),
                            ("failed", "Failed"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "group_size",
                    models.PositiveSmallIntegerField(verbose_name="seats of the working group"),
                ),
                (
                    "most_state",
                    models.PositiveSmallIntegerField(verbose_name="of them of the state at most"),
                ),
                ("opened_at", models.DateTimeField(null=True, verbose_name="call opened")),
                ("closes_at", models.DateTimeField(verbose_name="applications until")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("act", models.CharField(blank=True, max_length=300, verbose_name="act")),
                ("act_on", models.DateField(null=True, verbose_name="date of the act")),
                ("act_url", models.URLField(blank=True, verbose_name="address of the act")),
                ("failed_because", models.TextField(blank=True, verbose_name="why it failed")),
                (
                    "act_registered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="selections",
                        to="councils.council",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="selection",
                        to="participation.dossier",
                    ),
                ),
                ("posts", models.ManyToManyField(related_name="selections", to="councils.post")),
            ],
            options={
                "verbose_name": "selection of members",
                "verbose_name_plural": "selections of members",
                "ordering": ["council", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "number"), name="selection_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("group_size__gt", 0), ("most_state__lte", models.F("group_size"))
                        ),
                        name="selection_group_has_a_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "published"]), _negated=True),
                            models.Q(
                                models.Q(("act", ""), _negated=True),
                                ("act_on__isnull", False),
                                ("act_registered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="selection_approved_by_an_act",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("failed_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="selection_failed_with_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
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
                ("most", models.PositiveSmallIntegerField(verbose_name="points at most")),
                (
                    "selection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="councils.selectionprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion of a selection",
                "verbose_name_plural": "criteria of selections",
                "ordering": ["selection", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("selection", "number"), name="selection_criterion_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most__gt", 0)), name="selection_criterion_has_points"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Candidacy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "side",
                    models.CharField(
                        choices=[("civil", "civil society"), ("state", "state")],
                        default="civil",
                        max_length=6,
                        verbose_name="side",
                    ),
                ),
                ("statement", models.TextField(verbose_name="why I stand")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="contact")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Applied"),
                            ("admitted", "Admitted"),
                            ("refused", "Not admitted"),
                            ("elected", "Elected"),
                            ("reserve", "In reserve"),
                            ("not_elected", "Not elected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="submitted",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                ("place", models.PositiveSmallIntegerField(null=True, verbose_name="place")),
                ("submitted_at", models.DateTimeField(verbose_name="submitted")),
                (
                    "documents",
                    models.ManyToManyField(
                        related_name="candidacies", to="participation.attachment"
                    ),
                ),
                (
                    "mandate",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidacy",
                        to="councils.mandate",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidacies",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidacies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "selection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidacies",
                        to="councils.selectionprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "candidacy",
                "verbose_name_plural": "candidacies",
                "ordering": ["selection", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("selection", "number"), name="candidacy_number_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("selection", "person"), name="candidacy_one_of_a_person"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False), ("side", "civil"), ("state", "elected")
                        ),
                        fields=("selection", "organisation"),
                        name="candidacy_one_elected_of_an_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="candidacy_refused_with_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("size", models.PositiveSmallIntegerField(verbose_name="seats")),
                (
                    "panels",
                    models.PositiveSmallIntegerField(
                        default=1000, verbose_name="panels of the lottery"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Volunteers register"),
                            ("pool_frozen", "Pool frozen"),
                            ("lottery_published", "Lottery published"),
                            ("randomness_due", "Waiting for the random number"),
                            ("drawn", "Drawn"),
                            ("closed", "Closed"),
                            ("void", "Void"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("registers_until", models.DateTimeField(verbose_name="volunteers register until")),
                (
                    "replaces_until",
                    models.DateField(
                        blank=True, null=True, verbose_name="seats are filled again until"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dice", "Three digits thrown in the hall"),
                            ("reveal", "Secrets of at least three parties, revealed"),
                            ("drand", "A round of the public beacon drand"),
                        ],
                        max_length=6,
                        verbose_name="source of randomness",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="where the number is drawn"
                    ),
                ),
                (
                    "drand_round",
                    models.PositiveBigIntegerField(null=True, verbose_name="round of drand"),
                ),
                (
                    "drand_signature",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="signature of the round"
                    ),
                ),
                ("pool_frozen_at", models.DateTimeField(null=True, verbose_name="pool frozen")),
                (
                    "randomness_announced_at",
                    models.DateTimeField(null=True, verbose_name="randomness announced"),
                ),
                (
                    "randomness_due_at",
                    models.DateTimeField(null=True, verbose_name="the random number comes to be"),
                ),
                ("lottery_asked_at", models.DateTimeField(null=True)),
                (
                    "lottery_published_at",
                    models.DateTimeField(null=True, verbose_name="lottery published"),
                ),
                ("drawn_at", models.DateTimeField(null=True, verbose_name="drawn")),
                ("trouble", models.TextField(blank=True)),
                ("fairness", models.JSONField(default=dict)),
                (
                    "randomness",
                    models.CharField(blank=True, max_length=200, verbose_name="random value"),
                ),
                (
                    "drawn_number",
                    models.PositiveSmallIntegerField(null=True, verbose_name="number of the panel"),
                ),
                ("void_because", models.TextField(blank=True, verbose_name="why it is void")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="councils.council",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draw",
                        to="participation.dossier",
                    ),
                ),
                (
                    "selection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="councils.selectionprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "draw by lot",
                "verbose_name_plural": "draws by lot",
                "ordering": ["council", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("council", "number"), name="draw_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("panels__range", (1, 1000)), ("size__gt", 0)),
                        name="draw_has_seats",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("randomness_announced_at", None),
                            models.Q(
                                ("randomness_announced_at__gte", models.F("pool_frozen_at")),
                                ("randomness_due_at__gt", models.F("randomness_announced_at")),
                                models.Q(("source", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="draw_randomness_named_after_the_freeze",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lottery_published_at", None),
                            models.Q(
                                ("lottery_published_at__gte", models.F("randomness_announced_at")),
                                ("lottery_published_at__lt", models.F("randomness_due_at")),
                            ),
                            _connector="OR",
                        ),
                        name="draw_lottery_before_the_randomness",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("drawn_at", None),
                            models.Q(
                                ("drawn_at__gte", models.F("randomness_due_at")),
                                models.Q(("randomness", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="draw_drawn_when_the_randomness_is_there",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "void"), _negated=True),
                            models.Q(("void_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="draw_void_with_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawFeature",
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
                ("code", models.SlugField(max_length=20, verbose_name="code")),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="where the shares come from"
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="features",
                        to="councils.draw",
                    ),
                ),
            ],
            options={
                "verbose_name": "attribute of a pool",
                "verbose_name_plural": "attributes of pools",
                "ordering": ["draw", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("draw", "code"), name="draw_feature_code_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawFile",
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
                        choices=[("pool", "Pool"), ("quotas", "Quotas"), ("lottery", "Lottery")],
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="councils.draw",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a draw",
                "verbose_name_plural": "files of draws",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("draw", "kind"), name="draw_file_one_of_a_kind"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "pool")),
                        fields=("sha256",),
                        name="draw_pool_drawn_from_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawQuota",
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
                ("code", models.SlugField(max_length=20, verbose_name="code")),
                ("low", models.PositiveSmallIntegerField(verbose_name="at least")),
                ("high", models.PositiveSmallIntegerField(verbose_name="at most")),
                (
                    "feature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotas",
                        to="councils.drawfeature",
                    ),
                ),
            ],
            options={
                "verbose_name": "quota of a draw",
                "verbose_name_plural": "quotas of draws",
                "ordering": ["feature", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("feature", "code"), name="draw_quota_code_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("high__gte", models.F("low"))),
                        name="draw_quota_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "side",
                    models.CharField(
                        choices=[("civil", "civil society"), ("state", "state")],
                        max_length=6,
                        verbose_name="side",
                    ),
                ),
                ("leads", models.BooleanField(default=False, verbose_name="chairs the group")),
                (
                    "organisation",
                    models.ForeignKey(
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
                        related_name="working_groups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "selection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group",
                        to="councils.selectionprocess",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of a working group",
                "verbose_name_plural": "members of working groups",
                "ordering": ["-leads", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("selection", "person"), name="group_member_sits_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("leads", True)),
                        fields=("selection",),
                        name="group_has_one_chair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=40)),
                ("attributes", models.JSONField(default=dict)),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="contact")),
                ("consented_at", models.DateTimeField(verbose_name="agreed")),
                (
                    "candidacy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_entries",
                        to="councils.candidacy",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="councils.draw",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "volunteer in a pool",
                "verbose_name_plural": "volunteers in pools",
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "token"), name="pool_token_unique"),
                    models.UniqueConstraint(
                        fields=("draw", "person"), name="pool_entry_one_of_a_person"
                    ),
                    models.UniqueConstraint(
                        fields=("draw", "candidacy"), name="pool_entry_one_of_a_candidacy"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Replacement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reasons", models.CharField(max_length=300, verbose_name="reasons")),
                ("is_same_type", models.BooleanField(verbose_name="of the same type")),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "came",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacing",
                        to="councils.poolentry",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacements",
                        to="councils.draw",
                    ),
                ),
                (
                    "left",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced",
                        to="councils.poolentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "replacement on a panel",
                "verbose_name_plural": "replacements on panels",
                "ordering": ["draw", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("left", models.F("came")), _negated=True),
                        name="replacement_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reasons", ""), _negated=True),
                        name="replacement_has_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "candidacy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="councils.candidacy",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="councils.criterion",
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
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="councils.groupmember",
                    ),
                ),
            ],
            options={
                "verbose_name": "score of a candidate",
                "verbose_name_plural": "scores of candidates",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("candidacy", "member", "criterion"), name="candidate_scored_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SelectionVote",
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
                        choices=[("for", "For"), ("against", "Against"), ("abstain", "Abstains")],
                        max_length=7,
                        verbose_name="vote",
                    ),
                ),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "candidacy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="councils.candidacy",
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
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="councils.groupmember",
                    ),
                ),
            ],
            options={
                "verbose_name": "vote on a candidate",
                "verbose_name_plural": "votes on candidates",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("candidacy", "member"), name="candidate_voted_on_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecretCommitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("party", models.CharField(max_length=150, verbose_name="who")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the secret")),
                (
                    "envelope_sha256",
                    models.CharField(
                        max_length=64, verbose_name="SHA-256 of the secret in the envelope"
                    ),
                ),
                ("committed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("secret", models.CharField(blank=True, max_length=200, verbose_name="secret")),
                (
                    "is_from_envelope",
                    models.BooleanField(default=False, verbose_name="from the envelope"),
                ),
                ("revealed_at", models.DateTimeField(null=True, verbose_name="revealed")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="councils.draw",
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment to a secret",
                "verbose_name_plural": "commitments to secrets",
                "ordering": ["draw", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "number"), name="secret_number_unique"),
                    models.UniqueConstraint(fields=("draw", "party"), name="secret_one_of_a_party"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("envelope_sha256__regex", "^[0-9a-f]{64}$"),
                            ("sha256__regex", "^[0-9a-f]{64}$"),
                            models.Q(("sha256", models.F("envelope_sha256")), _negated=True),
                        ),
                        name="secret_is_two_hashes",
                    ),
                ],
            },
        ),
        PLANS,
        CANDIDATES,
        DRAWS,
        append_only("councils_drawfile"),
        append_only("councils_replacement"),
    ]
