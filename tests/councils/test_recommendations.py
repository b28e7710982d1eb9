"""Recommendations: from words at a hearing to an act, to the day, and what nobody can skip."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from councils.models import (
    Council,
    RecommendationEvidence,
)
from councils.recommendation_state import state_after_delivery
from councils.services.recommendations import (
    add_evidence,
    adopt_recommendation,
    close_unanswered,
    deliver_recommendation,
    draft_recommendation,
    errors,
    remove_evidence,
    rewrite_recommendation,
)
from participation.models import AnswerDue, JournalEntry
from participation.services import first_broken_entry
from participation.services.answers import (
    correct_answer,
    pause_clock,
    publish_answer,
    register_answer_due,
    resume_clock,
    send_due_reminders,
)
from participation.services.answers.errors import AnswerIncomplete, NotAStateBody
from tests.councils.making import make_council
from tests.councils.recommending import (
    DELIVERED,
    PAPER,
    VOTED,
    WORDS,
    adopted,
    delivered,
    draft,
    due_of,
    fresh,
    make_motion,
    raw,
)
from tests.participation.answers import d, make_body, words

pytestmark = pytest.mark.django_db


# --- The state, computed ------------------------------------------------------------------------

ANSWERS = ["accepted", "in_part", "rejected", "redirected", "done", None]


@pytest.mark.parametrize(
    ("dispositions", "more", "state"),
    [
        ([None], {}, "delivered"),
        (["accepted", None], {"has_act": True}, "delivered"),
        (["redirected", None], {}, "delivered"),
        ([None], {"is_closed": True}, "closed_unanswered"),
        (["accepted"], {"is_closed": True}, "answered"),
        (["accepted"], {}, "answered"),
        (["accepted", "rejected"], {}, "answered"),
        (["in_part"], {"has_commitment": True}, "in_implementation"),
        (["rejected"], {"has_commitment": False}, "rejected"),
        (["redirected", "rejected"], {}, "rejected"),
        (["rejected"], {"has_act": True}, "implemented"),
        (["done", "done"], {}, "implemented"),
        (["accepted"], {"has_commitment": True, "is_all_done": True}, "implemented"),
    ],
)
def test_the_state_follows_from_what_was_said(
    dispositions: list[str | None], more: dict[str, bool], state: str
) -> None:
    assert state_after_delivery(dispositions, **more) == state


@given(st.lists(st.sampled_from(ANSWERS), min_size=1), st.booleans(), st.booleans(), st.booleans())
def test_silence_is_never_an_answer(
    dispositions: list[str | None], has_act: bool, is_closed: bool, has_commitment: bool
) -> None:
    state = state_after_delivery(
        dispositions, has_act=has_act, is_closed=is_closed, has_commitment=has_commitment
    )
    assert (None in dispositions) == (state in ("delivered", "closed_unanswered"))


# --- Draft and adoption -------------------------------------------------------------------------


def test_a_draft_is_seen_by_nobody_else_and_changes(council: Council) -> None:
    found = draft(council)
    assert (found.number, found.dossier.path) == (1, "councils/astana/recommendations/1/")
    assert found.dossier.published_at is None
    rewrite_recommendation(recommendation=found, wordings=WORDS[:2], docket=None)
    assert set(found.dossier.texts.values_list("language", flat=True)) == {"kk", "ru"}
    remove_evidence(evidence=found.evidence.get())
    assert not found.evidence.exists()


def test_only_what_the_council_voted_for_is_adopted(council: Council) -> None:
    found = draft(council)
    with pytest.raises(errors.MotionNotAdopted):
        adopt_recommendation(
            by=None, recommendation=found, motion=make_motion(council, state="rejected")
        )
    other = make_council(council.dossier.territory, slug="other")
    with pytest.raises(errors.MotionNotAdopted):
        adopt_recommendation(by=None, recommendation=found, motion=make_motion(other))
    assert fresh(found).state == "draft"


def test_what_rests_on_nothing_is_not_adopted(council: Council) -> None:
    found = draft_recommendation(by=None, council=council, wordings=WORDS)
    with pytest.raises(errors.EvidenceMissing):
        adopt_recommendation(by=None, recommendation=found, motion=make_motion(council))


def test_adoption_publishes_and_freezes(council: Council) -> None:
    motion = make_motion(council)
    found = adopt_recommendation(by=None, recommendation=draft(council), motion=motion)
    assert (found.state, found.adopted_on) == ("adopted", VOTED)
    assert found.dossier.published_at is not None
    assert found.dossier.state == "adopted"
    assert found.dossier.links_in.get().source == motion.item.meeting.dossier
    with pytest.raises(errors.NotADraft):
        rewrite_recommendation(recommendation=found, wordings=WORDS, docket=None)
    with pytest.raises(errors.NotADraft):
        remove_evidence(evidence=found.evidence.get())
    entry = JournalEntry.objects.get(kind="councils.recommendation_adopted")
    assert "text_sha256" in entry.body


def test_lines_of_minutes_may_come_later(council: Council) -> None:
    found = adopted(council)
    add_evidence(by=None, recommendation=found, proof=PAPER)
    assert found.evidence.count() == 2
    assert JournalEntry.objects.filter(kind="councils.evidence_added").count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE councils_recommendation SET state = 'draft'",
        "UPDATE councils_recommendation SET motion_id = NULL",
        "UPDATE councils_recommendation SET adopted_on = '2020-01-01'",
        "UPDATE councils_recommendation SET number = 9",
        "UPDATE councils_recommendation SET state = 'implemented', delivered_on = '2026-05-15'",
        "DELETE FROM councils_recommendationevidence",
        "UPDATE councils_recommendationevidence SET text = 'other'",
        "DELETE FROM councils_recommendation",
    ],
)
def test_what_was_adopted_stays_in_the_database(council: Council, statement: str) -> None:
    adopted(council)
    with pytest.raises(DatabaseError):
        raw(statement)


def test_no_raw_sql_adopts_without_a_vote(council: Council) -> None:
    found = draft(council)
    motion = make_motion(council, state="rejected")
    with pytest.raises(DatabaseError, match="a motion that its council adopted"):
        raw(
            "UPDATE councils_recommendation SET state = 'adopted', motion_id = %s,"
            " adopted_on = '2026-05-14' WHERE id = %s",
            motion.pk,
            found.pk,
        )
    with pytest.raises(DatabaseError, match="begins as a draft"):
        raw(
            "INSERT INTO councils_recommendation (dossier_id, council_id, number, state,"
            " closing_reason, motion_id, adopted_on)"
            " SELECT dossier_id, council_id, 77, 'adopted', '', %s, now() FROM"
            " councils_recommendation",
            motion.pk,
        )


# --- Delivery and answers (I12, I13, I14) -------------------------------------------------------


def test_whoever_gets_it_owes_an_answer_in_ten_working_days(council: Council) -> None:
    found = delivered(council, bodies=[make_body("A"), make_body("B"), make_body("A")])
    dues = list(found.dossier.answers_due.order_by("pk"))
    assert [due.addressee.name_ru for due in dues] == ["A", "B"]
    assert {due.due_on for due in dues} == {d("06-01")}  # 27 May is Kurban ait
    assert {due.length for due in dues} == {10}
    assert dues[0].subject_ru == "Изменить остановки"
    assert (found.state, found.delivered_on) == ("delivered", DELIVERED)


def test_what_delivery_refuses(council: Council) -> None:
    body = make_body()
    with pytest.raises(errors.NotAdopted):
        deliver_recommendation(by=None, recommendation=draft(council), bodies=[body])
    found = adopted(council)
    with pytest.raises(errors.NoBody):
        deliver_recommendation(by=None, recommendation=found, bodies=[])
    with pytest.raises(NotAStateBody):
        deliver_recommendation(
            by=None, recommendation=found, bodies=[make_body("Firm", "business")], on=DELIVERED
        )
    for day in (date(2026, 5, 13), date(2999, 1, 1)):
        with pytest.raises(errors.DayNotPossible):
            deliver_recommendation(by=None, recommendation=found, bodies=[body], on=day)
    assert not AnswerDue.objects.exists()


def test_no_raw_sql_delivers_without_a_duty(council: Council) -> None:
    found = adopted(council)
    with pytest.raises(DatabaseError, match="owes an answer"):
        raw(
            "UPDATE councils_recommendation SET state = 'delivered', delivered_on = '2026-05-15'"
            " WHERE id = %s",
            found.pk,
        )


@pytest.mark.parametrize("state", ["answered", "in_implementation", "implemented", "rejected"])
def test_no_raw_sql_makes_silence_an_answer(council: Council, state: str) -> None:
    found = delivered(council)
    with pytest.raises(DatabaseError, match="only an answer answers"):
        raw("UPDATE councils_recommendation SET state = %s WHERE id = %s", state, found.pk)
    with pytest.raises(DatabaseError):
        raw("UPDATE participation_answerdue SET answered_on = '2026-05-20', days_taken = 1,"
            " days_late = 0")  # fmt: skip
    with pytest.raises(DatabaseError):
        raw("DELETE FROM participation_answerdue")


def test_a_rejection_needs_reasons_and_a_redirect_a_body(council: Council) -> None:
    found = delivered(council)
    due = due_of(found)
    with pytest.raises(AnswerIncomplete):
        publish_answer(by=None, answer_due=due, words=words("rejected", reasoning_ru=" "))
    with pytest.raises(AnswerIncomplete):
        publish_answer(by=None, answer_due=due, words=words("redirected"))
    with pytest.raises(DatabaseError):
        raw(
            "INSERT INTO participation_answer (answer_due_id, version, correction_reason,"
            " responded_on, published_at, disposition, reasoning_kk, reasoning_ru, reasoning_en,"
            " change_reference, signed_name, signed_post)"
            " VALUES (%s, 1, '', '2026-05-20', now(), 'rejected', '', '', '', '', 'x', 'y')",
            due.pk,
        )
    assert fresh(found).state == "delivered"


def test_passing_it_on_gives_the_named_body_its_own_clock(council: Council) -> None:
    found = delivered(council)
    other = make_body("Other body")
    publish_answer(
        by=None,
        answer_due=due_of(found),
        words=words("redirected", redirected_to=other),
        on=d("05-20"),
    )
    assert fresh(found).state == "delivered"
    passed = found.dossier.answers_due.get(addressee=other)
    assert passed.received_on == d("05-20")
    publish_answer(by=None, answer_due=passed, words=words("accepted"), on=d("05-25"))
    assert fresh(found).state == "answered"
    assert fresh(found).dossier.state == "answered"


def test_two_bodies_both_have_to_answer(council: Council) -> None:
    found = delivered(council, bodies=[make_body("A"), make_body("B")])
    first, second = found.dossier.answers_due.order_by("pk")
    publish_answer(by=None, answer_due=first, words=words("rejected"), on=d("05-20"))
    assert fresh(found).state == "delivered"
    publish_answer(by=None, answer_due=second, words=words("rejected"), on=d("05-21"))
    assert fresh(found).state == "rejected"
    correct_answer(
        by=None, answer_due=second, words=words("accepted"), reason="Қате", on=d("05-22")
    )
    assert fresh(found).state == "answered"


def test_asking_another_body_later_opens_it_again(council: Council) -> None:
    found = delivered(council)
    due = due_of(found)
    publish_answer(by=None, answer_due=due, words=words(), on=d("05-20"))
    register_answer_due(
        by=None,
        dossier=found.dossier,
        addressee=make_body("B"),
        ruleset=due.ruleset,
        subjects={"ru": "Ещё"},
        received_on=d("05-21"),
    )
    assert fresh(found).state == "delivered"


# --- The spring of 2026, to the day -------------------------------------------------------------


def test_reminder_pause_lateness_and_escalation_to_the_day(council: Council) -> None:
    on_time, paused, silent = (delivered(council) for _ in range(3))
    pause_clock(by=None, answer_due=due_of(paused), reason="Нақтылау", on=d("05-26"))
    assert send_due_reminders(today=d("05-25")) == 0
    assert send_due_reminders(today=d("05-26")) == 2
    publish_answer(by=None, answer_due=due_of(on_time), words=words(), on=d("06-01"))
    resume_clock(by=None, answer_due=due_of(paused), reason="Жауап", on=d("06-03"))
    assert due_of(paused).due_on == d("06-09")
    send_due_reminders(today=d("06-04"))
    publish_answer(by=None, answer_due=due_of(paused), words=words(), on=d("06-08"))
    assert due_of(silent).state_on(d("06-01")) == AnswerDue.State.RUNNING
    assert due_of(silent).state_on(d("06-02")) == AnswerDue.State.OVERDUE
    sent = {
        day: send_due_reminders(today=d(day))
        for day in ("06-05", "06-08", "06-12", "06-15", "06-26", "06-29", "06-30")
    }
    assert [day for day, number in sent.items() if number] == ["06-08", "06-15", "06-29"]
    reminders = due_of(silent).reminders.order_by("sent_on")
    assert [(row.step, row.level) for row in reminders] == [(-3, 0), (5, 1), (10, 2), (20, 3)]
    publish_answer(by=None, answer_due=due_of(silent), words=words(), on=d("07-02"))
    assert [due_of(one).days_late for one in (on_time, paused, silent)] == [0, 0, 23]
    assert first_broken_entry() is None


def test_closing_unanswered_waits_for_the_last_escalation(council: Council) -> None:
    found = delivered(council)
    with pytest.raises(errors.ReasonMissing):
        close_unanswered(by=None, recommendation=found, reason=" ", on=d("06-29"))
    with pytest.raises(errors.TooEarlyToClose):
        close_unanswered(by=None, recommendation=found, reason="Үнсіз", on=d("06-26"))
    closed = close_unanswered(by=None, recommendation=found, reason="Үнсіз", on=d("06-29"))
    assert closed.state == "closed_unanswered"
    assert due_of(found).answered_on is None
    with pytest.raises(DatabaseError):
        raw("UPDATE councils_recommendation SET closing_reason = 'other'")
    publish_answer(by=None, answer_due=due_of(found), words=words(), on=d("07-02"))
    late = fresh(found)
    assert (late.state, late.closed_on) == ("answered", d("06-29"))
    with pytest.raises(errors.NothingToClose):
        close_unanswered(by=None, recommendation=found, reason="Үнсіз", on=d("07-03"))


def test_evidence_can_be_found(council: Council) -> None:
    found = draft(council)
    with pytest.raises(DatabaseError), transaction.atomic():
        RecommendationEvidence.objects.create(recommendation=found, kind="minutes", text="Сөз")
