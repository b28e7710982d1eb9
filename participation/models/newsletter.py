"""A letter from those who run the processes of a place to everybody who follows it."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.models.outbox import Event
from participation.models.territory import Territory


@dataclass(frozen=True)
class Words:
    """A letter in one language; the body is Markdown."""

    language: str
    subject: str
    body: str


class Newsletter(models.Model):
    """Once it is on its way its words never change (a trigger), and it is sent once (the key of
    its event)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        SENT = "sent", _("sent")
        STOPPED = "stopped", _("stopped")

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="newsletters")
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    subject_kk = models.CharField(max_length=120)
    subject_ru = models.CharField(max_length=120)
    subject_en = models.CharField(max_length=120, blank=True)
    body_kk = models.TextField()
    body_ru = models.TextField()
    body_en = models.TextField(blank=True)
    event = models.OneToOneField(Event, models.PROTECT, null=True, related_name="newsletter")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", event=None)
                | (~Q(state="draft") & Q(event__isnull=False)),
                name="newsletter_sent_with_its_event",
            ),
            models.CheckConstraint(
                condition=Q(subject_en="", body_en="") | ~Q(subject_en="") & ~Q(body_en=""),
                name="newsletter_english_whole_or_none",
            ),
        ]

    def __str__(self) -> str:
        return self.words.subject

    @property
    def subjects(self) -> dict[str, str]:
        return {"kk": self.subject_kk, "ru": self.subject_ru, "en": self.subject_en}

    def in_language(self, language: str) -> Words:
        """In this language, or in Kazakh where it was not written in it."""
        chosen = language if self.subjects.get(language) else "kk"
        return Words(chosen, self.subjects[chosen], getattr(self, f"body_{chosen}"))

    @property
    def words(self) -> Words:
        """In the reader's language."""
        return self.in_language((get_language() or settings.LANGUAGE_CODE)[:2])

    @property
    def written(self) -> list[Words]:
        """In every language in which there is a text."""
        return [self.in_language(code) for code, text in self.subjects.items() if text]

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def path(self) -> str:
        """Below the language prefix."""
        return f"newsletters/{self.pk}/"
