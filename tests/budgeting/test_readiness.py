"""The to-do list before a vote: each item open and done, and the freeze that waits for all."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from budgeting import errors, phases
from budgeting.models import Cycle, Election, Proposal
from budgeting.readiness import issues_before_opening
from budgeting.services.elections import freeze_election
from participation.models import Dossier, Phase, Residence, Ruleset

CODES = ["published", "rules", "voting_dates", "results_date", "shortlist", "verdicts", "costs",
         "languages", "roll", "key"]  # fmt: skip


def _unpublish(cycle: Cycle) -> None:
    Dossier.objects.filter(pk=cycle.dossier.pk).update(published_at=None)


def _break_rules(cycle: Cycle) -> None:
    Ruleset.objects.filter(pk=cycle.ruleset.pk).update(data={"ballot": "knapsack"})


def _unknown_rule(cycle: Cycle) -> None:
    data = {**cycle.ruleset.data, "count": {"method": "oracle"}}
    Ruleset.objects.filter(pk=cycle.ruleset.pk).update(data=data)


def _vote_is_over(cycle: Cycle) -> None:
    past = timezone.now() - timedelta(hours=1)
    voting = Phase.objects.filter(dossier=cycle.dossier, kind=phases.VOTING)
    voting.update(opens_at=past - timedelta(days=1), closes_at=past)


def _no_vote(cycle: Cycle) -> None:
    Phase.objects.filter(dossier=cycle.dossier, kind=phases.VOTING).delete()


def _no_results(cycle: Cycle) -> None:
    Phase.objects.filter(dossier=cycle.dossier, kind=phases.RESULTS).delete()


def _results_before_the_close(cycle: Cycle) -> None:
    results = Phase.objects.filter(dossier=cycle.dossier, kind=phases.RESULTS)
    results.update(opens_at=timezone.now())


def _one_project(cycle: Cycle) -> None:
    cycle.proposals.exclude(number=1).update(state=Proposal.State.FEASIBLE)


def _undecided(cycle: Cycle) -> None:
    cycle.proposals.filter(number=4).update(state=Proposal.State.SUBMITTED)


def _too_dear(cycle: Cycle) -> None:
    cycle.proposals.filter(number=1).update(cost=1001)


def _no_kazakh(cycle: Cycle) -> None:
    cycle.proposals.get(number=1).dossier.texts.filter(language="kk").delete()


def _title_without_russian(cycle: Cycle) -> None:
    cycle.dossier.texts.filter(language="ru").delete()


def _nobody(cycle: Cycle) -> None:
    Residence.objects.all().delete()


BREAKS: list[tuple[Callable[[Cycle], None], set[str]]] = [
    (_unpublish, {"published"}),
    (_break_rules, {"rules"}),
    (_unknown_rule, {"rules"}),
    (_vote_is_over, {"voting_dates"}),
    (_no_vote, {"voting_dates", "results_date"}),
    (_no_results, {"results_date"}),
    (_results_before_the_close, {"results_date"}),
    (_one_project, {"shortlist"}),
    (_undecided, {"verdicts"}),
    (_too_dear, {"costs"}),
    (_no_kazakh, {"languages"}),
    (_title_without_russian, {"languages"}),
    (_nobody, {"roll"}),
]


def election_of(cycle: Cycle) -> Election:
    """Read anew, with nothing remembered."""
    return Election.objects.get(envelope__cycle=cycle)


def open_items(cycle: Cycle) -> set[str]:
    return {issue.code for issue in issues_before_opening(election_of(cycle)) if not issue.is_done}


def test_a_cycle_that_is_ready_has_every_item_done(cycle: Cycle) -> None:
    issues = issues_before_opening(election_of(cycle))
    assert [issue.code for issue in issues] == CODES
    assert all(issue.is_done for issue in issues)
    assert all(issue.text and "%(" not in issue.text for issue in issues)


@pytest.mark.parametrize(
    ("spoil", "expected"), BREAKS, ids=[spoil.__name__.strip("_") for spoil, _ in BREAKS]
)
def test_each_item_opens_alone_and_stops_the_freeze(
    cycle: Cycle, bob: User, spoil: Callable[[Cycle], None], expected: set[str]
) -> None:
    spoil(cycle)
    assert open_items(cycle) == expected
    issues = issues_before_opening(election_of(cycle))
    first = next(issue for issue in issues if not issue.is_done)
    assert "%(" not in first.text
    with pytest.raises(errors.NotReady) as refused:
        freeze_election(by=bob, election=election_of(cycle))
    assert str(refused.value) == first.text
    assert election_of(cycle).state == Election.State.SETUP


def test_every_item_is_tested() -> None:
    assert {code for _, codes in BREAKS for code in codes} | {"key"} == set(CODES)


def test_the_key_needs_a_place(
    cycle: Cycle, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BALLOT_KEY_DIR = tmp_path / "keys"
    assert open_items(cycle) == set()
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    monkeypatch.setattr("budgeting.readiness.os.access", lambda path, mode: False)
    assert open_items(cycle) == {"key"}


def test_a_withdrawn_proposal_stops_nothing(cycle: Cycle) -> None:
    cycle.proposals.filter(number=4).update(
        state=Proposal.State.WITHDRAWN, end_reason="No longer needed."
    )
    assert open_items(cycle) == set()


def test_a_frozen_vote_has_no_list(election: Election) -> None:
    assert issues_before_opening(election) == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_list_is_in_the_organisers_language(cycle: Cycle, language: str) -> None:
    from django.utils.translation import override

    english = {issue.text for issue in issues_before_opening(election_of(cycle))}
    with override(language):
        assert not english & {issue.text for issue in issues_before_opening(election_of(cycle))}
