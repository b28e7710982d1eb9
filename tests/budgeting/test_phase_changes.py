"""An organiser moves the dates while somebody is in the middle of something: nothing is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Cycle, Proposal, ProposalDraft
from budgeting.services.cycles import PhaseDates, change_dates
from tests.budgeting.pages import body, signed_in
from tests.budgeting.proposing import WHAT, begin, step, taking, where


@pytest.fixture
def open_cycle(cycle: Cycle) -> Cycle:
    return taking(cycle)


def close_proposals(cycle: Cycle, bob: User) -> None:
    now = timezone.now()
    dates = PhaseDates(phases.PROPOSALS, now - timedelta(days=9), now - timedelta(seconds=1))
    change_dates(by=bob, cycle=cycle, dates=[dates])


def test_the_phase_ends_before_the_last_step_is_sent(
    open_cycle: Cycle, alice: User, bob: User
) -> None:
    client = signed_in(alice)
    draft = begin(client, language="en")
    step(client, draft, "where", language="en", **where(open_cycle))
    close_proposals(open_cycle, bob)
    answer = step(client, draft, "how", language="en", cost="4321", act="send")
    assert "Proposals are not taken now." in body(answer)
    kept = ProposalDraft.objects.get(key=draft.key)
    assert kept.values["title"] == WHAT["title"]
    assert "4321" in body(answer)
    assert not Proposal.objects.filter(author=alice).exists()


def test_the_phase_is_opened_again_and_the_draft_goes_on(
    open_cycle: Cycle, alice: User, bob: User
) -> None:
    client = signed_in(alice)
    draft = begin(client)
    step(client, draft, "where", **where(open_cycle))
    close_proposals(open_cycle, bob)
    step(client, draft, "how", cost="4321", act="send")
    now = timezone.now()
    dates = PhaseDates(phases.PROPOSALS, now - timedelta(days=9), now + timedelta(days=1))
    change_dates(by=bob, cycle=open_cycle, dates=[dates])
    assert step(client, draft, "how", cost="4321", act="send").status_code == 302
    assert Proposal.objects.get(author=alice).cost == 4321
