"""Taraz 2027 from the first proposal to the built bridge: nothing but the clock is moved."""

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.multilingual import Told
from budgeting import errors, phases
from budgeting.allocation import count, parse_pabulib
from budgeting.feasibility_reading import account_of_cycle
from budgeting.models import Cycle, DiaryEntry, Election, Proposal, Trial, Work
from budgeting.services import feasibility, trials, works
from budgeting.services.counting import official_rule
from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle, publish_cycle
from budgeting.services.elections import advance_election, freeze_election, publish_results
from budgeting.services.feasibility.errors import NotAReviewer
from budgeting.services.frozen_ballots import BallotFrozen
from budgeting.services.proofs.by_code import enter_code
from budgeting.services.proofs.lines import prove_by_register
from budgeting.services.proposals import (
    ProposalsClosed,
    merge_proposals,
    submit_proposal,
    withdraw_proposal,
)
from budgeting.services.voting import cast_ballot
from budgeting.works_reading import archive, works_of
from participation.models import Ruleset, Territory
from participation.services import Wording, first_broken_entry
from tests.budgeting.feasibility import assign, decide, make_desk, make_reviewer
from tests.budgeting.pages import SLUG, page, signed_in
from tests.budgeting.registers import (
    BIRTHDAYS,
    LETTER_RULES,
    codes_of,
    import_register,
    line_number,
    make_batch,
    number_of,
    table,
)
from tests.conftest import make_person
from tests.moving_clock import moving_clock
from tests.participation.answers import make_body

MONEY = 1000
WEB, LETTERS = range(20), range(20, 24)
GoTo = Callable[[datetime], None]


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, 6, tzinfo=UTC)


DATES = [
    PhaseDates(phases.PROPOSALS, day(2027, 2, 1), day(2027, 4, 1)),
    PhaseDates(phases.FEASIBILITY, day(2027, 4, 1), day(2027, 6, 1)),
    PhaseDates(phases.VOTING, day(2027, 6, 10), day(2027, 6, 25)),
    PhaseDates(phases.RESULTS, day(2027, 6, 28), day(2027, 8, 1)),
    PhaseDates(phases.WORKS, day(2027, 8, 1), day(2028, 8, 1)),
]


class Year:
    """What the steps of the year hand on to each other."""

    def __init__(self, go_to: GoTo, city: Territory, bob: User, alice: User) -> None:
        self.go_to, self.city, self.bob, self.alice = go_to, city, bob, alice
        self.dana = make_person("dana@example.org", "Dana")
        self.cycle: Cycle
        self.sent: dict[str, Proposal] = {}
        self.codes: dict[int, str] = {}

    @property
    def election(self) -> Election:
        return Election.objects.get(envelope__cycle=self.cycle)

    def fresh(self, name: str) -> Proposal:
        return Proposal.objects.get(pk=self.sent[name].pk)

    def places(self) -> dict[str, int]:
        """The account of the proposals, without empty lines; it always sums to all of them."""
        account = account_of_cycle(self.cycle, timezone.localdate())
        assert account.submitted == self.cycle.proposals.count()
        return {str(place): number for place, number in account.numbers.items()}

    def propose(self, by: User, name: str, cost: int) -> None:
        self.sent[name] = submit_proposal(
            by=by,
            cycle=self.cycle,
            envelope=self.cycle.envelopes.get(),
            cost=cost,
            wordings=[Wording("kk", f"{name} (қаз)", "Қысқаша"), Wording("ru", name, "Кратко")],
        )

    def numbers(self, *names: str) -> list[str]:
        return [str(self.sent[name].number) for name in names]

    def vote(self, voter: User, *names: str, form: str = "form") -> None:
        cast_ballot(voter=voter, election=self.election, choices=self.numbers(*names), request=form)


@pytest.fixture
def year(db: None, city: Territory, bob: User, alice: User) -> Iterator[Year]:
    with moving_clock() as go_to:
        yield Year(go_to, city, bob, alice)


