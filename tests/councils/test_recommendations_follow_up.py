"""What comes of an answer: promises, news and acts that stay; and answers that race."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import DatabaseError, connections, transaction

from accounts.multilingual import Told
from councils.models import (
    Commitment,
    Council,
)
from councils.services.dockets import open_docket
from councils.services.recommendations import (
    add_act,
    add_commitment,
    add_update,
    errors,
)
from participation.models import AnswerDue
from participation.services import first_broken_entry
from participation.services.answers import (
    publish_answer,
)
from tests.councils.recommending import (
    SAID,
    WORDS,
    adopted,
    delivered,
    due_of,
    fresh,
    raw,
)
from tests.participation.answers import d, make_body, words

pytestmark = pytest.mark.django_db


# --- Promises, news, acts


def test_promises_news_and_an_act(council: Council) -> None:
    found = delivered(council)
    due = due_of(found)
    with pytest.raises(errors.NotAnsweredYet):
        add_commitment(
            by=None, recommendation=found, answer_due=due, text=SAID, due_on=d("09-30"),
            on=d("05-20"),
        )  # fmt: skip
    publish_answer(by=None, answer_due=due, words=words(), on=d("05-28"))
    promise = add_commitment(
        by=None, recommendation=found, answer_due=due, text=SAID, due_on=d("09-30"), on=d("05-28")
    )
    assert fresh(found).state == "in_implementation"
    add_update(by=None, recommendation=found, kind="progress", text=SAID, on=d("07-01"))
    assert fresh(found).state == "in_implementation"
    add_update(
        by=None, recommendation=found, kind="done", text=SAID, commitment=promise, on=d("09-01")
    )
    assert fresh(found).state == "implemented"


def test_an_act_proves_it_and_stands_once(council: Council) -> None:
    found = delivered(council)
    publish_answer(by=None, answer_due=due_of(found), words=words(), on=d("05-28"))

    def adopt() -> None:
        add_act(
            by=None,
            recommendation=found,
            body=make_body(),
            number="№ 107-2316",
            name=SAID,
            adopted_on=d("09-14"),
        )

    adopt()
    assert fresh(found).state == "implemented"
    with pytest.raises(errors.ActKnown):
        adopt()
    assert found.acts.count() == 1


def test_what_follow_up_refuses(council: Council) -> None:
    early = adopted(council)
    with pytest.raises(errors.NotDelivered):
        add_update(by=None, recommendation=early, kind="done", text=SAID)
    found = delivered(council)
    with pytest.raises(errors.TextsMissing):
        add_update(by=None, recommendation=found, kind="done", text=Told("Бар", ""))
    for day in (d("05-14"), date(2999, 1, 1)):
        with pytest.raises(errors.DayNotPossible):
            add_update(by=None, recommendation=found, kind="done", text=SAID, on=day)
    publish_answer(by=None, answer_due=due_of(found), words=words(), on=d("05-28"))
    with pytest.raises(errors.DatesTurned):
        add_commitment(
            by=None,
            recommendation=found,
            answer_due=due_of(found),
            text=SAID,
            due_on=d("05-20"),
            on=d("05-28"),
        )


@pytest.mark.parametrize("table", ["commitment", "implementationupdate", "legalact"])
def test_what_was_published_is_never_rewritten(council: Council, table: str) -> None:
    found = delivered(council)
    due = due_of(found)
    publish_answer(by=None, answer_due=due, words=words(), on=d("05-28"))
    add_commitment(
        by=None, recommendation=found, answer_due=due, text=SAID, due_on=d("09-30"), on=d("05-28")
    )
    add_update(by=None, recommendation=found, kind="late", text=SAID, on=d("07-01"))
    add_act(
        by=None,
        recommendation=found,
        body=make_body(),
        number="1",
        name=SAID,
        adopted_on=d("07-02"),
    )
    for statement in (
        f"DELETE FROM councils_{table}",
        f"UPDATE councils_{table} SET id = id + 100",
    ):
        with pytest.raises(DatabaseError, match="append-only"):
            raw(statement)


def test_a_promise_belongs_to_an_answer_of_the_same_recommendation(council: Council) -> None:
    found, other = delivered(council), delivered(council)
    publish_answer(by=None, answer_due=due_of(other), words=words(), on=d("05-28"))
    for due in (due_of(found), due_of(other)):
        with pytest.raises(DatabaseError, match="belongs to its delivery"), transaction.atomic():
            Commitment.objects.create(
                recommendation=found,
                answer_due=due,
                promised_on=d("05-28"),
                due_on=d("09-30"),
                text_kk="А",
                text_ru="А",
            )


# --- Races


@pytest.mark.django_db(transaction=True)
def test_two_bodies_answer_at_once(council: Council) -> None:
    """The last one to commit sees both answers; neither waits for the other's journal entry."""
    found = delivered(council, bodies=[make_body("A"), make_body("B")])
    dues = list(found.dossier.answers_due.order_by("pk"))

    def answer(due: AnswerDue) -> None:
        try:
            publish_answer(by=None, answer_due=due, words=words("rejected"), on=d("05-20"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(answer, dues))
    assert fresh(found).state == "rejected"
    assert first_broken_entry() is None


@pytest.mark.django_db(transaction=True)
def test_numbers_of_matters_have_no_gaps_in_a_race(council: Council) -> None:
    def open_one(_: int) -> int:
        try:
            return open_docket(by=None, council=council, kind="report", wordings=WORDS).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(open_one, range(4))) == [1, 2, 3, 4]
