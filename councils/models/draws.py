"""A draw by lot, step by step: pool, quotas, lottery, public randomness, panel, replacements."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.multilingual import NamedInThreeLanguages
from councils.models.council import Council
from councils.models.selection import Candidacy, SelectionProcess
from participation.models import Dossier


class DrawQuerySet(models.QuerySet["Draw"]):
    def public(self) -> DrawQuerySet:
        return self.filter(dossier__published_at__isnull=False)

    def for_display(self) -> DrawQuerySet:
        return self.select_related(
            "dossier__territory", "council__dossier__territory", "selection"
        ).prefetch_related("dossier__texts", "council__dossier__texts")


class Draw(models.Model):
    """Of a panel from volunteers, or of members from admitted candidates (`selection`).

    The order of its times is the whole point and is kept by constraints: the pool is frozen, the
    source of randomness named, the lottery published, and only then does the value come to be.
    """

    class Source(models.TextChoices):
        DICE = "dice", _("Three digits thrown in the hall")
        REVEAL = "reveal", _("Secrets of at least three parties, revealed")
        DRAND = "drand", _("A round of the public beacon drand")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a draw", "Volunteers register")
        FROZEN = "pool_frozen", _("Pool frozen")
        PUBLISHED = "lottery_published", _("Lottery published")
        DUE = "randomness_due", _("Waiting for the random number")
        DRAWN = "drawn", _("Drawn")
        CLOSED = "closed", pgettext_lazy("state of a draw", "Closed")
        VOID = "void", pgettext_lazy("state of a draw", "Void")

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="draw")
    council = models.ForeignKey(Council, models.PROTECT, related_name="draws")
    number = models.PositiveIntegerField(_("number"))
    selection = models.ForeignKey(SelectionProcess, models.PROTECT, null=True, related_name="draws")
    size = models.PositiveSmallIntegerField(_("seats"))
    panels = models.PositiveSmallIntegerField(_("panels of the lottery"), default=1000)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    registers_until = models.DateTimeField(_("volunteers register until"))
    replaces_until = models.DateField(_("seats are filled again until"), null=True, blank=True)
    source = models.CharField(_("source of randomness"), max_length=6, choices=Source, blank=True)
    place = models.CharField(_("where the number is drawn"), max_length=300, blank=True)
    drand_round = models.PositiveBigIntegerField(_("round of drand"), null=True)
    drand_signature = models.CharField(_("signature of the round"), max_length=200, blank=True)
    pool_frozen_at = models.DateTimeField(_("pool frozen"), null=True)
    randomness_announced_at = models.DateTimeField(_("randomness announced"), null=True)
    randomness_due_at = models.DateTimeField(_("the random number comes to be"), null=True)
    lottery_asked_at = models.DateTimeField(null=True)
    lottery_published_at = models.DateTimeField(_("lottery published"), null=True)
    drawn_at = models.DateTimeField(_("drawn"), null=True)
    trouble = models.TextField(blank=True)
    fairness = models.JSONField(default=dict)
    randomness = models.CharField(_("random value"), max_length=200, blank=True)
    drawn_number = models.PositiveSmallIntegerField(_("number of the panel"), null=True)
    void_because = models.TextField(_("why it is void"), blank=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw by lot")
        verbose_name_plural = _("draws by lot")
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="draw_number_unique"),
            models.CheckConstraint(
                condition=Q(size__gt=0, panels__range=(1, 1000)), name="draw_has_seats"
            ),
            models.CheckConstraint(
                condition=Q(randomness_announced_at=None)
                | Q(randomness_announced_at__gte=F("pool_frozen_at"))
                & Q(randomness_due_at__gt=F("randomness_announced_at"))
                & ~Q(source=""),
                name="draw_randomness_named_after_the_freeze",
            ),
            models.CheckConstraint(
                condition=Q(lottery_published_at=None)
                | Q(lottery_published_at__gte=F("randomness_announced_at"))
                & Q(lottery_published_at__lt=F("randomness_due_at")),
                name="draw_lottery_before_the_randomness",
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None)
                | Q(drawn_at__gte=F("randomness_due_at")) & ~Q(randomness=""),
                name="draw_drawn_when_the_randomness_is_there",
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | ~Q(void_because=""), name="draw_void_with_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return self.dossier.get_absolute_url()

    @property
    def is_drawn(self) -> bool:
        return self.state in (self.State.DRAWN, self.State.CLOSED)


class DrawFeature(NamedInThreeLanguages):
    """An attribute by which the panel shall resemble the people: sex, age, district."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="features")
    code = models.SlugField(_("code"), max_length=20)
    source = models.CharField(_("where the shares come from"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("attribute of a pool")
        verbose_name_plural = _("attributes of pools")
        ordering = ["draw", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "code"], name="draw_feature_code_unique"),
        ]


