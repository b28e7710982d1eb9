"""Reading, writing and deciding on ideas as people do it: through pages."""

import csv
import hashlib
import io
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Affiliation, User
from accounts.services import erase_person, export_person
from edp import phases
from edp.models import DiscoveryProcess, EvaluationReport, Idea, Pledge, Priority, Stage
from edp.services.ideas import admit_idea, merge_ideas
from edp.services.pledges import AlreadyPledged, PledgesClosed, make_pledge, withdraw_pledge
from participation.models import Territory
from participation.services import Wording, create_dossier, publish_dossier
from tests.conftest import as_restore
from tests.edp.making import make_body, make_process
from tests.edp.making_ideas import PARTS, make_draft, make_idea, make_result, make_statement

SLUG = "zhambyl"


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    return make_process(city, stage=Stage.DISCOVERY, territory=city)


def page(name: str, *args: Any, language: str = "en") -> str:
    with override(language):
        return reverse(f"edp:{name}", args=[SLUG, *args])


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(**fields: Any) -> dict[str, Any]:
    return {"form_key": str(uuid4()), "act": "go_on", "title": "Гипс", **PARTS, **fields}


def body(response: Any) -> str:
    return str(response.content.decode())


# --- Writing ------------------------------------------------------------------------------------


def test_an_idea_from_the_first_word_to_its_page(process: DiscoveryProcess, alice: User) -> None:
    client, statement = signed_in(alice), make_statement(process)
    sources = client.post(page("idea-create", language="ru"), sent())["Location"]
    assert sources == page("idea-sources", 1, language="ru")
    found = body(client.get(sources, {"q": "фосфогипсом"}))
    assert f"statement-{statement.pk}" in found
    sent_back = client.post(sources, {"form_key": str(uuid4())})
    assert sent_back.status_code == 422
    chosen = {"form_key": str(uuid4()), "things": [f"statement-{statement.pk}"], "why": "Отсюда"}
    assert client.post(sources, chosen).status_code == 302
    last = page("idea-submit", 1, language="ru")
    assert "Отсюда" in body(client.get(last))
    assert Client().get(page("idea-detail", 1)).status_code == 404
    assert client.post(last, {"form_key": str(uuid4())})["Location"] == page(
        "idea-detail", 1, language="ru"
    )
    shown = body(Client().get(page("idea-detail", 1, language="ru")))
    assert "Фосфогипс никто не покупает" in shown
    assert PARTS["market"] in shown


@pytest.mark.parametrize("part", sorted(PARTS))
@pytest.mark.parametrize("sector", ["туризм", "Tourism development", "агроөнеркәсіп кешені"])
def test_a_bare_sector_comes_back_with_help_and_nothing_lost(
    process: DiscoveryProcess, alice: User, part: str, sector: str
) -> None:
    answer = signed_in(alice).post(page("idea-create"), sent(**{part: sector}, body="Остаётся"))
    assert answer.status_code == 422
    shown = body(answer)
    assert "This names only a sector" in shown
    assert sector in shown
    assert "Остаётся" in shown
    assert not Idea.objects.exists()


def test_a_draft_needs_a_title_alone(process: DiscoveryProcess, alice: User) -> None:
    client = signed_in(alice)
    draft = sent(act="save", capability="", technology="", market="туризм")
    saved = client.post(page("idea-create"), draft)
    assert saved["Location"] == page("idea-edit", 1)
    assert 'value="туризм"' in body(client.get(saved["Location"]))
    assert client.post(page("idea-create"), draft)["Location"] == page("idea-edit", 1)
    assert Idea.objects.count() == 1
    assert client.post(page("idea-create"), sent(act="save", title="")).status_code == 422
    edited = client.post(page("idea-edit", 1), sent(title="Иначе"))
    assert edited["Location"] == page("idea-sources", 1)
    assert Idea.objects.get().dossier.title == "Иначе"


def test_an_idea_begins_with_what_was_said(process: DiscoveryProcess, alice: User) -> None:
    need, offer = make_statement(process), make_statement(process, "Испытаем", kind="offer")
    client = signed_in(alice)
    address = f"{page('idea-create')}?statement={need.number}&statement={offer.number}"
    assert f'value="{need.number},{offer.number}"' in body(client.get(address))
    client.post(page("idea-create"), sent(statements=f"{need.number},{offer.number},999999999999"))
    assert {source.statement for source in Idea.objects.get().sources.all()} == {need, offer}


