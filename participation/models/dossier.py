"""The shared attachment point: everything people can take part in has exactly one Dossier."""

from functools import cached_property

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from participation.kinds import Kind, kind_named
from participation.models.search import SearchVector
from participation.models.territory import Territory


class DossierQuerySet(models.QuerySet["Dossier"]):
    def published(self) -> "DossierQuerySet":
        return self.filter(published_at__isnull=False)

    def with_texts(self) -> "DossierQuerySet":
        return self.prefetch_related("texts")


class Dossier(models.Model):
    """Public number, kind, place and state of one thing; its words are DossierText rows.

    `path` is the public address below the language prefix. It is stored because a public
    address never changes, and so that shared pages need not know the domain apps.
    """

    reference = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="dossiers")
    state = models.CharField(_("state"), max_length=20)
    path = models.CharField(_("address"), max_length=200, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        indexes = [
            models.Index(fields=["kind", "published_at"]),
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(published_at__isnull=False),
                name="dossier_newest",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(path__regex=r"^[a-z0-9][a-z0-9/_-]*/$"), name="dossier_path_plain"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        language = (get_language() or settings.LANGUAGE_CODE)[:2]
        return f"/{language}/{self.path}"

    @property
    def kind_info(self) -> Kind:
        return kind_named(self.kind)

    @cached_property
    def text(self) -> "DossierText | None":
        """In the reader's language, else the original, else any; no query if prefetched."""
        reader = (get_language() or settings.LANGUAGE_CODE)[:2]
        texts = list(self.texts.all())
        order = {reader: 0}
        texts.sort(
            key=lambda t: (order.get(t.language, 1), t.origin != DossierText.Origin.ORIGINAL, t.pk)
        )
        return texts[0] if texts else None

    @property
    def title(self) -> str:
        return self.text.title if self.text else self.reference

    @property
    def summary(self) -> str:
        return self.text.summary if self.text else ""


class DossierTextManager(models.Manager["DossierText"]):
    def get_queryset(self) -> models.QuerySet["DossierText"]:
        return super().get_queryset().defer("search")


class DossierText(models.Model):
    """Title, summary and body of a dossier in one language, and how it came about."""

    class Origin(models.TextChoices):
        ORIGINAL = "original", _("original")
        OFFICIAL = "official", _("official text")
        CHECKED = "checked", _("checked translation")
        MACHINE = "machine", _("machine translation")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="texts")
    language = models.CharField(_("language"), max_length=2)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("text"), blank=True)
    # Filled by the database; whoever loads a text does not want it.
    search = models.GeneratedField(
        expression=SearchVector("language", "title", "summary", "body"),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )

    objects = DossierTextManager()

    class Meta:
        verbose_name = _("text of a dossier")
        verbose_name_plural = _("texts of dossiers")
        indexes = [GinIndex("search", name="dossier_text_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "language"], name="dossier_text_one_per_language"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DossierLink(models.Model):
    """One step in the chain of evidence, forward in time: `source` led to `target`.

    A trigger refuses circles. `relation` is one of participation.relations.
    """

    source = models.ForeignKey(Dossier, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Dossier, models.PROTECT, related_name="links_in")
    relation = models.CharField(_("relation"), max_length=16)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("link between dossiers")
        verbose_name_plural = _("links between dossiers")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "relation"], name="dossier_link_once"
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="dossier_link_not_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"
