"""How the city checks proposals: desk, check list, reviews, questions, verdicts, appeals.

What is working material changes until it is decided (`CheckAnswer`, `CostLine`); what was said in
public (`Question`, `Verdict`, `Consent`, `Appeal`, `Handover`) never does: triggers of migration
0007. A reviewer is no author of what is reviewed, and a second look is given to somebody else.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.multilingual import LANGUAGES, ToldInThreeLanguages, first_available
from budgeting.models.cycle import Cycle
from budgeting.models.proposal import Proposal
from participation.models import AnswerDue, Ruleset

FIRST_LOOK, SECOND_LOOK = 1, 2


class Desk(models.Model):
    """The check of one cycle's proposals, by rules that are frozen when it opens."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="desk")
    ruleset = models.ForeignKey(Ruleset, models.PROTECT, related_name="desks")
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("desk of a budget")
        verbose_name_plural = _("desks of budgets")

    def __str__(self) -> str:
        return str(self.cycle_id)


class CheckItem(ToldInThreeLanguages):
    """One line of a cycle's check list, as the ruleset had it when the desk opened."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.SlugField(max_length=40)

    class Meta:
        verbose_name = _("line of the check list")
        verbose_name_plural = _("lines of the check list")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "number"], name="check_item_number_unique"),
            models.UniqueConstraint(fields=["desk", "code"], name="check_item_code_unique"),
        ]


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> ReviewQuerySet:
        """Without a verdict yet."""
        return self.filter(verdicts=None)

    def overdue(self, today: date) -> ReviewQuerySet:
        """Without a verdict though the department's last day has passed."""
        return self.open().filter(
            answer_due__answered_on=None,
            answer_due__paused_on=None,
            answer_due__due_on__lt=today,
        )


class Review(models.Model):
    """One look at a proposal: the first, or the second after an appeal.

    `department` is empty where the organiser decides without one; then nothing is due by a date.
    Costs are whole units of the cycle's currency.
    """

    class Look(models.IntegerChoices):
        FIRST = FIRST_LOOK, _("First look")
        SECOND = SECOND_LOOK, _("Second look, on appeal")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reviews")
    look = models.PositiveSmallIntegerField(_("look"), choices=Look, default=FIRST_LOOK)
    department = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="reviews_of_proposals"
    )
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, related_name="proposal_reviews")
    answer_due = models.OneToOneField(AnswerDue, models.PROTECT, null=True, related_name="review")
    cost_source = models.CharField(_("where the prices come from"), max_length=300, blank=True)
    running_cost = models.PositiveBigIntegerField(_("running cost a year"), null=True, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a proposal")
        verbose_name_plural = _("reviews of proposals")
        ordering = ["look"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "look"], name="review_one_of_a_look"),
            models.CheckConstraint(
                condition=Q(look__in=(FIRST_LOOK, SECOND_LOOK)), name="review_look_known"
            ),
            models.CheckConstraint(
                condition=Q(department=None, answer_due=None)
                | Q(department__isnull=False, answer_due__isnull=False),
                name="review_of_a_department_has_a_date",
            ),
        ]
        indexes = [models.Index(fields=["reviewer"], name="review_by_reviewer")]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.look}"