def test_sources_can_be_taken_out_again(process: DiscoveryProcess, alice: User) -> None:
    idea = make_draft(process, alice)
    client = signed_in(alice)
    for number in ("x", "9" * 30, str(idea.sources.get().pk)):
        client.post(page("idea-sources", 1), {"remove": number})
    assert not idea.sources.exists()


def test_what_a_stage_closes_says_so_before_anybody_types(
    process: DiscoveryProcess, alice: User
) -> None:
    with as_restore():
        DiscoveryProcess.objects.update(stage=Stage.CLOSED)
    client = signed_in(alice)
    assert "Ideas are not taken now" in body(client.get(page("idea-create")))
    assert client.post(page("idea-create"), sent()).status_code == 422


def test_only_the_activities_of_the_figures_can_be_named(
    process: DiscoveryProcess, alice: User
) -> None:
    make_result(process, activity="C20-21")
    client = signed_in(alice)
    wrong = client.post(page("idea-create"), sent(activity_codes=["XX"]))
    assert wrong.status_code == 422
    client.post(page("idea-create"), sent(activity_codes=["C20-21"]))
    assert Idea.objects.get().activity_codes == ["C20-21"]


def test_nobody_speaks_for_an_organisation_of_others(
    process: DiscoveryProcess, alice: User
) -> None:
    own, other = make_body("Своя", "business"), make_body("Чужая", "academia")
    Affiliation.objects.create(person=alice, organisation=own, valid_from="2026-01-01")
    client = signed_in(alice)
    refused = client.post(page("idea-create"), sent(organisation=other.pk))
    assert refused.status_code == 422
    client.post(page("idea-create"), sent(organisation=own.pk, origin="existing_plan"))
    idea = Idea.objects.get()
    # Only the organiser says that an idea comes from a plan or from the figures.
    assert (idea.organisation, idea.helix, idea.origin) == (own, "business", "bottom_up")


@pytest.mark.parametrize(
    ("title", "is_found"),
    [
        ("Гипс из отходов", True),
        ("гипс из атходов", True),
        ("ГИПС ИЗ ОТХОДОВ!", True),
        ("Конные туры", False),
        ("", False),
        ("\0", False),
    ],
)
def test_similar_ideas_are_shown_while_writing(
    process: DiscoveryProcess, alice: User, title: str, is_found: bool
) -> None:
    make_idea(process, title="Гипс из отходов")
    shown = body(signed_in(alice).get(page("idea-similar"), {"title": title}))
    assert ("Гипс из отходов" in shown) is is_found


def test_the_last_look_shows_what_is_similar(process: DiscoveryProcess, alice: User) -> None:
    make_idea(process, title="Гипс из отходов завода")
    make_draft(process, alice, title="Гипс из отходов")
    assert "Гипс из отходов завода" in body(signed_in(alice).get(page("idea-submit", 2)))


# --- Reading ------------------------------------------------------------------------------------


def test_the_list_can_be_filtered(process: DiscoveryProcess, alice: User, bob: User) -> None:
    admit_idea(by=bob, idea=make_idea(process, alice, title="Гипс"))
    make_idea(process, alice, title="Фабрика", origin="mapping")
    make_draft(process, alice, title="Черновик")

    def titles(query: str) -> set[str]:
        shown = body(Client().get(f"{page('idea-list')}?{query}"))
        return {title for title in ("Гипс", "Фабрика", "Черновик") if f">{title}</a>" in shown}

    assert titles("") == {"Гипс", "Фабрика"}
    assert titles("state=admitted") == {"Гипс"}
    assert titles("origin=mapping") == {"Фабрика"}
    assert titles("surprise=1") == {"Гипс"}
    assert titles("q=фабрики") == {"Фабрика"}
    assert titles("state=draft") == titles("helix=x") == {"Гипс", "Фабрика"}
    assert titles("q=!!!") == set()


def test_a_list_costs_the_same_whatever_its_length(process: DiscoveryProcess) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().get(page("idea-list"))
        return len(queries)

    make_idea(process)
    before = cost()
    for _ in range(4):
        make_idea(process)
    assert cost() == before <= 12


def test_an_idea_page_is_bounded(
    process: DiscoveryProcess, alice: User, bob: User, charlie: User
) -> None:
    make_result(process, activity="A")
    sources = tuple(make_statement(process) for _ in range(5))
    idea = make_idea(process, alice, sources=sources)
    for person in (bob, charlie):
        make_pledge(by=person, idea=idea, kind="people", text="Время")
        merge_ideas(by=bob, idea=make_idea(process, person), into=idea, reasons="Одно")
    with CaptureQueriesContext(connection) as queries:
        Client().get(page("idea-detail", idea.number))
    assert len(queries) <= 12 + 5, [query["sql"][:90] for query in queries]


