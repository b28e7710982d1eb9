"""What a person may do where (Role), and where a person was shown to live (Residence).

Both are scoped to a territory, so they live here and not in accounts, which knows no places.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from participation.models.dossier import Dossier
from participation.models.territory import Territory


class RoleQuerySet(models.QuerySet["Role"]):
    def in_force(self) -> "RoleQuerySet":
        """Held at this moment by the database's clock."""
        return self.filter(valid_from__lte=Now()).filter(Q(valid_to=None) | Q(valid_to__gt=Now()))


class Role(models.Model):
    """A task given to a person, in one territory or one process, from one moment to another."""

    class Kind(models.TextChoices):
        ORGANISER = "organiser", _("Organiser")
        REVIEWER = "reviewer", _("Reviewer")
        MODERATOR = "moderator", _("Moderator")
        REGISTRAR = "registrar", _("Registrar")
        COUNCIL_SECRETARY = "council_secretary", _("Council secretary")
        COUNCIL_MEMBER = "council_member", _("Council member")
        STATE_OFFICER = "state_officer", _("Officer of a state body")
        ANALYST = "analyst", _("Analyst")

    person = models.ForeignKey(User, models.PROTECT, related_name="roles")
    kind = models.CharField(_("role"), max_length=20, choices=Kind)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="roles"
    )
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="roles"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="roles"
    )
    valid_from = models.DateTimeField(_("from"))
    valid_to = models.DateTimeField(_("to"), null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="roles_granted")

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                condition=Q(territory=None, dossier__isnull=False)
                | Q(territory__isnull=False, dossier=None),
                name="role_has_one_scope",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="role_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "territory", "dossier", "organisation"],
                condition=Q(valid_to=None),
                nulls_distinct=False,
                name="role_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_kind_display()}"


class Residence(models.Model):
    """The outcome of one proof of residence: who lives where, shown how, to whom.

    Every way to prove it (a desk, a roll, a letter, an identity provider) ends in this row.
    """

    class Method(models.TextChoices):
        DESK = "desk", _("identity document shown at a desk")
        ROLL = "roll", _("register of residents")
        LETTER = "letter", _("code sent by post")
        IDENTITY_PROVIDER = "oidc", _("electronic identity")

    person = models.ForeignKey(User, models.PROTECT, related_name="residences")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="residences")
    method = models.CharField(_("shown by"), max_length=10, choices=Method)
    born_on = models.DateField(_("date of birth"))
    lives_since = models.DateField(_("registered there since"), null=True, blank=True)
    confirmed_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="residences_confirmed"
    )
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("confirmed residence")
        verbose_name_plural = _("confirmed residences")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to=None), name="residence_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("confirmed_by")), name="residence_not_confirmed_by_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.territory}"
