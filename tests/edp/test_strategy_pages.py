"""The pages of a strategy: what they show, what they cost, what they refuse."""

import os
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from edp.models import Decision, DiscoveryProcess, Idea, IdeaSource, Publication, Stage, Strategy
from edp.printing import PrintingImpossible, can_print, pdf_of, printed_html
from edp.services import strategy as services
from participation.models import Role, Territory
from participation.services import Wording
from tests.edp.making import make_process
from tests.edp.strategies import REASONS, make_priority, make_strategy, names, start
from tests.edp.traces import trace_priority

needs_pango = pytest.mark.skipif(
    not can_print() and os.environ.get("KENES_REQUIRE_SYSTEM_PARTS") != "1",
    reason="Pango is not installed: apt-get install libpango-1.0-0 libpangoft2-1.0-0",
)


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    return make_process(city, stage=Stage.ADOPTION, territory=city)


@pytest.fixture
def organiser(bob: User, process: DiscoveryProcess) -> Client:
    client = Client()
    client.force_login(bob)
    return client


def published(process: DiscoveryProcess, **counts: int) -> Strategy:
    strategy = make_strategy(process, **counts)
    services.publish_strategy(by=None, strategy=strategy)
    return Strategy.objects.for_display().get(pk=strategy.pk)


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def sent(**data: Any) -> dict[str, Any]:
    return {"form_key": str(uuid4()), **data}


PAGES = ("", "annexes/", "print/")


def test_a_strategy_ten_times_as_large_asks_no_more(city: Territory) -> None:
    """Seven priorities, 40 actions, 120 indicators: as many queries as one of each."""
    published(make_process(city, stage=Stage.ADOPTION, slug="small"))
    large = published(
        make_process(city, stage=Stage.ADOPTION, slug="large"),
        priorities=7, objectives=2, actions=3, indicators=9,
    )  # fmt: skip
    assert (large.actions.count(), large.indicators.count()) == (42, 126)
    for page in PAGES:
        counts = [
            queries_of(Client(), f"/en/edp/{slug}/strategy/1/{page}") for slug in ("small", "large")
        ]
        assert counts[0] == counts[1], page
        assert counts[1] <= 40, (page, counts)


def test_the_page_says_numbers_money_and_what_to_watch(process: DiscoveryProcess) -> None:
    strategy = published(process, priorities=2)
    body = Client().get(strategy.get_absolute_url()).content.decode()
    for text in (
        "Priority 1 en",
        "Priority 2 en",
        "Challenge 1",
        "3\u00a0million",
        "No action concerns",
    ):
        assert text in body, text


def test_the_trace_leads_back_to_statements(process: DiscoveryProcess, alice: User) -> None:
    strategy = published(process)
    idea = trace_priority(strategy.priorities.get().priority)
    body = Client().get(strategy.get_absolute_url()).content.decode()
    assert "2 statements" in body
    assert "from 1 workshop" in body
    assert idea.get_absolute_url() in body
    assert IdeaSource.objects.count() == 2
    assert Idea.objects.count() == 1


def test_a_draft_is_nobody_elses_business(process: DiscoveryProcess) -> None:
    start(process)
    client = Client()
    assert client.get("/en/edp/zhambyl/strategy/1/").status_code == 404
    page = client.get("/en/edp/zhambyl/strategy/")
    assert page.status_code == 200
    assert "Strategy" in page.content.decode()


# --- The desk -----------------------------------------------------------------------------------


