"""Legal numbers as versioned data with their legal basis: never in code, frozen once in use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ruleset(models.Model):
    """One version of the rules of one kind of process.

    `data` is validated by the app that owns `kind`. Once `frozen_at` is set a trigger refuses
    every change and deletion: a new version is a new row.
    """

    kind = models.CharField(_("kind"), max_length=40)
    key = models.SlugField(_("key"), max_length=80)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=200)
    data = models.JSONField(_("values"))
    legal_basis = models.TextField(_("legal basis"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("ruleset")
        verbose_name_plural = _("rulesets")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "version"], name="ruleset_version_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (v{self.version})"
