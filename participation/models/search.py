"""Search: the index over texts, searches that people keep, and what they were told of."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Folded(models.Func):
    """Lower case, Kazakh letters as people type them on a Russian keyboard (0007_search)."""

    function = "participation_fold"
    output_field = models.TextField()


class SearchVector(models.Func):
    """Of a language, title (weight A), summary (B) and body (C), each folded and stemmed."""

    function = "participation_search_vector"
    output_field = SearchVectorField()


class SearchWord(models.Model):
    """A word of a published title or summary: what a misspelt one is compared with.

    They are compared as `plain`, a sign of ASCII for each letter: trigrams know no Cyrillic where
    the database's locale is C, which it is wherever sorting must not depend on the machine.
    """

    word = models.CharField(max_length=30, primary_key=True)
    plain = models.CharField(max_length=30)

    class Meta:
        verbose_name = _("word of a title")
        verbose_name_plural = _("words of titles")
        indexes = [GinIndex(OpClass("plain", name="gin_trgm_ops"), name="search_word_like")]

    def __str__(self) -> str:
        return self.word


class SavedSearch(models.Model):
    """A search somebody wants to hear of again: `query` is the canonical query of its address."""

    person = models.ForeignKey(User, models.PROTECT, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("search"), max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="saved_search_name_unique"),
            models.UniqueConstraint(fields=["person", "query"], name="saved_search_query_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class SearchNews(models.Model):
    """A published dossier that saved searches have not been tried on yet.

    Written by triggers in the transaction of the act and deleted in that of the alerts: a mark in
    time would lose what is committed late, a window in time what happens while no worker runs.
    """

    class Reason(models.TextChoices):
        PUBLISHED = "published", _("published")
        STATE = "state", _("new state")
        TEXT = "text", _("new language")
        PHASE = "phase", _("phase opened")

    dossier = models.ForeignKey("participation.Dossier", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason)
    due_at = models.DateTimeField()

    class Meta:
        verbose_name = _("news for saved searches")
        verbose_name_plural = _("news for saved searches")
        indexes = [models.Index(fields=["due_at", "id"], name="search_news_due")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.reason}"


class SearchAlert(models.Model):
    """That a person was told of a dossier because of a saved search: once, whatever happens."""

    saved_search = models.ForeignKey(SavedSearch, models.PROTECT, related_name="alerts")
    dossier = models.ForeignKey("participation.Dossier", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("alert of a saved search")
        verbose_name_plural = _("alerts of saved searches")
        constraints = [
            models.UniqueConstraint(fields=["saved_search", "dossier"], name="search_alert_once"),
        ]

    def __str__(self) -> str:
        return f"{self.saved_search_id} → {self.dossier_id}"
