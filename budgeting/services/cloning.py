"""A new cycle made like an earlier one, and the rules by which any new one is set up."""

from typing import Any

from django.db import transaction

from accounts.models import User
from budgeting.models import Cycle, UnitCost
from budgeting.presets import PRESETS, Preset, preset_of
from budgeting.services.cycles import create_cycle
from budgeting.services.feasibility import appoint_reviewer
from participation.models import Role, Ruleset

VOTE = "budgeting.vote"


def rulesets_to_choose() -> dict[str, Ruleset]:
    """The newest version under each key, presets that nobody has used yet included (unsaved)."""
    rows = Ruleset.objects.filter(kind=VOTE).exclude(cycles__source_note__gt="")
    kept = {row.key: row for row in rows.order_by("key", "version")}
    unused = {preset.key: _of_preset(preset) for preset in PRESETS if preset.key not in kept}
    return kept | unused


def _of_preset(preset: Preset) -> Ruleset:
    return Ruleset(
        kind=VOTE,
        key=preset.key,
        name=preset.name,
        data=preset.data,
        legal_basis=preset.source,
    )


@transaction.atomic
def ruleset_named(key: str) -> Ruleset:
    """The newest version under this key, made from the preset where there is none yet.

    LookupError: neither is there.
    """
    found = Ruleset.objects.filter(kind=VOTE, key=key).order_by("-version").first()
    if found is not None:
        return found
    preset = preset_of(key)
    if preset is None:
        raise LookupError(key)
    # Two organisers may be the first at once.
    Ruleset.objects.bulk_create([_of_preset(preset)], ignore_conflicts=True)
    return Ruleset.objects.filter(kind=VOTE, key=key).latest("version")


@transaction.atomic
def clone_cycle(*, by: User, source: Cycle, **settings: Any) -> Cycle:
    """A cycle by these settings of `create_cycle`, with the usual costs of an earlier one and its
    reviewers for their departments; nothing of its proposals, votes or voters. Raises BudgetExists.
    """
    cycle = create_cycle(by=by, like=source, **settings)
    _copy_unit_costs(source, cycle)
    roles = Role.objects.in_force().filter(
        dossier=source.dossier, kind=Role.Kind.REVIEWER, person__is_active=True
    )
    for role in roles.select_related("person", "organisation"):
        if role.organisation is not None:
            appoint_reviewer(by=by, cycle=cycle, person=role.person, department=role.organisation)
    return cycle


def _copy_unit_costs(source: Cycle, cycle: Cycle) -> None:
    kept = ("category_id", "name_kk", "name_ru", "name_en", "lowest", "highest", "source")
    UnitCost.objects.bulk_create(
        UnitCost(cycle=cycle, **{name: getattr(cost, name) for name in kept})
        for cost in source.unit_costs.all()
    )