def test_a_merged_idea_points_on(process: DiscoveryProcess, alice: User, bob: User) -> None:
    idea, into = make_idea(process, alice, title="Одна"), make_idea(process, alice, title="Другая")
    merge_ideas(by=bob, idea=idea, into=into, reasons="Об одном")
    shown = body(Client().get(page("idea-detail", idea.number)))
    assert page("idea-detail", into.number) in shown
    assert "Об одном" in shown


def test_files_hold_every_public_idea_with_its_sources(
    process: DiscoveryProcess, alice: User
) -> None:
    idea = make_idea(process, alice, title="=1+1")
    make_draft(process, alice, title="Черновик")
    data = Client().get(page("ideas-json")).json()
    assert [row["number"] for row in data["ideas"]] == [idea.number]
    assert data["ideas"][0]["sources"][0]["text"] == "Фосфогипс никто не покупает"
    rows = list(csv.DictReader(io.StringIO(body(Client().get(page("ideas-csv"))))))
    assert [row["title"] for row in rows] == ["'=1+1"]
    assert rows[0]["sources"] == "statement 1"
    assert "Alice" not in str(data)


def test_a_priority_leads_back_to_what_was_said(process: DiscoveryProcess, alice: User) -> None:
    idea = make_idea(process, alice, state="candidate", title="Гипс")
    dossier = create_dossier(
        kind=phases.PRIORITY,
        territory=process.dossier.territory,
        state=Priority.State.CANDIDATE,
        path=f"edp/{SLUG}/priorities/1/",
        wordings=[Wording("kk", "Айналмалы химия"), Wording("ru", "Циркулярная химия")],
    )
    publish_dossier(dossier=dossier)
    priority = Priority.objects.create(
        dossier=dossier,
        process=process,
        number=1,
        category=Priority.Category.PROVEN,
        transformation=Priority.Transformation.TRANSITION,
    )
    priority.ideas.add(idea)
    ranking = [{"idea": idea.dossier.reference, "place": 1, "percent": "239/3", "assessors": 3}]
    body_of = json.dumps({"results": {"ranking": ranking}})
    digest = hashlib.sha256(body_of.encode()).hexdigest()
    EvaluationReport.objects.create(process=process, version=1, body=body_of, sha256=digest)
    with CaptureQueriesContext(connection) as queries:
        shown = body(Client().get(page("priority-detail", 1)))
    assert len(queries) <= 12 + 5, [query["sql"][:90] for query in queries]
    assert page("idea-detail", idea.number) in shown
    assert "79.67" in shown


# --- Deciding -----------------------------------------------------------------------------------


def test_each_decision_has_its_form(process: DiscoveryProcess, alice: User, bob: User) -> None:
    client = signed_in(bob)
    ideas = [make_idea(process, alice, title=f"Идея {number}") for number in range(4)]

    def decide(idea: Idea, **fields: Any) -> int:
        form = {"form_key": str(uuid4()), **fields}
        return client.post(page("idea-decide", idea.number), form).status_code

    assert decide(ideas[0], verdict="admit", named_in_plan="Программа") == 302
    assert decide(ideas[1], verdict="return") == 422
    assert decide(ideas[1], verdict="return", reasons="Кто купит?") == 302
    assert decide(ideas[2], verdict="screen_out", reasons="Не здесь") == 302
    assert decide(ideas[3], verdict="merge", reasons="Одно") == 422
    assert decide(ideas[3], verdict="merge", reasons="Одно", into=999) == 422
    assert decide(ideas[3], verdict="merge", reasons="Одно", into=ideas[0].number) == 302
    states = Idea.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["admitted", "returned", "screened_out", "merged"]
    assert Idea.objects.get(pk=ideas[0].pk).is_surprise is False
    # A second decision on what is decided changes nothing.
    assert decide(ideas[2], verdict="admit") == 422


def test_a_translation_is_published(process: DiscoveryProcess, alice: User, bob: User) -> None:
    idea = make_idea(process, alice)
    parts = {name: f"{name} in English" for name in PARTS}
    form = {"form_key": str(uuid4()), "language": "en", "title": "Gypsum", **parts}
    assert signed_in(bob).post(page("idea-translate", idea.number), form).status_code == 302
    shown = body(Client().get(page("idea-detail", idea.number)))
    assert "capability in English" in shown
    assert PARTS["capability"] in body(
        Client().get(page("idea-detail", idea.number, language="ru"))
    )


