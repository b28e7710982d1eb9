"""What the browser tests find: the demo, a budget in every other state, and people to be.

`python -m tests.e2e.world` fills the migrated database that DATABASE_URL names and prints, as JSON,
a signed-in session for each person.
"""

import json
import sys
import time
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import django
from django.core.management import call_command

PROJECTS = 6
AMOUNT = 1_000_000
COSTS = (300_000, 400_000, 500_000, 200_000, 150_000, 600_000)
# Who lives in Taraz and has not voted; each belongs to one test, so that none waits for another.
RESIDENTS = (
    "resident",
    "knapsack",
    "points",
    "approval",
    "bar",
    "keyboard",
    "proposer",
    "twice",
    "talker",
    "voter",
    "grader-kk",
    "grader-ru",
    "chooser-kk",
    "chooser-ru",
)
# Each walks one way through a discovery process, in the language of its name.
JUDGES = ("judge-kk", "judge-ru")
FIRMS = ("firm-kk", "firm-ru")
# Each has a proposal in Astana that nobody has checked.
AUTHORS = ("author-kk", "author-ru")
# They come to the service desk with a document.
NEWCOMERS = ("newcomer-kk", "newcomer-ru")
# Those who sign in by typing; a password costs half a second to hash.
WITH_PASSWORD = ("knapsack", "twosteps")
PASSWORD = "correct horse battery"
COUNT = {
    "method": "equal-shares",
    "satisfaction": "cost",
    "completion": "add1u",
    "step": "1",
    "ties": ["votes", "list-order"],
}


def fill() -> dict[str, str]:
    """Load everything, and return a session key for each person's short name."""
    from accounts.models import User
    from budgeting.models import Cycle
    from config.demo import load_demo
    from config.demo.budgets.proofs import give_lines
    from participation.services.delivery import deliver_due

    # The operator's pages are not visited; compressing their files takes seconds.
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["admin"])
    load_demo()
    people = {user.email.split("@")[0]: user for user in User.objects.exclude(name="")}
    people |= _more_people()
    give_lines(
        cycle=Cycle.objects.get(slug="taraz-2027"), people=[people[name] for name in RESIDENTS]
    )
    _budgets(people["organiser"])
    _proposals_to_check([people[name] for name in AUTHORS])
    _assessors(people["organiser"], [people[name] for name in JUDGES])
    _cast(people["citizen"], "taraz-2027", ["1", "2"])
    deliver_due()
    return {name: _session(person) for name, person in people.items()}


def _more_people() -> dict[str, Any]:
    from config.demo.people import FIRM, affiliate
    from participation.models import Territory
    from participation.services.residences import confirm_residence
    from tests.accounts.flows import give_authenticator_app

    taraz = Territory.objects.get(slug="taraz")
    others = ("outsider", "twosteps", *JUDGES, *FIRMS, *AUTHORS, *NEWCOMERS)
    people = {name: _person(name) for name in (*RESIDENTS, *others)}
    for name in RESIDENTS:
        confirm_residence(by=None, person=people[name], territory=taraz, born_on=date(1990, 5, 1))
    give_authenticator_app(people["twosteps"])
    for name in FIRMS:
        affiliate(people[name], *FIRM)
    return people


def _assessors(organiser: Any, judges: list[Any]) -> None:
    """Beside the demo's: each walks the way to a locked sheet once."""
    from django.utils import timezone

    from accounts.models import Helix
    from edp.models import DiscoveryProcess, GroupMembership
    from edp.services.evaluation.panel import assign
    from edp.services.memberships import seat_member

    process = DiscoveryProcess.objects.get(slug="zhambyl-2027")
    seats = [
        seat_member(
            by=organiser,
            process=process,
            group=GroupMembership.Group.PANEL,
            person=judge,
            helix=Helix.ACADEMIA,
        )
        for judge in judges
    ]
    waiting = process.ideas.filter(state="admitted")
    due_on = timezone.localdate() + timedelta(days=14)
    assign(by=organiser, process=process, seats=seats, ideas=waiting, due_on=due_on)


