"""Words of published titles that are written nearly like one that was asked for."""

from django.db import connection

from participation.search.words import fold

# A sign for each letter; those with a Latin sister sound like her: velosiped is near велосипед.
# The same pairs as participation_sounds() in the database: a test compares them.
LETTERS, SIGNS = "абвгдезийклмнопрстуфхцжчшщъыьэюя", "abvgdezijklmnoprstufhcx123456789"
_PLAIN = str.maketrans(LETTERS, SIGNS)
CANDIDATES = 4
# Of the nearest words those are kept that are about as near as the best one.
NEARLY_AS_NEAR = 0.15


def sounds(text: str) -> str:
    """The text as trigrams are made of it, whichever of the three languages it is in."""
    return fold(text.replace("\0", "")).translate(_PLAIN).strip()


def nearest_words(words: list[str]) -> dict[str, list[str]]:
    """For each folded word that has any, the nearest known words, best first (one query)."""
    nearest: dict[str, list[tuple[str, float]]] = {}
    plain = [word.translate(_PLAIN) for word in words]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT asked.word, near.word, near.likeness
            FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked(word, plain, place)
            CROSS JOIN LATERAL (
              SELECT known.word, similarity(known.plain, asked.plain) AS likeness
              FROM participation_searchword known
              WHERE known.plain %% asked.plain
              ORDER BY likeness DESC, known.word LIMIT %s
            ) AS near
            ORDER BY asked.place, near.likeness DESC, near.word
            """,
            [words, plain, CANDIDATES],
        )
        for word, known, likeness in cursor.fetchall():
            nearest.setdefault(word, []).append((known, likeness))
    return {
        word: [known for known, likeness in near if likeness >= near[0][1] - NEARLY_AS_NEAR]
        for word, near in nearest.items()
    }


def learn_words(dossiers: list[int]) -> None:
    """Add the words of these dossiers' titles and summaries, those of drafts excepted.

    In one order, so that two workers at once wait for each other and not in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO participation_searchword (word, plain)
            SELECT DISTINCT word, translate(participation_fold(word), %s, %s)
            FROM participation_dossiertext text
            JOIN participation_dossier dossier ON dossier.id = text.dossier_id
            CROSS JOIN LATERAL regexp_split_to_table(
              lower(text.title || ' ' || text.summary), '[^[:alnum:]]+') AS word
            WHERE text.dossier_id = ANY(%s) AND dossier.published_at IS NOT NULL
              AND length(word) BETWEEN 4 AND 30 AND word !~ '[0-9]'
            ORDER BY word
            ON CONFLICT DO NOTHING
            """,
            [LETTERS, SIGNS, dossiers],
        )
