"""What organisers, reviewers and registrars do on their pages."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Cycle, Election, Proposal
from budgeting.services.elections import advance_election
from participation.models import JournalEntry, Residence, Role, Ruleset, Territory
from tests.budgeting.ballot_box import cast_all, make_voters
from tests.budgeting.pages import SLUG, body, page, signed_in
from tests.conftest import make_person, pass_deadline


def records(kind: str) -> int:
    return JournalEntry.objects.filter(kind=f"budgeting.{kind}").count()


def key() -> dict[str, str]:
    return {"form_key": str(uuid4())}


# --- Verdicts -----------------------------------------------------------------------------------


@pytest.fixture
def verdict(cycle: Cycle) -> dict[str, str]:
    return {
        **key(),
        "decision": "not_feasible",
        "reasons_kk": "Жер теміржолдікі.",
        "reasons_ru": "Земля железной дороги.",
        "reasons_en": "The ground belongs to the railway.",
        "cost": "350",
        "running_cost": "",
        "signed_name": "Bob",
        "signed_post": "Akimat",
        "superseding_reason": "The ground was measured.",
    }


def test_a_verdict_is_published_with_its_reasons(bob: User, verdict: dict[str, str]) -> None:
    client = signed_in(bob)
    answer = client.post(page("proposal-review", SLUG, 1), verdict)
    assert answer["Location"] == page("proposal-review", SLUG, 1)
    proposal = Proposal.objects.get(number=1)
    assert (proposal.state, proposal.cost) == ("not_feasible", 350)
    assert "belongs to the railway" in body(client.get(page("proposal-detail", SLUG, 1)))


@pytest.mark.parametrize("decision", ["feasible", "not_feasible"])
@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("reasons", ["", "   ", "\n"])
def test_no_verdict_without_reasons_in_both_languages(
    bob: User, verdict: dict[str, str], decision: str, language: str, reasons: str
) -> None:
    data = {**verdict, "decision": decision, f"reasons_{language}": reasons}
    answer = signed_in(bob).post(page("proposal-review", SLUG, 1), data)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {f"reasons_{language}"}
    assert "belongs to the railway" in body(answer)
    assert Proposal.objects.get(number=1).state == "shortlisted"


@pytest.mark.parametrize("decision", ["submitted", "shortlisted", "funded", ""])
def test_only_verdicts_can_be_given(bob: User, verdict: dict[str, str], decision: str) -> None:
    data = {**verdict, "decision": decision}
    assert signed_in(bob).post(page("proposal-review", SLUG, 1), data).status_code == 422


def test_a_verdict_sent_twice_is_recorded_once(bob: User, verdict: dict[str, str]) -> None:
    before = records("proposal_reviewed")
    for _ in range(2):
        assert signed_in(bob).post(page("proposal-review", SLUG, 1), verdict).status_code == 302
    assert records("proposal_reviewed") == before + 1


def test_a_frozen_ballot_takes_no_verdict(
    bob: User, verdict: dict[str, str], election: Election
) -> None:
    answer = signed_in(bob).post(page("proposal-review", SLUG, 1), verdict)
    assert answer.status_code == 422
    assert "The ballot is frozen" in body(answer)
    assert "belongs to the railway" in body(answer)
    assert Proposal.objects.get(number=1).state == "shortlisted"


def _text(language: str, title: str) -> dict[str, str]:
    return {
        "act": "translate",
        "text-form_key": str(uuid4()),
        "text-language": language,
        "text-title": title,
        "text-summary": "Two sentences.",
    }


def test_a_translation_is_added_and_marked_as_checked(bob: User, cycle: Cycle) -> None:
    data = _text("ru", "Проверенный перевод")
    for _ in range(2):
        answer = signed_in(bob).post(page("proposal-review", SLUG, 1), data)
        assert answer.status_code == 302
    text = cycle.proposals.get(number=1).dossier.texts.get(language="ru")
    assert (text.title, text.origin) == ("Проверенный перевод", "checked")
    assert records("proposal_translated") == 1


def test_titles_of_a_frozen_ballot_stay(bob: User, election: Election) -> None:
    answer = signed_in(bob).post(page("proposal-review", SLUG, 1), _text("en", "Something else"))
    assert answer.status_code == 422
    assert "The ballot is frozen" in body(answer)
    proposal = Proposal.objects.get(number=1)
    assert proposal.dossier.texts.get(language="en").title == "Project 1"


def test_a_missing_language_may_still_come_after_the_freeze(bob: User, election: Election) -> None:
    proposal = Proposal.objects.get(number=1)
    proposal.dossier.texts.filter(language="en").delete()
    answer = signed_in(bob).post(page("proposal-review", SLUG, 1), _text("en", "Added"))
    assert answer.status_code == 302
    assert proposal.dossier.texts.get(language="en").title == "Added"


def test_an_empty_translation_is_refused_beside_its_form(bob: User, cycle: Cycle) -> None:
    answer = signed_in(bob).post(page("proposal-review", SLUG, 1), _text("en", ""))
    assert answer.status_code == 422
    assert answer.context["translation"].errors.keys() == {"title"}
    assert not answer.context["form"].is_bound


def test_the_queue_shows_what_waits_first(bob: User, cycle: Cycle) -> None:
    cycle.proposals.filter(number=3).update(state=Proposal.State.SUBMITTED)
    found = signed_in(bob).get(page("proposal-queue", SLUG)).context["page"]
    assert [proposal.number for proposal in found] == [3, 1, 2, 4]


# --- Dates --------------------------------------------------------------------------------------


def _dates(bob: User) -> dict[str, str]:
    """The form as the page shows it."""
    form = signed_in(bob).get(page("cycle-dates", SLUG)).context["form"]
    shown = {name: form[name].value() for name in form.fields if name != "form_key"}
    return {**key(), **{n: f"{v:%d.%m.%Y %H:%M}" if v else "" for n, v in shown.items()}}


def _moved(days: int) -> str:
    return f"{timezone.localtime(timezone.now() + timedelta(days=days)):%d.%m.%Y %H:%M}"


def test_dates_sent_back_untouched_change_nothing(bob: User, cycle: Cycle) -> None:
    before = list(cycle.dossier.phases.values_list("kind", "opens_at", "closes_at"))
    assert signed_in(bob).post(page("cycle-dates", SLUG), _dates(bob)).status_code == 302
    assert list(cycle.dossier.phases.values_list("kind", "opens_at", "closes_at")) == before
    assert records("dates_changed") == 0


def test_moving_the_vote_moves_its_election(bob: User, cycle: Cycle) -> None:
    moved = {**_dates(bob), "voting_opens_at": _moved(20), "voting_closes_at": _moved(30),
             "results_opens_at": _moved(31), "results_closes_at": _moved(40)}  # fmt: skip
    assert signed_in(bob).post(page("cycle-dates", SLUG), moved).status_code == 302
    voting = cycle.dossier.phases.get(kind=phases.VOTING)
    election = cycle.envelopes.get().election
    assert (election.opens_at, election.closes_at) == (voting.opens_at, voting.closes_at)
    assert (voting.opens_at - timezone.now()).days in (19, 20)
    assert records("dates_changed") == 2


def test_a_new_phase_can_be_added(bob: User, cycle: Cycle) -> None:
    data = {**_dates(bob), "works_opens_at": _moved(40), "works_closes_at": _moved(90)}
    assert signed_in(bob).post(page("cycle-dates", SLUG), data).status_code == 302
    assert cycle.dossier.phases.filter(kind=phases.WORKS).exists()


def test_dates_of_a_frozen_vote_stay(bob: User, election: Election) -> None:
    data = {**_dates(bob), "voting_closes_at": _moved(60)}
    answer = signed_in(bob).post(page("cycle-dates", SLUG), data)
    assert answer.status_code == 422
    assert "its dates cannot change any more" in body(answer)
    assert data["voting_closes_at"] in body(answer)
    before = election.closes_at
    election.refresh_from_db()
    assert election.closes_at == before


def test_other_dates_move_while_the_vote_is_frozen(bob: User, election: Election) -> None:
    data = {**_dates(bob), "results_closes_at": _moved(60)}
    assert signed_in(bob).post(page("cycle-dates", SLUG), data).status_code == 302
    assert records("dates_changed") == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("voting_closes_at", "01.01.2020 10:00"),
        ("voting_closes_at", ""),
        ("works_opens_at", "01.01.2030 10:00"),
        ("voting_opens_at", "tomorrow"),
        ("proposals_opens_at", "01.01.0001 00:00"),
        ("results_closes_at", "31.12.9999 23:59"),
    ],
)
def test_impossible_dates_are_refused(bob: User, cycle: Cycle, field: str, value: str) -> None:
    answer = signed_in(bob).post(page("cycle-dates", SLUG), {**_dates(bob), field: value})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert records("dates_changed") == 0


# --- Residents ----------------------------------------------------------------------------------


@pytest.fixture
def desk(cycle: Cycle, charlie: User, city: Territory) -> dict[str, str]:
    return {**key(), "email": "Charlie@Example.org", "territory": str(city.pk),
            "born_on": "27.03.1990"}  # fmt: skip


def test_a_residence_is_confirmed_at_the_desk(
    bob: User, charlie: User, desk: dict[str, str]
) -> None:
    for _ in range(2):  # the same form twice is one act
        answer = signed_in(bob).post(page("residence-confirm", SLUG), desk)
        assert answer["Location"] == page("residence-confirm", SLUG)
    residence = Residence.objects.get(person=charlie)
    assert (residence.born_on, residence.confirmed_by) == (date(1990, 3, 27), bob)
    entry = JournalEntry.objects.get(kind="participation.residence_confirmed", actor=bob)
    assert "charlie" not in entry.body.lower()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "nobody@example.org", "No account has this address."),
        ("email", "bob@example.org", "Nobody confirms their own residence."),
        ("email", "no address", "Enter a valid email address."),
        ("born_on", "27.03.1890", "Check the year"),
        ("born_on", "01.01.2999", "Check the year"),
        ("born_on", "31.02.1990", "Enter a valid date."),
        ("territory", "0", "Select a valid choice"),
    ],
)
def test_a_wrong_desk_form_says_what_is_wrong(
    bob: User, desk: dict[str, str], field: str, value: str, words: str
) -> None:
    answer = signed_in(bob).post(page("residence-confirm", SLUG), {**desk, field: value})
    assert answer.status_code == 422
    assert words in body(answer)
    assert list(answer.context["form"].errors) == [field]
    assert not Residence.objects.filter(confirmed_by=bob).exists()


def test_a_desk_confirms_only_its_own_place(bob: User, desk: dict[str, str]) -> None:
    other = Territory.objects.create(slug="x", kind="city", name_kk="X", name_ru="X")
    answer = signed_in(bob).post(page("residence-confirm", SLUG), {**desk, "territory": other.pk})
    assert answer.status_code == 422


def test_an_account_that_is_gone_is_not_confirmed(
    bob: User, charlie: User, desk: dict[str, str]
) -> None:
    User.objects.filter(pk=charlie.pk).update(is_active=False)
    answer = signed_in(bob).post(page("residence-confirm", SLUG), desk)
    assert "No account has this address." in body(answer)


# --- A new cycle --------------------------------------------------------------------------------


DATES_OF_2031 = {
    "proposals_opens_at": "01.02.2030 00:00",
    "proposals_closes_at": "01.04.2030 00:00",
    "feasibility_opens_at": "01.04.2030 00:00",
    "feasibility_closes_at": "01.09.2030 00:00",
    "voting_opens_at": "10.09.2030 00:00",
    "voting_closes_at": "01.10.2030 00:00",
    "results_opens_at": "05.10.2030 00:00",
    "results_closes_at": "01.01.2031 00:00",
    "works_opens_at": "01.01.2031 00:00",
    "works_closes_at": "01.01.2032 00:00",
}
NEW = ("cycle-create", "kazakhstan")


@pytest.fixture
def draft(cycle: Cycle, city: Territory) -> dict[str, str]:
    return {
        **key(),
        "territory": str(city.pk),
        "year": "2031",
        "title_kk": "Тараз 2031",
        "title_ru": "Тараз 2031",
        "title_en": "",
        "rules": cycle.ruleset.key,
        "step": "create",
        "rows": "1",
        "name_kk_1": "Бүкіл қала",
        "name_ru_1": "Весь город",
        "amount_1": "800 000 000",
        **DATES_OF_2031,
    }


def test_a_new_cycle_starts_unpublished_with_a_years_calendar(
    bob: User, alice: User, draft: dict[str, str]
) -> None:
    answer = signed_in(bob).post(page(*NEW), draft)
    assert answer["Location"] == page("cycle-organise", "taraz-2031")
    cycle = Cycle.objects.get(slug="taraz-2031")
    assert cycle.dossier.published_at is None
    assert cycle.envelopes.get().amount == 800_000_000
    assert cycle.envelopes.get().election.state == Election.State.SETUP
    assert [phase.kind for phase in cycle.dossier.phases.all()] == list(phases.ORDER)
    assert signed_in(bob).get(answer["Location"]).status_code == 200
    assert signed_in(alice).get(page("cycle-detail", "taraz-2031")).status_code == 404


def test_the_same_new_cycle_sent_twice_is_one(bob: User, draft: dict[str, str]) -> None:
    first, second = (signed_in(bob).post(page(*NEW), draft) for _ in range(2))
    assert (first.status_code, first["Location"]) == (302, second["Location"])


def test_a_place_has_one_budget_a_year(bob: User, draft: dict[str, str]) -> None:
    signed_in(bob).post(page(*NEW), draft)
    answer = signed_in(bob).post(page(*NEW), {**draft, **key()})
    assert answer.status_code == 422
    assert "has a budget for this year already" in body(answer)
    assert "800 000 000" in body(answer)


def test_a_place_of_others_cannot_be_chosen(bob: User, draft: dict[str, str]) -> None:
    other = Territory.objects.create(slug="x", kind="city", name_kk="X", name_ru="X")
    answer = signed_in(bob).post(page(*NEW), {**draft, "territory": other.pk})
    assert answer.status_code == 422


def test_a_place_with_a_long_address_gets_its_budget(bob: User, draft: dict[str, str]) -> None:
    place = Territory.objects.create(slug="a" * 80, kind="city", name_kk="Ұзын", name_ru="Ұзын")
    Role.objects.create(person=bob, kind="organiser", territory=place, valid_from=timezone.now())
    answer = signed_in(bob).post(page(*NEW), {**draft, "territory": place.pk})
    assert answer.status_code == 302


@pytest.mark.parametrize("data", [{}, {"ballot": "knapsack", "points": 5}, {"ballot": "oracle"}])
def test_rules_that_cannot_be_used_are_refused(
    bob: User, draft: dict[str, str], data: dict[str, Any]
) -> None:
    broken = Ruleset.objects.create(kind="budgeting.vote", key="broken", name="B", data=data)
    answer = signed_in(bob).post(page(*NEW), {**draft, "rules": broken.key})
    assert answer.status_code == 422
    assert "Correct the rules of the vote" in body(answer)
    assert not Cycle.objects.filter(slug="taraz-2031").exists()


def test_a_cycle_is_published_by_its_button(bob: User, draft: dict[str, str]) -> None:
    client = signed_in(bob)
    client.post(page(*NEW), draft)
    assert "Publish this budget" in body(client.get(page("cycle-organise", "taraz-2031")))
    assert client.post(page("cycle-publish", "taraz-2031"), key()).status_code == 302
    assert client.get(page("cycle-detail", "taraz-2031")).status_code == 200


# --- From freeze to results ---------------------------------------------------------------------


def test_the_freeze_button_shows_the_first_open_item(bob: User, make_cycle: Any) -> None:
    make_cycle(costs=(300,))
    client = signed_in(bob)
    answer = client.post(page("election-freeze", SLUG, 1), key(), follow=True)
    assert "Put at least two projects on the ballot." in [
        str(m) for m in answer.context["messages"]
    ]
    assert Election.objects.get().state == Election.State.SETUP


def test_the_freeze_button_freezes_once(bob: User, alice: User, cycle: Cycle) -> None:
    client, sent = signed_in(bob), key()
    for _ in range(2):
        answer = client.post(page("election-freeze", SLUG, 1), sent, follow=True)
        assert "The vote is frozen." in body(answer)
    assert Election.objects.get().state == Election.State.FROZEN
    assert records("election_frozen") == 1
    again = client.post(page("election-freeze", SLUG, 1), key(), follow=True)
    assert "This has been done already" in body(again)


def test_results_are_seen_by_nobody_before_they_are_published(
    bob: User, election: Election
) -> None:
    cast_all(election, make_voters(election, 25))
    client = signed_in(bob)
    early = client.post(page("results-publish", SLUG, 1), key(), follow=True)
    assert "it is not time for it yet" in body(early)
    advance_election(pass_deadline(election))
    for name, args in (("results-detail", ()), ("tally-json", (1,)), ("ballots-pb", (1,)),
                       ("tally-csv", (1,)), ("openings-jsonl", (1,))):  # fmt: skip
        assert client.get(page(name, SLUG, *args)).status_code == 404
    assert "Publish the results" in body(client.get(page("cycle-organise", SLUG)))
    assert client.post(page("results-publish", SLUG, 1), key()).status_code == 302
    assert client.get(page("results-detail", SLUG)).status_code == 200
    assert records("results_published") == 1


def test_a_reviewer_organises_nothing(cycle: Cycle, city: Territory) -> None:
    reviewer = make_person("r@example.org", "R")
    Role.objects.create(person=reviewer, kind="reviewer", territory=city, valid_from=timezone.now())
    client = signed_in(reviewer)
    assert client.get(page("proposal-queue", SLUG)).status_code == 200
    assert client.post(page("election-freeze", SLUG, 1), key()).status_code == 404
    assert Election.objects.get().state == Election.State.SETUP
