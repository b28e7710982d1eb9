"""The public pages of answers: dates with their reasons, boards, a calculator, the tag."""

import csv
import io

import pytest
import time_machine
from django.test import Client

from participation.models import AnswerDue
from participation.services import create_dossier
from participation.services.answers import (
    change_calendar_day,
    correct_answer,
    pause_clock,
    publish_answer,
    resume_clock,
    send_due_reminders,
)
from tests.participation.answers import at, d, make_body, register, words

LIMIT = 12


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def dossier(cycle):
    return cycle.dossier


def get(client, path: str, status: int = 200) -> str:
    response = client.get(f"/en/answers/{path}")
    assert response.status_code == status
    body = response.streaming_content if response.streaming else [response.content]
    return b"".join(body).decode()


def test_the_page_says_how_the_date_was_counted(client, dossier) -> None:
    with time_machine.travel(at("05-28")):
        due = register(dossier, "05-15")
        page = get(client, f"{due.pk}/")
    assert "1 June 2026" in page
    assert "27 May 2026: Kurban ait, the expected date" in page
    assert "16 May 2026: weekend" in page
    assert "2 working days left" in page
    assert "A law" in page


def test_every_move_of_the_date_is_told_with_its_reason(client, dossier, bob) -> None:
    due = register(dossier, "05-15")
    pause_clock(by=bob, answer_due=due, reason="Which <b>route</b>?", on=d("05-26"))
    assert "stood still since 26 May 2026" in get(client, f"{due.pk}/")
    resume_clock(by=bob, answer_due=due, reason="Route 12", on=d("06-03"))
    page = get(client, f"{due.pk}/")
    assert "Which &lt;b&gt;route&lt;/b&gt;?" in page
    assert "01/06/2026 → 09/06/2026" in page or "01.06.2026 → 09.06.2026" in page
    assert page.count("the clock stood still") >= 6


def test_lateness_stays_on_the_page_and_so_do_old_versions(client, dossier) -> None:
    due = register(dossier, "05-15")
    for day in ("06-08", "06-15", "06-29"):
        send_due_reminders(today=d(day))
    publish_answer(by=None, answer_due=due, words=words(reasoning_kk="**Бірінші**"), on=d("07-02"))
    correct_answer(
        by=None, answer_due=due, words=words("rejected", reasoning_kk="Екінші"), reason="A slip"
    )
    page = get(client, f"{due.pk}/")
    assert "23 working days late" in page
    assert page.index("Екінші") < page.index("<strong>Бірінші</strong>")
    assert "A slip" in page
    assert "escalated to level 3" in page


@time_machine.travel(at("06-03"))
def test_an_overdue_answer_is_on_every_list(client, dossier) -> None:
    due = register(dossier, "05-15")
    for path in ("", "overdue/", f"bodies/{due.addressee_id}/"):
        page = get(client, path)
        assert "Question" in page
        assert "2 working days late" in page
    publish_answer(by=None, answer_due=due, words=words())
    assert "Nothing is overdue" in get(client, "overdue/")
    assert "2 working days late" in get(client, f"bodies/{due.addressee_id}/")


def test_the_figures_of_the_past_stand_beside(client, dossier) -> None:
    body = register(dossier, "05-15").addressee
    for path in ("", f"bodies/{body.pk}/"):
        page = get(client, path).replace("\N{NO-BREAK SPACE}", " ")
        assert "619 comments on 691 draft legal acts" in page
        assert "201 responses: 32.5 %" in page


def test_what_is_not_public_is_on_no_page(client, city) -> None:
    draft = create_dossier(
        kind="budgeting.proposal", territory=city, state="x", path="secret/", wordings=[]
    )
    due = register(draft, "05-15", subjects={"kk": "Құпия", "ru": "Тайна", "en": "Secret"})
    get(client, f"{due.pk}/", 404)
    get(client, f"bodies/{due.addressee_id}/", 404)
    for path in ("", "overdue/", "answers.csv"):
        assert "Secret" not in get(client, path)


