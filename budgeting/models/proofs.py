"""Registers of residents and codes on letters: how a person is shown to be one of those who vote.

A line of a register stands for one human being: the keyed hash of a number, a date of birth, a
place. At most one person is tied to it, for good (trigger), whatever way they came; so nobody votes
twice by two ways. See docs/budgeting-voters.md.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from budgeting.electorate import iin
from budgeting.models.cycle import Cycle
from participation.models import Territory


class Register(models.Model):
    """The residents of one budget. `key_fingerprint` names the key file behind its hashes."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="register")
    key_fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("register of residents")
        verbose_name_plural = _("registers of residents")

    def __str__(self) -> str:
        return str(self.cycle_id)


class RegisterLine(models.Model):
    """One human being; `iin_hash` = HMAC-SHA256(key outside the database, number).

    `sex` is there to be counted alone (docs/budgeting-voters.md), and may be unknown.
    """

    class Sex(models.TextChoices):
        FEMALE = iin.FEMALE, pgettext_lazy("sex", "Women")
        MALE = iin.MALE, pgettext_lazy("sex", "Men")

    # A million lines come in at once: no index that another one covers.
    register = models.ForeignKey(Register, models.PROTECT, db_index=False, related_name="lines")
    iin_hash = models.BinaryField()
    born_on = models.DateField(_("date of birth"))
    territory = models.ForeignKey(Territory, models.PROTECT, db_index=False, related_name="+")
    lives_since = models.DateField(_("registered there since"), null=True)
    household = models.CharField(_("household"), max_length=30, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="register_lines")

    class Meta:
        verbose_name = _("line of a register")
        verbose_name_plural = _("lines of a register")
        constraints = [
            models.UniqueConstraint(fields=["register", "iin_hash"], name="register_line_once"),
            models.UniqueConstraint(
                fields=["register", "person"],
                condition=Q(person__isnull=False),
                name="register_line_one_a_person",
            ),
            models.CheckConstraint(
                condition=Q(sex__in=[iin.UNSAID, iin.FEMALE, iin.MALE]),
                name="register_line_sex_known",
            ),
        ]
        indexes = [models.Index(fields=["register", "territory"], name="register_line_by_place")]

    def __str__(self) -> str:
        return f"{self.register_id}/{self.pk}"


class RegisterImport(models.Model):
    """One file handed in, read in the background; the row tells how far it is."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("register", "Waiting to be read")
        READING = "reading", pgettext_lazy("register", "Being read")
        CHECKED = "checked", pgettext_lazy("register", "Checked, nothing taken over")
        DONE = "done", pgettext_lazy("register", "Taken over")
        REFUSED = "refused", pgettext_lazy("register", "Refused: nothing taken over")

    register = models.ForeignKey(Register, models.PROTECT, related_name="imports")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    is_trial = models.BooleanField(_("only check"))
    keeps_good_lines = models.BooleanField(_("take over the good lines"))
    sealed_file = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    bytes_read = models.PositiveBigIntegerField(default=0)
    lines_read = models.PositiveIntegerField(_("lines read"), default=0)
    lines_wrong = models.PositiveIntegerField(_("wrong lines"), default=0)
    lines_new = models.PositiveIntegerField(_("new lines"), default=0)
    lines_known = models.PositiveIntegerField(_("lines known before"), default=0)
    problem = models.CharField(max_length=40, blank=True)
    columns = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("import of a register")
        verbose_name_plural = _("imports of a register")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.register_id} {self.state}"

    @property
    def is_over(self) -> bool:
        return self.state not in {self.State.WAITING, self.State.READING}

    @property
    def percent(self) -> int:
        return min(100, self.bytes_read * 100 // self.size) if self.size else 100


class RegisterDraft(models.Model):
    """A line of a file while it is checked; the table is not logged and empty between imports."""

    # No constraints but those of the columns: a million lines come in by COPY.
    source = models.ForeignKey(
        RegisterImport, models.DO_NOTHING, db_constraint=False, related_name="drafts"
    )
    line = models.PositiveIntegerField()
    iin_hash = models.BinaryField()
    born_on = models.DateField()
    territory = models.ForeignKey(
        Territory, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    lives_since = models.DateField(null=True)
    household = models.CharField(max_length=30, blank=True)
    sex = models.CharField(max_length=1, blank=True)

    class Meta:
        verbose_name = _("line being checked")
        verbose_name_plural = _("lines being checked")

    def __str__(self) -> str:
        return f"{self.source_id}: {self.line}"


class RegisterFault(models.Model):
    """What is wrong in which line and column. The value is not kept: it may be a number."""

    source = models.ForeignKey(
        RegisterImport, models.DO_NOTHING, db_constraint=False, related_name="faults"
    )
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=20, blank=True)
    problem = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("fault of an import")
        verbose_name_plural = _("faults of an import")
        ordering = ["line"]

    def __str__(self) -> str:
        return f"{self.line}: {self.problem}"


class RegisterLook(models.Model):
    """An officer looked up one number: who, when, why, which line. Never changed (trigger)."""

    class Reason(models.TextChoices):
        DESK = "desk", pgettext_lazy("register", "the person stands at the desk")
        PAPER = "paper", pgettext_lazy("register", "vote on paper")
        COMPLAINT = "complaint", pgettext_lazy("register", "complaint of the person")
        CHECK = "check", pgettext_lazy("register", "check of the register")

    register = models.ForeignKey(Register, models.PROTECT, related_name="looks")
    officer = models.ForeignKey(User, models.PROTECT, related_name="register_looks")
    line = models.ForeignKey(RegisterLine, models.PROTECT, null=True, related_name="looks")
    tag = models.CharField(_("line"), max_length=16)
    reason = models.CharField(_("why"), max_length=10, choices=Reason)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("look into a register")
        verbose_name_plural = _("looks into a register")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["officer", "-at"], name="register_look_by_officer")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.tag}"


class LetterBatch(models.Model):
    """Codes for letters, made and printed together. `seed` is forgotten with the printing."""

    class Kind(models.TextChoices):
        PEOPLE = "people", pgettext_lazy("letters", "one letter a person")
        HOUSEHOLDS = "households", pgettext_lazy("letters", "one letter a household")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("letters", "Waiting to be made")
        READY = "ready", pgettext_lazy("letters", "Ready to print")
        PRINTED = "printed", pgettext_lazy("letters", "Printed")
        WITHDRAWN = "withdrawn", pgettext_lazy("letters", "Withdrawn")

    register = models.ForeignKey(Register, models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("letters"), max_length=10, choices=Kind)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    valid_until = models.DateTimeField(_("valid until"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    seed = models.BinaryField(null=True, editable=False)
    codes_made = models.PositiveIntegerField(_("codes"), default=0)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    printed_at = models.DateTimeField(_("printed"), null=True)

    class Meta:
        verbose_name = _("batch of letters")
        verbose_name_plural = _("batches of letters")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="letter_batch_number"),
            models.CheckConstraint(
                condition=~Q(state="printed") | Q(seed=None, printed_at__isnull=False),
                name="letter_batch_printed_forgets_its_seed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}/{self.number}"


class LetterCode(models.Model):
    """One code: `code_hash` = HMAC-SHA256(key, code). Keeps no time of its use."""

    batch = models.ForeignKey(LetterBatch, models.PROTECT, related_name="codes")
    line = models.ForeignKey(RegisterLine, models.PROTECT, db_index=False, related_name="codes")
    code_hash = models.BinaryField(unique=True)
    is_valid = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("code on a letter")
        verbose_name_plural = _("codes on letters")
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(is_valid=True), name="letter_code_one_valid_a_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.line_id}"
