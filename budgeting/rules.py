"""Who may do what in a budget cycle."""

import rules

from accounts.models import User
from budgeting.models import (
    CoAuthor,
    Cycle,
    Envelope,
    LetterBatch,
    Milestone,
    PaperBatch,
    Proposal,
    ProposalMerge,
    Question,
    RegisterImport,
    Station,
    StationOfficer,
    Trial,
    Work,
)
from participation.models import Role
from participation.rules import has_role


@rules.predicate
def is_person(person: User, _: object = None) -> bool:
    return bool(person.is_authenticated)


@rules.predicate
def is_organiser(person: User, cycle: Cycle) -> bool:
    return has_role(person, Role.Kind.ORGANISER, cycle.dossier)


@rules.predicate
def is_reviewer(person: User, cycle: Cycle) -> bool:
    return has_role(person, Role.Kind.REVIEWER, cycle.dossier)


@rules.predicate
def is_registrar(person: User, cycle: Cycle) -> bool:
    return has_role(person, Role.Kind.REGISTRAR, cycle.dossier)


@rules.predicate
def organises_task(person: User, task: Role) -> bool:
    """A role in this one budget, given by its organisers."""
    return task.dossier is not None and has_role(person, Role.Kind.ORGANISER, task.dossier)


@rules.predicate
def organises_envelope(person: User, envelope: Envelope) -> bool:
    return has_role(person, Role.Kind.ORGANISER, envelope.cycle.dossier)


@rules.predicate
def organises_trial(person: User, trial: Trial) -> bool:
    return has_role(person, Role.Kind.ORGANISER, trial.election.envelope.cycle.dossier)


@rules.predicate
def is_staff_of_trial(person: User, trial: Trial) -> bool:
    """Works on the budget whose vote is tried."""
    cycle = trial.election.envelope.cycle
    return bool((is_organiser | is_reviewer | is_registrar)(person, cycle))


@rules.predicate
def is_author(person: User, proposal: Proposal) -> bool:
    return person.is_active and proposal.author_id == person.pk


@rules.predicate
def is_named_author(person: User, proposal: Proposal) -> bool:
    if not person.is_active:
        return False
    return proposal.coauthors.filter(person=person, state=CoAuthor.State.ACCEPTED).exists()


@rules.predicate
def is_invited(person: User, proposal: Proposal) -> bool:
    if not person.is_active:
        return False
    return proposal.coauthors.filter(person=person).exists()


@rules.predicate
def is_organiser_of_proposal(person: User, proposal: Proposal) -> bool:
    return has_role(person, Role.Kind.ORGANISER, proposal.cycle.dossier)


@rules.predicate
def is_author_there(person: User, merge: ProposalMerge) -> bool:
    """Wrote the proposal into which another one wants to go."""
    return person.is_active and merge.into.author_id == person.pk


@rules.predicate
def organises_work(person: User, work: Work) -> bool:
    return has_role(person, Role.Kind.ORGANISER, work.award.proposal.cycle.dossier)


@rules.predicate
def builds(person: User, work: Work) -> bool:
    """Speaks for the body that builds."""
    if not person.is_active or work.body_id is None:
        return False
    held = Role.objects.in_force().filter(person=person, kind=Role.Kind.STATE_OFFICER)
    return held.filter(organisation=work.body_id).exists()


@rules.predicate
def tells_of_milestone(person: User, milestone: Milestone) -> bool:
    return bool(person.has_perm("budgeting.tell_of_work", milestone.work))


@rules.predicate
def keeps_register(person: User, thing: Cycle | RegisterImport | LetterBatch) -> bool:
    """Of a budget, or of that whose import or letters these are."""
    cycle = thing if isinstance(thing, Cycle) else thing.register.cycle
    return bool((is_organiser | is_registrar)(person, cycle))


@rules.predicate
def organises_station(person: User, thing: Station | StationOfficer) -> bool:
    station = thing if isinstance(thing, Station) else thing.station
    return has_role(person, Role.Kind.ORGANISER, station.cycle.dossier)


@rules.predicate
def serves_station(person: User, thing: Station | PaperBatch) -> bool:
    """At the station, or at that whose papers these are."""
    station = thing if isinstance(thing, Station) else thing.station
    return person.is_active and station.officers.filter(person=person, ended_at=None).exists()


@rules.predicate
def keys_papers(person: User, thing: Station | PaperBatch) -> bool:
    """Officers of the station; the organiser may look as the third."""
    station = thing if isinstance(thing, Station) else thing.station
    return bool(serves_station(person, station) or organises_station(person, station))


@rules.predicate
def checks_proposal(person: User, proposal: Proposal) -> bool:
    return bool(is_organiser(person, proposal.cycle) or is_reviewer(person, proposal.cycle))


@rules.predicate
def is_asked(person: User, question: Question) -> bool:
    proposal = question.review.proposal
    return bool(is_author(person, proposal) or is_named_author(person, proposal))


rules.add_perm("budgeting.check_proposal", checks_proposal)
rules.add_perm("budgeting.organise_check", is_organiser_of_proposal)
rules.add_perm("budgeting.end_reviewer", organises_task)
rules.add_perm("budgeting.answer_verdict", is_author | is_named_author)
rules.add_perm("budgeting.answer_question", is_asked)
rules.add_perm("budgeting.submit_proposal", is_person)
rules.add_perm("budgeting.cast_ballot", is_person)
rules.add_perm("budgeting.organise_cycle", is_organiser)
rules.add_perm("budgeting.organise_envelope", organises_envelope)
rules.add_perm("budgeting.organise_trial", organises_trial)
rules.add_perm("budgeting.try_ballot", is_staff_of_trial)
rules.add_perm("budgeting.review_proposal", is_organiser | is_reviewer)
rules.add_perm("budgeting.confirm_residence", is_organiser | is_registrar)
rules.add_perm("budgeting.keep_register", keeps_register)

rules.add_perm("budgeting.lead_proposal", is_author)
rules.add_perm("budgeting.edit_proposal", is_author | is_named_author)
rules.add_perm("budgeting.shape_proposal", is_author | is_named_author | is_organiser_of_proposal)
rules.add_perm("budgeting.merge_proposal", is_author | is_organiser_of_proposal)
rules.add_perm("budgeting.undo_merge", is_organiser_of_proposal)
rules.add_perm("budgeting.answer_merge", is_author_there)
rules.add_perm("budgeting.answer_invitation", is_invited)
rules.add_perm("budgeting.enter_proposal", is_organiser | is_registrar)
rules.add_perm("budgeting.organise_station", organises_station)
rules.add_perm("budgeting.give_paper", serves_station)
rules.add_perm("budgeting.key_papers", keys_papers)
rules.add_perm("budgeting.entrust_work", organises_work)
rules.add_perm("budgeting.tell_of_work", organises_work | builds)
rules.add_perm("budgeting.tell_of_milestone", tells_of_milestone)