def test_from_the_first_proposal_to_the_works(year: Year, tmp_path: Path) -> None:
    prepare(year)
    take_proposals(year)
    check_proposals(year)
    freeze(year)
    voters = prove_who_may_vote(year)
    vote(year, voters)
    close_and_count(year, voters)
    publish(year, tmp_path)
    build(year)
    look_back(year)
    assert first_broken_entry() is None


def prepare(year: Year) -> None:
    year.go_to(day(2027, 1, 11))
    ruleset = Ruleset.objects.create(
        kind="budgeting.vote", key="year", name="year", data=LETTER_RULES
    )
    year.cycle = create_cycle(
        by=year.bob,
        territory=year.city,
        slug=SLUG,
        year=2027,
        ruleset=ruleset,
        wordings=[Wording("kk", "Тараз бюджеті 2027"), Wording("ru", "Бюджет Тараза 2027")],
        envelopes=[EnvelopeDraft(year.city, MONEY, "Бүкіл қала", "Весь город")],
        dates=DATES,
    )
    assert Client().get(page("cycle-detail", SLUG)).status_code == 404
    publish_cycle(by=year.bob, cycle=year.cycle)
    assert Client().get(page("cycle-detail", SLUG)).status_code == 200
    with pytest.raises(ProposalsClosed):
        year.propose(year.alice, "Too early", 100)


def take_proposals(year: Year) -> None:
    year.go_to(day(2027, 2, 8))
    year.propose(year.alice, "Bridge", 250)
    year.propose(year.dana, "Footbridge", 260)
    year.propose(year.alice, "Lights", 200)
    year.propose(year.dana, "Rink", 400)
    year.propose(year.dana, "Stadium", 900)
    year.propose(year.alice, "Playground", 500)
    year.propose(year.dana, "Kiosk", 50)
    withdraw_proposal(by=year.dana, proposal=year.sent["Kiosk"], reason="Not needed any more")
    merge_proposals(
        by=year.bob, proposal=year.sent["Footbridge"], into=year.sent["Bridge"], reason="The same"
    )
    assert year.places() == {"waiting": 5, "merged": 1, "withdrawn": 1}
    with pytest.raises(errors.NotReady):
        freeze_election(by=year.bob, election=year.election)
    assert Client().get(page("ballot-cast", SLUG, 1)).status_code == 404


def check_proposals(year: Year) -> None:
    year.go_to(day(2027, 4, 5))
    with pytest.raises(ProposalsClosed):
        year.propose(year.alice, "Too late", 100)
    make_desk(year.cycle)
    rita, sam = make_reviewer(year.cycle, "Rita"), make_reviewer(year.cycle, "Sam")
    for name in ("Bridge", "Lights", "Rink", "Stadium", "Playground"):
        assign(year.sent[name], rita)
    assert year.places()["checking"] == 5

    asked = feasibility.ask_authors(
        by=rita, proposal=year.sent["Lights"], text="Қай көше?", language="kk"
    )
    year.go_to(day(2027, 4, 7))
    feasibility.answer_question(by=year.alice, question=asked, text="Төле би", language="kk")
    decide(year.fresh("Lights"), rita)
    decide(year.fresh("Playground"), rita)
    decide(year.fresh("Bridge"), rita, "with_changes", cost=300)
    decide(year.fresh("Rink"), rita, "not_feasible")
    decide(year.fresh("Stadium"), rita, "not_feasible")
    assert year.places() == {
        "feasible": 2, "agreeing": 1, "not_feasible": 2, "merged": 1, "withdrawn": 1,
    }  # fmt: skip

    year.go_to(day(2027, 4, 9))
    feasibility.answer_changes(
        by=year.alice, proposal=year.fresh("Bridge"), agrees=True, note="", language="kk"
    )
    feasibility.appeal_verdict(
        by=year.dana, proposal=year.fresh("Rink"), grounds="Мұз айдыны бар", language="kk"
    )
    assert year.places()["appealed"] == 1
    with pytest.raises(NotAReviewer):
        second_look(year, year.alice)
    second_look(year, sam)
    decide(year.fresh("Rink"), sam)
    assert year.places() == {"feasible": 4, "not_feasible": 1, "merged": 1, "withdrawn": 1}


