"""Versions, co-authors, withdrawal, notes, merges, support, paper: what holds whoever tries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import CarriedSupport, CoAuthor, Cycle, Proposal, ProposalMerge
from budgeting.personal_data import erase, export
from budgeting.services.elections import freeze_election
from budgeting.services.feasibility import review_proposal
from budgeting.services.frozen_ballots import BallotFrozen
from budgeting.services.proposals import (
    Paper,
    Project,
    ProposalsClosed,
    answer_invitation,
    answer_merge,
    apply_threshold,
    ask_merge,
    edit_proposal,
    enter_paper_proposal,
    invite_coauthor,
    merge_proposals,
    undo_merge,
    withdraw_proposal,
    write_note,
)
from budgeting.services.proposals import errors as refusals
from participation.errors import Refused
from participation.models import Delivery, Follow, JournalEntry, Phase, Role, Support
from participation.services import Wording
from participation.services.comments import set_support
from tests.budgeting.ballot_box import at_once, errors_in, fetch_all
from tests.budgeting.pages import SLUG, body, page, signed_in
from tests.budgeting.proposing import propose, taking
from tests.conftest import make_person

Refusal = type[Refused]


@pytest.fixture
def open_cycle(cycle: Cycle) -> Cycle:
    return taking(cycle, amount=1000)


@pytest.fixture
def own(open_cycle: Cycle, alice: User) -> Proposal:
    return propose(open_cycle, alice, "Саябақтағы шамдар")


@pytest.fixture
def other(open_cycle: Cycle, charlie: User) -> Proposal:
    return propose(open_cycle, charlie, "Саябақ жарығы")


def back(proposal: Proposal, *people: User) -> None:
    for person in people:
        set_support(by=person, dossier=proposal.dossier, comment=None, is_given=True)


def backers(proposal: Proposal) -> set[str]:
    given = Support.objects.filter(dossier=proposal.dossier, comment=None)
    return set(given.values_list("person__name", flat=True))


def told(person: User) -> list[str]:
    rows = Delivery.objects.filter(recipient=person).select_related("event")
    return sorted({row.event.kind for row in rows})


def end_phase(cycle: Cycle) -> None:
    now = timezone.now()
    Phase.objects.filter(dossier=cycle.dossier, kind=phases.PROPOSALS).update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
    )


# --- Versions -----------------------------------------------------------------------------------


def edit(proposal: Proposal, by: User, title: str = "Жаңа атау") -> Proposal:
    return edit_proposal(
        by=by,
        proposal=proposal,
        wording=Wording("kk", title, "Қысқаша"),
        project=Project(cost=700, place="Жаңа орын"),
        note="Бағасы нақтыланды",
    )


def test_every_version_stays_and_is_shown(own: Proposal, alice: User) -> None:
    edit(own, alice)
    own.refresh_from_db()
    assert [(v.number, v.cost) for v in own.versions.all()] == [(1, 500), (2, 700)]
    seen = body(signed_in(alice).get(page("proposal-versions", SLUG, own.number)))
    assert "<del>Саябақтағы шамдар</del>" in seen or "<del>Саябақтағы</del>" in seen
    assert "Бағасы нақтыланды" in seen
    for sql in ("UPDATE budgeting_proposalversion SET cost = 1",
                "DELETE FROM budgeting_proposalversion"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_nothing_is_edited_after_the_phase_or_the_end(own: Proposal, alice: User) -> None:
    withdraw_proposal(by=alice, proposal=own, reason="Қате")
    with pytest.raises(refusals.ProposalEnded):
        edit(own, alice)
    end_phase(own.cycle)
    with pytest.raises(ProposalsClosed):
        edit(own, alice)


def test_a_form_edits(own: Proposal, alice: User) -> None:
    client = signed_in(alice)
    address = page("proposal-edit", SLUG, own.number)
    form = client.get(address).context["form"]
    sent = {"form_key": form["form_key"].value(), "title": "Басқа", "summary": "С", "cost": "800"}
    assert client.post(address, {**sent, "cost": "1001"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    own.refresh_from_db()
    assert (own.cost, own.versions.count()) == (800, 2)


# --- Authors ------------------------------------------------------------------------------------


def test_an_invitation_tells_nobody_who_has_an_account(
    own: Proposal, alice: User, charlie: User
) -> None:
    client = signed_in(alice)
    address = page("proposal-invite", SLUG, own.number)
    answers = []
    for email in ("Charlie@example.org", "nobody@example.org"):
        key = client.get(address).context["form"]["form_key"].value()
        answer = client.post(address, {"form_key": key, "email": email}, follow=True)
        answers.append([str(m) for m in answer.context["messages"]])
    assert answers[0] == answers[1] != []
    assert answer.context["waiting"] == 2
    assert told(charlie) == ["coauthor_invited"]
    assert not mail.outbox


def test_a_coauthor_agrees_and_edits(own: Proposal, alice: User, charlie: User) -> None:
    invite_coauthor(by=alice, proposal=own, email=charlie.email)
    invite_coauthor(by=alice, proposal=own, email=charlie.email.upper())
    assert own.coauthors.count() == 1
    here = page("proposal-detail", SLUG, own.number)
    assert "Charlie" not in body(signed_in(alice).get(here))
    assert not charlie.has_perm("budgeting.edit_proposal", own)
    answer_invitation(by=charlie, proposal=own, is_accepted=True)
    assert charlie.has_perm("budgeting.edit_proposal", own)
    assert not charlie.has_perm("budgeting.lead_proposal", own)
    assert "Charlie" in body(signed_in(alice).get(here))
    with pytest.raises(refusals.InvitationAnswered):
        answer_invitation(by=charlie, proposal=own, is_accepted=False)


def test_no_more_authors_than_the_rules_allow(own: Proposal, alice: User) -> None:
    for number in range(10):
        invite_coauthor(by=alice, proposal=own, email=f"p{number}@example.org")
    with pytest.raises(refusals.TooManyCoAuthors):
        invite_coauthor(by=alice, proposal=own, email="p10@example.org")


@pytest.mark.django_db(transaction=True)
def test_two_invitations_at_once_are_one(make_cycle: Any, alice: User, charlie: User) -> None:
    own = propose(taking(make_cycle()), alice)

    def invite() -> None:
        invite_coauthor(by=alice, proposal=own, email=charlie.email)

    assert errors_in(at_once(invite, invite)) == []
    assert own.coauthors.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        CoAuthor.objects.create(proposal=own, person=charlie)


def test_what_is_withdrawn_stays_with_its_reason(own: Proposal, alice: User) -> None:
    with pytest.raises(refusals.ReasonMissing):
        withdraw_proposal(by=alice, proposal=own, reason=" ")
    withdraw_proposal(by=alice, proposal=own, reason="Акимат өзі салады")
    seen = body(signed_in(alice).get(page("proposal-detail", SLUG, own.number)))
    assert "Акимат өзі салады" in seen
    listed = signed_in(alice).get(page("proposal-list", SLUG), {"state": "withdrawn"})
    assert len(listed.context["cards"]) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=own.pk).update(end_reason="")


def test_a_note_says_how_it_took_shape(own: Proposal, alice: User, bob: User) -> None:
    day = timezone.localdate()
    write_note(by=alice, proposal=own, happened_on=day, text="Он шам", language="kk")
    write_note(by=bob, proposal=own, happened_on=day, text="Күн", language="kk", by_organiser=True)
    seen = body(signed_in(alice).get(page("proposal-detail", SLUG, own.number)))
    assert "Он шам" in seen
    assert "Organiser" in seen


def test_who_is_erased_leaves_the_words(own: Proposal, alice: User, charlie: User) -> None:
    invite_coauthor(by=alice, proposal=own, email=charlie.email)
    answer_invitation(by=charlie, proposal=own, is_accepted=True)
    assert export(charlie)["coauthored"] == [{"number": own.dossier.reference, "state": "accepted"}]
    erase(charlie)
    seen = body(signed_in(alice).get(page("proposal-detail", SLUG, own.number)))
    assert "Charlie" not in seen
    assert "somebody who is not named any more" in seen


# --- Merges -------------------------------------------------------------------------------------


def test_a_merge_carries_supporters_and_authors_once(
    own: Proposal, other: Proposal, alice: User, bob: User, charlie: User
) -> None:
    dina = make_person("dina@example.org", "Dina")
    back(own, alice, bob)
    back(other, bob, dina)
    merge_proposals(by=bob, proposal=other, into=own, reason="Бір жер")
    other.refresh_from_db()
    assert (other.state, other.merged_into) == (Proposal.State.MERGED, own)
    assert backers(own) == {"Alice", "Bob", "Dina"}
    own.dossier.discussion.refresh_from_db()
    assert own.dossier.discussion.backers == 3
    assert Follow.objects.filter(dossier=own.dossier, person=dina).exists()
    assert own.coauthors.get().person == charlie
    seen = body(signed_in(alice).get(page("proposal-detail", SLUG, other.number)))
    assert page("proposal-detail", SLUG, own.number) in seen
    assert "Бір жер" in seen
    assert page("proposal-detail", SLUG, other.number) in body(
        signed_in(alice).get(page("proposal-detail", SLUG, own.number))
    )
    assert "proposal_ended" in told(alice)


def test_undoing_a_merge_takes_away_only_what_it_brought(
    own: Proposal, other: Proposal, alice: User, bob: User
) -> None:
    dina = make_person("dina@example.org", "Dina")
    back(own, alice, bob)
    back(other, bob, dina)
    merge_proposals(by=bob, proposal=other, into=own, reason="Бір жер")
    with pytest.raises(refusals.ReasonMissing):
        undo_merge(by=bob, proposal=other, reason="")
    undo_merge(by=bob, proposal=other, reason="Екі бөлек саябақ")
    other.refresh_from_db()
    assert (other.state, other.merged_into) == (Proposal.State.SUBMITTED, None)
    assert backers(own) == {"Alice", "Bob"}
    assert backers(other) == {"Bob", "Dina"}
    assert not own.coauthors.exists()
    assert not own.dossier.links_in.exists()
    kinds = JournalEntry.objects.filter(dossier=other.dossier).values_list("kind", flat=True)
    assert {"budgeting.proposal_merged", "budgeting.merge_undone"} <= set(kinds)
    with pytest.raises(refusals.MergeDecided):
        undo_merge(by=bob, proposal=other, reason="again")
    merge_proposals(by=bob, proposal=other, into=own, reason="Сонда да бір")
    assert other.merges.count() == 2


def test_authors_merge_by_consent(
    own: Proposal, other: Proposal, alice: User, charlie: User
) -> None:
    asked = ask_merge(by=charlie, proposal=other, into=own, reason="Бірге мықтырақ")
    assert told(alice) == ["merge_asked"]
    with pytest.raises(refusals.MergeAsked):
        ask_merge(by=charlie, proposal=other, into=own, reason="тағы")
    link = page("merge-answer", SLUG, own.number, asked.pk)
    assert link in body(signed_in(alice).get(page("proposal-detail", SLUG, own.number)))
    answer_merge(by=alice, merge=asked, is_accepted=False)
    other.refresh_from_db()
    assert other.state == Proposal.State.SUBMITTED
    asked = ask_merge(by=charlie, proposal=other, into=own, reason="Ойланып көріңіз")
    answer_merge(by=alice, merge=asked, is_accepted=True)
    other.refresh_from_db()
    assert other.merged_into == own
    with pytest.raises(Refused):
        answer_merge(by=alice, merge=asked, is_accepted=True)


def test_no_merge_into_the_dead_or_other_money(
    own: Proposal, other: Proposal, alice: User, bob: User, make_cycle: Any
) -> None:
    third = propose(own.cycle, alice, "Үшінші")
    foreign = propose(taking(make_cycle("taraz-2028")), alice)
    merge_proposals(by=bob, proposal=third, into=own, reason="Бір")
    for source, into in ((own, own), (own, foreign), (own, third)):
        with pytest.raises(refusals.NotMergeable):
            merge_proposals(by=bob, proposal=source, into=into, reason="Бір")
    withdraw_proposal(by=alice, proposal=own, reason="Қате")
    with pytest.raises(refusals.NotMergeable):
        merge_proposals(by=bob, proposal=other, into=own, reason="Бір")


@pytest.mark.parametrize("kind", ["circle", "other money", "dead", "itself"])
def test_the_database_refuses_what_services_refuse(
    own: Proposal, other: Proposal, alice: User, bob: User, make_cycle: Any, kind: str
) -> None:
    into = own
    if kind == "circle":
        merge_proposals(by=bob, proposal=own, into=other, reason="Бір")
    elif kind == "other money":
        into = propose(taking(make_cycle("taraz-2028")), alice)
    elif kind == "dead":
        withdraw_proposal(by=alice, proposal=own, reason="Қате")
    else:
        into = other
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE budgeting_proposal SET state = 'merged', end_reason = 'x', merged_into_id = %s"
            " WHERE id = %s",
            [into.pk, other.pk],
        )


def test_no_merge_and_no_undoing_after_the_freeze(
    own: Proposal, other: Proposal, bob: User
) -> None:
    third = propose(own.cycle, None, "Үшінші")
    merge_proposals(by=bob, proposal=third, into=own, reason="Бір")
    for proposal in (own, other):
        review_proposal(by=bob, proposal=proposal, state="feasible", reasons="Иә")
    freeze_election(by=bob, election=own.cycle.envelopes.get().election)
    with pytest.raises(BallotFrozen):
        merge_proposals(by=bob, proposal=other, into=own, reason="Бір")
    with pytest.raises(BallotFrozen):
        undo_merge(by=bob, proposal=third, reason="Бөлек")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=third.pk).update(state="submitted", merged_into=None)


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_crosswise_end_with_one_merge(
    make_cycle: Any, alice: User, bob: User
) -> None:
    cycle = taking(make_cycle())
    one, two = propose(cycle, alice, "Бір"), propose(cycle, alice, "Екі")

    def merge(source: Proposal, into: Proposal) -> Callable[[], Any]:
        return lambda: merge_proposals(by=bob, proposal=source, into=into, reason="Бір")

    results = at_once(merge(one, two), merge(two, one))
    assert [type(error) for error in errors_in(results)] == [refusals.NotMergeable]
    assert Proposal.objects.filter(state="merged").count() == 1


def test_a_decided_merge_is_not_rewritten(own: Proposal, other: Proposal, bob: User) -> None:
    merge_proposals(by=bob, proposal=other, into=own, reason="Бір")
    for change in ({"reason": "басқа"}, {"state": "asked"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProposalMerge.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        fetch_all("DELETE FROM budgeting_proposalmerge RETURNING id")


# --- Support ------------------------------------------------------------------------------------


def test_support_ends_with_the_phase(own: Proposal, alice: User, charlie: User) -> None:
    back(own, charlie)
    address = page("proposal-detail", SLUG, own.number)
    button = 'name="wanted"'
    assert body(signed_in(charlie).get(address)).count(button) == 1
    end_phase(own.cycle)
    with pytest.raises(refusals.SupportClosed):
        back(own, alice)
    assert button not in body(signed_in(charlie).get(address))


@pytest.mark.django_db(transaction=True)
def test_a_person_backs_once_however_fast(make_cycle: Any, alice: User, charlie: User) -> None:
    own = propose(taking(make_cycle()), alice)

    def give() -> None:
        back(own, charlie)

    assert errors_in(at_once(give, give, give)) == []
    own.dossier.discussion.refresh_from_db()
    assert own.dossier.discussion.backers == 1


def test_too_little_support_is_said_and_not_dropped(
    open_cycle: Cycle, own: Proposal, other: Proposal, alice: User, bob: User
) -> None:
    rules = open_cycle.ruleset
    rules.data = {**rules.data, "proposals": {"support_threshold": 2}}
    rules.save()
    back(own, alice, bob)
    back(other, alice)
    seen = body(signed_in(alice).get(page("proposal-detail", SLUG, other.number)))
    assert 'max="2" value="1"' in seen
    assert apply_threshold(cycle=open_cycle) == 0
    end_phase(open_cycle)
    assert apply_threshold(cycle=open_cycle) == 1
    assert apply_threshold(cycle=open_cycle) == 0
    own.refresh_from_db()
    other.refresh_from_db()
    assert own.state == Proposal.State.SUBMITTED
    assert other.state == Proposal.State.BELOW_THRESHOLD
    assert "2" in other.end_reason
    assert "proposal_ended" in told(other.author)  # type: ignore[arg-type]
    freeze_election(by=bob, election=_without_waiting(open_cycle, bob))


def _without_waiting(cycle: Cycle, bob: User) -> Any:
    """Rules with a threshold serve a vote as well."""
    for proposal in cycle.proposals.filter(state="submitted"):
        review_proposal(by=bob, proposal=proposal, state="feasible", reasons="Иә")
    return cycle.envelopes.get().election


@pytest.mark.parametrize(
    "own_rules", [{"support_threshold": -1}, {"support": 1}, {"support_threshold": "9"}]
)
def test_rules_that_make_no_sense_make_no_budget(make_cycle: Any, own_rules: Any) -> None:
    from tests.conftest import RULES

    with pytest.raises(ValueError, match="support"):
        make_cycle("taraz-2031", rules={**RULES, "proposals": own_rules})


# --- On paper -----------------------------------------------------------------------------------


def test_a_sheet_is_public_and_its_bringer_is_not(
    open_cycle: Cycle, bob: User, charlie: User
) -> None:
    Role.objects.create(
        person=charlie, kind=Role.Kind.REGISTRAR, territory=open_cycle.dossier.territory,
        valid_from=timezone.now(),
    )  # fmt: skip
    desk = signed_in(charlie)
    address = page("paper-enter", SLUG)
    day = timezone.localdate()
    sent = {
        "form_key": desk.get(address).context["form"]["form_key"].value(),
        "title": "Орындық", "summary": "Аялдамаға орындық.", "cost": "300", "language": "kk",
        "envelope": open_cycle.envelopes.get().pk, "receipt": "Т-17",
        "handed_in_by": "Сара Ахметова", "handed_in_on": f"{day:%d.%m.%Y}",
    }  # fmt: skip
    assert desk.post(address, sent).status_code == 422
    sent["receipt"] = "T-17"
    late = {**sent, "handed_in_on": "01.02.2020"}
    assert desk.post(address, late).status_code == 422
    assert desk.post(address, sent).status_code == 302
    proposal = Proposal.objects.get(paper__receipt="T-17")
    assert proposal.author is None
    seen = body(desk.get(page("proposal-detail", SLUG, proposal.number)))
    assert "T-17" in seen
    assert "Сара" not in seen
    assert "Сара Ахметова" in body(desk.get(address))
    with pytest.raises(refusals.ReceiptTaken):
        enter_paper_proposal(
            by=bob, cycle=open_cycle, envelope=open_cycle.envelopes.get(),
            wording=Wording("kk", "Тағы"), project=Project(cost=1),
            paper=Paper("T-17", "X", day),
        )  # fmt: skip


# --- The list -----------------------------------------------------------------------------------


def test_a_visitor_keeps_the_order_and_others_have_another(open_cycle: Cycle, alice: User) -> None:
    for number in range(30):
        propose(open_cycle, None, f"Орындық {number}")
    address = page("proposal-list", SLUG)

    def titles(**asked: Any) -> list[str]:
        answer = signed_in(alice).get(address, asked)
        return [card.title for card in answer.context["cards"]]

    first, second = titles(page=1), titles(page=2)
    assert titles(page=1) == first
    assert not set(first) & set(second)
    orders = {tuple(titles(seed=seed)) for seed in range(4)}
    assert len(orders) == 4
    assert titles(sort="newest")[0] == "Орындық 29"
    assert CarriedSupport.objects.count() == 0