class DrawQuota(NamedInThreeLanguages):
    """One value of an attribute: how many seats its bearers have at least and at most."""

    feature = models.ForeignKey(DrawFeature, models.PROTECT, related_name="quotas")
    code = models.SlugField(_("code"), max_length=20)
    low = models.PositiveSmallIntegerField(_("at least"))
    high = models.PositiveSmallIntegerField(_("at most"))

    class Meta:
        verbose_name = _("quota of a draw")
        verbose_name_plural = _("quotas of draws")
        ordering = ["feature", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["feature", "code"], name="draw_quota_code_unique"),
            models.CheckConstraint(condition=Q(high__gte=F("low")), name="draw_quota_in_order"),
        ]


class PoolEntry(models.Model):
    """A volunteer under a token. Who it is, and their name and contact, nobody is shown.

    Without an account (`person`) the volunteer answered by letter or telephone.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="entries")
    token = models.CharField(max_length=40)
    attributes = models.JSONField(default=dict)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="pool_entries")
    candidacy = models.ForeignKey(Candidacy, models.PROTECT, null=True, related_name="pool_entries")
    name = models.CharField(_("name"), max_length=150, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    consented_at = models.DateTimeField(_("agreed"))

    class Meta:
        verbose_name = _("volunteer in a pool")
        verbose_name_plural = _("volunteers in pools")
        constraints = [
            models.UniqueConstraint(fields=["draw", "token"], name="pool_token_unique"),
            models.UniqueConstraint(fields=["draw", "person"], name="pool_entry_one_of_a_person"),
            models.UniqueConstraint(
                fields=["draw", "candidacy"], name="pool_entry_one_of_a_candidacy"
            ),
        ]

    def __str__(self) -> str:
        return self.token


class DrawFile(models.Model):
    """A published file of a draw, as it was; the database itself checks the hash."""

    class Kind(models.TextChoices):
        POOL = "pool", _("Pool")
        QUOTAS = "quotas", _("Quotas")
        LOTTERY = "lottery", _("Lottery")

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="files")
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("file of a draw")
        verbose_name_plural = _("files of draws")
        constraints = [
            models.UniqueConstraint(fields=["draw", "kind"], name="draw_file_one_of_a_kind"),
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(kind="pool"), name="draw_pool_drawn_from_once"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class SecretCommitment(models.Model):
    """A party's secret: its hash before the lottery, the secret itself after.

    Each party leaves a second secret in a sealed envelope, opened if the first is not revealed.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="commitments")
    number = models.PositiveSmallIntegerField(_("number"))
    party = models.CharField(_("who"), max_length=150)
    sha256 = models.CharField(_("SHA-256 of the secret"), max_length=64)
    envelope_sha256 = models.CharField(_("SHA-256 of the secret in the envelope"), max_length=64)
    committed_at = models.DateTimeField(default=timezone.now)
    secret = models.CharField(_("secret"), max_length=200, blank=True)
    is_from_envelope = models.BooleanField(_("from the envelope"), default=False)
    revealed_at = models.DateTimeField(_("revealed"), null=True)

    class Meta:
        verbose_name = _("commitment to a secret")
        verbose_name_plural = _("commitments to secrets")
        ordering = ["draw", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="secret_number_unique"),
            models.UniqueConstraint(fields=["draw", "party"], name="secret_one_of_a_party"),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$", envelope_sha256__regex="^[0-9a-f]{64}$")
                & ~Q(sha256=F("envelope_sha256")),
                name="secret_is_two_hashes",
            ),
        ]

    def __str__(self) -> str:
        return self.party


class Replacement(models.Model):
    """Somebody drawn does not take the seat; the next in the published order does."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="replacements")
    left = models.OneToOneField(PoolEntry, models.PROTECT, related_name="replaced")
    came = models.OneToOneField(PoolEntry, models.PROTECT, related_name="replacing")
    reasons = models.CharField(_("reasons"), max_length=300)
    is_same_type = models.BooleanField(_("of the same type"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("replacement on a panel")
        verbose_name_plural = _("replacements on panels")
        ordering = ["draw", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(left=F("came")), name="replacement_is_another"),
            models.CheckConstraint(condition=~Q(reasons=""), name="replacement_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} → {self.came_id}"
