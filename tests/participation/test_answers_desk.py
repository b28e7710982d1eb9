"""The officers' desk and the organiser's question: filters, bulk, drafts, preview, publication."""

import uuid

import pytest
import time_machine
from django.test import Client

from participation.models import (
    Answer,
    AnswerDraft,
    AnswerDue,
    AnswerTemplate,
    CalendarDay,
    Delivery,
)
from participation.services.answers import (
    add_template,
    assign_answers,
    pause_clock,
    publish_answer,
    save_draft,
)
from participation.services.comments import write_comment
from tests.conftest import make_person
from tests.participation.answers import at, d, make_body, make_officer, make_rules, register, words

FULL = {
    "disposition": "accepted",
    "reasoning_kk": "Қабылданды «шын»",
    "reasoning_ru": "Принято <b>",
    "signed_name": "Марат",
    "signed_post": "Аким",
    "revision": "0",
}


@pytest.fixture
def body(db):
    return make_body()


@pytest.fixture
def officer(body, city):
    return make_officer("Marat", body, city)


@pytest.fixture
def desk(officer):
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def due(cycle, body):
    return register(cycle.dossier, "05-15", body=body)


def post(client, path: str, data, status: int = 302):
    response = client.post(f"/en/answers/{path}", {"form_key": str(uuid.uuid4()), **data})
    assert response.status_code == status, response.content.decode()[-3000:]
    return response


def page(client, path: str) -> str:
    response = client.get(f"/en/answers/{path}")
    assert response.status_code == 200
    return response.content.decode()


# --- The list -----------------------------------------------------------------------------------


@time_machine.travel(at("06-03"))
def test_filters_show_what_they_say_and_can_be_taken_off(cycle, body, officer, desk, city) -> None:
    dana = make_officer("Dana", body, city)
    subjects = {}
    for name, received in (("late", "05-15"), ("soon", "05-22"), ("far", "06-01")):
        subjects[name] = register(
            cycle.dossier, received, body=body, subjects={"kk": name, "en": f"About {name}"}
        )
    paused = register(cycle.dossier, "05-29", body=body, subjects={"kk": "p", "en": "About paused"})
    pause_clock(by=officer, answer_due=paused, reason="Which?")
    done = register(cycle.dossier, "05-29", body=body, subjects={"kk": "d", "en": "About done"})
    publish_answer(by=officer, answer_due=done, words=words())
    other = register(cycle.dossier, "05-15", body=make_body("Other"), subjects={"en": "Not ours"})
    assign_answers(by=officer, answers_due=[subjects["soon"]], to=officer)
    assign_answers(by=officer, answers_due=[subjects["far"]], to=dana)
    expected = {
        "": {"late", "soon", "far", "paused"},
        "state=open": {"late", "soon", "far", "paused"},
        "state=overdue": {"late"},
        "state=soon": {"soon"},
        "state=paused": {"paused"},
        "state=answered": {"done"},
        "assignee=me": {"soon"},
        f"assignee={dana.pk}": {"far"},
        "assignee=nobody": {"late", "paused"},
        "q=ABOUT+L": {"late"},
        f"q={cycle.dossier.reference}&state=overdue": {"late"},
        f"body={body.pk}&state=soon": {"soon"},
        f"body={other.addressee_id}": {"late", "soon", "far", "paused"},
        "state=nonsense&assignee=x": {"late", "soon", "far", "paused"},
    }
    for query, names in expected.items():
        text = page(desk, f"desk/?{query}")
        shown = {
            name for name in ("late", "soon", "far", "paused", "done") if f"About {name}" in text
        }
        assert shown == names, query
        assert "Not ours" not in text
    text = page(desk, "desk/?state=soon&assignee=me&page=1")
    assert 'href="?assignee=me"' in text
    assert 'href="?state=soon"' in text


def test_garbage_in_the_address_breaks_no_desk(due, desk) -> None:
    for name in ("q", "state", "assignee", "body", "page"):
        for value in (
            "%00",
            "%FF%FE",
            "9" * 30,
            "-1",
            "'%22%3Cscript%3E",
            "%D1%88" * 2000,
            "%D9%A1",
        ):
            response = desk.get(f"/en/answers/desk/?{name}={value}")
            assert response.status_code in (200, 400), (name, value)


