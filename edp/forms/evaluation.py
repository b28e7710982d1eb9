"""The shape of what assessors, the chair and organisers send; rules are checked by services."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from edp.models import (
    Criterion,
    CriterionSet,
    GroupMembership,
    Idea,
    Interest,
    Priority,
    Score,
)
from edp.services.evaluation.criteria import CriterionDraft
from edp.services.evaluation.selection import Act, Candidate, Choice
from edp.services.evaluation.sheets import NEEDS_REASONS, Given
from participation.fields import WebAddressField
from participation.forms import OnceForm
from participation.services import Wording

LANGUAGES = (("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English")))
NO_INFORMATION = "none"
SCALE = [
    ("5", pgettext_lazy("score", "5, excellent")),
    ("4", pgettext_lazy("score", "4, strong")),
    ("3", pgettext_lazy("score", "3, fair")),
    ("2", pgettext_lazy("score", "2, to be improved")),
    ("1", pgettext_lazy("score", "1, poor")),
    ("0", pgettext_lazy("score", "0, speaks against it")),
    (NO_INFORMATION, pgettext_lazy("score", "No information")),
]


def _words(label: Any, *, required: bool = True, rows: int = 4, longest: int = 4000) -> Any:
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class InterestForm(OnceForm):
    nature = forms.ChoiceField(
        label=_("Do you have an interest in this idea?"),
        choices=Interest.Nature.choices,
        widget=forms.RadioSelect,
    )
    public_summary = forms.CharField(
        label=_("What may be published of it"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence without names of others: “works for the fertiliser plant”."),
    )

    def __init__(self, *args: Any, is_late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_late:
            nature = cast(forms.ChoiceField, self.fields["nature"])
            nature.label = _("Which interest has come up?")
            nature.choices = [c for c in Interest.Nature.choices if c[0] != Interest.Nature.NONE]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("nature", "none") != "none" and not data.get("public_summary"):
            self.add_error("public_summary", _("Say in one sentence what may be published of it."))
        return data


class SheetForm(OnceForm):
    """All criteria on one page. An answer that is not given yet is left out when saving."""

    def __init__(
        self, *args: Any, criteria: Iterable[Criterion], kept: Iterable[Score] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        scores = {score.criterion_id: score for score in kept}
        for criterion in self.criteria:
            score = scores.get(criterion.pk)
            self.fields[f"score-{criterion.code}"] = forms.ChoiceField(
                label=_("Score"),
                choices=[("", _("Not scored yet")), *SCALE],
                required=False,
                initial=_initial(score),
            )
            self.fields[f"why-{criterion.code}"] = forms.CharField(
                label=_("Reasons"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Obligatory for 0, 1 and 5. Published without your name."),
                initial=score.justification if score else "",
            )

    @property
    def questions(self) -> list[tuple[Criterion, BoundField, BoundField]]:
        return [(c, self[f"score-{c.code}"], self[f"why-{c.code}"]) for c in self.criteria]

    @property
    def is_to_lock(self) -> bool:
        return self.data.get("act") == "lock"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for criterion in self.criteria:
            score = data.get(f"score-{criterion.code}", "")
            if (
                score.isdigit()
                and int(score) in NEEDS_REASONS
                and not data.get(f"why-{criterion.code}")
            ):
                self.add_error(
                    f"why-{criterion.code}", _("Give the reasons for a score of 0, 1 or 5.")
                )
            if not score and self.is_to_lock and f"score-{criterion.code}" not in self.errors:
                self.add_error(f"score-{criterion.code}", _("Choose a score, or “No information”."))
        return data

    def scores(self) -> dict[Criterion, Given]:
        data = self.cleaned_data
        return {
            criterion: Given(
                None if chosen == NO_INFORMATION else int(chosen), data[f"why-{criterion.code}"]
            )
            for criterion in self.criteria
            if (chosen := data[f"score-{criterion.code}"])
        }


def _initial(score: Score | None) -> str:
    if score is None:
        return ""
    return NO_INFORMATION if score.value is None else str(score.value)


class RulingForm(OnceForm):
    ruling = forms.ChoiceField(
        label=_("Your ruling"),
        widget=forms.RadioSelect,
        choices=[(r.value, r.label) for r in (Interest.Ruling.RECUSE, Interest.Ruling.MAY_SCORE)],
    )


def _last_day() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=14)


class DueField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Last day"), initial=_last_day, **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return day


class ReopenForm(OnceForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the public record."),
    )
    due_on = DueField()


class AssignForm(OnceForm):
    ideas = forms.ModelMultipleChoiceField(
        Idea.objects.none(), label=_("Ideas"), widget=forms.CheckboxSelectMultiple
    )
    seats = forms.ModelMultipleChoiceField(
        GroupMembership.objects.none(), label=_("Assessors"), widget=forms.CheckboxSelectMultiple
    )
    due_on = DueField()

    def __init__(self, *args: Any, ideas: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("ideas", ideas), ("seats", seats)):
            field = cast(forms.ModelMultipleChoiceField, self.fields[name])
            field.queryset = rows
            field.initial = rows
        titles = cast(Any, self.fields["ideas"])
        titles.label_from_instance = lambda idea: f"{idea.number}. {idea.dossier.title}"


class PresetForm(OnceForm):
    preset = forms.ChoiceField(
        label=_("Set of criteria"),
        widget=forms.RadioSelect,
        choices=[
            (p.value, p.label) for p in (CriterionSet.Preset.EDP_6, CriterionSet.Preset.KIDI_4)
        ],
    )


class CriteriaForm(OnceForm):
    """The criteria as they are and two empty ones; what has no text is left out."""

    EMPTY = 2

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [criterion.code for criterion in criteria]
        free = (f"own-{n}" for n in range(1, 100) if f"own-{n}" not in self.codes)
        rows: list[tuple[str, Criterion | None]] = [(c.code, c) for c in criteria]
        rows += [(next(free), None) for _n in range(self.EMPTY)]
        self.rows = [code for code, _criterion in rows]
        for code, criterion in rows:
            self._add(code, criterion)

    def _add(self, code: str, criterion: Criterion | None) -> None:
        self.fields[f"{code}_weight"] = forms.DecimalField(
            label=_("Weight, from 0 to 1"),
            min_value=0,
            max_value=1,
            max_digits=6,
            decimal_places=5,
            required=False,
            initial=criterion.weight.normalize() if criterion else None,
        )
        self.fields[f"{code}_evidence"] = forms.ChoiceField(
            label=_("What the assessor sees beside it"),
            choices=Criterion.Evidence.choices,
            initial=criterion.evidence if criterion else Criterion.Evidence.SOURCES,
        )
        for kind, label in (("text", _("Question")), ("anchor", _("What earns a 5"))):
            for language, name in LANGUAGES:
                self.fields[f"{code}_{kind}_{language}"] = forms.CharField(
                    label=_("%(what)s (%(language)s)") % {"what": label, "language": name},
                    max_length=300,
                    required=False,
                    initial=getattr(criterion, f"{kind}_{language}") if criterion else "",
                )

    @property
    def groups(self) -> list[tuple[int, list[BoundField]]]:
        return [
            (n, [self[name] for name in self.fields if name.startswith(f"{code}_")])
            for n, code in enumerate(self.rows, start=1)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for code in self._filled(data):
            for kind in ("text", "anchor"):
                for language in ("kk", "ru"):
                    if not data.get(f"{code}_{kind}_{language}"):
                        self.add_error(
                            f"{code}_{kind}_{language}",
                            _("Needed in Kazakh and in Russian."),
                        )
            if data.get(f"{code}_weight") is None and f"{code}_weight" not in self.errors:
                self.add_error(f"{code}_weight", _("Give a weight, zero if it should not count."))
        weights = (data.get(f"{code}_weight") for code in self._filled(data))
        total = sum((weight or Decimal(0) for weight in weights), Decimal(0))
        if not self.errors and total != 1:
            self.add_error(
                None,
                _("The weights sum to %(total)s and have to sum to exactly 1.")
                % {"total": total.normalize()},
            )
        return data

    def _filled(self, data: dict[str, Any]) -> list[str]:
        return [
            code
            for code in self.rows
            if any(
                data.get(f"{code}_{kind}_{c}") for kind in ("text", "anchor") for c, _l in LANGUAGES
            )
        ]

    def drafts(self) -> list[CriterionDraft]:
        data = self.cleaned_data
        return [
            CriterionDraft(
                code,
                data[f"{code}_weight"],
                data[f"{code}_evidence"],
                {language: data[f"{code}_text_{language}"] for language, _l in LANGUAGES},
                {language: data[f"{code}_anchor_{language}"] for language, _l in LANGUAGES},
            )
            for code in self._filled(data)
        ]


class ActForm(OnceForm):
    """A decision: whose, when, with which votes and why."""

    body = forms.CharField(label=_("Decided by"), max_length=200)
    decided_on = forms.DateField(label=_("Decided on"), initial=timezone.localdate)
    votes_for = forms.IntegerField(label=_("Votes for"), min_value=0, required=False)
    votes_against = forms.IntegerField(label=_("Votes against"), min_value=0, required=False)
    abstentions = forms.IntegerField(label=_("Abstained"), min_value=0, required=False)
    reasons_kk = _words(_("Reasons in Kazakh"))
    reasons_ru = _words(_("Reasons in Russian"))
    reasons_en = _words(_("Reasons in English"), required=False)
    document_url = WebAddressField(label=_("Address of the act"), required=False)

    ACT = (
        "body", "decided_on", "votes_for", "votes_against", "abstentions", "reasons_kk",
        "reasons_ru", "reasons_en", "document_url",
    )  # fmt: skip

    def clean_decided_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day of a decision cannot lie in the future."))
        return day

    def act(self) -> Act:
        data = self.cleaned_data
        votes = tuple(data[name] for name in ("votes_for", "votes_against", "abstentions"))
        return Act(
            data["body"],
            data["decided_on"],
            {code: data[f"reasons_{code}"] for code, _l in LANGUAGES},
            None if None in votes else cast(tuple[int, int, int], votes),
            data["document_url"],
        )


CANDIDATE, PARKED = "candidate", "parked"


class SelectionForm(ActForm):
    """An outcome for every idea; a candidate needs its texts, any other its reason."""

    departure_kk = _words(_("Why it departs from the ranking, in Kazakh"), required=False)
    departure_ru = _words(_("Why it departs from the ranking, in Russian"), required=False)
    departure_en = _words(_("Why it departs from the ranking, in English"), required=False)

    def __init__(self, *args: Any, ideas: list[Idea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ideas = ideas
        for idea in ideas:
            self._add(idea)

    def _add(self, idea: Idea) -> None:
        n = idea.number
        self.fields[f"outcome-{n}"] = forms.ChoiceField(
            label=_("Outcome"),
            widget=forms.RadioSelect,
            choices=[(CANDIDATE, _("Candidate priority")), (PARKED, _("Parked, with a reason"))],
        )
        self.fields[f"reason-{n}"] = forms.CharField(
            label=_("Reason, if it is parked"),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"category-{n}"] = forms.ChoiceField(
            label=_("Category"), choices=Priority.Category.choices
        )
        self.fields[f"transformation-{n}"] = forms.ChoiceField(
            label=_("Transformation"), choices=Priority.Transformation.choices
        )
        texts = {text.language: text for text in idea.dossier.texts.all()}
        for language, name in LANGUAGES:
            text = texts.get(language)
            self.fields[f"title-{n}-{language}"] = forms.CharField(
                label=_("Title of the priority (%(language)s)") % {"language": name},
                max_length=200,
                required=False,
                initial=text.title if text else "",
            )
            self.fields[f"summary-{n}-{language}"] = forms.CharField(
                label=_("In two sentences (%(language)s)") % {"language": name},
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=text.summary if text else "",
            )

    @property
    def groups(self) -> list[tuple[Idea, list[BoundField]]]:
        return [
            (
                idea,
                [self[name] for name in self.fields if name.split("-")[1:2] == [str(idea.number)]],
            )
            for idea in self.ideas
        ]

    @property
    def act_fields(self) -> list[BoundField]:
        return [self[name] for name in self.ACT]

    @property
    def departure_fields(self) -> list[BoundField]:
        return [self[f"departure_{code}"] for code, _l in LANGUAGES]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for idea in self.ideas:
            n, outcome = idea.number, data.get(f"outcome-{idea.number}")
            if outcome == PARKED and not data.get(f"reason-{n}"):
                self.add_error(f"reason-{n}", _("Give the reason: it is published."))
            for language in ("kk", "ru") if outcome == CANDIDATE else ():
                if not data.get(f"title-{n}-{language}"):
                    self.add_error(f"title-{n}-{language}", _("A candidate needs its title here."))
        return data

    def choice(self) -> Choice:
        data = self.cleaned_data
        chosen = [i for i in self.ideas if data[f"outcome-{i.number}"] == CANDIDATE]
        return Choice(
            [self._candidate(idea) for idea in chosen],
            {idea: data[f"reason-{idea.number}"] for idea in self.ideas if idea not in chosen},
            {code: data[f"departure_{code}"] for code, _l in LANGUAGES},
        )

    def _candidate(self, idea: Idea) -> Candidate:
        data, n = self.cleaned_data, idea.number
        wordings = [
            Wording(code, data[f"title-{n}-{code}"], data[f"summary-{n}-{code}"], origin="official")
            for code, _l in LANGUAGES
            if data[f"title-{n}-{code}"]
        ]
        return Candidate([idea], data[f"category-{n}"], data[f"transformation-{n}"], wordings)
