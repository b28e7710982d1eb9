"""The pages of a Delphi study: the panellist's, everybody's, the organiser's; and erasure."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import erase_person
from edp import personal_data_of_panels
from edp.models import DelphiRating, DelphiStudy, DiscoveryProcess
from edp.reports import delphi_report
from edp.services.delphi.rounds import close_round
from edp.services.delphi.studies import begin_study, parameters_of
from participation.models import SentForm
from tests.conftest import as_restore, make_person
from tests.edp.test_delphi_studies import ROUNDS, SIZE, answer, begin_round, hold, make_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(process: DiscoveryProcess) -> list[User]:
    with as_restore():
        process.ruleset.data = {"delphi": {"max_rounds": 4}}
        process.ruleset.save()
    return [make_person(f"p{n}@example.org", f"Panellist {n}") for n in range(SIZE)]


@pytest.fixture
def study(process: DiscoveryProcess, panel: list[User]) -> DelphiStudy:
    return begin_study(by=None, study=make_study(process, panel))


def page(name: str, *args: Any) -> str:
    return reverse(f"edp:{name}", args=["zhambyl", *args])


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def key() -> dict[str, str]:
    return {"form_key": str(uuid4())}


def test_a_panellist_rates_and_changes(study: DelphiStudy, panel: list[User]) -> None:
    client, address = signed_in(panel[0]), page("delphi-rate", 1)
    assert "No round is open now." in client.get(address).content.decode()
    assert client.post(address, {"value-1": "7"}).status_code == 422
    begin_round(study)
    for value in ("3", "4"):
        answer_ = client.post(address, {"value-1": value, "reason-1": "Жол алыс <b>"})
        assert answer_.status_code == 302
    assert [row.value for row in DelphiRating.objects.all()] == [4]
    wrong = client.post(address, {"value-1": "10", "reason-1": "Жол алыс <b>"})
    assert wrong.status_code == 422
    assert "Жол алыс &lt;b&gt;" in wrong.content.decode()
    # Nothing that names the person was written beside the rating.
    assert not SentForm.objects.exists()


def test_the_second_round_shows_the_panel_and_asks_for_reasons(
    study: DelphiStudy, panel: list[User]
) -> None:
    begin_round(study)
    answer(study, panel, ROUNDS[0]["ratings"], reason="Because of the road.")
    close_round(by=None, study=study)
    begin_round(study)
    client, address = signed_in(panel[0]), page("delphi-rate", 1)
    told = client.get(address).content.decode()
    assert "Half of the panel lies between 5.0 and 8.0; the median is 7.0." in told
    assert "Your last rating: 3." in told
    assert "Because of the road." in told
    outside = client.post(address, {"value-1": "2"})
    assert set(outside.context["form"].errors) == {"reason-1"}
    assert client.post(address, {"value-1": "2", "silent-1": "on"}).status_code == 302
    assert client.post(address, {"value-1": "6"}).status_code == 302


def test_what_the_panel_holds_is_told_at_the_end(
    study: DelphiStudy, panel: list[User], organiser: User
) -> None:
    begin_round(study)
    answer(study, panel, ROUNDS[0]["ratings"], reason="Secret until the end.")
    close_round(by=None, study=study)
    for client in (Client(), signed_in(organiser)):
        for name in ("delphi-detail", "delphi-list"):
            args = (1,) if name == "delphi-detail" else ()
            told = client.get(page(name, *args)).content.decode()
            assert "Secret until the end." not in told
            assert "Median" not in told
    assert "Secret" not in signed_in(organiser).get(page("delphi-organise", 1)).content.decode()
    assert Client().get(page("delphi-ratings", 1)).status_code == 404
    for told in ROUNDS[1:3]:
        hold(study, panel, told["ratings"])
    begin_round(study)
    answer(study, panel, ROUNDS[3]["ratings"], reason="At last.")
    close_round(by=None, study=study)
    told = Client().get(page("delphi-detail", 1)).content.decode()
    for words in ("Consensus", "36.4", "27.3", "9.1", "At last.", "stable"):
        assert words in told
    table = Client().get(page("delphi-ratings", 1)).content.decode()
    (again,) = delphi_report(table, parameters_of(study))["statements"]
    assert again["stop"] == "stable"
    assert [str(row["change"]) for row in again["rounds"][1:]] == ["4/11", "3/11", "1/11"]


def test_an_organiser_prepares_invites_begins_and_closes(
    process: DiscoveryProcess, organiser: User
) -> None:
    client = signed_in(organiser)
    data = {**key(), "title_kk": "Гипс", "title_ru": "Гипс"}
    data |= {"said_1_kk": "Болады", "said_2_kk": "x"}
    wrong = client.post(page("delphi-create"), data)
    assert set(wrong.context["form"].errors) == {"said_1_ru", "said_2_ru"}
    data |= {"said_1_ru": "Будет", "said_2_ru": "и"}
    assert client.post(page("delphi-create"), data)["Location"] == page("delphi-organise", 1)
    for n in range(8):
        person = make_person(f"guest{n}@example.org", "Guest")
        invited = {**key(), "email": person.email, "helix": ("business", "academia")[n % 2]}
        assert client.post(page("delphi-organise", 1), invited).status_code == 302
    unknown = {**key(), "email": "nobody@example.org", "helix": "business"}
    assert client.post(page("delphi-organise", 1), unknown).status_code == 422
    client.post(page("delphi-advance", 1), {**key(), "act": "begin"})
    study = DelphiStudy.objects.get()
    assert study.state == "running"
    closes = (timezone.localtime() + timedelta(days=7)).strftime("%d.%m.%Y %H:%M")
    past = {**key(), "closes_at": "01.01.2020 10:00"}
    assert client.post(page("delphi-organise", 1), past).status_code == 422
    client.post(page("delphi-organise", 1), {**key(), "closes_at": closes})
    client.post(page("delphi-advance", 1), {**key(), "act": "close"})
    study.refresh_from_db()
    assert study.state == "below_quorum"
    client.post(page("delphi-advance", 1), {**key(), "act": "nonsense"})
    study.refresh_from_db()
    assert study.state == "below_quorum"


def test_pages_ask_few_questions(
    study: DelphiStudy, panel: list[User], django_assert_max_num_queries: Any
) -> None:
    for told in ROUNDS:
        hold(study, panel, told["ratings"])
    Client().get(page("delphi-detail", 1))
    with django_assert_max_num_queries(17):
        Client().get(page("delphi-detail", 1))
    with django_assert_max_num_queries(12):
        Client().get(page("delphi-list"))


def test_erasing_a_person_takes_the_words_and_leaves_the_numbers(
    study: DelphiStudy, panel: list[User]
) -> None:
    begin_round(study)
    answer(study, panel, [5] * SIZE, reason="My own words.")
    close_round(by=None, study=study)
    told = personal_data_of_panels.export(panel[0])
    assert told["delphi"][0]["ratings"] == [
        {"round__number": 1, "value": 5, "reason": "My own words."}
    ]
    erase_person(person=panel[0])
    assert DelphiRating.objects.filter(reason="").count() == 1
    assert DelphiRating.objects.count() == SIZE
