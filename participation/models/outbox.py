"""Notifications: the row is the truth, written with the act; a Celery message is only a bell."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from participation.models.dossier import Dossier
from participation.models.territory import Territory


class Event(models.Model):
    """Something people are told of. `data` fills the text and never holds a ballot's content.

    Nor does it hold what somebody may erase later: it names rows, which are read when the
    message is written.
    """

    kind = models.CharField(max_length=60)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="events")
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # Where an event may happen only once (the digest of a morning), its name.
    key = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 - many have none
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return self.kind

    @property
    def path(self) -> str:
        """Where a message leads, below the language prefix: what its act said, else the page of
        its dossier."""
        return str(self.data.get("path") or (self.dossier.path if self.dossier else ""))


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, moment: datetime) -> "DeliveryQuerySet":
        """To be sent now: waiting, or claimed by a worker whose lease has run out."""
        return self.filter(
            state__in=[Delivery.State.WAITING, Delivery.State.SENDING], next_attempt_at__lte=moment
        )

    def held(self, moment: datetime) -> "DeliveryQuerySet":
        """Kept for a digest whose morning has come."""
        return self.filter(state=Delivery.State.HELD, digest=None, next_attempt_at__lte=moment)

    def inbox(self) -> "DeliveryQuerySet":
        return self.filter(channel=Delivery.Channel.SITE)

    def unread(self) -> "DeliveryQuerySet":
        return self.inbox().filter(read_at=None)


class Delivery(models.Model):
    """One message to one person by one channel.

    While a worker sends, `next_attempt_at` is the end of its lease: a killed worker's rows
    become due again by themselves. Of a held row it is the morning of its digest. On the site
    the row itself is the message.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        SITE = "site", _("on the site")
        TELEGRAM = "telegram", "Telegram"
        SMS = "sms", "SMS"

    class State(models.TextChoices):
        HELD = "held", _("kept for a digest")
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("not wanted any more")
        DEAD = "dead", _("given up")

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    recipient = models.ForeignKey(User, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    error = models.TextField(blank=True)
    # The delivery of the digest in which this one travels.
    digest = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    read_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient", "channel"], name="delivery_once_per_channel"
            ),
            models.CheckConstraint(
                condition=~Q(channel="site") | Q(state="sent"), name="delivery_on_site_is_there"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="delivery_due",
            ),
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state="held", digest=None),
                name="delivery_held",
            ),
            models.Index(
                fields=["recipient", "-id"], condition=Q(channel="site"), name="delivery_inbox"
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(channel="site", read_at=None),
                name="delivery_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.recipient_id} ({self.channel})"


class FanOut(models.Model):
    """An event on its way to many people: how far a worker has come.

    The people of an audience are taken in the order of their numbers; `reached` is the last one
    whose deliveries are written. It moves in the transaction that writes them.
    """

    class Audience(models.TextChoices):
        FOLLOWERS = "followers", _("followers")
        NEWSLETTER = "newsletter", _("readers of a newsletter")

    class State(models.TextChoices):
        WORKING = "working", _("under way")
        DONE = "done", _("complete")
        STOPPED = "stopped", _("stopped")

    event = models.OneToOneField(Event, models.PROTECT, related_name="fan_out")
    audience = models.CharField(max_length=10, choices=Audience)
    roles = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WORKING)
    reached = models.BigIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("fan-out")
        verbose_name_plural = _("fan-outs")
        indexes = [
            models.Index(fields=["id"], condition=Q(state="working"), name="fan_out_working")
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.people} ({self.state})"
