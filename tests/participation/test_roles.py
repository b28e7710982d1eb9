"""Roles: held for a territory and all below it or for one process, from a moment to a moment."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from budgeting.models import Cycle
from participation.models import Role, Territory
from participation.rules import has_role

NOW = timezone.now()
DAY = timedelta(days=1)
ORGANISE = "budgeting.organise_cycle"
REVIEW = "budgeting.review_proposal"
CONFIRM = "budgeting.confirm_residence"


def give(person: User, kind: str = "organiser", **scope: Any) -> Role:
    return Role.objects.create(person=person, kind=kind, **{"valid_from": NOW - DAY, **scope})


@pytest.fixture
def cycle(make_cycle: Any) -> Cycle:
    cycle: Cycle = make_cycle()
    return cycle


@pytest.mark.parametrize("slug", ["taraz", "zhambyl", "kazakhstan"])
def test_a_role_reaches_all_below_its_territory(charlie: User, cycle: Cycle, slug: str) -> None:
    assert not charlie.has_perm(ORGANISE, cycle)
    give(charlie, territory=Territory.objects.get(slug=slug))
    assert charlie.has_perm(ORGANISE, cycle)


def test_a_role_reaches_neither_beside_nor_above(
    charlie: User, cycle: Cycle, city: Territory
) -> None:
    district = Territory.objects.create(
        slug="d", kind="city_district", name_kk="D", name_ru="D", parent=city
    )
    beside = Territory.objects.create(
        slug="b", kind="city", name_kk="B", name_ru="B", parent=city.parent
    )
    give(charlie, territory=district)
    give(charlie, territory=beside)
    assert not charlie.has_perm(ORGANISE, cycle)


def test_a_role_in_one_process_is_a_role_in_that_one_only(
    charlie: User, cycle: Cycle, make_cycle: Any
) -> None:
    give(charlie, dossier=cycle.dossier)
    assert charlie.has_perm(ORGANISE, cycle)
    assert not charlie.has_perm(ORGANISE, make_cycle("taraz-2028"))


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_held"),
    [
        (NOW - DAY, None, True),
        (NOW - DAY, NOW + DAY, True),
        (NOW + DAY, None, False),
        (NOW - 2 * DAY, NOW - DAY, False),
    ],
)
def test_a_role_is_held_between_its_moments(
    charlie: User, cycle: Cycle, city: Territory, valid_from: Any, valid_to: Any, is_held: bool
) -> None:
    give(charlie, territory=city, valid_from=valid_from, valid_to=valid_to)
    assert charlie.has_perm(ORGANISE, cycle) is is_held


@pytest.mark.parametrize(
    ("kind", "permissions"),
    [
        ("organiser", {ORGANISE, REVIEW, CONFIRM}),
        ("reviewer", {REVIEW}),
        ("registrar", {CONFIRM}),
        ("moderator", set()),
        ("council_secretary", set()),
        ("council_member", set()),
        ("state_officer", set()),
        ("analyst", set()),
    ],
)
def test_each_role_opens_what_it_is_for(
    charlie: User, cycle: Cycle, city: Territory, kind: str, permissions: set[str]
) -> None:
    give(charlie, kind, territory=city)
    assert {name for name in (ORGANISE, REVIEW, CONFIRM) if charlie.has_perm(name, cycle)} == (
        permissions
    )


def test_every_kind_of_role_is_tested() -> None:
    marks = test_each_role_opens_what_it_is_for.pytestmark  # type: ignore[attr-defined]
    assert {row[0] for row in marks[0].args[1]} == set(Role.Kind.values)


def test_strangers_hold_nothing(cycle: Cycle) -> None:
    stranger: Any = AnonymousUser()
    assert not has_role(stranger, "organiser", cycle.dossier)
    assert not stranger.has_perm(ORGANISE, cycle)
    assert not stranger.has_perm("budgeting.cast_ballot", cycle)


def test_who_may_not_sign_in_holds_nothing(bob: User, cycle: Cycle) -> None:
    assert bob.has_perm(ORGANISE, cycle)
    bob.is_active = False
    bob.save()
    assert not User.objects.get(pk=bob.pk).has_perm(ORGANISE, cycle)


def test_an_operator_runs_no_process(cycle: Cycle) -> None:
    """Superusers keep the platform going; what is decided on it needs a role."""
    operator = User.objects.create_superuser("root@example.org", "correct horse battery")
    assert not has_role(operator, "organiser", cycle.dossier)


@pytest.mark.parametrize(
    "scope",
    [
        {},
        {"territory": True, "dossier": True},
        {"territory": True, "valid_to": NOW - 2 * DAY},
    ],
    ids=["no scope", "two scopes", "ends before it begins"],
)
def test_the_database_refuses_roles_that_mean_nothing(
    charlie: User, cycle: Cycle, city: Territory, scope: dict[str, Any]
) -> None:
    things = {"territory": city, "dossier": cycle.dossier}
    fields = {name: things.get(name, value) for name, value in scope.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        give(charlie, **fields)


def test_a_role_is_held_once_at_a_time(charlie: User, city: Territory) -> None:
    first = give(charlie, territory=city)
    with pytest.raises(IntegrityError), transaction.atomic():
        give(charlie, territory=city)
    first.valid_to = NOW
    first.save()
    give(charlie, territory=city)
