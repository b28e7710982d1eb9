"""The desk of a cycle: its rules, its check list, its departments and their reviewers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Helix, Organisation, User
from budgeting.feasibility_rules import KIND, FeasibilityRules
from budgeting.models import CheckItem, Cycle, Desk, Review
from budgeting.services.feasibility import errors
from participation.models import Role, Ruleset
from participation.rules import with_ancestors
from participation.services import record
from participation.services.answers import current_calendar
from participation.services.answers.errors import NotAStateBody


def desk_of(cycle: Cycle) -> Desk:
    """Raises DeskNotOpen."""
    desk = Desk.objects.select_related("ruleset").filter(cycle=cycle).first()
    if desk is None:
        raise errors.DeskNotOpen
    return desk


def rules_of(cycle: Cycle) -> FeasibilityRules | None:
    """None where the organiser decides without a desk."""
    desk = Desk.objects.select_related("ruleset").filter(cycle=cycle).first()
    return FeasibilityRules.from_data(desk.ruleset.data) if desk else None


def in_working_days(number: int) -> date:
    """The last day of a term that begins today."""
    return current_calendar().shifted(timezone.localdate(), number)


@transaction.atomic
def open_desk(*, by: User | None, cycle: Cycle, ruleset: Ruleset) -> Desk:
    """Fix the rules of the check and copy their check list. Raises DeskOpenAlready,
    RulesUnusable."""
    cycle = Cycle.objects.select_for_update(of=("self",), no_key=True).get(pk=cycle.pk)
    if Desk.objects.filter(cycle=cycle).exists():
        raise errors.DeskOpenAlready
    try:
        rules = FeasibilityRules.from_data(ruleset.data)
    except ValueError as error:
        raise errors.RulesUnusable(str(error)) from error
    if ruleset.kind != KIND:
        raise errors.RulesUnusable(ruleset.kind)
    if ruleset.frozen_at is None:
        ruleset.frozen_at = timezone.now()
        ruleset.save(update_fields=["frozen_at"])
    desk = Desk.objects.create(cycle=cycle, ruleset=ruleset, opened_by=by)
    CheckItem.objects.bulk_create(
        [
            CheckItem(
                desk=desk,
                number=number,
                code=line.code,
                text_kk=line.kk,
                text_ru=line.ru,
                text_en=line.en,
            )
            for number, line in enumerate(rules.checklist, start=1)
        ]
    )
    record(
        kind="budgeting.desk_opened",
        dossier=cycle.dossier,
        actor=by,
        ruleset=f"{ruleset.key} v{ruleset.version}",
        checklist=[line.code for line in rules.checklist],
    )
    return desk


@transaction.atomic
def appoint_reviewer(
    *, by: User | None, cycle: Cycle, person: User, department: Organisation
) -> Role:
    """The person checks proposals of this cycle for the department; twice changes nothing."""
    if department.helix != Helix.GOVERNMENT:
        raise NotAStateBody
    role, is_new = Role.objects.get_or_create(
        person=person,
        kind=Role.Kind.REVIEWER,
        dossier=cycle.dossier,
        organisation=department,
        valid_to=None,
        defaults={"valid_from": timezone.now(), "granted_by": by},
    )
    if is_new:
        record(
            kind="budgeting.reviewer_appointed",
            dossier=cycle.dossier,
            actor=by,
            department=department.name_ru,
        )
    return role


@transaction.atomic
def end_reviewer(*, by: User, cycle: Cycle, role: Role) -> None:
    """The person checks for this department no more; what they have said stays.

    Raises ReviewsInHand while they have proposals to check for it, NotAReviewer for a role that
    is not of this cycle or has ended.
    """
    held = Role.objects.in_force().select_for_update(of=("self",), no_key=True)
    role_now = held.filter(pk=role.pk, kind=Role.Kind.REVIEWER, dossier=cycle.dossier).first()
    if role_now is None:
        raise errors.NotAReviewer
    in_hand = Review.objects.open().filter(
        proposal__cycle=cycle, reviewer=role_now.person_id, department=role_now.organisation_id
    )
    if in_hand.exists():
        raise errors.ReviewsInHand
    role_now.valid_to = timezone.now()
    role_now.save(update_fields=["valid_to"])
    record(
        kind="budgeting.reviewer_ended",
        dossier=cycle.dossier,
        actor=by,
        department=role_now.organisation.name_ru if role_now.organisation else None,
    )


def roles_at(cycle: Cycle, kinds: Sequence[str]) -> Any:
    """Roles of these kinds in force for the cycle, its place or one above it."""
    scope = Q(dossier=cycle.dossier) | Q(territory__in=with_ancestors(cycle.dossier.territory))
    return Role.objects.in_force().filter(scope, kind__in=kinds, person__is_active=True)


def departments_of(cycle: Cycle) -> list[Organisation]:
    """Those for which somebody checks proposals of this cycle, by name."""
    roles = roles_at(cycle, [Role.Kind.REVIEWER])
    found = Organisation.objects.filter(pk__in=roles.values("organisation"))
    return sorted(found, key=lambda organisation: organisation.name)


def appointed_to(cycle: Cycle) -> list[Role]:
    """Who checks for which department, by department and name."""
    roles = roles_at(cycle, [Role.Kind.REVIEWER]).exclude(organisation=None)
    found = list(roles.select_related("person", "organisation"))
    return sorted(found, key=lambda role: (str(role.organisation), role.person.display_name))


def reviewers_of(cycle: Cycle) -> list[User]:
    """Everybody who may check proposals here: reviewers, and organisers where there are none."""
    kinds = [Role.Kind.REVIEWER, Role.Kind.ORGANISER]
    people = User.objects.filter(pk__in=roles_at(cycle, kinds).values("person"))
    return sorted(people, key=lambda person: (person.display_name, person.pk))