def test_many_are_handed_over_at_once(cycle, body, officer, desk, city) -> None:
    dana = make_officer("Dana", body, city)
    dues = [register(cycle.dossier, "05-15", body=body) for _ in range(3)]
    key = str(uuid.uuid4())
    data = {"form_key": key, "due": [due.pk for due in dues[:2]], "to": dana.pk}
    response = post(desk, "desk/assign/?state=open", data)
    assert response.url == "/en/answers/desk/?state=open"
    assert AnswerDue.objects.filter(assignee=dana).count() == 2
    post(desk, "desk/assign/", {**data, "to": ""})  # the same form again
    assert AnswerDue.objects.filter(assignee=dana).count() == 2
    post(desk, "desk/assign/", {"due": [dues[0].pk], "to": ""})
    assert AnswerDue.objects.filter(assignee=dana).count() == 1


def test_what_is_not_ours_is_not_handed_over(cycle, body, officer, desk, alice) -> None:
    ours = register(cycle.dossier, "05-15", body=body)
    theirs = register(cycle.dossier, "05-15", body=make_body("Other"))
    for data in ({"due": [theirs.pk], "to": officer.pk}, {"due": [ours.pk], "to": alice.pk}, {}):
        response = post(desk, "desk/assign/", data, 422)
        assert b"govuk-error-summary" in response.content
    assert not AnswerDue.objects.filter(assignee__isnull=False).exists()


def test_the_desk_asks_no_more_for_more(cycle, body, desk, django_assert_max_num_queries) -> None:
    for _ in range(20):
        register(cycle.dossier, "05-15", body=body)
    with django_assert_max_num_queries(12):
        page(desk, "desk/")


# --- One answer ---------------------------------------------------------------------------------


def test_a_draft_is_kept_on_the_server_and_shared(due, desk, body, city) -> None:
    path = f"desk/{due.pk}/"
    post(desk, path, {"step": "save", "reasoning_kk": "Жартысы", "revision": "0"})
    colleague = Client()
    colleague.force_login(make_officer("Dana", body, city))
    assert "Жартысы" in page(colleague, path)
    post(desk, path, {"step": "save", "reasoning_kk": "Жартысы", "revision": "0"})  # sent again
    assert AnswerDraft.objects.get().revision == 1
    response = post(
        colleague, path, {"step": "save", "reasoning_kk": "Басқа", "revision": "0"}, 422
    )
    text = response.content.decode()
    assert "Басқа" in text
    assert 'name="revision" value="1"' in text
    assert AnswerDraft.objects.get().reasoning_kk == "Жартысы"
    post(colleague, path, {"step": "save", "reasoning_kk": "Басқа", "revision": "1"})
    assert AnswerDraft.objects.get().reasoning_kk == "Басқа"


def test_a_draft_is_not_public(due, desk, officer) -> None:
    save_draft(by=officer, answer_due=due, revision=0, reasoning_kk="Жартысы")
    for path in (f"{due.pk}/", "", f"bodies/{due.addressee_id}/", "answers.csv"):
        response = Client().get(f"/en/answers/{path}")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert "Жартысы" not in content.decode()


def test_preview_then_publication(due, desk) -> None:
    path = f"desk/{due.pk}/"
    key = str(uuid.uuid4())
    data = {"form_key": key, **FULL}
    preview = post(desk, path, {**data, "step": "preview"}, 200).content.decode()
    assert "Қабылданды «шын»" in preview
    assert "late" in preview
    assert "<b>Принято" not in preview
    assert not Answer.objects.exists()
    back = post(desk, path, {**data, "step": "edit"}, 200).content.decode()
    assert "Қабылданды «шын»" in back
    for _ in range(2):
        response = post(desk, path, {**data, "step": "publish"})
        assert response.url == f"/en/answers/{due.pk}/"
    assert Answer.objects.get().reasoning_kk == "Қабылданды «шын»"
    assert desk.get(f"/en/answers/{path}").status_code == 302  # answered: leads to the answer


@pytest.mark.parametrize("step", ["preview", "publish"])
@pytest.mark.parametrize("lack", ["disposition", "reasoning_kk", "reasoning_ru", "signed_post"])
def test_what_is_lacking_is_said_beside_its_field(due, desk, step: str, lack: str) -> None:
    data = {**FULL, lack: "", "step": step, "change_reference": "Line 12"}
    text = post(desk, f"desk/{due.pk}/", data, 422).content.decode()
    assert f'href="#id_{lack}' in text
    assert "Line 12" in text
    assert not Answer.objects.exists()