def test_an_organiser_writes_a_plan_from_nothing_to_whole(
    organiser: Client, process: DiscoveryProcess
) -> None:
    base = "/en/edp/zhambyl/strategy/"
    titles = {f"title_{c}": "Title" for c in ("kk", "ru", "en")}
    visions = {f"vision_{c}": "Vision" for c in ("kk", "ru", "en")}
    begun = sent(**titles, **visions, currency="KZT")
    assert organiser.post(f"{base}organise/start/", begun).status_code == 302
    assert organiser.post(f"{base}organise/start/", begun).status_code == 302  # sent twice: one act
    strategy = Strategy.objects.get()
    edit = f"{base}1/edit/"
    priority = make_priority(process, 1)

    def add(part: str, parent: int, /, **data: Any) -> None:
        page = organiser.post(f"{edit}new/{part}/{parent}/", sent(**data))
        assert page.status_code == 302, page.content.decode()

    add("challenge", strategy.pk, **names("C"))
    add("priority", strategy.challenges.get().pk, priority=priority.pk, change_kk="бұрын – кейін")
    add("objective", strategy.priorities.get().pk, **names("O"))
    objective = strategy.objectives.get().pk
    add("indicator", objective, **names("I"), kind="outcome", control="partial", unit_kk="т",
        unit_ru="т", baseline="0", baseline_year="2026", target="20,5", target_year="2031",
        source="S", reports_per_year="1", is_local="on")  # fmt: skip
    add("action", objective, **names("A"), operator=process.lead_body_id, tool="fund",
        instrument="new", term="short", domains=["business"])  # fmt: skip
    action = strategy.actions.get()
    assert "It has no money" in organiser.get(f"{base}organise/").content.decode()
    add("money", action.pk, year="2028", amount="1 200 000,25", source="private",
        certainty="pledged")  # fmt: skip
    add("risk", action.pk, **names("R"), kind="financial", likelihood="2", impact="3",
        mitigation_kk="m", mitigation_ru="m")  # fmt: skip
    body = organiser.get(f"{base}organise/").content.decode()
    assert "The plan is without gaps" in body
    page = organiser.get(f"{edit}action/{action.pk}/").content.decode()
    assert "1\u00a0200\u00a0000.25" in page


def test_a_target_for_what_nobody_controls_is_refused_beside_the_form(
    organiser: Client, process: DiscoveryProcess
) -> None:
    strategy = make_strategy(process)
    objective = strategy.objectives.get()
    typed = sent(**names("«<b>Температура»"), kind="context", control="none", unit_kk="°C",
                 unit_ru="°C", target="5", target_year="2031", source="S",
                 reports_per_year="1")  # fmt: skip
    page = organiser.post(f"/en/edp/zhambyl/strategy/1/edit/new/indicator/{objective.pk}/", typed)
    assert page.status_code == 422
    body = page.content.decode()
    assert "cannot have a target" in body
    assert "«&lt;b&gt;Температура» kk" in body
    assert strategy.indicators.count() == 1


@pytest.mark.parametrize("amount", ["-1", "1.234", "nonsense", "1e400", "9" * 30])
def test_money_that_is_no_sum_is_refused(
    organiser: Client, process: DiscoveryProcess, amount: str
) -> None:
    action = make_strategy(process).actions.get()
    page = organiser.post(
        f"/en/edp/zhambyl/strategy/1/edit/new/money/{action.pk}/",
        sent(year="2028", amount=amount, source="private", certainty="pledged"),
    )
    assert page.status_code == 422
    assert amount in page.content.decode()
    assert action.money.count() == 2


def test_spent_money_cannot_be_smuggled_into_a_plan(
    organiser: Client, process: DiscoveryProcess
) -> None:
    action = make_strategy(process).actions.get()
    page = organiser.post(
        f"/en/edp/zhambyl/strategy/1/edit/new/money/{action.pk}/",
        sent(year="2028", amount="5", source="private", certainty="spent"),
    )
    assert page.status_code == 422


def test_an_approved_plan_has_no_form_any_more(
    organiser: Client, process: DiscoveryProcess, bob: User
) -> None:
    strategy = make_strategy(process)
    services.put_before_council(by=bob, strategy=strategy)
    services.take_council_opinion(
        by=bob, strategy=strategy, body="C", decided_on=date(2026, 11, 2), reasons=REASONS,
        recommendations=[], addressee=process.lead_body,
    )  # fmt: skip
    services.approve_strategy(
        by=bob, strategy=strategy, kind=Decision.Kind.AKIMAT, body="A",
        decided_on=date(2026, 11, 2), reasons=REASONS,
    )  # fmt: skip
    risk = strategy.risks.get()
    address = f"/en/edp/zhambyl/strategy/1/edit/risk/{risk.pk}/edit/"
    assert "nothing in it changes any more" in organiser.get(address).content.decode()
    forged = sent(**names("Late"), kind="financial", likelihood="1", impact="1")
    assert organiser.post(address, forged).status_code == 422
    remove = organiser.post(f"/en/edp/zhambyl/strategy/1/edit/risk/{risk.pk}/remove/", sent())
    assert remove.status_code == 302
    risk.refresh_from_db()
    assert risk.name_en == "Risk en"


