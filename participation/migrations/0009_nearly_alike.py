"""Titles that are written nearly like another are found by an index, not one by one."""

from django.db import migrations

# Letters become Latin signs, for trigrams of others depend on the locale of the server, and it may
# have none. Written with RETURN for the reason of participation_fold().
NEARLY_ALIKE = migrations.RunSQL(
    """
    CREATE FUNCTION participation_sounds(words text) RETURNS text
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN translate(participation_fold(words),
        'абвгдезийклмнопрстуфхцжчшщъыьэюя', 'abvgdezijklmnoprstufhcx123456789');

    CREATE INDEX dossier_text_title_sounds ON participation_dossiertext
      USING gin (participation_sounds(title) gin_trgm_ops);
    CREATE INDEX dossier_text_sounds ON participation_dossiertext
      USING gin (participation_sounds(title || ' ' || summary) gin_trgm_ops);
    """,
    """
    DROP INDEX dossier_text_sounds;
    DROP INDEX dossier_text_title_sounds;
    DROP FUNCTION participation_sounds(text);
    """,
)


class Migration(migrations.Migration):
    dependencies = [("participation", "0008_residence_lives_since")]

    operations = [NEARLY_ALIKE]
