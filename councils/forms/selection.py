"""The shape of what is sent about selections; rules are checked by the services."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from councils.models import (
    Candidacy,
    Council,
    Criterion,
    Post,
    SelectionProcess,
    SelectionVote,
    Side,
)
from participation.fields import AccountField, DayField, MomentField, WebAddressField, offer
from participation.forms import OnceForm
from participation.services import Wording

LANGUAGES = ("kk", "ru", "en")
SPOKEN = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]


class TextsForm(OnceForm):
    """Title and two texts in three languages; Kazakh and Russian are needed."""

    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=120)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    summary_kk = forms.CharField(
        label=_("Text in Kazakh"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    summary_ru = forms.CharField(
        label=_("Text in Russian"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    summary_en = forms.CharField(
        label=_("Text in English"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def wordings(self) -> list[Wording]:
        data = self.cleaned_data
        return [
            Wording(
                language,
                data[f"title_{language}"],
                data[f"summary_{language}"],
                data.get(f"body_{language}", ""),
                origin="official",
            )
            for language in LANGUAGES
            if data[f"title_{language}"]
        ]


class SelectionForm(TextsForm):
    kind = forms.ChoiceField(label=_("What for"), choices=SelectionProcess.Kind.choices)
    way = forms.ChoiceField(label=_("How it is decided"), choices=SelectionProcess.Way.choices)
    posts = forms.ModelMultipleChoiceField(
        Post.objects.none(),
        label=_("Seats to fill"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Seats that nobody holds today."),
    )
    group_size = forms.IntegerField(
        label=_("Seats of the working group"),
        min_value=3,
        max_value=50,
        help_text=_("Fixed before the call opens. Of them the state has a third at most."),
    )
    closes_at = MomentField(
        label=_("Applications until"), help_text=_("For example 27.03.2027 18:00.")
    )
    body_kk = forms.CharField(
        label=_("Criteria in Kazakh"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    body_ru = forms.CharField(
        label=_("Criteria in Russian"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    body_en = forms.CharField(
        label=_("Criteria in English"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    ROW = ("kind", "way", "posts", "group_size", "closes_at")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = council.mandates.on(timezone.localdate()).values("post")
        vacant = council.posts.exclude(pk__in=held).order_by("number")
        offer(self, "posts", vacant)
        self.fields["posts"].label_from_instance = lambda post: (  # type: ignore[attr-defined]
            f"№ {post.number}, {post.get_side_display()}"
        )

    def fields_of_row(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.ROW}


class GroupMemberForm(OnceForm):
    name = forms.CharField(label=_("Name"), max_length=150)
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices)
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name_kk"), label=_("Organisation"), required=False
    )
    person = AccountField(
        label=_("E-mail address of the account"),
        required=False,
        help_text=_("With an account the member gives scores and votes in person."),
    )
    leads = forms.BooleanField(label=_("Chairs the group"), required=False)


class CriterionForm(OnceForm):
    kk = forms.CharField(label=_("Criterion in Kazakh"), max_length=200)
    ru = forms.CharField(label=_("Criterion in Russian"), max_length=200)
    en = forms.CharField(label=_("Criterion in English"), max_length=200, required=False)
    most = forms.IntegerField(label=_("Points at most"), min_value=1, max_value=100, initial=10)


class CandidacyForm(OnceForm):
    name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        help_text=_("Published when the call has ended, with your statement."),
    )
    side = forms.ChoiceField(label=_("Seat of"), choices=Side.choices)
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name_kk"),
        label=_("Organisation that puts you forward"),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of the statement"), choices=SPOKEN)
    statement = forms.CharField(
        label=_("Why you stand, and how you meet the criteria"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    contact = forms.CharField(
        label=_("Telephone or address"),
        max_length=200,
        help_text=_("Only the secretary of the council sees it."),
    )
    consent = forms.BooleanField(label=_("My name, statement and result are published"))

    def __init__(self, *args: Any, sides: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [choice for choice in Side.choices if choice[0] in sides]
        self.fields["side"] = forms.ChoiceField(label=_("Seat of"), choices=chosen)

    def application(self) -> dict[str, Any]:
        names = ("name", "side", "organisation", "language", "statement", "contact")
        return {name: self.cleaned_data[name] for name in names}


class ScreeningForm(OnceForm):
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (Candidacy.State.ADMITTED, _("Admit")),
            (Candidacy.State.REFUSED, _("Do not admit")),
        ],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for a refusal, by the criteria of the call. They are published."),
    )


class ScoreForm(OnceForm):
    """A field for each candidate and criterion; an empty one is no score, and no zero."""

    def __init__(
        self,
        *args: Any,
        candidacies: list[Candidacy],
        criteria: list[Criterion],
        given: dict[tuple[int, int], int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for candidacy in candidacies:
            for criterion in criteria:
                self.fields[f"{candidacy.number}-{criterion.number}"] = forms.IntegerField(
                    label=f"{candidacy}: {criterion} (0–{criterion.most})",
                    min_value=0,
                    max_value=criterion.most,
                    required=False,
                    initial=given.get((candidacy.pk, criterion.pk)),
                )

    def points(self, candidacy: Candidacy) -> dict[int, int | None]:
        return {
            int(name.split("-")[1]): value
            for name, value in self.cleaned_data.items()
            if name.split("-")[0] == str(candidacy.number)
        }


class VoteForm(OnceForm):
    """A choice for each candidate."""

    def __init__(
        self, *args: Any, candidacies: list[Candidacy], given: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for candidacy in candidacies:
            self.fields[f"vote-{candidacy.number}"] = forms.ChoiceField(
                label=str(candidacy),
                choices=SelectionVote.Choice.choices,
                widget=forms.RadioSelect,
                initial=given.get(candidacy.pk),
            )

    def choice(self, candidacy: Candidacy) -> str:
        return str(self.cleaned_data[f"vote-{candidacy.number}"])


class ActForm(OnceForm):
    act = forms.CharField(
        label=_("Act"),
        max_length=300,
        help_text=_("What it is and its number, as it stands on the paper."),
    )
    act_on = DayField(label=_("Date of the act"), help_text=_("For example 27.03.2027."))
    act_url = WebAddressField(label=_("Address of the act on the web"), required=False)


class AppointmentForm(OnceForm):
    since = DayField(label=_("They sit from"), help_text=_("For example 27.03.2027."))


class ReasonsForm(OnceForm):
    reasons = forms.CharField(
        label=_("Reasons"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
