"""What people want to hear of, and how they are reached."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from participation.models.dossier import Dossier
from participation.models.outbox import Delivery
from participation.models.territory import Territory

DEFAULT_TIME_ZONE = "Asia/Almaty"


class Follow(models.Model):
    """A person is told what becomes of one dossier, one place, or one organisation."""

    person = models.ForeignKey(User, models.PROTECT, related_name="follows")
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="follows"
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="follows"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="follows"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "dossier", "territory", "organisation"],
                nulls_distinct=False,
                name="follow_once",
            ),
            models.CheckConstraint(
                condition=Q(dossier__isnull=False, territory=None, organisation=None)
                | Q(dossier=None, territory__isnull=False, organisation=None)
                | Q(dossier=None, territory=None, organisation__isnull=False),
                name="follow_one_thing",
            ),
        ]
        indexes = [
            # A fan-out walks the followers of a thing in the order of their numbers.
            models.Index(fields=["dossier", "person"], name="follow_of_dossier"),
            models.Index(fields=["territory", "person"], name="follow_of_territory"),
            models.Index(fields=["organisation", "person"], name="follow_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.dossier_id or self.territory_id or self.organisation_id}"


class Preference(models.Model):
    """How often a person wants messages of one category by one channel; no row: the default."""

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week")
        NEVER = "never", _("Never")

    person = models.ForeignKey(User, models.PROTECT, related_name="preferences")
    category = models.CharField(max_length=20)
    channel = models.CharField(max_length=10, choices=Delivery.Channel)
    pace = models.CharField(max_length=10, choices=Pace)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "category", "channel"], name="preference_one_of_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.category} {self.channel} {self.pace}"


class Reach(models.Model):
    """When and where a person can be reached, beside e-mail and the site."""

    person = models.OneToOneField(User, models.PROTECT, related_name="reach")
    time_zone = models.CharField(max_length=40, default=DEFAULT_TIME_ZONE)
    telegram_chat = models.CharField(max_length=20, blank=True)
    # Said to our bot within its time, it links the chat; then it is gone.
    telegram_code = models.CharField(max_length=32, blank=True)
    telegram_code_ends_at = models.DateTimeField(null=True)
    phone = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = _("reach")
        verbose_name_plural = _("reaches")
        constraints = [
            models.UniqueConstraint(
                fields=["telegram_chat"],
                condition=~Q(telegram_chat=""),
                name="reach_one_person_a_chat",
            ),
            models.UniqueConstraint(
                fields=["telegram_code"],
                condition=~Q(telegram_code=""),
                name="reach_code_of_one_person",
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+\d{8,15}$"), name="reach_phone_plain"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class Suppression(models.Model):
    """An address that a mail server refused for good: nothing is sent there any more."""

    address = models.CharField(_("address"), max_length=254, unique=True)
    reason = models.TextField(_("reason"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        return self.address
