"""The shape of what panellists and organisers of a Delphi study send."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, User
from edp import delphi
from edp.delphi_pages import Feedback
from edp.models import DelphiStatement
from edp.services.delphi.ratings import Answer
from edp.services.delphi.studies import Saying
from participation.forms import OnceForm
from participation.services import Wording

LANGUAGES = (("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English")))
STATEMENTS = 5


class RatingForm(forms.Form):
    """One rating and its reason for each statement.

    It has no key of its own: a list of forms that were sent would name the person.
    """

    def __init__(
        self,
        *args: Any,
        feedback: list[Feedback],
        parameters: delphi.Parameters,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.feedback = feedback
        scale = [(str(n), str(n)) for n in range(parameters.low, parameters.high + 1)]
        for told in feedback:
            n, last = told.statement.number, told.now or told.before
            self.fields[f"value-{n}"] = forms.ChoiceField(
                label=_("Your rating, from %(low)s (I do not agree) to %(high)s (I agree)")
                % {"low": parameters.low, "high": parameters.high},
                choices=[("", _("Choose one")), *scale],
                initial=str(last.value) if last else "",
            )
            self.fields[f"reason-{n}"] = forms.CharField(
                label=_("Your reasons"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("The panel and, in the end, everybody reads them without a name."),
                initial=last.reason if last else "",
            )
            if told.row is not None:
                self.fields[f"silent-{n}"] = forms.BooleanField(
                    label=_("I would rather not give reasons"), required=False
                )

    @property
    def questions(self) -> list[tuple[Feedback, list[BoundField]]]:
        return [
            (
                told,
                [
                    self[name]
                    for name in self.fields
                    if name.partition("-")[2] == str(told.statement.number)
                ],
            )
            for told in self.feedback
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for told in self.feedback:
            n = told.statement.number
            value = data.get(f"value-{n}")
            if not value or told.row is None:
                continue
            summary = told.row.summary
            is_outside = not float(summary.q1) <= int(value) <= float(summary.q3)
            if is_outside and not data.get(f"reason-{n}") and not data.get(f"silent-{n}"):
                self.add_error(
                    f"reason-{n}",
                    _(
                        "Your rating lies outside the middle half of the panel. Say why, or tick"
                        " that you would rather not."
                    ),
                )
        return data

    def answers(self) -> dict[DelphiStatement, Answer]:
        data = self.cleaned_data
        return {
            told.statement: Answer(
                int(data[f"value-{told.statement.number}"]),
                data[f"reason-{told.statement.number}"],
            )
            for told in self.feedback
        }


class StudyForm(OnceForm):
    """A study with up to five statements."""

    is_real_time = forms.BooleanField(
        label=_("Without rounds: everybody sees at once what the panel holds"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title (%(language)s)") % {"language": name},
                max_length=200,
                required=code != "en",
            )
        for n in range(1, STATEMENTS + 1):
            for code, name in LANGUAGES:
                self.fields[f"said_{n}_{code}"] = forms.CharField(
                    label=_("Statement %(number)s (%(language)s)")
                    % {"number": n, "language": name},
                    max_length=500,
                    required=n == 1 and code != "en",
                    widget=forms.Textarea(attrs={"rows": 2}),
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for n in range(2, STATEMENTS + 1):
            given = {code: data.get(f"said_{n}_{code}") for code, _name in LANGUAGES}
            for code in ("kk", "ru") if any(given.values()) else ():
                if not given[code]:
                    self.add_error(f"said_{n}_{code}", _("Needed in Kazakh and in Russian."))
        return data

    def wordings(self) -> list[Wording]:
        data = self.cleaned_data
        titles = [(code, data[f"title_{code}"]) for code, _name in LANGUAGES]
        return [Wording(code, title, origin="official") for code, title in titles if title]

    def statements(self) -> list[Saying]:
        data = self.cleaned_data
        return [
            Saying(*(data[f"said_{n}_{code}"] for code, _name in LANGUAGES))
            for n in range(1, STATEMENTS + 1)
            if data[f"said_{n}_kk"]
        ]


class InviteForm(OnceForm):
    email = forms.EmailField(label=_("E-mail address of the person's account"))
    helix = forms.ChoiceField(label=_("Helix"), choices=Helix.choices)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("No account has this address."))
        self.person = person
        return email


class RoundForm(OnceForm):
    closes_at = forms.DateTimeField(
        label=_("The round closes"),
        input_formats=["%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M"],
        help_text=_("For example 27.03.2027 18:00."),
    )
