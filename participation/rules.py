"""Who may do what, by role rows in force; when is a matter of phases."""

import rules

from accounts.models import User
from participation.models import AnswerDue, Comment, Dossier, Newsletter, Role, Territory


def with_ancestors(territory: Territory) -> list[int]:
    ids = [territory.pk]
    while territory.parent is not None:
        territory = territory.parent
        ids.append(territory.pk)
    return ids


def has_role_in(person: User, kind: str, territory: Territory) -> bool:
    """Whether the person holds the role for this territory or one above it."""
    if not person.is_active:
        return False
    held = Role.objects.in_force().filter(person=person, kind=kind)
    return held.filter(territory__in=with_ancestors(territory)).exists()


def has_role(person: User, kind: str, dossier: Dossier) -> bool:
    """Whether the person holds the role for this dossier, its territory or one above it."""
    if not person.is_active:  # neither strangers nor those who may not sign in any more
        return False
    held = Role.objects.in_force().filter(person=person, kind=kind)
    scopes = held.values_list("dossier_id", "territory_id")
    if not scopes:
        return False
    dossiers, territories = zip(*scopes, strict=True)
    return dossier.pk in dossiers or bool(set(territories) & set(with_ancestors(dossier.territory)))


@rules.predicate
def is_officer_of_addressee(person: User, answer_due: AnswerDue) -> bool:
    """Answers for the body that owes the answer."""
    if not person.is_active:
        return False
    held = Role.objects.in_force().filter(person=person, kind=Role.Kind.STATE_OFFICER)
    return held.filter(organisation=answer_due.addressee_id).exists()


@rules.predicate
def is_organiser(person: User, dossier: Dossier) -> bool:
    return has_role(person, Role.Kind.ORGANISER, dossier)


@rules.predicate
def is_person(person: User, _: object = None) -> bool:
    return bool(person.is_authenticated)


@rules.predicate
def is_author(person: User, comment: Comment) -> bool:
    return person.is_active and comment.author_id == person.pk


@rules.predicate
def is_moderator_somewhere(person: User, _: object = None) -> bool:
    held = Role.objects.in_force().filter(kind=Role.Kind.MODERATOR)
    return person.is_active and held.filter(person=person).exists()


@rules.predicate
def is_moderator(person: User, dossier: Dossier) -> bool:
    return has_role(person, Role.Kind.MODERATOR, dossier)


@rules.predicate
def moderates_comment(person: User, comment: Comment) -> bool:
    return has_role(person, Role.Kind.MODERATOR, comment.dossier)


rules.add_perm("participation.give_answer", is_officer_of_addressee)
rules.add_perm("participation.register_answer_due", is_organiser)


@rules.predicate
def is_organiser_there(person: User, thing: Territory | Newsletter) -> bool:
    territory = thing.territory if isinstance(thing, Newsletter) else thing
    return has_role_in(person, Role.Kind.ORGANISER, territory)


rules.add_perm("participation.send_newsletter", is_organiser_there)
rules.add_perm("participation.join_discussion", is_person)
rules.add_perm("participation.close_discussion", is_moderator)
rules.add_perm("participation.report_comment", is_person)
rules.add_perm("participation.edit_comment", is_author)
rules.add_perm("participation.appeal_decision", is_author)
rules.add_perm("participation.see_queue", is_moderator_somewhere)
rules.add_perm("participation.moderate_comment", moderates_comment)
rules.add_perm("participation.link_dossier", is_organiser)