def second_look(year: Year, reviewer: User) -> None:
    feasibility.open_second_look(
        by=year.bob, proposal=year.fresh("Rink"), department=make_body("Roads"), reviewer=reviewer
    )


def freeze(year: Year) -> None:
    year.go_to(day(2027, 6, 2))
    feasibility.shortlist_feasible(by=year.bob, cycle=year.cycle)
    assert year.places()["on_ballot"] == 4
    trial = trials.open_trial(by=year.bob, election=year.election)
    trials.fill_trial(by=year.bob, trial=trial, number=100, seed=2027)
    assert trials.count_trial(trial=trial).ballots == 100
    import_register(year.cycle, table(range(24)))
    freeze_election(by=year.bob, election=year.election)
    assert not Trial.objects.exists()
    with pytest.raises(BallotFrozen):
        withdraw_proposal(by=year.alice, proposal=year.fresh("Lights"), reason="Too late")


def prove_who_may_vote(year: Year) -> list[User]:
    """Twenty with accounts by the register, four with letters; the ballot box is still shut."""
    people = User.objects.bulk_create(
        User(email=f"voter{number}@example.org", name=f"V{number}") for number in WEB
    )
    for number, person in zip(WEB, people, strict=True):
        prove_by_register(
            person=person,
            cycle=year.cycle,
            iin=number_of(number),
            born_on=BIRTHDAYS[number],
        )
    with pytest.raises(errors.VotingClosed):
        year.vote(people[0], "Bridge")
    year.go_to(day(2027, 6, 10).replace(hour=7))
    found = codes_of(make_batch(year.cycle), year.bob)
    year.codes = {n: found[bytes(line_number(year.cycle, n).iin_hash)] for n in LETTERS}
    return [*people, *(enter(year, number) for number in LETTERS)]


def enter(year: Year, number: int) -> User:
    return enter_code(cycle=year.cycle, code=year.codes[number], born_on=BIRTHDAYS[number])


def vote(year: Year, voters: list[User]) -> None:
    """Fourteen for bridge and lights, eight for rink and lights, two for the playground."""
    first = signed_in(voters[0])
    sent = {"project": year.numbers("Playground"), "form_key": "first", "step": "cast"}
    assert first.post(page("ballot-cast", SLUG, 1), sent).status_code == 302
    assert first.get(page("ballot-receipt", SLUG, 1)).status_code == 200
    for voter in voters[:14]:  # the first one changes the ballot
        year.vote(voter, "Bridge", "Lights")
    for voter in voters[14:22]:
        year.vote(voter, "Rink", "Lights")
    assert enter(year, LETTERS[-1]) == voters[-1]  # the same letter is the same person
    for voter in voters[22:]:
        year.vote(voter, "Playground")
    with pytest.raises(errors.NotInRegister):  # lives there, but stands on no line
        year.vote(year.alice, "Bridge")
    with pytest.raises(errors.BudgetExceeded):
        year.vote(voters[0], "Bridge", "Rink", "Playground", form="too much")
    advance_election(year.election)
    assert year.election.state == Election.State.FROZEN
    assert Client().get(page("results-detail", SLUG)).status_code == 404


def close_and_count(year: Year, voters: list[User]) -> None:
    year.go_to(day(2027, 6, 25))
    with pytest.raises(errors.VotingClosed):
        year.vote(voters[1], "Rink", form="late")
    advance_election(year.election)
    assert year.election.state == Election.State.COUNTED
    assert signed_in(voters[0]).get(page("ballot-receipt", SLUG, 1)).status_code == 404
    assert Client().get(page("ballots-pb", SLUG, 1)).status_code == 404
    assert not Work.objects.exists()


