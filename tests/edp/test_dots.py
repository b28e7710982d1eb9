"""Dots: the worked example to the digit, and never more than one has."""

import threading
from fractions import Fraction
from functools import partial

import pytest
from django.db import DatabaseError, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from edp.dots import count_dots, leader
from edp.models import DotBallot, Dots
from edp.services.workshops import errors
from edp.services.workshops.board import (
    add_theme,
    close_dots,
    dots_given,
    give_dots,
    open_dots,
    results_of,
)
from tests.edp.examples import EXAMPLES
from tests.edp.making import make_process
from tests.edp.meetings import make_workshop

EXAMPLE = EXAMPLES["dots"]
ROWS = EXAMPLE["input"]


def test_the_worked_example() -> None:
    result = count_dots(ROWS, 3)
    assert list(result.raw) == EXAMPLE["raw"] == [24, 23, 13]
    assert [round(float(share), 6) for share in result.balanced] == [0.297222, 0.438889, 0.263889]
    assert (leader(result.raw), leader(result.balanced)) == (0, 1)
    assert sum(result.balanced) == 1


def test_unknown_and_silent_helices_weigh_nothing() -> None:
    result = count_dots({"business": (2, 0), "": (0, 5), "academia": (0, 0)}, 2)
    assert (result.raw, result.balanced) == ((2, 5), (1, 0))
    assert count_dots({}, 2).balanced == (0, 0)
    assert leader((0, 0)) is None
    assert leader((Fraction(1, 2), Fraction(1, 2))) is None
    for row in ((1,), (1, -1)):
        with pytest.raises(ValueError, match="not one count a theme"):
            count_dots({"business": row}, 2)


counts = st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))


@given(st.dictionaries(st.sampled_from([*ROWS]), counts))
def test_balanced_shares_add_up(rows) -> None:
    result = count_dots(rows, 3)
    assert sum(result.balanced) == (1 if any(sum(row) for row in rows.values()) else 0)
    assert result.total == sum(map(sum, rows.values()))


@pytest.fixture
def board(city):
    workshop = make_workshop(make_process(city, stage="discovery"), state="running")
    for name in ("Гипс", "Жел", "Сүт"):
        add_theme(by=None, workshop=workshop, names={"kk": name, "ru": name})
    return open_dots(by=None, workshop=workshop, each=3, a_theme=2)


def themes_of(board) -> list[int]:
    return list(board.themes.values_list("pk", flat=True))


@pytest.mark.django_db
def test_given_changed_and_counted_after_the_close_alone(board) -> None:
    first, second, _ = themes_of(board)
    give_dots(workshop=board, voter="a", helix="business", dots={first: 2, second: 1})
    give_dots(workshop=board, voter="a", helix="business", dots={first: 1, second: 2})
    give_dots(workshop=board, voter="b", helix="academia", dots={second: 2})
    assert dots_given(board, "a") == {first: 1, second: 2}
    with pytest.raises(errors.DotsNotOpen):
        results_of(board)
    result = close_dots(by=None, workshop=board)
    assert result.raw == (1, 4, 0)
    assert result.balanced == (Fraction(1, 6), Fraction(5, 6), 0)
    with pytest.raises(errors.DotsNotOpen):
        give_dots(workshop=board, voter="c", helix="business", dots={first: 1})
    with pytest.raises(errors.DotsNotOpen):
        give_dots(workshop=board, voter="c", helix="business", dots={})


@pytest.mark.django_db
@pytest.mark.parametrize("dots", [(3, 0, 0), (2, 2, 0), (2, 1, 1)])
def test_more_dots_than_one_has_are_refused_and_the_old_ones_stay(board, dots) -> None:
    themes = themes_of(board)
    give_dots(workshop=board, voter="a", helix="business", dots={themes[2]: 1})
    with pytest.raises(errors.TooManyDots):
        give_dots(
            workshop=board,
            voter="a",
            helix="business",
            dots=dict(zip(themes, dots, strict=True)),
        )
    assert dots_given(board, "a") == {themes[2]: 1}


@pytest.mark.django_db
def test_the_database_counts_and_keeps_them(board, city) -> None:
    themes = themes_of(board)
    ballot = DotBallot.objects.create(workshop=board, voter="x")
    Dots.objects.create(ballot=ballot, theme_id=themes[0], number=2)
    for theme, number in ((themes[1], 2), (themes[1], 3)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Dots.objects.create(ballot=ballot, theme_id=theme, number=number)
    other = make_workshop(board.process, state="running")
    strange = add_theme(by=None, workshop=other, names={"kk": "а", "ru": "а"})
    with pytest.raises(DatabaseError, match="not of workshop"), transaction.atomic():
        Dots.objects.create(ballot=ballot, theme=strange, number=1)
    close_dots(by=None, workshop=board)
    for act in (Dots.objects.all().delete, partial(Dots.objects.update, number=1)):
        with pytest.raises(DatabaseError, match="not open"), transaction.atomic():
            act()
    for field in ("dots_closed_at", "dots_opened_at"):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(board).objects.filter(pk=board.pk).update(**{field: None})


@pytest.mark.django_db(transaction=True)
def test_two_requests_of_one_participant_at_once(board) -> None:
    themes, start, failures = themes_of(board), threading.Barrier(4), []

    def run(theme: int) -> None:
        try:
            start.wait(30)
            give_dots(workshop=board, voter="a", helix="business", dots={theme: 2})
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[themes[n % 3]]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert sum(dots_given(board, "a").values()) == 2


@pytest.mark.django_db
def test_themes_are_fixed_once_dots_are_open(board) -> None:
    with pytest.raises(errors.DotsGiven):
        add_theme(by=None, workshop=board, names={"kk": "а", "ru": "а"})
    with pytest.raises(errors.WrongTime):
        open_dots(by=None, workshop=board, each=5, a_theme=5)
    empty = make_workshop(board.process, state="running")
    with pytest.raises(errors.NoThemes):
        open_dots(by=None, workshop=empty, each=3, a_theme=1)