def _proposals_to_check(authors: list[Any]) -> None:
    """Handed in while proposals were taken, as those of the demo."""
    from budgeting.models import Cycle, Proposal
    from budgeting.services.proposals import submit_proposal
    from participation.services import Wording

    cycle = Cycle.objects.get(slug="astana-2026")
    for author in authors:
        proposal = submit_proposal(
            by=None,
            cycle=cycle,
            envelope=cycle.envelopes.get(),
            cost=12_000_000,
            place="Қабанбай батыр даңғылы, 15",
            wordings=[
                Wording("kk", f"Аулаға шамдар: {author.name}", "Кешке жарық болады."),
                Wording("ru", f"Фонари во двор: {author.name}", "Вечером будет светло."),
            ],
        )
        Proposal.objects.filter(pk=proposal.pk).update(author=author)


def _person(name: str) -> Any:
    from allauth.account.models import EmailAddress

    from accounts.models import User

    password = PASSWORD if name in WITH_PASSWORD else None
    person = User.objects.create_user(f"{name}@example.org", password, name=name.title())
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def _budgets(organiser: Any) -> None:
    from budgeting.models import Proposal
    from budgeting.services.elections import advance_election, publish_results
    from budgeting.services.feasibility import review_proposal
    from tests.conftest import pass_deadline

    for slug, ballot in (
        ("approval", {"ballot": "approval"}),
        ("three", {"ballot": "k_approval", "max_choices": 3}),
        ("points", {"ballot": "cumulative", "points": 10}),
        ("grades", {"ballot": "graded", "count": {"method": "majority-judgement"}}),
        ("order", {"ballot": "ranked", "max_choices": 3}),
        ("final", {"ballot": "k_approval", "max_choices": 1, "revocable": False}),
        ("past", {"ballot": "approval"}),
        ("counted", {"ballot": "approval"}),
        ("over", {"ballot": "approval"}),
    ):
        _open_vote(organiser, f"taraz-{slug}", ballot)
    _open_free_choice(organiser)
    _cycle(organiser, "taraz-ideas", {"ballot": "approval"}, phase="proposals")
    prepared = _cycle(organiser, "taraz-prepared", {"ballot": "knapsack"})
    for proposal in prepared.proposals.exclude(number=1):
        review_proposal(
            by=organiser, proposal=proposal, state=Proposal.State.SHORTLISTED, reasons="Feasible."
        )
    _cycle(organiser, "taraz-draft", {"ballot": "knapsack"}, is_public=False)
    _try_a_vote(organiser)
    for slug in ("past", "counted", "over"):
        election = _election(f"taraz-{slug}")
        _vote_of_residents(election)
        election = pass_deadline(election)
        if slug != "over":
            advance_election(election)
        if slug == "past":
            publish_results(by=organiser, election=election)


def _cycle(
    organiser: Any,
    slug: str,
    ballot: dict[str, Any],
    *,
    phase: str = "voting",
    is_public: bool = True,
) -> Any:
    from django.utils import timezone

    from budgeting import phases
    from budgeting.models import Category
    from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle, publish_cycle
    from budgeting.services.proposals import submit_proposal
    from participation.models import Ruleset, Territory
    from participation.services import Wording

    taraz = Territory.objects.get(slug="taraz")
    rules = {"min_age": 16, "count": COUNT, **ballot}
    ruleset = Ruleset.objects.create(kind="budgeting.vote", key=slug, name=slug, data=rules)
    now, day = timezone.now(), timedelta(days=1)
    begin = now - 20 * day if phase == "proposals" else now - 60 * day
    cycle = create_cycle(
        by=organiser,
        territory=taraz,
        slug=slug,
        year=2026,
        ruleset=ruleset,
        wordings=[
            Wording("kk", f"Сынақ: {slug}", "Қысқаша мазмұны."),
            Wording("ru", f"Проверка: {slug}", "Коротко о главном."),
            Wording("en", f"Trial: {slug}", "In short."),
        ],
        envelopes=[EnvelopeDraft(taraz, AMOUNT, "Бүкіл қала", "Весь город", "Whole city")],
        dates=[
            PhaseDates(phases.PROPOSALS, begin, begin + 30 * day),
            PhaseDates(phases.FEASIBILITY, begin + 30 * day, begin + 59 * day),
            PhaseDates(phases.VOTING, begin + 59 * day, begin + 66 * day),
            PhaseDates(phases.RESULTS, begin + 67 * day, begin + 90 * day),
        ],
    )
    categories = list(Category.objects.order_by("pk"))
    for number, cost in enumerate(COSTS, start=1):
        # One text has no translation, as happens with what people write.
        languages = ("kk",) if number == PROJECTS and slug == "taraz-ideas" else ("kk", "ru", "en")
        submit_proposal(
            by=None,
            cycle=cycle,
            envelope=cycle.envelopes.get(),
            cost=cost,
            category=categories[number % len(categories)],
            place="Төле би көшесі, 12",
            wordings=[
                Wording(language, f"{word} {number}", "Қысқаша, коротко, in short.", "**Text**")
                for language, word in (("kk", "Жоба"), ("ru", "Проект"), ("en", "Project"))
                if language in languages
            ],
        )
    if is_public:
        publish_cycle(by=organiser, cycle=cycle)
    return cycle