# --- Pledges ------------------------------------------------------------------------------------


def test_pledges_are_public_summed_and_withdrawn(
    process: DiscoveryProcess, alice: User, charlie: User
) -> None:
    idea = make_idea(process, alice)
    client = signed_in(charlie)
    form = {"form_key": str(uuid4()), "kind": "money", "text": "Линия", "amount": ""}
    assert client.post(page("pledge-make", 1), form).status_code == 422
    assert client.post(page("pledge-make", 1), {**form, "amount": "1 200 000"}).status_code == 302
    pledge = Pledge.objects.get()
    assert pledge.amount == 1_200_000
    assert "Линия" in body(Client().get(page("idea-detail", 1)))
    again = {**form, "form_key": str(uuid4()), "amount": "1"}
    assert client.post(page("pledge-make", 1), again).status_code == 422
    assert signed_in(alice).post(page("pledge-withdraw", 1, pledge.pk)).status_code == 404
    client.post(page("pledge-withdraw", 1, pledge.pk))
    assert "Линия" not in body(Client().get(page("idea-detail", 1)))
    assert client.post(page("pledge-withdraw", 1, pledge.pk)).status_code == 302
    make_pledge(by=charlie, idea=idea, kind="money", text="Снова", amount=5)


def test_what_is_decided_takes_no_pledges(process: DiscoveryProcess, alice: User) -> None:
    for state in ("screened_out", "returned", "not_selected"):
        with pytest.raises(PledgesClosed):
            make_pledge(by=alice, idea=make_idea(process, state=state), kind="data", text="Данные")


def test_one_pledge_of_a_kind(process: DiscoveryProcess, alice: User) -> None:
    idea = make_idea(process)
    make_pledge(by=alice, idea=idea, kind="data", text="Данные")
    with pytest.raises(AlreadyPledged):
        make_pledge(by=alice, idea=idea, kind="data", text="Ещё")
    make_pledge(by=alice, idea=idea, kind="land", text="Участок")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE edp_pledge SET text = 'x'",
        "UPDATE edp_pledge SET amount = 1",
        "UPDATE edp_pledge SET kind = 'land'",
        "UPDATE edp_pledge SET withdrawn_at = NULL",
        "DELETE FROM edp_pledge",
    ],
)
def test_a_pledge_is_never_rewritten(process: DiscoveryProcess, alice: User, change: str) -> None:
    pledge = make_pledge(by=alice, idea=make_idea(process), kind="data", text="Данные")
    withdraw_pledge(by=alice, pledge=pledge)
    with (
        pytest.raises(IntegrityError, match="never rewritten"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


# --- A person's own -----------------------------------------------------------------------------


def test_what_became_of_what_somebody_said(process: DiscoveryProcess, alice: User) -> None:
    statement = make_statement(process, author=alice)
    make_idea(process, title="Идея из слов", sources=(statement,))
    make_draft(process, alice, title="Не дописано")
    shown = body(signed_in(alice).get("/en/account/"))
    for words in ("Идея из слов", "Фосфогипс никто", "Не дописано"):
        assert words in shown


def test_the_organiser_sees_what_waits(process: DiscoveryProcess, bob: User) -> None:
    make_idea(process)
    assert page("idea-desk") in body(signed_in(bob).get("/en/account/"))


def test_erasing_a_person_leaves_their_public_ideas(
    process: DiscoveryProcess, alice: User, charlie: User
) -> None:
    idea, draft = make_idea(process, alice), make_draft(process, alice, title="Черновик")
    firm = make_body("ТОО", "business")
    make_pledge(by=alice, idea=idea, kind="people", text="Я сама")
    make_pledge(by=alice, idea=idea, kind="land", text="Цех", organisation=firm)
    exported = export_person(person=alice)["edp_ideas"]
    assert len(exported["ideas"]) == 2
    assert len(exported["pledges"]) == 2
    erase_person(person=alice)
    idea.refresh_from_db()
    draft.refresh_from_db()
    assert (idea.proposer, idea.capability) == (None, PARTS["capability"])
    assert (draft.proposer, draft.capability, draft.dossier.texts.count()) == (None, "", 0)
    own, of_firm = Pledge.objects.order_by("pk")
    assert (own.person, own.text, own.withdrawn_at is None) == (None, "", False)
    assert (of_firm.person, of_firm.text, of_firm.withdrawn_at) == (None, "Цех", None)
    assert Client().get(page("idea-detail", 1)).status_code == 200
