"""The same form sent twice on a bad network is one act."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SentForm(models.Model):
    """A form that was acted on: its key, and where its sender was led."""

    key = models.UUIDField(primary_key=True)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    led_to = models.CharField(max_length=300)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")

    def __str__(self) -> str:
        return str(self.key)