def test_an_uneven_list_of_recommendations_is_refused_and_kept(
    organiser: Client, process: DiscoveryProcess, bob: User
) -> None:
    strategy = make_strategy(process)
    services.put_before_council(by=bob, strategy=strategy)
    page = organiser.post(
        "/en/edp/zhambyl/strategy/1/edit/council/",
        sent(body="Council", decided_on="02.11.2026", reasons_kk="Себеп", reasons_ru="Причина",
             addressee=process.lead_body_id, recommendations_kk="бір\nекі",
             recommendations_ru="раз"),
    )  # fmt: skip
    assert page.status_code == 422
    body = page.content.decode()
    assert "as many lines" in body
    assert "бір\nекі" in body
    strategy.refresh_from_db()
    assert strategy.state == Strategy.State.CONSULTED


def test_an_organiser_of_another_place_sees_nothing(process: DiscoveryProcess, alice: User) -> None:
    make_strategy(process)
    assert not Role.objects.filter(person=alice).exists()
    client = Client()
    client.force_login(alice)
    for page in ("organise/", "1/edit/texts/"):
        assert client.get(f"/en/edp/zhambyl/strategy/{page}").status_code == 404


# --- Print --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_document_is_whole_in_every_language(process: DiscoveryProcess, language: str) -> None:
    strategy = published(process)
    html = printed_html(strategy, language)
    assert f'lang="{language}"' in html
    for text in (f"Priority 1 {language}", f"Action {language}", f"Risk {language}", 'id="rules"'):
        assert text in html
    assert "http" not in html.replace("https://www.w3.org", "")


@needs_pango
def test_documents_are_made_once_and_kept_with_their_checksum(process: DiscoveryProcess) -> None:
    strategy = published(process)
    services.ask_for_documents(by=None, strategy=strategy)
    services.ask_for_documents(by=None, strategy=strategy)
    assert Publication.objects.count() == 3
    assert services.make_waiting_documents() == 3
    assert services.make_waiting_documents() == 0
    document = Publication.objects.get(language="kk")
    with default_storage.open(document.file.name) as file:
        content = file.read()
    assert content.startswith(b"%PDF-")
    assert (document.sha256, document.size) == (sha256(content).hexdigest(), len(content))
    page = Client().get("/kk/edp/zhambyl/strategy/1/document/kk/")
    assert page.headers["content-type"] == "application/pdf"
    assert b"".join(page.streaming_content) == content  # type: ignore[attr-defined]


@needs_pango
def test_words_of_people_fetch_nothing(process: DiscoveryProcess) -> None:
    strategy = published(process)
    services.write_strategy_texts(
        by=None,
        strategy=strategy,
        wordings=[
            Wording("kk", "T", "V", "![x](http://127.0.0.1:9/x.png) <img src='file:///etc/passwd'>")
        ],
    )
    assert pdf_of(strategy, "kk").startswith(b"%PDF-")


def test_without_pango_the_desk_says_so(
    organiser: Client, process: DiscoveryProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking() -> Any:
        raise PrintingImpossible

    strategy = published(process)
    monkeypatch.setattr("participation.printing._weasyprint", lacking)
    body = organiser.get("/en/edp/zhambyl/strategy/organise/").content.decode()
    assert "cannot make PDF files" in body
    services.ask_for_documents(by=None, strategy=strategy)
    with pytest.raises(PrintingImpossible):
        services.make_waiting_documents()
    assert Publication.objects.filter(made_at=None).count() == 3
    assert Client().get("/en/edp/zhambyl/strategy/1/print/").status_code == 200
