"""What somebody types, taken apart: terms, Kazakh letters, endings; and marks put back."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from participation.search import kazakh
from participation.search.filters import Filters, asked_number, read_filters
from participation.search.marking import START, STOP, marked, passage
from participation.search.spelling import sounds
from participation.search.words import (
    LONGEST_QUERY,
    MOST_TERMS,
    Term,
    fold,
    terms_of,
    typed_on_a_russian_keyboard,
    words_to_compare,
)


def test_kazakh_letters_become_those_of_a_russian_keyboard() -> None:
    assert fold("Қазақстан, Өскемен, Ұлытау, Үйгентас, Іле, Әуезов, Ғалым, Шыңғыс, Қаһарман") == (
        "казакстан, оскемен, улытау, уйгентас, иле, ауезов, галым, шынгыс, кахарман"
    )
    assert fold("ёлка") == "елка"


@pytest.mark.django_db
def test_the_database_folds_like_we_do() -> None:
    letters = "".join(map(chr, [*range(0x41, 0x5B), *range(0x400, 0x460), *range(0x490, 0x4F0)]))
    letters = "".join(letter for letter in letters if len(letter.lower()) == 1) + "  1-x№"
    with connection.cursor() as cursor:
        cursor.execute("SELECT participation_fold(%s)", [letters])
        assert cursor.fetchone()[0] == letters.lower().translate(
            str.maketrans("әғқңөұүһіё", "агкноуухие")
        )


@pytest.mark.django_db
def test_the_database_hears_like_we_do() -> None:
    letters = "".join(map(chr, [*range(0x41, 0x5B), *range(0x410, 0x450)])) + "Әғқңөұүһіё 1-x"
    with connection.cursor() as cursor:
        cursor.execute("SELECT participation_sounds(%s)", [letters])
        assert cursor.fetchone()[0] == sounds(letters)
    assert sounds("  Велосипед\0 ") == sounds("velosiped")


def test_words_phrases_and_what_is_left_out() -> None:
    assert terms_of('Парк "детская площадка" -ремонт Алматы-Астана') == [
        Term(("парк",)),
        Term(("детская", "площадка")),
        Term(("ремонт",), is_excluded=True),
        Term(("алматы",)),
        Term(("астана",)),
    ]
    assert [str(term) for term in terms_of('a "b c" -d')] == ["a", '"b c"', "-d"]


@pytest.mark.parametrize("nothing", ["", "  ", "-парк", "&|!():*<->", "'\"\\;--", '""', "—", "🙂"])
def test_nothing_is_asked_for(nothing: str) -> None:
    assert terms_of(nothing) == []


@given(st.text(max_size=300))
def test_whatever_is_typed_has_few_plain_terms(query: str) -> None:
    terms = terms_of(query)
    assert len(terms) <= MOST_TERMS
    assert all(word.isalnum() for term in terms for word in term.words)
    assert sum(len(word) for term in terms for word in term.words) <= 3 * LONGEST_QUERY


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("саябақ", "саябак"),
        ("саябағында", "саябаг"),
        ("саябақтардың", "саябак"),
        ("жобаларымызға", "жоба"),
        ("мектебінде", "мектеб"),
        ("Астана", "астана"),
        ("Астанада", "астана"),
        ("көшесіндегі", "коше"),
        ("алаңына", "алан"),
        ("қала", "кала"),
    ],
)
def test_kazakh_endings_are_cut(word: str, stem: str) -> None:
    assert kazakh.stem(fold(word)) == stem


def test_a_final_consonant_stands_for_its_voiced_form() -> None:
    assert kazakh.tsquery(terms_of("саябағы")) == "(('саябаг':* | 'саябак':*))"
    assert "'мектеп':*" in kazakh.tsquery(terms_of("мектебі"))


def test_a_short_word_goes_on_only_with_an_ending() -> None:
    query = kazakh.tsquery(terms_of("бақ"))
    assert "'бак'" in query
    assert "'багы':*" in query
    assert "'бак':*" not in query
    assert "'бакы':*" not in query  # бақылау: monitoring


def test_digits_that_stand_for_kazakh_letters() -> None:
    assert typed_on_a_russian_keyboard("0ала") == "кала"
    assert typed_on_a_russian_keyboard("2027") == ""
    assert typed_on_a_russian_keyboard("парк") == ""


def test_words_typed_with_latin_letters_switched_on() -> None:
    assert words_to_compare(terms_of("cgjhn")) == ["cgjhn", "спорт"]


@pytest.mark.parametrize(
    "typed", ["BP-2026-00012", "bp 2026 12", "ВР-2026-00012", "вр-2026-12", " BP-2026-000012 "]
)
def test_a_number_is_known_however_it_is_typed(typed: str) -> None:
    assert asked_number(typed) == "BP-2026-00012"


@pytest.mark.parametrize(
    "typed", ["2026", "BP", "парк 2026", "BP-2026-", "B-2026-1", "BP-2026-1 x"]
)
def test_what_is_no_number(typed: str) -> None:
    assert asked_number(typed) == ""


def test_filters_have_one_short_address() -> None:
    from datetime import date

    filters = Filters(q="парк", state="budgeting.proposal:shortlisted", since=date(2026, 1, 2))
    assert filters.query().count("=") == 3
    assert read_filters(filters.query()) == filters
    assert Filters().query() == ""
    with pytest.raises(ValueError, match="colour"):
        read_filters("colour=red")
    with pytest.raises(ValueError, match="Invalid"):
        read_filters("since=yesterday")


def test_marks_are_ours_and_the_rest_is_escaped() -> None:
    text = "Қала <b>паркі</b>"
    with_marks = f"{START}кала{STOP} <b>парки</b>"
    assert marked(text, with_marks) == "<mark>Қала</mark> &lt;b&gt;паркі&lt;/b&gt;"
    assert marked(text, "something else") == "Қала &lt;b&gt;паркі&lt;/b&gt;"
    assert marked(text, f"{START}кала{STOP}") == "Қала &lt;b&gt;паркі&lt;/b&gt;"


def test_a_passage_stands_around_the_first_mark() -> None:
    before, after = "слово " * 60, " ещё" * 200
    text = f"{before}**парк**{after}"
    shown = passage(text, f"{before}**{START}парк{STOP}**{after}")
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "<mark>парк</mark>" in shown
    assert "*" not in shown
    assert len(shown) < 400