def test_the_board_is_a_table_for_anybody(client, dossier) -> None:
    due = register(dossier, "05-15", subjects={"kk": "=1+1", "ru": "Вопрос"})
    register(dossier, "05-15", body=make_body("Other"))
    publish_answer(by=None, answer_due=due, words=words(), on=d("06-02"))
    text = get(client, f"bodies/{due.addressee_id}/answers.csv").removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["due_on"], row["answered_on"], row["days_late"]) == (
        "2026-06-01",
        "2026-06-02",
        "1",
    )
    assert (row["state"], row["disposition"], row["subject_kk"]) == ("late", "accepted", "'=1+1")
    everything = get(client, "answers.csv").removeprefix("\ufeff")
    assert len(list(csv.DictReader(io.StringIO(everything)))) == 2


# --- The calculator -----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("day=16.03.2026&days=10&rule=working", "2 April 2026"),
        ("day=2026-03-16&days=10&rule=working", "2 April 2026"),
        ("day=20.02.2026&days=30&rule=calendar", "26 March 2026"),
        ("day=08.04.2026&days=10&rule=notice", "19 March 2026"),
    ],
)
def test_anybody_can_count(client, query: str, answer: str) -> None:
    assert answer in get(client, f"count/?{query}")


@pytest.mark.django_db
def test_the_calculator_knows_what_was_ordered(client) -> None:
    change_calendar_day(by=None, day=d("05-29"), is_working=False, reason="Order No. 1")
    page = get(client, "count/?day=15.05.2026&days=10&rule=working")
    assert "2 June 2026" in page
    assert "Order No. 1" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["day=&days=10&rule=working", "day=32.01.2026&days=10&rule=working", "day=x&days=y&rule=z",
     "day=15.05.0026&days=10&rule=working", "day=15.05.2026&days=0&rule=working",
     "day=15.05.2026&days=9999999&rule=working"],
)  # fmt: skip
def test_a_slip_in_the_calculator_is_told(client, query: str) -> None:
    page = get(client, f"count/?{query}", 422)
    assert "govuk-error-message" in page


# --- On the page of a dossier -------------------------------------------------------------------


@time_machine.travel(at("06-03"))
def test_a_dossier_shows_its_answers_above_its_text(client, cycle, bob) -> None:
    proposal = cycle.proposals.first()
    overdue = register(proposal.dossier, "05-15", subjects={"kk": "а", "en": "The overdue one"})
    answered = register(proposal.dossier, "05-15", subjects={"kk": "ә", "en": "The answered one"})
    publish_answer(
        by=None, answer_due=answered, words=words(reasoning_en="We will."), on=d("05-29")
    )
    address = f"/en/{proposal.dossier.path}"
    page = client.get(address).content.decode()
    assert "had to answer by 1 June 2026: 2 working days late" in page
    assert page.index("We will.") < page.index("govuk-summary-list")
    assert f"/en/answers/{overdue.pk}/" in page
    assert "register" not in page
    client.force_login(bob)
    assert (
        f"/en/answers/register/{proposal.dossier.reference}/"
        in client.get(address).content.decode()
    )


# --- Costs --------------------------------------------------------------------------------------


def fill(dossier) -> AnswerDue:
    for number in range(15):
        due = register(dossier, "05-15", body=make_body(f"Body {number % 3}"))
        if number % 2:
            publish_answer(by=None, answer_due=due, words=words(), on=d("06-02"))
    return due


@pytest.mark.parametrize("path", ["", "overdue/", "bodies/{body}/", "{due}/", "count/"])
def test_no_page_asks_more_for_more(client, dossier, django_assert_max_num_queries, path) -> None:
    due = fill(dossier)
    address = path.format(body=due.addressee_id, due=due.pk)
    with django_assert_max_num_queries(LIMIT):
        get(client, address)


def test_a_dossier_costs_two_queries_more_however_many_answers(
    client, cycle, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    proposal = cycle.proposals.first()
    address = f"/en/{proposal.dossier.path}"
    client.get(address)
    with CaptureQueriesContext(connection) as without:
        client.get(address)
    fill(proposal.dossier)
    # Their answers, and the calendar because some are overdue.
    with django_assert_num_queries(len(without) + 2):
        client.get(address)
