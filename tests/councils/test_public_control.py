"""Public control ends in a document, or in a published reason."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts.multilingual import Told
from councils.models import Council, PublicControlAction
from councils.services import control
from councils.services.control import (
    Plan,
    begin_control,
    drop_control,
    finish_control,
    plan_control,
)
from tests.councils.recommending import SAID, WORDS, adopted, draft
from tests.participation.answers import make_body

pytestmark = pytest.mark.django_db
BEGAN, ENDED = date(2026, 6, 1), date(2026, 6, 26)


def planned(council: Council, **changed: object) -> PublicControlAction:
    plan = {"kind": "monitoring", "body": make_body(), "starts_on": BEGAN, "ends_on": ENDED}
    return plan_control(by=None, council=council, wordings=WORDS, plan=Plan(**(plan | changed)))  # type: ignore[arg-type]


def begun(council: Council) -> PublicControlAction:
    return begin_control(by=None, action=planned(council), on=BEGAN)


def finished(council: Council, **changed: object) -> PublicControlAction:
    words = {"final": "conclusion", "number": "3", "ending": SAID, "on": ENDED}
    return finish_control(by=None, action=begun(council), **(words | changed))  # type: ignore[arg-type]


def test_from_plan_to_document(council: Council) -> None:
    found = finished(council)
    assert (found.state, found.final, found.ended_on) == ("finished", "conclusion", ENDED)
    assert found.dossier.state == "finished"
    page = Client().get("/en/councils/astana/control/1/").content.decode()
    assert "Conclusion № 3" in page
    assert "In English" in page
    assert Client().get("/en/councils/astana/control/").status_code == 200


def test_it_ends_without_a_document_only_for_a_reason(council: Council) -> None:
    action = planned(council)
    with pytest.raises(control.EndingMissing):
        drop_control(by=None, action=action, reason=Told("Бар", ""))
    assert drop_control(by=None, action=action, reason=SAID).state == "dropped"
    with pytest.raises(control.OverAlready):
        drop_control(by=None, action=action, reason=SAID)


def test_what_it_refuses(council: Council) -> None:
    with pytest.raises(control.NotAStateBody):
        planned(council, body=make_body("Firm", "business"))
    with pytest.raises(control.DatesTurned):
        planned(council, ends_on=date(2026, 5, 1))
    with pytest.raises(control.NotUnderWay):
        finish_control(
            by=None, action=planned(council), final="protocol", number="", ending=SAID, on=ENDED
        )
    with pytest.raises(control.NotPlanned):
        begin_control(by=None, action=begun(council))
    for day in (date(2026, 5, 1), date(2999, 1, 1)):
        with pytest.raises(control.DayNotPossible):
            finished(council, on=day)


def test_a_recommendation_as_its_document_is_the_councils_own(council: Council) -> None:
    with pytest.raises(control.RecommendationNotAdopted):
        finished(council, final="recommendation")
    with pytest.raises(control.RecommendationNotAdopted):
        finished(council, final="recommendation", recommendation=draft(council))
    found = finished(council, final="recommendation", recommendation=adopted(council))
    assert found.dossier.links_out.get().target == found.recommendation.dossier  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE councils_publiccontrolaction SET ending_ru = 'other'",
        "UPDATE councils_publiccontrolaction SET state = 'under_way', ended_on = NULL, final = ''",
        "DELETE FROM councils_publiccontrolaction",
    ],
)
def test_how_it_ended_stays(council: Council, statement: str) -> None:
    finished(council)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_raw_sql_ends_it_without_words(council: Council) -> None:
    begun(council)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE councils_publiccontrolaction SET state = 'finished', ended_on = '2026-06-26'"
        )
