"""The organiser's cockpit: what is to do, the numbers of today, the year in words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.calendar_words import Facts, turns_of
from budgeting.cockpit import Figure, Task, calendar_of, numbers_of, tasks_of
from budgeting.cockpit_reading import Today, Works, read_today
from budgeting.feasibility_account import Account, Place
from budgeting.models import Cycle, DiaryEntry, Election, Envelope, Proposal, ProposalMerge, Work
from budgeting.phase_dates import PhaseDates
from budgeting.presets import PRESETS
from budgeting.services.cycles import EnvelopeDraft, create_cycle
from budgeting.services.elections import advance_election
from budgeting.services.works import plan_milestone, put_off
from budgeting.similar import alike_pairs
from budgeting.works_reading import WorksTotal
from participation.models import Phase, Support, Territory
from participation.services import Wording
from tests.budgeting.ballot_box import cast_all, make_voters
from tests.budgeting.feasibility import assign, make_desk, make_reviewer, submit
from tests.budgeting.pages import SLUG, body, decide, open_phase, page, signed_in
from tests.budgeting.proposing import propose
from tests.budgeting.test_works import NAME, TODAY, WORDS
from tests.conftest import as_restore, pass_deadline
from tests.participation.answers import make_body

DAY = timedelta(days=1)


def today_of(cycle: Cycle) -> Today:
    """Read anew: a cycle remembers its phases."""
    cycle = Cycle.objects.for_display().select_related("desk").get(pk=cycle.pk)
    return read_today(cycle, list(cycle.envelopes.select_related("election")), timezone.now())


def tasks(today: Today) -> dict[str, Task]:
    return {task.code: task for task in tasks_of(today)}


def figures(today: Today) -> dict[str, Figure]:
    return {figure.label: figure for group in numbers_of(today) for figure in group.figures}


def draft(city: Territory, bob: User, ruleset: Any, begin: int = 10) -> Cycle:
    """Not public, its proposals taken from `begin` days on."""
    now = timezone.now()
    return create_cycle(
        by=bob,
        territory=city,
        slug="taraz-2031",
        year=2031,
        ruleset=ruleset,
        wordings=[Wording("kk", "Тараз 2031"), Wording("ru", "Тараз 2031")],
        envelopes=[EnvelopeDraft(city, 1000, "Қала", "Город")],
        dates=[
            PhaseDates(phases.PROPOSALS, now + begin * DAY, now + (begin + 30) * DAY),
            PhaseDates(phases.FEASIBILITY, now + (begin + 30) * DAY, now + (begin + 60) * DAY),
            PhaseDates(phases.VOTING, now + (begin + 70) * DAY, now + (begin + 80) * DAY),
        ],
    )


# --- To do --------------------------------------------------------------------------------------


def test_a_new_cycle_is_to_be_published_dated_and_given_a_desk(
    city: Territory, bob: User, cycle: Cycle
) -> None:
    found = tasks(today_of(draft(city, bob, cycle.ruleset)))
    assert list(found) == ["publish", "desk", "freeze", "dates"]
    assert found["publish"].due_on == timezone.localdate(timezone.now() + 10 * DAY)
    assert found["publish"].url == "#publish"
    assert not found["publish"].is_late
    assert "Results, Works" in found["dates"].text
    assert found["dates"].due_on is None


def test_what_is_past_its_date_is_overdue(city: Territory, bob: User, cycle: Cycle) -> None:
    found = tasks(today_of(draft(city, bob, cycle.ruleset, begin=-3)))
    assert found["publish"].is_late
    assert not found["desk"].is_late


def test_proposals_without_a_department_wait_once_the_check_has_begun(cycle: Cycle) -> None:
    submit(cycle)
    submit(cycle)
    Phase.objects.filter(dossier=cycle.dossier, kind=phases.FEASIBILITY).update(
        opens_at=timezone.now() + DAY, closes_at=timezone.now() + 5 * DAY
    )
    assert "waiting" not in tasks(today_of(cycle))
    open_phase(cycle, phases.FEASIBILITY)
    task = tasks(today_of(cycle))["waiting"]
    assert task.text == "Give a department to 2 proposals."
    assert task.url == page("proposal-queue", SLUG) + "?who=new"


def test_an_overdue_verdict_is_asked_for(cycle: Cycle) -> None:
    open_phase(cycle, phases.FEASIBILITY)
    make_desk(cycle)
    proposal, reviewer = submit(cycle), make_reviewer(cycle, "Rita")
    assign(proposal, reviewer, received_on=timezone.localdate() - 60 * DAY)
    found = tasks(today_of(cycle))
    assert found["overdue"].text == "Ask for 1 verdict that is overdue."
    assert "waiting" not in found
    assert "desk" not in found


def test_a_counted_vote_waits_for_its_publication(election: Election, cycle: Cycle) -> None:
    cast_all(election, make_voters(election, 3))
    assert not {"count", "results", "freeze"} & tasks(today_of(cycle)).keys()
    advance_election(pass_deadline(election))
    assert tasks(today_of(cycle))["results"].text == "Publish the results of 1 vote."


def test_a_vote_that_nobody_closed_is_named(election: Election, cycle: Cycle) -> None:
    pass_deadline(election)
    assert tasks(today_of(cycle))["count"].url == "#votes"


def test_a_register_is_asked_for_where_the_rules_need_one(cycle: Cycle) -> None:
    assert "register" not in tasks(today_of(cycle))
    data = {**cycle.ruleset.data, "voters": {"needs_line": True}}
    type(cycle.ruleset).objects.filter(pk=cycle.ruleset.pk).update(data=data)
    assert tasks(today_of(cycle))["register"].url == page("register-detail", SLUG)


@pytest.fixture
def work(election: Election, bob: User) -> Work:
    decide(election, bob, [["1", "4"]] * 3)
    return Work.objects.get(award__proposal__number=1)


def test_winners_want_a_builder_a_plan_and_news(work: Work, cycle: Cycle, bob: User) -> None:
    found = tasks(today_of(cycle))
    assert found["builder"].text == "Name who builds 3 winners."
    assert found["plan"].text == "Plan the milestones of 3 works."
    assert "silent" not in found  # the results are new
    Phase.objects.filter(dossier=cycle.dossier, kind=phases.RESULTS).update(
        opens_at=timezone.now() - 120 * DAY, closes_at=timezone.now() - 90 * DAY
    )
    assert tasks(today_of(cycle))["silent"].text.startswith("Ask for news of 3 works")
    work.body = make_body("Roads")
    work.save()
    milestone = plan_milestone(by=bob, work=work, name=NAME, due_on=TODAY() + 5 * DAY)
    put_off(by=bob, milestone=milestone, due_on=TODAY() + 9 * DAY, reason=WORDS)
    found = tasks(today_of(cycle))
    assert found["builder"].text == "Name who builds 2 winners."
    assert found["plan"].text == "Plan the milestones of 2 works."
    assert found["silent"].text.startswith("Ask for news of 2 works")
    assert DiaryEntry.objects.count() == 1


def test_every_task_can_come_up_and_says_its_number(cycle: Cycle) -> None:
    everything = replace(
        today_of(cycle),
        account=Account({Place.WAITING: 1, Place.OVERDUE: 2, Place.FEASIBLE: 3}),
        appeals=4,
        alike=5,
        letters=6,
        over=7,
        elections={Election.State.SETUP: 8, Election.State.COUNTED: 9},
        works=Works(WorksTotal(20, 1, 10, 0, 0, 0), 11, 12, 13),
    )
    open_phase(cycle, phases.FEASIBILITY)
    everything = replace(everything, cycle=today_of(cycle).cycle)
    found = tasks(everything)
    numbers = {"waiting": 1, "overdue": 2, "shortlist": 3, "appeals": 4, "alike": 5, "letters": 6,
               "count": 7, "freeze": 8, "results": 9, "late": 10, "silent": 11, "builder": 12,
               "plan": 13}  # fmt: skip
    assert numbers.keys() <= found.keys()
    for code, number in numbers.items():
        assert str(number) in found[code].text, code
    dated = [task.due_on for task in tasks_of(everything)]
    with_dates = [day for day in dated if day is not None]
    assert with_dates == sorted(with_dates)
    assert dated[len(with_dates) :] == [None] * (len(dated) - len(with_dates))


def test_an_imported_cycle_asks_for_nothing(cycle: Cycle) -> None:
    today = today_of(cycle)
    today.cycle.source_note = "A test."
    assert tasks_of(today) == []


# --- Pairs --------------------------------------------------------------------------------------


def test_titles_that_are_nearly_alike_make_a_pair_until_somebody_asked(
    cycle: Cycle, alice: User, bob: User
) -> None:
    for kind in (phases.PROPOSALS, phases.FEASIBILITY):
        open_phase(cycle, kind)
    one = propose(cycle, alice, "Орталық саябаққа шамдар")
    two = propose(cycle, alice, "Орталық саябақтағы шамдар")
    propose(cycle, alice, "Мектепке робот зертханасы")
    (pair,) = alike_pairs(cycle, 10)
    assert (pair.older, pair.newer) == (one, two)
    assert 50 <= pair.likeness <= 100
    assert tasks(today_of(cycle))["alike"].url == page("proposal-alike", SLUG)
    shown = body(signed_in(bob).get(page("proposal-alike", SLUG)))
    assert page("proposal-merge", SLUG, two.number) in shown
    ProposalMerge.objects.create(source=two, into=one, state="refused", reason="Not the same.")
    assert alike_pairs(cycle, 10) == []
    assert "alike" not in tasks(today_of(cycle))


def test_decided_proposals_make_no_pair(cycle: Cycle) -> None:
    assert {p.state for p in cycle.proposals.all()} == {Proposal.State.SHORTLISTED}
    assert alike_pairs(cycle, 10) == []  # "Project 1" to "Project 4"


# --- Numbers ------------------------------------------------------------------------------------


def test_numbers_are_those_of_the_lists_they_lead_to(cycle: Cycle, bob: User) -> None:
    submit(cycle)
    found = figures(today_of(cycle))
    client = signed_in(bob)
    listed = client.get(found["proposals made"].url).context["page"].paginator.count
    assert found["proposals made"].number == listed == 5
    assert found["new today"].number == 5
    assert (
        "being checked" in found["proposals made"].note or "waiting" in found["proposals made"].note
    )
    overdue = client.get(found["verdicts overdue"].url).context["page"].paginator.count
    assert found["verdicts overdue"].number >= overdue
    for figure in found.values():
        assert client.get(figure.url).status_code == 200, figure.label


def test_support_of_today_is_counted_apart(cycle: Cycle, alice: User, bob: User) -> None:
    proposal = submit(cycle)
    for person in (alice, bob):
        Support.objects.create(person=person, dossier=proposal.dossier)
    with as_restore():  # a support never changes
        Support.objects.filter(person=bob).update(given_at=timezone.now() - 2 * DAY)
    figure = figures(today_of(cycle))["times somebody backed one"]
    assert figure.number == 2
    assert figure.note.startswith("Of them today: 1.")


def test_ballots_are_counted_in_sealed_epochs_only(election: Election, cycle: Cycle) -> None:
    cast_all(election, make_voters(election, 3))
    figure = figures(today_of(cycle))["ballots in the sealed record"]
    assert figure.number == 0
    advance_election(pass_deadline(election))
    assert figures(today_of(cycle))["ballots in the sealed record"].number == 3


def test_only_people_of_the_place_count_as_voters(cycle: Cycle, alice: User) -> None:
    assert figures(today_of(cycle))["people whose residence is shown"].number == 1
    city = cycle.dossier.territory
    other = Territory.objects.create(
        slug="y", kind="city", parent=city.parent, name_kk="Y", name_ru="Y"
    )
    alice.residences.update(territory=other)
    assert figures(today_of(cycle))["people whose residence is shown"].number == 0


def test_works_are_built_in_time_or_late(cycle: Cycle) -> None:
    today = replace(today_of(cycle), works=Works(WorksTotal(9, 2, 3, 0, 0, 0), 0, 0, 0))
    found = figures(today)
    assert [found[label].number for label in ("built", "in time or stopped", "late now")] == [
        2,
        4,
        3,
    ]


# --- The year -----------------------------------------------------------------------------------


def test_the_year_says_for_whom_what_changes(cycle: Cycle) -> None:
    make_desk(cycle)
    cycle = today_of(cycle).cycle
    calendar = calendar_of(cycle, timezone.now())
    told = [change.what for turn in calendar.past for change in turn.changes]
    assert any("can no longer edit" in what for what in told)
    assert any("10 working days" in what for what in told)
    assert any("16 or older" in what and "Taraz" in what for what in told)
    assert calendar.coming[0].titles == ["Vote: ends"]
    assert all(turn.at > timezone.now() for turn in calendar.coming)


def year() -> list[PhaseDates]:
    now = timezone.now()
    return [
        PhaseDates(kind, now + 10 * number * DAY, now + 10 * (number + 1) * DAY)
        for number, kind in enumerate(phases.ORDER)
    ]


def told_by(data: dict[str, Any]) -> list[str]:
    turns = turns_of(year(), Facts.of("Taraz", data))
    return [change.what for turn in turns for change in turn.changes]


def test_what_ends_and_begins_at_one_moment_is_one_turn() -> None:
    turns = turns_of(reversed(year()), Facts("Taraz", None))
    assert [turn.titles for turn in turns][:2] == [
        ["Proposals: begins"],
        ["Proposals: ends", "Feasibility: begins"],
    ]
    assert [turn.at for turn in turns] == sorted(turn.at for turn in turns)
    assert len(turns) == 6


def test_a_threshold_of_support_is_told() -> None:
    told = " ".join(told_by({"ballot": "approval", "proposals": {"support_threshold": 25}}))
    assert "A proposal needs 25 supporters to go on." in told
    assert "What fewer than 25 people back goes no further" in told


@pytest.mark.parametrize("data", [{}, {"ballot": "oracle"}, {"ballot": "k_approval"}])
def test_rules_that_cannot_be_read_leave_the_dates(data: dict[str, Any]) -> None:
    told = told_by(data)
    assert "No ballot is taken or changed any more." in told
    assert not any("on the last day of the vote" in what for what in told)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_the_year_is_told_by_every_preset(preset: Any) -> None:
    told = told_by(preset.data)
    assert all(what.endswith(".") for what in told)
    assert any("on the last day of the vote" in what for what in told)


# --- The page -----------------------------------------------------------------------------------


def test_the_page_shows_all_of_it(cycle: Cycle, bob: User) -> None:
    shown = body(signed_in(bob).get(page("cycle-organise", SLUG)))
    for words in ("Freeze 1 vote", "Today in numbers", "Vote: ends", "Write a letter"):
        assert words in shown
    assert page("cycle-dates", SLUG) in shown


def test_many_envelopes_cost_no_more_queries_a_page(
    cycle: Cycle, bob: User, city: Territory
) -> None:
    client = signed_in(bob)
    for number in range(2, 7):
        _envelope(cycle, city, number)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(page("cycle-organise", SLUG))
    for number in range(7, 31):
        _envelope(cycle, city, number)
    with CaptureQueriesContext(connection) as many:
        answer = client.get(page("cycle-organise", SLUG))
    assert len(answer.context["elections"]) == 6
    assert len(many) <= len(few)
    last = client.get(page("cycle-organise", SLUG), {"page": "5"})
    assert last.context["elections"][-1]["envelope"].number == 30


def _envelope(cycle: Cycle, city: Territory, number: int) -> None:
    envelope = Envelope.objects.create(
        cycle=cycle, number=number, territory=city, amount=1, name_kk="A", name_ru="A"
    )
    now = timezone.now()
    Election.objects.create(envelope=envelope, opens_at=now, closes_at=now + DAY)