def _open_vote(organiser: Any, slug: str, ballot: dict[str, Any]) -> None:
    _put_to_the_vote(organiser, _cycle(organiser, slug, ballot))


def _open_free_choice(organiser: Any) -> None:
    """The town's envelope, and those of two quarters of which a resident may choose one."""
    from budgeting.models import Envelope
    from budgeting.services.elections import prepare_election
    from participation.models import Territory

    rules = {"ballot": "approval", "envelopes": "home_and_one_free"}
    cycle = _cycle(organiser, "taraz-free", rules)
    for number in (2, 3):
        names = {
            "name_kk": f"{number}-ықшамаудан",
            "name_ru": f"Микрорайон {number}",
            "name_en": f"Quarter {number}",
        }
        quarter = Territory.objects.create(
            slug=f"taraz-quarter-{number}",
            kind=Territory.Kind.CITY_DISTRICT,
            parent=cycle.dossier.territory,
            **names,
        )
        envelope = Envelope.objects.create(
            cycle=cycle, number=number, territory=quarter, amount=AMOUNT, **names
        )
        prepare_election(envelope=envelope)
        own = (2 * number - 1, 2 * number)
        cycle.proposals.filter(number__in=own).update(envelope=envelope)
    _put_to_the_vote(organiser, cycle)


def _try_a_vote(organiser: Any) -> None:
    from budgeting.models import Proposal
    from budgeting.services import trials
    from budgeting.services.feasibility import review_proposal

    cycle = _cycle(organiser, "taraz-tried", {"ballot": "approval"}, is_public=False)
    for proposal in cycle.proposals.all():
        review_proposal(
            by=organiser, proposal=proposal, state=Proposal.State.SHORTLISTED, reasons="Feasible."
        )
    trial = trials.open_trial(by=organiser, election=_election("taraz-tried"))
    trials.fill_trial(by=organiser, trial=trial, number=25, seed=7)


def _put_to_the_vote(organiser: Any, cycle: Any) -> None:
    from budgeting.models import Election, Proposal
    from budgeting.services.elections import freeze_election
    from budgeting.services.feasibility import review_proposal

    for proposal in cycle.proposals.all():
        review_proposal(
            by=organiser, proposal=proposal, state=Proposal.State.SHORTLISTED, reasons="Feasible."
        )
    for election in Election.objects.filter(envelope__cycle=cycle):
        freeze_election(by=organiser, election=election)


def _election(slug: str) -> Any:
    from budgeting.models import Election

    return Election.objects.get(envelope__cycle__slug=slug)


def _vote_of_residents(election: Any) -> None:
    from accounts.models import User

    residents = User.objects.filter(email__startswith="resident0", name="").order_by("pk")[:30]
    for number, resident in enumerate(residents):
        choices = [str(1 + (number + step) % PROJECTS) for step in range(1 + number % 3)]
        _cast_in(resident, election, sorted(choices))


def _cast(person: Any, slug: str, choices: Iterable[str]) -> None:
    _cast_in(person, _election(slug), choices)


def _cast_in(person: Any, election: Any, choices: Iterable[str]) -> None:
    from budgeting.services.voting import cast_ballot

    cast_ballot(voter=person, election=election, choices=list(choices), request="world")


def _session(person: Any) -> str:
    """A session of somebody who has just typed the password, and stays so for the tests."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() + 3600, "reauthenticated": True}
    ]
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    django.setup()
    json.dump(fill(), sys.stdout)
