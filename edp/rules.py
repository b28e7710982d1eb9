"""Who may do what in a discovery process."""

from typing import Any

import rules

from accounts.models import User
from edp.models import (
    Assignment,
    Consultation,
    DelphiStudy,
    DiscoveryProcess,
    GroupMembership,
    Idea,
    NeedMatch,
    Passage,
    Pledge,
    VoteStatement,
    Workshop,
)
from participation.models import Role
from participation.rules import has_role

PANEL = GroupMembership.Group.PANEL


@rules.predicate
def is_person(person: User, _: object = None) -> bool:
    return bool(person.is_authenticated)


@rules.predicate
def is_organiser(person: User, process: DiscoveryProcess) -> bool:
    return has_role(person, Role.Kind.ORGANISER, process.dossier)


@rules.predicate
def is_analyst(person: User, process: DiscoveryProcess) -> bool:
    return has_role(person, Role.Kind.ANALYST, process.dossier)


@rules.predicate
def is_assessor(person: User, process: DiscoveryProcess) -> bool:
    """Sits on the evaluation panel now: whoever left has no date of leaving before today."""
    if not person.is_active:  # nor anybody who has not signed in
        return False
    return process.memberships.filter(group=PANEL, person=person, until=None).exists()


@rules.predicate
def is_panel_chair(person: User, process: DiscoveryProcess) -> bool:
    if not person.is_active:  # nor anybody who has not signed in
        return False
    return process.memberships.filter(
        group=PANEL, person=person, until=None, is_chair=True
    ).exists()


@rules.predicate
def organises_workshop(person: User, workshop: Workshop) -> bool:
    return has_role(person, Role.Kind.ORGANISER, workshop.process.dossier)


@rules.predicate
def organises_seat(person: User, seat: GroupMembership) -> bool:
    return has_role(person, Role.Kind.ORGANISER, seat.process.dossier)


@rules.predicate
def sits_there(person: User, seat: GroupMembership) -> bool:
    return person.is_active and seat.person_id == person.pk and seat.until is None


@rules.predicate
def is_rapporteur(person: User, workshop: Workshop) -> bool:
    return person.is_active and workshop.rapporteur_id == person.pk


@rules.predicate
def organises_consultation(person: User, consultation: Consultation) -> bool:
    return has_role(person, Role.Kind.ORGANISER, consultation.process.dossier)


@rules.predicate
def organises_passage(person: User, passage: Passage) -> bool:
    return has_role(person, Role.Kind.ORGANISER, passage.version.consultation.process.dossier)


@rules.predicate
def organises_statement(person: User, statement: VoteStatement) -> bool:
    return has_role(person, Role.Kind.ORGANISER, statement.consultation.process.dossier)


@rules.predicate
def answers_consultation(person: User, consultation: Consultation) -> bool:
    """An officer of the body that answers."""
    if not person.is_active:
        return False
    held = Role.objects.in_force().filter(person=person, kind=Role.Kind.STATE_OFFICER)
    return held.filter(organisation=consultation.decider_id).exists()


@rules.predicate
def is_proposer(person: User, idea: Idea) -> bool:
    return bool(person.is_active and idea.proposer_id == person.pk)


@rules.predicate
def has_pledged(person: User, pledge: Pledge) -> bool:
    return bool(person.is_active and pledge.person_id == person.pk)


@rules.predicate
def organises_match(person: User, match: NeedMatch) -> bool:
    return has_role(person, Role.Kind.ORGANISER, match.need.process.dossier)


@rules.predicate
def said_either(person: User, match: NeedMatch) -> bool:
    authors = (match.need.author_id, match.offer.author_id)
    return bool(person.is_active and person.pk in authors)


rules.add_perm("edp.take_part", is_person)
rules.add_perm("edp.organise_process", is_organiser)
rules.add_perm("edp.organise_seat", organises_seat)
rules.add_perm("edp.declare_interests", organises_seat | sits_there)
rules.add_perm("edp.manage_evidence", is_organiser | is_analyst)
rules.add_perm("edp.organise_workshop", organises_workshop)
rules.add_perm("edp.record_workshop", organises_workshop | is_rapporteur)
rules.add_perm("edp.assess_ideas", is_assessor)
rules.add_perm("edp.chair_panel", is_panel_chair)
rules.add_perm("edp.organise_consultation", organises_consultation)
rules.add_perm("edp.change_passage", organises_passage)
rules.add_perm("edp.decide_statement", organises_statement)
rules.add_perm("edp.enter_comment", organises_consultation | answers_consultation)


@rules.predicate
def is_given_idea(person: User, idea: Idea) -> bool:
    """Has this idea to assess and sits on the panel still."""
    given = idea.assignments.filter(seat__person=person, seat__until=None)
    return person.is_active and given.exists()


@rules.predicate
def leads_evaluation_of_sheet(person: User, assignment: Assignment) -> bool:
    return bool((is_organiser | is_panel_chair)(person, assignment.seat.process))


@rules.predicate
def organises_process_of_idea(person: User, idea: Idea) -> bool:
    return has_role(person, Role.Kind.ORGANISER, idea.process.dossier)


rules.add_perm("edp.excuse_idea", organises_process_of_idea)
rules.add_perm("edp.assess_idea", is_given_idea)
rules.add_perm("edp.rule_sheet", leads_evaluation_of_sheet)
rules.add_perm("edp.lead_evaluation", is_organiser | is_panel_chair)
rules.add_perm("edp.write_idea", is_proposer)
rules.add_perm("edp.decide_idea", organises_process_of_idea)
rules.add_perm("edp.withdraw_pledge", has_pledged)
rules.add_perm("edp.confirm_match", organises_match)
rules.add_perm("edp.decide_match", organises_match | said_either)
# --- The strategy and what follows it -----------------------------------------------------------


@rules.predicate
def organises_process_of(person: User, thing: Any) -> bool:
    """Of a part of a process: whatever knows its `process`."""
    return has_role(person, Role.Kind.ORGANISER, thing.process.dossier)


@rules.predicate
def analyses_process_of(person: User, thing: Any) -> bool:
    return has_role(person, Role.Kind.ANALYST, thing.process.dossier)


@rules.predicate
def is_wheel_assessor(person: User, process: DiscoveryProcess) -> bool:
    """Sits in the steering group, or is a peer from outside."""
    if not person.is_active:  # strangers are no rows
        return False
    groups = (GroupMembership.Group.STEERING, GroupMembership.Group.PEERS)
    return bool(process.memberships.filter(group__in=groups, person=person, until=None).exists())


rules.add_perm("edp.write_strategy", organises_process_of)
rules.add_perm("edp.measure_indicator", organises_process_of | analyses_process_of)
rules.add_perm("edp.judge_by_wheel", is_wheel_assessor)


@rules.predicate
def is_on_delphi_panel(person: User, study: DelphiStudy) -> bool:
    return person.is_active and study.invitations.filter(person=person).exists()


@rules.predicate
def organises_study(person: User, study: DelphiStudy) -> bool:
    return has_role(person, Role.Kind.ORGANISER, study.process.dossier)


rules.add_perm("edp.rate_delphi", is_on_delphi_panel)
rules.add_perm("edp.organise_delphi", organises_study)