class CheckAnswer(models.Model):
    """What a reviewer found on one line of the check list."""

    class Finding(models.TextChoices):
        YES = "yes", pgettext_lazy("check list", "Yes")
        NO = "no", pgettext_lazy("check list", "No")
        DOES_NOT_APPLY = "none", pgettext_lazy("check list", "Does not apply")

    review = models.ForeignKey(Review, models.PROTECT, related_name="check_answers")
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="answers")
    finding = models.CharField(_("finding"), max_length=4, choices=Finding)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["item__number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="check_answer_once"),
            models.CheckConstraint(
                condition=~Q(finding="no") | ~Q(note=""), name="check_answer_no_is_explained"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.finding}"


class CostLine(models.Model):
    """What one part of a project costs: a whole number of units by a price in whole currency."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="cost_lines")
    number = models.PositiveSmallIntegerField(_("number"))
    what = models.CharField(_("what"), max_length=200)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=40)
    unit_price = models.PositiveBigIntegerField(_("price of a unit"))

    class Meta:
        verbose_name = _("line of the estimate")
        verbose_name_plural = _("lines of the estimate")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="cost_line_number_unique"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & Q(unit_price__gt=0), name="cost_line_costs_something"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def amount(self) -> int:
        return self.quantity * self.unit_price


class Handover(models.Model):
    """Why a review went to another department or person. Append-only."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="handovers")
    department = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason_kk = models.TextField(_("reason in Kazakh"))
    reason_ru = models.TextField(_("reason in Russian"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("handover of a review")
        verbose_name_plural = _("handovers of reviews")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason_kk="") & ~Q(reason_ru=""), name="handover_has_reasons"
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.at:%Y-%m-%d}"


class Question(models.Model):
    """A public question of the reviewer to the authors, and their answer, written once."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="questions")
    text = models.TextField(_("question"))
    language = models.CharField(_("language"), max_length=2)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answer_by = models.DateField(_("answer by"))
    answer = models.TextField(_("answer"), blank=True)
    answer_language = models.CharField(_("language of the answer"), max_length=2, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("question to the authors")
        verbose_name_plural = _("questions to the authors")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="question_asks_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & ~Q(answered_at=None)),
                name="question_answered_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Verdict(models.Model):
    """The city's public verdict. Append-only; a correction is the next version, with its reason.

    `checks` and `estimate` are the check list and the lines of cost as they were when it was
    given: [{code, kk, ru, en, finding, note}] and [{what, quantity, unit, unit_price, amount}].
    The name of its signatory is emptied if that person is erased.
    """

    class Decision(models.TextChoices):
        FEASIBLE = "feasible", _("Feasible")
        WITH_CHANGES = "with_changes", _("Feasible with changes")
        NOT_FEASIBLE = "not_feasible", _("Not feasible")

    review = models.ForeignKey(Review, models.PROTECT, related_name="verdicts")
    version = models.PositiveSmallIntegerField(default=1)
    superseding_reason = models.TextField(_("why it replaces the one before"), blank=True)
    decision = models.CharField(_("verdict"), max_length=12, choices=Decision)
    reasons_kk = models.TextField(_("reasons in Kazakh"))
    reasons_ru = models.TextField(_("reasons in Russian"))
    reasons_en = models.TextField(_("reasons in English"), blank=True)
    changes_kk = models.TextField(_("what changes, in Kazakh"), blank=True)
    changes_ru = models.TextField(_("what changes, in Russian"), blank=True)
    guess = models.PositiveBigIntegerField(_("the author's guess"))
    cost = models.PositiveBigIntegerField(_("checked cost"))
    running_cost = models.PositiveBigIntegerField(_("running cost a year"), null=True)
    cost_source = models.CharField(_("where the prices come from"), max_length=300, blank=True)
    checks = models.JSONField(default=list)
    estimate = models.JSONField(default=list)
    consent_until = models.DateField(_("the author answers by"), null=True)
    appeal_until = models.DateField(_("appeal until"), null=True)
    signed_name = models.CharField(_("signed by"), max_length=150, blank=True)
    signed_post = models.CharField(_("post"), max_length=200)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["review__look", "version"]
        constraints = [
            models.UniqueConstraint(fields=["review", "version"], name="verdict_one_of_a_version"),
            models.CheckConstraint(
                condition=Q(version=1, superseding_reason="")
                | (Q(version__gt=1) & ~Q(superseding_reason="")),
                name="verdict_superseded_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(reasons_kk="") & ~Q(reasons_ru="") & ~Q(signed_post=""),
                name="verdict_in_official_languages_and_signed",
            ),
            models.CheckConstraint(
                condition=Q(decision="with_changes", consent_until__isnull=False)
                & ~Q(changes_kk="")
                & ~Q(changes_ru="")
                | Q(
                    decision__in=("feasible", "not_feasible"),
                    changes_kk="",
                    changes_ru="",
                    consent_until=None,
                ),
                name="verdict_with_changes_says_which",
            ),
            models.CheckConstraint(condition=Q(cost__gt=0), name="verdict_names_a_cost"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} v{self.version}"

    @property
    def reasons(self) -> str:
        return first_available({c: getattr(self, f"reasons_{c}") for c in LANGUAGES})

    @property
    def language(self) -> str:
        """Of the reasons that the reader is shown."""
        shown = self.reasons
        return next((c for c in LANGUAGES if getattr(self, f"reasons_{c}") == shown), "kk")

    @property
    def changes(self) -> str:
        return first_available({"kk": self.changes_kk, "ru": self.changes_ru})

    @cached_property
    def told_checks(self) -> list[dict[str, Any]]:
        """The check list in the reader's language; findings with their words."""
        return [
            {
                "text": first_available({c: row.get(c, "") for c in LANGUAGES}),
                "finding": row["finding"],
                "label": CheckAnswer.Finding(row["finding"]).label,
                "note": row["note"],
            }
            for row in self.checks
        ]


class Consent(models.Model):
    """What an author says to a verdict with changes: agrees, or objects and why. Append-only."""

    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="consent")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agrees = models.BooleanField(_("agrees"))
    note = models.TextField(_("in the author's words"), blank=True)
    language = models.CharField(_("language"), max_length=2)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("author's answer to changes")
        verbose_name_plural = _("authors' answers to changes")
        constraints = [
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(note=""), name="consent_objection_is_explained"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verdict_id}: {self.agrees}"


class Appeal(models.Model):
    """An author asks for a second look at the verdict of the first one: once. Append-only."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="appeal")
    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="appeal")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    grounds = models.TextField(_("grounds"))
    language = models.CharField(_("language"), max_length=2)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("appeal against a verdict")
        verbose_name_plural = _("appeals against verdicts")
        constraints = [
            models.CheckConstraint(condition=~Q(grounds=""), name="appeal_has_grounds"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.at:%Y-%m-%d}"
