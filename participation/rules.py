"""Who may do what, by role rows in force; when is a matter of phases."""

from accounts.models import User
from participation.models import Dossier, Role, Territory


def _with_ancestors(territory: Territory) -> list[int]:
    ids = [territory.pk]
    while territory.parent is not None:
        territory = territory.parent
        ids.append(territory.pk)
    return ids


def has_role(person: User, kind: str, dossier: Dossier) -> bool:
    """Whether the person holds the role for this dossier, its territory or one above it."""
    if not person.is_active:  # neither strangers nor those who may not sign in any more
        return False
    held = Role.objects.in_force().filter(person=person, kind=kind)
    scopes = held.values_list("dossier_id", "territory_id")
    if not scopes:
        return False
    dossiers, territories = zip(*scopes, strict=True)
    return dossier.pk in dossiers or bool(
        set(territories) & set(_with_ancestors(dossier.territory))
    )