def test_passing_on_needs_a_body_and_only_then(due, desk) -> None:
    path, ministry = f"desk/{due.pk}/", make_body("Ministry")
    data = {**FULL, "step": "publish"}
    post(desk, path, {**data, "disposition": "redirected"}, 422)
    post(desk, path, {**data, "redirected_to": ministry.pk}, 422)
    response = post(
        desk, path, {**data, "disposition": "redirected", "redirected_to": due.addressee_id}, 422
    )
    assert "has had the question already" in response.content.decode()
    post(desk, path, {**data, "disposition": "redirected", "redirected_to": ministry.pk})
    passed = AnswerDue.objects.get(redirected_from=due)
    text = page(desk, f"{due.pk}/")
    assert "Passed on to Ministry, with a date of its own" in text
    assert f"/en/answers/{passed.pk}/" in text


def test_a_template_fills_what_is_empty_and_keeps_what_is_typed(due, desk, body) -> None:
    template = add_template(
        organisation=None,
        name="Common",
        disposition="done",
        reasoning_kk="Үлгі",
        reasoning_ru="Образец",
    )
    foreign = add_template(
        organisation=make_body("Other"),
        name="Foreign",
        disposition="done",
        reasoning_kk="Бөтен",
        reasoning_ru="Чужой",
    )
    data = {"step": "template", "template": template.pk, "reasoning_kk": "Өзім", "revision": "0"}
    text = post(desk, f"desk/{due.pk}/", data, 200).content.decode()
    assert "Өзім" in text
    assert "Үлгі" not in text
    assert "Образец" in text
    text = post(desk, f"desk/{due.pk}/", {**data, "template": foreign.pk}, 200).content.decode()
    assert "Чужой" not in text
    assert not AnswerDraft.objects.exists()


def test_a_body_keeps_its_own_templates(desk, body) -> None:
    data = {
        "organisation": body.pk,
        "name": "Thanks",
        "disposition": "done",
        "reasoning_kk": "Рақмет",
        "reasoning_ru": "Спасибо",
    }
    post(desk, "desk/templates/", data)
    assert AnswerTemplate.objects.get().organisation == body
    assert "Рақмет" in page(desk, "desk/templates/")
    post(desk, "desk/templates/", {**data, "organisation": make_body("Other").pk}, 422)


@time_machine.travel(at("05-20"))
def test_the_clock_is_stopped_started_and_extended_with_reasons(cycle, body, desk) -> None:
    due = register(cycle.dossier, "05-15", body=body)
    path = f"desk/{due.pk}/clock/"
    post(desk, path, {"act": "pause", "reason": ""}, 422)
    post(desk, path, {"act": "extend", "reason": "Survey"}, 422)
    response = post(desk, path, {"act": "extend", "working_days": "9", "reason": "Survey"}, 422)
    assert b"allow 5 more" in response.content
    assert b"Survey" in response.content
    post(desk, path, {"act": "extend", "working_days": "2", "reason": "Survey"})
    post(desk, path, {"act": "pause", "reason": "Which route?"})
    text = post(desk, f"desk/{due.pk}/", {**FULL, "step": "publish"}, 422).content.decode()
    assert "The clock stands still" in text
    assert "Start the clock again" in page(desk, path)
    post(desk, path, {"act": "resume", "reason": "Route 12"})
    due.refresh_from_db()
    # Day 3 of 12 was the day of the pause and of its end: it is not counted.
    assert due.due_on == d("06-04")


def test_a_correction_stands_beside_what_it_corrects(due, desk) -> None:
    publish_answer(by=None, answer_due=due, words=words())
    path = f"desk/{due.pk}/correct/"
    assert "Қабылданды." in page(desk, path)
    text = post(desk, path, {**FULL, "reason": ""}, 422).content.decode()
    assert "Қабылданды «шын»" in text
    post(desk, path, {**FULL, "disposition": "rejected", "reason": "A slip"})
    assert [a.disposition for a in Answer.objects.order_by("version")] == ["accepted", "rejected"]


