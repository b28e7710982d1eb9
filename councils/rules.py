"""Who may do what in a public council. Whoever heads the supervised body runs nothing here."""

from typing import Any

import rules

from accounts.models import User
from councils.models import (
    AgendaItem,
    Council,
    ExpenseClaim,
    FeedbackNote,
    InterestDeclaration,
    Mandate,
    Meeting,
    Motion,
    OfficeHours,
    Recommendation,
)
from participation.models import Role
from participation.rules import has_role


def council_of(thing: Any) -> Council:
    """A council, or the one that a part of it belongs to."""
    if isinstance(thing, Council):
        return thing
    if isinstance(thing, Motion):
        return council_of(thing.item)
    if isinstance(thing, AgendaItem):
        return council_of(thing.meeting)
    council: Council = thing.council
    return council


@rules.predicate
def is_person(person: User, _: object = None) -> bool:
    return bool(person.is_authenticated)


@rules.predicate
def is_secretary(person: User, thing: Any) -> bool:
    return has_role(person, Role.Kind.COUNCIL_SECRETARY, council_of(thing).dossier)


@rules.predicate
def is_member(person: User, thing: Any) -> bool:
    """Sits on the council today."""
    if not person.is_active:  # nor anybody who has not signed in
        return False
    sitting = council_of(thing).mandates.sitting()
    return bool(sitting.filter(person=person).exists())


@rules.predicate
def is_chair(person: User, thing: Any) -> bool:
    """Chairs the council today, or stands in for who does."""
    if not person.is_active:
        return False
    leads = (Mandate.Office.CHAIR, Mandate.Office.DEPUTY)
    sitting = council_of(thing).mandates.sitting()
    return bool(sitting.filter(person=person, office__in=leads).exists())


@rules.predicate
def is_own_seat(person: User, member: Any) -> bool:
    """Of a working group."""
    return bool(person.is_active) and member.person_id == person.pk


@rules.predicate
def is_officer_of_supervised_body(person: User, thing: Any) -> bool:
    if not person.is_active:
        return False
    held = Role.objects.in_force().filter(person=person, kind=Role.Kind.STATE_OFFICER)
    return bool(held.filter(organisation=council_of(thing).supervised_body_id).exists())


@rules.predicate
def is_own_mandate(person: User, mandate: Mandate) -> bool:
    """Sits by this mandate today."""
    if not person.is_active or mandate.person_id != person.pk:
        return False
    return bool(Mandate.objects.sitting().filter(pk=mandate.pk).exists())


@rules.predicate
def is_own_declaration(person: User, declaration: InterestDeclaration) -> bool:
    return bool(is_own_mandate(person, declaration.mandate))


@rules.predicate
def keeps_declaration(person: User, declaration: InterestDeclaration) -> bool:
    return bool(is_secretary(person, declaration.mandate))


def hours_of(thing: Any) -> OfficeHours:
    """Office hours, or those to which a time, a booking or a note belongs."""
    if isinstance(thing, FeedbackNote):
        return thing.booking.hours
    return thing if isinstance(thing, OfficeHours) else thing.hours


@rules.predicate
def holds_office_hours(person: User, thing: Any) -> bool:
    """Also after the mandate has ended: what came of a talk is still to be written."""
    return person.is_active and hours_of(thing).member.person_id == person.pk


@rules.predicate
def keeps_office_hours(person: User, thing: Any) -> bool:
    return bool(is_secretary(person, hours_of(thing)))


@rules.predicate
def made_claim(person: User, claim: ExpenseClaim) -> bool:
    return person.is_active and person.pk in (claim.member.person_id, claim.submitted_by_id)


rules.add_perm("councils.declare_interest", is_own_mandate | is_secretary)
rules.add_perm("councils.end_interest", is_own_declaration | keeps_declaration)


@rules.predicate
def is_state_officer(person: User, _: object = None) -> bool:
    """Answers for some state body."""
    if not person.is_active:
        return False
    held = Role.objects.in_force().filter(person=person, kind=Role.Kind.STATE_OFFICER)
    return bool(held.filter(organisation__isnull=False).exists())


@rules.predicate
def keeps_sessions(person: User, thing: Any) -> bool:
    """Answers for the body that meets, or is secretary of a council of that place."""
    session: Meeting = thing.meeting if isinstance(thing, AgendaItem) else thing
    if not person.is_active:
        return False
    held = Role.objects.in_force().filter(person=person, kind=Role.Kind.STATE_OFFICER)
    if held.filter(organisation=session.body_id).exists():
        return True
    councils = Council.objects.filter(dossier__territory=session.dossier.territory)
    return any(is_secretary(person, council) for council in councils.select_related("dossier"))


rules.add_perm("councils.take_part", is_person)
rules.add_perm("councils.keep_council", is_secretary)
rules.add_perm("councils.sit_on_council", is_member)
rules.add_perm("councils.chair_council", is_chair)
rules.add_perm("councils.run_meeting", is_secretary | is_chair)


@rules.predicate
def is_officer_asked(person: User, recommendation: Recommendation) -> bool:
    """Answers for a body that a recommendation went to."""
    if not person.is_active:
        return False
    held = Role.objects.in_force().filter(person=person, kind=Role.Kind.STATE_OFFICER)
    asked = recommendation.dossier.answers_due.filter(comment=None).values("addressee")
    return bool(held.filter(organisation__in=asked).exists())


rules.add_perm("councils.draft_recommendation", is_secretary | is_member)
rules.add_perm("councils.follow_up_recommendation", is_secretary | is_officer_asked)
# The secretary copies the sheet of a member without an account.
rules.add_perm("councils.judge_candidates", is_own_seat | is_secretary)
rules.add_perm("councils.enter_sessions", is_secretary | is_state_officer)
rules.add_perm("councils.keep_session", keeps_sessions)
rules.add_perm("councils.open_office_hours", is_secretary | is_member)
rules.add_perm("councils.keep_office_hours", holds_office_hours | keeps_office_hours)
rules.add_perm("councils.claim_expenses", is_secretary | is_member)
# Not on one's own: the service and a trigger refuse that.
rules.add_perm("councils.decide_claims", is_secretary | is_chair)
rules.add_perm("councils.see_claim", made_claim | is_secretary | is_chair)
rules.add_perm("councils.write_report", is_secretary | is_chair)
rules.add_perm("councils.publish_report", is_chair)
