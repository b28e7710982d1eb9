"""Notifications: the row is the truth, written with the act; a Celery message is only a bell."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.models.dossier import Dossier


class Event(models.Model):
    """Something people are told of. `data` fills the text and never holds a ballot's content."""

    kind = models.CharField(max_length=60)
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="events")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return self.kind


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, moment: datetime) -> "DeliveryQuerySet":
        """To be sent now: waiting, or claimed by a worker whose lease has run out."""
        return self.filter(
            state__in=[Delivery.State.WAITING, Delivery.State.SENDING], next_attempt_at__lte=moment
        )


class Delivery(models.Model):
    """One message to one person by one channel.

    While a worker sends, `next_attempt_at` is the end of its lease: a killed worker's rows
    become due again by themselves.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        SITE = "site", _("on the site")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DEAD = "dead", _("given up")

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    recipient = models.ForeignKey(User, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient", "channel"], name="delivery_once_per_channel"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="delivery_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.recipient_id} ({self.channel})"
