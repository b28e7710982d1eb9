"""Who may do what in a budget cycle."""

import rules

from accounts.models import User
from budgeting.models import Cycle, Envelope
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
def organises_envelope(person: User, envelope: Envelope) -> bool:
    return has_role(person, Role.Kind.ORGANISER, envelope.cycle.dossier)


rules.add_perm("budgeting.organise_envelope", organises_envelope)
rules.add_perm("budgeting.submit_proposal", is_person)
rules.add_perm("budgeting.cast_ballot", is_person)
rules.add_perm("budgeting.organise_cycle", is_organiser)
rules.add_perm("budgeting.review_proposal", is_organiser | is_reviewer)
rules.add_perm("budgeting.confirm_residence", is_organiser | is_registrar)
