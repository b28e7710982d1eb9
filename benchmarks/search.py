"""What a search costs: our one query against the naive ILIKE over the same texts.

  python -m benchmarks.search [--dossiers 5000] [--rounds 15] [--json]

A scratch database of its own on the configured server is filled with dossiers in Kazakh, Russian
and English made of word lists (seeded). The rounds take turns, so that a machine whose speed drifts
slows both alike; times are wall clock of the whole call, the query and its rows. It fails if the
plan of one of our queries uses none of the indexes.
"""

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import accumulate
from typing import Any

os.environ.setdefault("KENES_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection
from django.db.models import Count, Q, Window
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from django.utils import timezone

from participation.models import DossierText, Territory
from participation.search.filters import Filters
from participation.search.finding import find
from participation.search.spelling import learn_words

PLACES = 20
LARGE = 20_000
INDEXES = (
    "dossier_text_search",
    "search_word_like",
    "dossier_newest",
    "Index Scan Backward using participation_dossiertext_pkey",
)
SCAN = "Seq Scan on participation_dossiertext"
WORDS = {
    "kk": (
        "саябақ көше жарықтандыру мектеп балабақша алаң жол көпір ағаш су қоқыс аялдама орталық "
        "кітапхана аурухана жөндеу салу орнату қоршау көгалдандыру тұрғын аула жастар қарттар ауыл "
        "шағын аудан өзен жағалау велосипед жаяу жүргінші қауіпсіздік камера интернет музей"
    ),
    "ru": (
        "парк улица освещение школа садик площадка дорога мост дерево вода мусор остановка центр "
        "библиотека больница ремонт строительство установка ограда озеленение житель двор молодёжь "
        "пожилые село микрорайон река набережная велосипед пешеход камера интернет музей"
    ),
    "en": (
        "park street lighting school kindergarten playground road bridge tree water waste stop "
        "centre library hospital repair building installation fence greening resident yard youth "
        "elderly village district river embankment bicycle pedestrian safety camera internet museum"
    ),
}  # fmt: skip
ENDINGS = {
    "kk": ("", "лар", "ы", "ында", "дың", "ға", "дан"),
    "ru": ("", "а", "ы", "у", "ом", "е", "ов"),
    "en": ("", "s", "", ""),
}
LETTERS = {
    "kk": "абғдежзкқлмнңоөпрстуұүшыі",
    "ru": "абвгдежзиклмнопрстуфхцчшя",
    "en": "abcdefghiklmnoprstuvw",
}
QUESTIONS = {
    "common": Filters(q="парк"),
    "two common": Filters(q="ремонт дороги"),
    "Kazakh, inflected": Filters(q="саябақтарды"),
    "Kazakh, Russian keyboard": Filters(q="когалдандыру аула"),
    "phrase": Filters(q='"rare lantern"'),
    "rare": Filters(q="фонарик"),
    "filtered": Filters(q="парк", place="place-7", kind="budgeting.proposal"),
    "misspelt": Filters(q="вилосипед"),
    "no words": Filters(place="place-7"),
    "nothing": Filters(q="абракадабрище"),
}


class Language:
    """A vocabulary with few common and many rare words (Zipf), some of them inflected."""

    def __init__(self, code: str, chance: random.Random) -> None:
        self.code, self.chance = code, chance
        real = WORDS[code].split()
        made = (
            "".join(chance.choices(LETTERS[code], k=chance.randint(4, 11))) for _ in range(8000)
        )
        self.words = [*real, *made]
        self.weights = list(accumulate(1 / (rank + 10) for rank in range(len(self.words))))

    def text(self, length: int) -> str:
        words = self.chance.choices(self.words, cum_weights=self.weights, k=length)
        endings = self.chance.choices(ENDINGS[self.code], k=length)
        return " ".join(map("".join, zip(words, endings, strict=True)))


def dossier_rows(
    number: int, places: list[int], chance: random.Random
) -> Iterator[tuple[Any, ...]]:
    for n in range(1, number + 1):
        place = chance.choice(places)
        kind, state = "budgeting.proposal", chance.choice(("submitted", "shortlisted"))
        yield n, f"BP-2026-{n:05d}", kind, place, state, f"bench/{n}/"


def text_rows(number: int, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    languages = [Language(code, chance) for code in WORDS]
    for n in range(1, number + 1):
        for language in languages:
            title = language.text(6)
            if n % 5000 == 17:
                title += {"kk": " шамшырақ", "ru": " фонарик", "en": " rare lantern"}[language.code]
            yield n, language.code, title, language.text(15), language.text(40)


def seed(number: int) -> float:
    """Dossiers with three texts each, by COPY; returns the seconds it took."""
    chance, start = random.Random(2027), time.perf_counter()
    places = [
        Territory.objects.create(slug=f"place-{n}", kind="city", name_kk=f"{n}", name_ru=f"{n}").pk
        for n in range(PLACES)
    ]
    newest = timezone.now()
    with connection.cursor() as cursor:
        # Saved searches are another question (services.search_alerts).
        cursor.execute("ALTER TABLE participation_dossier DISABLE TRIGGER note_for_searches")
        cursor.execute("ALTER TABLE participation_dossiertext DISABLE TRIGGER note_for_searches")
        with cursor.copy(
            "COPY participation_dossier (id, reference, kind, territory_id, state, path,"
            " created_at, published_at) FROM STDIN"
        ) as copy:
            for n, row in enumerate(dossier_rows(number, places, chance)):
                moment = newest - timedelta(minutes=10 * n)
                copy.write_row((*row, moment, moment))
        with cursor.copy(
            "COPY participation_dossiertext (dossier_id, language, title, summary, body, origin)"
            " FROM STDIN"
        ) as copy:
            for text in text_rows(number, chance):
                copy.write_row((*text, "original"))
        learn_words(list(range(1, number + 1)))
        cursor.execute(
            "VACUUM ANALYZE participation_dossier, participation_dossiertext,"
            " participation_searchword"
        )
    return time.perf_counter() - start


def naive(filters: Filters) -> list[int]:
    """What a list does that has no index: every word somewhere in title, summary or text."""
    texts = DossierText.objects.filter(dossier__published_at__isnull=False)
    for word in filters.q.replace('"', "").split():
        texts = texts.filter(
            Q(title__icontains=word) | Q(summary__icontains=word) | Q(body__icontains=word)
        )
    if filters.kind:
        texts = texts.filter(dossier__kind=filters.kind)
    if filters.place:
        texts = texts.filter(dossier__territory__slug=filters.place)
    found = texts.values("dossier_id").annotate(total=Window(Count("*"))).distinct()
    rows = found.order_by("-dossier__published_at").values_list("dossier_id", "total")[:20]
    return [key for key, _ in rows]


def milliseconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def plan_of(filters: Filters) -> str:
    """The plans of all queries that a search makes."""
    with CaptureQueriesContext(connection) as captured:
        find(filters)
    plans = []
    with connection.cursor() as cursor:
        for query in captured:
            if query["sql"].lstrip().startswith("SELECT"):
                cursor.execute(f"EXPLAIN {query['sql']}")
                plans += [row[0] for row in cursor.fetchall()]
    return "\n".join(plans)


def measure(
    rounds: int, naive_rounds: int, *, must_be_indexed: bool
) -> dict[str, dict[str, float]]:
    report = {}
    for name, filters in QUESTIONS.items():
        found = find(filters)
        plan = plan_of(filters)
        # Of a small table reading all of it is the right plan. A word in every other text is found
        # by walking the newest first, along the primary key.
        is_indexed = any(index in plan for index in INDEXES) and SCAN not in plan
        assert is_indexed or not (must_be_indexed and filters.q), f"{name}: no index in\n{plan}"
        ours, theirs = [], []
        for turn in range(rounds):
            ours.append(milliseconds(lambda filters=filters: find(filters)))
            if turn < naive_rounds:
                theirs.append(milliseconds(lambda filters=filters: naive(filters)))
        ours.sort()
        median, slow = statistics.median(ours), ours[max(0, round(0.95 * len(ours)) - 1)]
        report[name] = {
            "found": found.total,
            "similar": len(found.keys) if found.is_similar else 0,
            "median_ms": median,
            "p95_ms": slow,
            "naive_ms": statistics.median(theirs),
            "ratio": statistics.median(theirs) / median,
        }
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--dossiers", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        seconds = seed(options.dossiers)
        report = measure(
            options.rounds, min(3, options.rounds), must_be_indexed=options.dossiers >= LARGE
        )
    finally:
        teardown_databases(databases, verbosity=0)
    if options.json:
        print(json.dumps({"dossiers": options.dossiers, "questions": report}, indent=1))
        return
    print(f"{options.dossiers} dossiers, {3 * options.dossiers} texts, filled in {seconds:.0f} s")
    print(f"{'question':<26}{'found':>8}{'median':>10}{'p95':>10}{'ILIKE':>10}{'ratio':>8}")
    for name, row in report.items():
        found = f"~{row['similar']}" if row["similar"] else f"{row['found']}"
        print(
            f"{name:<26}{found:>8}{row['median_ms']:>7.1f} ms{row['p95_ms']:>7.1f} ms"
            f"{row['naive_ms']:>7.0f} ms{row['ratio']:>8.1f}"
        )


if __name__ == "__main__":
    main()
