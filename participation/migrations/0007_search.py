"""Search index, the queue of saved searches, and a chain of evidence without circles."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import participation.models.search
from accounts.grouped_migrations import GroupedMigration

# Written with RETURN, so that names in them are resolved once: a restore, which empties the search
# path, fills the generated column all the same. Kazakh has no dictionary of its own; a body may be
# longer than a tsvector can hold.
FOLDING = migrations.RunSQL(
    """
    CREATE FUNCTION participation_fold(words text) RETURNS text
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN translate(lower(words),
        'ӘҒҚҢӨҰҮҺІЁәғқңөұүһіёАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
        'агкноуухиеагкноуухиеабвгдежзийклмнопрстуфхцчшщъыьэюя');

    CREATE FUNCTION participation_words_of(language text) RETURNS regconfig
      LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN CASE language
        WHEN 'ru' THEN 'pg_catalog.russian'::regconfig
        WHEN 'en' THEN 'pg_catalog.english'::regconfig
        ELSE 'pg_catalog.simple'::regconfig END;

    CREATE FUNCTION participation_search_vector(language text, title text, summary text, body text)
      RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN
        setweight(to_tsvector(participation_words_of(language), participation_fold(title)), 'A')
        || setweight(
          to_tsvector(participation_words_of(language), participation_fold(summary)), 'B')
        || setweight(
          to_tsvector(participation_words_of(language), participation_fold(left(body, 60000))), 'C');
    """,
    """
    DROP FUNCTION participation_search_vector(text, text, text, text);
    DROP FUNCTION participation_words_of(text);
    DROP FUNCTION participation_fold(text);
    """,
)

# In the row, not beside it: whoever compares a word with a text would fetch every vector singly.
KEPT_IN_THE_ROW = migrations.RunSQL(
    "ALTER TABLE participation_dossiertext ALTER COLUMN search SET STORAGE MAIN;",
    "ALTER TABLE participation_dossiertext ALTER COLUMN search SET STORAGE EXTENDED;",
)

NEWS = migrations.RunSQL(
    """
    CREATE FUNCTION participation_note_dossier() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.published_at IS NULL THEN RETURN NULL; END IF;
      IF TG_OP = 'INSERT' OR OLD.published_at IS NULL THEN
        INSERT INTO participation_searchnews (dossier_id, reason, due_at)
          VALUES (NEW.id, 'published', now());
      ELSIF NEW.state <> OLD.state THEN
        INSERT INTO participation_searchnews (dossier_id, reason, due_at)
          VALUES (NEW.id, 'state', now());
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER note_for_searches AFTER INSERT OR UPDATE OF published_at, state
      ON participation_dossier FOR EACH ROW EXECUTE FUNCTION participation_note_dossier();

    CREATE FUNCTION participation_note_text() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO participation_searchnews (dossier_id, reason, due_at)
        SELECT id, 'text', now() FROM participation_dossier
        WHERE id = NEW.dossier_id AND published_at IS NOT NULL AND NOT EXISTS (
          -- Of this transaction: a worker may be at work on an older one already.
          SELECT FROM participation_searchnews news
          WHERE dossier_id = NEW.dossier_id AND reason IN ('published', 'text')
            AND news.xmin = pg_current_xact_id()::xid);
      RETURN NULL;
    END $$;
    CREATE TRIGGER note_for_searches AFTER INSERT ON participation_dossiertext
      FOR EACH ROW EXECUTE FUNCTION participation_note_text();

    CREATE FUNCTION participation_note_phase() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO participation_searchnews (dossier_id, reason, due_at)
        VALUES (NEW.dossier_id, 'phase', greatest(NEW.opens_at, now()));
      RETURN NULL;
    END $$;
    CREATE TRIGGER note_for_searches AFTER INSERT OR UPDATE OF opens_at ON participation_phase
      FOR EACH ROW EXECUTE FUNCTION participation_note_phase();
    """,
    """
    DROP TRIGGER note_for_searches ON participation_phase;
    DROP FUNCTION participation_note_phase();
    DROP TRIGGER note_for_searches ON participation_dossiertext;
    DROP FUNCTION participation_note_text();
    DROP TRIGGER note_for_searches ON participation_dossier;
    DROP FUNCTION participation_note_dossier();
    """,
)

NO_CIRCLES = migrations.RunSQL(
    """
    CREATE FUNCTION participation_refuse_circle() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      -- One writer at a time: of two links that close a circle together the second is refused.
      PERFORM pg_advisory_xact_lock(7000, 4);
      IF NEW.source_id <> NEW.target_id AND EXISTS (
        WITH RECURSIVE later(id) AS (
          SELECT NEW.target_id
          UNION
          SELECT link.target_id FROM participation_dossierlink link
            JOIN later ON link.source_id = later.id WHERE link.id <> NEW.id
        )
        SELECT FROM later WHERE id = NEW.source_id
      ) THEN
        RAISE EXCEPTION 'circle: dossier % cannot lead to %', NEW.source_id, NEW.target_id
          USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'dossier_link_no_circle';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER no_circle BEFORE INSERT OR UPDATE ON participation_dossierlink
      FOR EACH ROW EXECUTE FUNCTION participation_refuse_circle();
    """,
    """
    DROP TRIGGER no_circle ON participation_dossierlink;
    DROP FUNCTION participation_refuse_circle();
    """,
)


class Migration(GroupedMigration):
    dependencies = [
        ("participation", "0006_notifications"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        FOLDING,
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("query", models.CharField(max_length=500, verbose_name="search")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
            },
        ),
        migrations.CreateModel(
            name="SearchAlert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "alert of a saved search",
                "verbose_name_plural": "alerts of saved searches",
            },
        ),
        migrations.CreateModel(
            name="SearchNews",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("published", "published"),
                            ("state", "new state"),
                            ("text", "new language"),
                            ("phase", "phase opened"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "news for saved searches",
                "verbose_name_plural": "news for saved searches",
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("plain", models.CharField(max_length=30)),
            ],
            options={
                "verbose_name": "word of a title",
                "verbose_name_plural": "words of titles",
            },
        ),
        migrations.AddField(
            model_name="dossiertext",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=participation.models.search.SearchVector(
                    "language", "title", "summary", "body"
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AlterField(
            model_name="dossierlink",
            name="relation",
            field=models.CharField(max_length=16, verbose_name="relation"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.OrderBy(models.F("published_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("published_at__isnull", False)),
                name="dossier_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="dossiertext",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("search"), name="dossier_text_search"
            ),
        ),
        migrations.AddField(
            model_name="savedsearch",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="saved_searches",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="searchalert",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="participation.dossier",
            ),
        ),
        migrations.AddField(
            model_name="searchalert",
            name="saved_search",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alerts",
                to="participation.savedsearch",
            ),
        ),
        migrations.AddField(
            model_name="searchnews",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="participation.dossier",
            ),
        ),
        migrations.AddIndex(
            model_name="searchword",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("plain", name="gin_trgm_ops"),
                name="search_word_like",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(
                fields=("person", "name"), name="saved_search_name_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(
                fields=("person", "query"), name="saved_search_query_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="searchalert",
            constraint=models.UniqueConstraint(
                fields=("saved_search", "dossier"), name="search_alert_once"
            ),
        ),
        migrations.AddIndex(
            model_name="searchnews",
            index=models.Index(fields=["due_at", "id"], name="search_news_due"),
        ),
        KEPT_IN_THE_ROW,
        NEWS,
        NO_CIRCLES,
    ]