def publish(year: Year, folder: Path) -> None:
    year.go_to(day(2027, 6, 28))
    publish_results(by=year.bob, election=year.election)
    assert Client().get(page("results-detail", SLUG)).status_code == 200
    files = {
        name: Client().get(page(address, SLUG, 1)).getvalue().decode()
        for name, address in (
            ("log.csv", "log-csv"),
            ("openings.jsonl", "openings-jsonl"),
            ("ballots.pb", "ballots-pb"),
        )
    }
    verify(files, folder)
    recount(year, files["ballots.pb"])


def verify(files: dict[str, str], folder: Path) -> None:
    """What anyone can do, without this platform."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", newline="")
    script = Path(settings.BASE_DIR) / "budgeting" / "verify_ballots.py"
    checked = subprocess.run(
        [sys.executable, "-I", "-S", str(script), *files],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def recount(year: Year, text: str) -> None:
    tally = year.election.tallies.get(is_official=True)
    election = parse_pabulib(text, name="ballots.pb")
    again = count(election, official_rule(year.election)).to_dict()
    assert again["winners"] == tally.result["winners"]
    assert again["rounds"] == tally.result["rounds"]
    lines = text[text.index("VOTES") :].splitlines()[2:]
    votes = Counter(
        project for row in csv.reader(lines, delimiter=";") for project in row[1].split(",")
    )
    bridge, lights, rink, ground = year.numbers("Bridge", "Lights", "Rink", "Playground")
    assert (len(lines), votes) == (24, {bridge: 14, lights: 22, rink: 8, ground: 2})
    scores = {row["project"]: row["score"] for row in again["rounds"] + again["losers"]}
    assert {project: int(score) for project, score in scores.items()} == votes
    # 24 shares buy lights, then the bridge; raised, also the rink. 100 are left for 500.
    assert sorted(again["winners"]) == sorted([bridge, lights, rink])


def build(year: Year) -> None:
    built = {row.work.award.proposal.dossier.title for row in works_of(year.cycle)}
    assert len(built) == 3
    work = Work.objects.get(award__proposal=year.sent["Bridge"])
    assert work.planned == 300
    assert not Work.objects.filter(award__proposal=year.sent["Playground"]).exists()
    year.go_to(day(2027, 8, 2))
    words = Told("Жұмыс жүріп жатыр", "Работа идёт")
    works.entrust_work(by=year.bob, work=work, body=make_body("Roads"))
    step = works.plan_milestone(
        by=year.bob, work=work, name=Told("Іргетас", "Фундамент"), due_on=date(2027, 9, 1)
    )
    with pytest.raises(works.DayToCome):
        works.reach_milestone(by=year.bob, milestone=step, on=date(2027, 9, 1), told=words)
    year.go_to(day(2027, 9, 5))
    assert days_late(year, work) == 4
    works.put_off(by=year.bob, milestone=step, due_on=date(2027, 10, 1), reason=words)
    assert days_late(year, work) == 0
    year.go_to(day(2027, 9, 20))
    works.report_work(by=year.bob, work=work, on=date(2027, 9, 20), told=words)
    works.reach_milestone(by=year.bob, milestone=step, on=date(2027, 9, 20), told=words)
    works.enter_money(
        by=year.bob, work=work, kind="spent", amount=280, on=date(2027, 9, 20), document="№ 7"
    )
    works.turn_work(
        by=year.bob, work=work, kind=DiaryEntry.Kind.DONE, on=date(2027, 9, 20), told=words
    )
    page_of_work = Client().get(page("work-detail", SLUG, year.sent["Bridge"].number))
    assert page_of_work.status_code == 200


def days_late(year: Year, work: Work) -> int:
    return next(row.days_late for row in works_of(year.cycle) if row.work == work)


def look_back(year: Year) -> None:
    year.go_to(day(2028, 9, 1))
    (found,) = archive()
    assert found.cycle == year.cycle
    assert (found.winners, found.done, found.spent, found.voters) == (3, 1, 280, 24)
    assert year.places() == {"on_ballot": 4, "not_feasible": 1, "merged": 1, "withdrawn": 1}
    assert Client().get(page("archive-list")).status_code == 200
