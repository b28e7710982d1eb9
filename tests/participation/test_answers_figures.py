"""Boards: shares with exact numbers, and the figures of the past beside them."""

from fractions import Fraction

import pytest
import time_machine

from participation.answer_figures import BASELINE, Figures, board, figures_of
from participation.models import AnswerDue
from participation.services.answers import pause_clock, publish_answer
from participation.templatetags.kenes import number, percent
from tests.participation.answers import at, d, make_body, register, words


def test_the_figures_of_the_past() -> None:
    assert round(BASELINE.comments_a_draft, 3) == Fraction("0.896")
    assert percent(BASELINE.answered_share, 1) == "32.5\N{NO-BREAK SPACE}%"
    assert number(BASELINE.comments_a_draft) == "0.90"


def test_five_of_six() -> None:
    figures = Figures(total=6, answered=6, on_time=5)
    assert percent(figures.on_time_share, 1) == "83.3\N{NO-BREAK SPACE}%"
    assert (figures.late, figures.waiting) == (1, 0)


def test_silence_does_not_help() -> None:
    silent = Figures(total=6, answered=5, on_time=5, overdue=1)
    assert silent.on_time_share == Figures(total=6, answered=6, on_time=5).on_time_share
    assert Figures(total=1).on_time_share is None  # its day has not come
    assert Figures().answered_share is None


@time_machine.travel(at("06-03"))
def test_the_board_counts_each_body(cycle) -> None:
    one, two = make_body("One"), make_body("Two")
    answered = {"05-20": 3, "05-29": 9, "06-02": 11}
    for day in answered:
        due = register(cycle.dossier, "05-15", body=one)
        publish_answer(by=None, answer_due=due, words=words(), on=d(day))
    register(cycle.dossier, "05-15", body=two)  # overdue
    register(cycle.dossier, "06-01", body=two)
    paused = register(cycle.dossier, "05-15", body=two)
    pause_clock(by=None, answer_due=paused, reason="Which?", on=d("05-26"))
    today = d("06-03")
    first, second = board(today)
    assert [first.organisation, second.organisation] == [two, one]  # most overdue first
    assert second.figures == Figures(
        total=3, answered=3, on_time=2, overdue=0, paused=0, median_days=9.0, waiting_since=None
    )
    assert first.figures == Figures(
        total=3, overdue=1, paused=1, median_days=None, waiting_since=d("05-15")
    )
    whole = figures_of(AnswerDue.objects.public(), today)
    assert (whole.total, whole.median_days) == (6, 9.0)
    assert whole.on_time_share == Fraction(100 * 2, 4)


@pytest.mark.django_db
def test_a_board_without_a_body_is_empty() -> None:
    assert board(d("06-03")) == []
    assert figures_of(AnswerDue.objects.public(), d("06-03")) == Figures()