def test_others_see_no_desk(due, officer, city, alice, bob) -> None:
    stranger = make_officer("Nurlan", make_body("Other"), city)
    for person in (alice, bob, stranger):
        client = Client()
        client.force_login(person)
        for path in (f"desk/{due.pk}/", f"desk/{due.pk}/clock/", f"desk/{due.pk}/correct/"):
            assert client.get(f"/en/answers/{path}").status_code == 404
            assert client.post(f"/en/answers/{path}", FULL).status_code == 404
    assert not AnswerDraft.objects.exists()


# --- Asking -------------------------------------------------------------------------------------


def test_an_organiser_asks_a_body(cycle, bob, body, officer) -> None:
    client, rules = Client(), make_rules()
    client.force_login(bob)
    path = f"register/{cycle.dossier.reference}/"
    data = {
        "addressee": body.pk,
        "subject_kk": "Қашан?",
        "subject_ru": "Когда?",
        "received_on": "15.05.2026",
        "ruleset": rules.pk,
    }
    text = post(client, path, {**data, "subject_kk": ""}, 422).content.decode()
    assert "Когда?" in text
    text = post(client, path, {**data, "received_on": "15.05.2098"}, 422).content.decode()
    assert "in the future" in text
    post(client, path, {**data, "addressee": make_body("Firm", "business").pk}, 422)
    key = str(uuid.uuid4())
    for _ in range(2):
        post(client, path, {**data, "form_key": key})
    due = AnswerDue.objects.get()
    assert (due.subject_ru, due.due_on) == ("Когда?", d("06-01"))


def test_rules_that_make_no_sense_are_not_taken(cycle, bob, body) -> None:
    client = Client()
    client.force_login(bob)
    for broken in ({"working_days": 0}, {"working_days": "x"}, {"reminders": [0]}):
        data = {
            "addressee": body.pk,
            "subject_kk": "Қашан?",
            "subject_ru": "Когда?",
            "received_on": "15.05.2026",
            "ruleset": make_rules(**broken).pk,
        }
        response = post(client, f"register/{cycle.dossier.reference}/", data, 422)
        assert b"Correct the rules of answers" in response.content


def test_who_asked_in_a_comment_is_told_of_the_answer(cycle, bob, body, officer, alice) -> None:
    comment = write_comment(
        by=alice, dossier=cycle.dossier, text="When will it be built at last?", page_language="en"
    )
    foreign = write_comment(
        by=alice,
        dossier=cycle.proposals.first().dossier,
        text="Quite another question of mine.",
        page_language="en",
    )
    client = Client()
    client.force_login(bob)
    path = f"register/{cycle.dossier.reference}/"
    assert f'value="{comment.pk}"' in page(client, f"{path}?comment={comment.pk}")
    data = {
        "addressee": body.pk,
        "subject_kk": "Қашан?",
        "subject_ru": "Когда?",
        "received_on": "15.05.2026",
        "ruleset": make_rules().pk,
    }
    for number in (foreign.pk, 987654, "x", "9" * 30):
        post(client, path, {**data, "comment": number}, 422)
    post(client, path, {**data, "comment": comment.pk})
    due = AnswerDue.objects.get()
    assert f"/en/comments/{comment.pk}/" in page(client, f"{due.pk}/")
    publish_answer(by=officer, answer_due=due, words=words())
    told = Delivery.objects.filter(event__kind="answer_published", recipient=alice)
    assert told.exists()


def test_a_page_of_ones_own_leads_officers_to_the_desk(due, desk, alice) -> None:
    text = desk.get("/en/account/").content.decode()
    assert "/en/answers/desk/" in text
    client = Client()
    client.force_login(alice)
    assert "/answers/desk/" not in client.get("/en/account/").content.decode()


def test_an_operator_changes_a_day_and_every_open_date_moves(due, city) -> None:
    operator = make_person("operator@example.org", "Op", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(operator)
    with time_machine.travel(at("05-20")):
        data = {"day": "29.05.2026", "reason": "Order No. 1"}
        response = client.post("/en/operator/participation/calendarday/add/", data)
        assert response.status_code == 302, response.content.decode()[-2000:]
    due.refresh_from_db()
    assert due.due_on == d("06-02")
    day = CalendarDay.objects.get()
    assert not day.is_working
    address = f"/en/operator/participation/calendarday/{day.pk}/"
    response = client.post(f"{address}change/", {"is_working": "on", "reason": "Order No. 2"})
    assert response.status_code == 302
    due.refresh_from_db()
    assert due.due_on == d("06-01")
    assert client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
