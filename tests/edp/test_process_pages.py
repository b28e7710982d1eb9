"""The public pages of a process and the organiser's desk."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Helix, User
from edp.models import Decision, DiscoveryProcess, GateCheck, GroupMembership, Stage, Waiver
from edp.personal_data import erase, export
from edp.services.evaluation.criteria import preset_drafts, set_criteria
from edp.services.gates import pass_gate
from edp.services.memberships import declare_interests, seat_member
from participation.models import Phase, Ruleset, Territory
from tests.edp.making import make_body, make_process
from tests.edp.test_process_gates import announceable, prepared

DESK = "/en/edp/zhambyl/organise/"


@pytest.fixture
def organiser(bob: User, city: Territory) -> User:
    """Of the region, where processes are."""
    bob.roles.update(territory=city.parent)
    return bob


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


def decision(**fields: Any) -> dict[str, Any]:
    return {
        "form_key": uuid4(),
        "body": "Akimat",
        "decided_on": timezone.localdate().strftime("%d.%m.%Y"),
        "reasons_kk": "Себебі бар",
        "reasons_ru": "Есть причина",
        **fields,
    }


def test_the_list_leads_to_the_process(client: Client, city: Territory) -> None:
    process = make_process(city, stage=Stage.DISCOVERY)
    make_process(city, slug="hidden", is_public=False)
    page = client.get("/en/edp/").content.decode()
    assert process.get_absolute_url() in page
    assert "/edp/hidden/" not in page
    assert "/en/edp/new/" not in page


def test_the_process_page_in_few_queries(
    client: Client, city: Territory, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    process = prepared(city)
    pass_gate(by=None, process=process)
    client.get(process.get_absolute_url())
    with django_assert_max_num_queries(17):
        page = client.get(process.get_absolute_url())
    assert page.status_code == 200
    assert b"Member 11" in page.content


def test_how_it_was_decided(
    client: Client, city: Territory, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    process = prepared(city)
    pass_gate(by=None, process=process)
    with django_assert_max_num_queries(12):
        page = client.get("/en/edp/zhambyl/decisions/").content.decode()
    assert "Gate 1: Start of the work" in page
    assert "25 % of at most 33.3 %" in page.replace("\u00a0", " ")


def test_the_desk_says_what_is_to_do_and_where(desk: Client, city: Territory) -> None:
    make_process(city, is_public=False)
    page = desk.get(DESK).content.decode()
    assert "/en/edp/zhambyl/organise/text/" in page
    assert "missing: 2" in page
    assert "Announce the process" not in page


def test_the_organiser_announces_the_process(desk: Client, city: Territory) -> None:
    process = announceable(city)
    assert "Announce the process" in desk.get(DESK).content.decode()
    answer = desk.post(f"{DESK}pass/", {"form_key": uuid4(), "gate": "0"})
    assert answer.status_code == 302
    process.refresh_from_db()
    assert process.stage == Stage.PREPARATION


@pytest.mark.parametrize("gate", ["0", "1", "", "x", "²"])
def test_a_gate_forced_by_hand_changes_nothing(desk: Client, city: Territory, gate: str) -> None:
    process = make_process(city)
    desk.post(f"{DESK}pass/", {"form_key": uuid4(), "gate": gate})
    process.refresh_from_db()
    assert process.stage == Stage.DRAFT
    assert not GateCheck.objects.exists()


def test_the_same_button_twice_passes_one_gate(desk: Client, city: Territory) -> None:
    announceable(city)
    for _again in range(2):
        desk.post(f"{DESK}pass/", {"form_key": uuid4(), "gate": "0"})
    assert GateCheck.objects.count() == 1


def test_a_condition_is_set_aside_on_the_desk(desk: Client, city: Territory) -> None:
    make_process(city)
    answer = desk.post(f"{DESK}waive/", decision(condition="contact", reasons_ru=""))
    assert answer.status_code == 422
    assert "Себебі бар" in answer.content.decode()
    assert not Waiver.objects.exists()
    assert desk.post(f"{DESK}waive/", decision(condition="contact")).status_code == 302
    assert Waiver.objects.get().condition == "contact"


def test_a_decision_from_the_desk_steps_back(desk: Client, city: Territory) -> None:
    process = make_process(city, stage=Stage.MAPPING)
    votes = {"votes_for": 7, "votes_against": 2}
    assert desk.post(f"{DESK}decide/", decision(kind="step_back", **votes)).status_code == 302
    process.refresh_from_db()
    assert process.stage == Stage.PREPARATION
    made = Decision.objects.get()
    assert (made.votes_for, made.votes_against, made.abstentions) == (7, 2, 0)
    assert desk.post(f"{DESK}decide/", decision(kind="resume")).status_code == 422


def test_a_decision_is_not_dated_ahead(desk: Client, city: Territory) -> None:
    make_process(city, stage=Stage.MAPPING)
    tomorrow = (timezone.localdate() + timedelta(days=1)).strftime("%d.%m.%Y")
    answer = desk.post(f"{DESK}decide/", decision(kind="suspend", decided_on=tomorrow))
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def outline(city: Territory, **fields: Any) -> dict[str, Any]:
    return {
        "form_key": uuid4(),
        "title_kk": "Атауы",
        "title_ru": "Название",
        "period_start": 2028,
        "period_end": 2032,
        "lead_body": make_body().pk,
        "centre": city.pk,
        **fields,
    }


@pytest.mark.parametrize(
    ("preset", "workshops"), [("regional-strategy", 8), ("activity-plan", 4), ("anti-crisis", 3)]
)
def test_a_new_process_from_a_preset(
    desk: Client, city: Territory, preset: str, workshops: int
) -> None:
    assert city.parent is not None
    sent = outline(city, preset=preset, territory=city.parent.pk, starts_on="01.02.2027")
    answer = desk.post("/en/edp/new/", sent)
    assert answer["Location"] == "/en/edp/zhambyl-2028/organise/"
    process = DiscoveryProcess.objects.get()
    assert process.stage == Stage.DRAFT
    assert process.ruleset.data["gates"]["min_workshops"] == workshops
    assert process.dossier.phases.count() == 6
    taken = desk.post("/en/edp/new/", {**sent, "form_key": uuid4()})
    assert taken.status_code == 422
    assert "Название" in taken.content.decode()


def test_around_a_plan_names_it(desk: Client, city: Territory) -> None:
    assert city.parent is not None
    sent = outline(city, preset="around-plan", territory=city.parent.pk, starts_on="01.02.2027")
    assert desk.post("/en/edp/new/", sent).status_code == 422
    plan = {"subject_plan": "Medical cluster", "form_key": uuid4()}
    assert desk.post("/en/edp/new/", {**sent, **plan}).status_code == 302


def test_new_processes_are_for_organisers_in_their_places(
    client: Client, desk: Client, city: Territory, alice: User
) -> None:
    elsewhere = Territory.objects.create(
        slug="pavlodar", kind="region", name_kk="Павлодар", name_ru="Павлодар"
    )
    sent = outline(city, preset="regional-strategy", territory=elsewhere.pk, starts_on="01.02.2027")
    assert desk.post("/en/edp/new/", sent).status_code == 422
    assert not DiscoveryProcess.objects.exists()
    client.force_login(alice)
    assert client.get("/en/edp/new/").status_code == 404


def test_a_clone_takes_the_shape_and_never_the_people(desk: Client, city: Territory) -> None:
    source = prepared(city)
    pass_gate(by=None, process=source)
    set_criteria(by=None, process=source, preset="kidi-4", criteria=preset_drafts("kidi-4"))
    assert city.parent is not None
    sent = outline(city, territory=city.parent.pk, starts_on="01.02.2030")
    answer = desk.post("/en/edp/zhambyl/clone/", sent)
    assert answer.status_code == 302
    clone = DiscoveryProcess.objects.get(slug="zhambyl-2028")
    assert clone.cloned_from == source
    assert (clone.kind, clone.ruleset) == (source.kind, source.ruleset)
    assert clone.stage == Stage.DRAFT
    assert clone.dossier.published_at is None
    assert clone.criterion_set.criteria.count() == 4
    assert clone.criterion_set.frozen_at is None
    assert not clone.memberships.exists()
    first = clone.dossier.phases.order_by("opens_at").first()
    assert first is not None
    assert timezone.localdate(first.opens_at).isoformat() == "2030-02-01"


def test_a_process_that_was_announced_says_what_it_said(desk: Client, city: Territory) -> None:
    process = make_process(city, stage=Stage.PREPARATION)
    answer = desk.post(f"{DESK}text/", outline(city))
    assert answer.status_code == 422
    assert process.dossier.texts.get(language="ru").title == "Жамбыл 2031"


def test_a_draft_is_written_anew(desk: Client, city: Territory) -> None:
    process = make_process(city, is_public=False)
    assert desk.post(f"{DESK}text/", outline(city, contact="8 800")).status_code == 302
    process.refresh_from_db()
    assert process.contact == "8 800"
    assert process.dossier.texts.get(language="ru").title == "Название"


def test_dates_of_what_is_over_stay(desk: Client, city: Territory) -> None:
    process = announceable(city)
    fields: dict[str, Any] = {"form_key": uuid4()}
    for phase in process.dossier.phases.all():
        fields[f"{phase.kind}_from"] = timezone.localdate(phase.opens_at).strftime("%d.%m.%Y")
        fields[f"{phase.kind}_to"] = timezone.localdate(phase.closes_at).strftime("%d.%m.%Y")
    fields["adoption_to"] = "01.01.2090"
    assert desk.post(f"{DESK}dates/", fields).status_code == 302
    adoption = process.dossier.phases.get(kind="adoption")
    assert timezone.localdate(adoption.closes_at).year == 2090
    wrong = {**fields, "form_key": uuid4(), "mapping_to": "01.01.2001"}
    assert desk.post(f"{DESK}dates/", wrong).status_code == 422
    late = make_process(city, slug="late", stage=Stage.DISCOVERY)
    Phase.objects.create(
        dossier=late.dossier,
        kind="mapping",
        opens_at=timezone.now() - timedelta(days=20),
        closes_at=timezone.now() - timedelta(days=10),
    )
    moved = {**fields, "form_key": uuid4()}
    assert desk.post("/en/edp/late/organise/dates/", moved).status_code == 422


def test_rules_are_frozen_by_a_button(desk: Client, city: Territory) -> None:
    process = make_process(city, stage=Stage.PREPARATION)
    desk.post(f"{DESK}freeze/", {"form_key": uuid4()})
    assert Ruleset.objects.get(pk=process.ruleset_id).frozen_at is not None


def test_rules_that_cannot_be_read_are_not_frozen(desk: Client, city: Territory) -> None:
    process = make_process(city)
    Ruleset.objects.filter(pk=process.ruleset_id).update(data={"gates": {"min_ideas": "many"}})
    desk.post(f"{DESK}freeze/", {"form_key": uuid4()})
    assert Ruleset.objects.get(pk=process.ruleset_id).frozen_at is None


def test_seats_and_what_is_declared(desk: Client, city: Territory, alice: User) -> None:
    process = make_process(city, stage=Stage.PREPARATION)
    groups = f"{DESK}groups/"
    seat = {"group": "steering", "email": alice.email}
    assert desk.post(groups, {**seat, "form_key": uuid4()}).status_code == 302
    assert desk.post(groups, {**seat, "form_key": uuid4()}).status_code == 422
    taken = GroupMembership.objects.get()
    assert (taken.person, taken.helix) == (alice, Helix.CIVIL_SOCIETY)
    nobody = {"group": "steering", "form_key": uuid4()}
    assert desk.post(groups, nobody).status_code == 422
    by_name = {**nobody, "name": "Serik", "helix": "business", "form_key": uuid4()}
    assert desk.post(groups, by_name).status_code == 302
    assert process.memberships.count() == 2
    assert "Alice" in desk.get(groups).content.decode()
    desk.post(f"{groups}{taken.pk}/leave/", {"form_key": uuid4()})
    taken.refresh_from_db()
    assert taken.until == timezone.localdate()


def test_a_group_has_one_chair(desk: Client, city: Territory) -> None:
    make_process(city, stage=Stage.PREPARATION)
    for name, status in (("One", 302), ("Two", 422)):
        chair = {"group": "panel", "name": name, "helix": "academia", "is_chair": "on"}
        answer = desk.post(f"{DESK}groups/", {**chair, "form_key": uuid4()})
        assert answer.status_code == status


def test_a_member_declares_on_their_own_page(
    client: Client, city: Territory, alice: User, charlie: User
) -> None:
    process = make_process(city, stage=Stage.PREPARATION)
    seat = seat_member(by=None, process=process, group="panel", person=alice)
    address = f"/en/edp/zhambyl/groups/{seat.pk}/interests/"
    client.force_login(alice)
    assert address in client.get("/en/account/").content.decode()
    empty = client.post(address, {"form_key": uuid4(), "interests": " "})
    assert empty.status_code == 422
    assert client.post(address, {"form_key": uuid4(), "interests": "none"}).status_code == 302
    seat.refresh_from_db()
    assert (seat.interests, seat.declared_on) == ("none", timezone.localdate())
    client.force_login(charlie)
    assert client.get(address).status_code == 404


def test_resources_outputs_and_leads(desk: Client, city: Territory) -> None:
    process = make_process(city, stage=Stage.DISCOVERY)
    plan = {"people": 3, "person_days": 100, "money": "1 500 000", "form_key": uuid4()}
    assert desk.post(f"{DESK}resources/", plan).status_code == 302
    assert process.resource_plan.money == 1_500_000
    half = {"strengths_kk": "Күшті", "form_key": uuid4()}
    answer = desk.post(f"{DESK}outputs/", half)
    assert answer.status_code == 422
    assert "Күшті" in answer.content.decode()
    whole = {**half, "strengths_ru": "Сильные", "form_key": uuid4()}
    assert desk.post(f"{DESK}outputs/", whole).status_code == 302
    assert process.outputs.get().code == "strengths"
    park = make_body("Технопарк", Helix.ACADEMIA)
    lead = {"stage": "evaluation", "organisation": park.pk, "form_key": uuid4()}
    assert desk.post(f"{DESK}leads/", lead).status_code == 302
    assert process.stage_leads.get().organisation == park
    over = {**lead, "stage": "mapping", "form_key": uuid4()}
    assert desk.post(f"{DESK}leads/", over).status_code == 422
    back = {**lead, "organisation": process.lead_body.pk, "form_key": uuid4()}
    assert desk.post(f"{DESK}leads/", back).status_code == 302
    assert not process.stage_leads.exists()


def test_borders_that_moved_are_said(desk: Client, city: Territory) -> None:
    make_process(city)
    assert city.parent is not None
    abai = Territory.objects.create(
        slug="abai", kind="region", name_kk="Абай", name_ru="Абай", valid_from="2022-06-08"
    )
    abai.predecessors.add(city.parent)
    assert "include what is now: Абай" in desk.get(DESK).content.decode()


def test_the_organiser_finds_the_process_on_their_own_page(desk: Client, city: Territory) -> None:
    make_process(city)
    assert DESK in desk.get("/en/account/").content.decode()


def test_a_seat_stays_in_the_count_when_its_holder_is_erased(city: Territory, alice: User) -> None:
    process = prepared(city)
    seat = seat_member(by=None, process=process, group="steering", person=alice)
    declare_interests(by=alice, seat=seat, interests="Owns a works")
    pass_gate(by=alice, process=process)
    told = export(alice)
    assert told["seats"] == [
        {"process": "zhambyl", "group": "steering", "interests": "Owns a works"}
    ]
    assert told["gates_passed"][0]["gate"] == 1
    erase(alice)
    seat.refresh_from_db()
    assert (seat.helix, seat.interests) == ("civil_society", "")
