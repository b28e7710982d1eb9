"""The shape of what is sent about recommendations; rules are checked by the services."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Helix, Organisation
from accounts.multilingual import Told
from councils.forms.dockets import ReferenceField
from councils.forms.wording import ToldForm, WordedForm, area
from councils.models import (
    CheckAnswer,
    Commitment,
    Council,
    Docket,
    ImplementationUpdate,
    Motion,
    Recommendation,
    RecommendationEvidence,
)
from councils.services.recommendations import Proof
from participation.fields import DayField, WebAddressField, offer
from participation.forms import OnceForm
from participation.models import AnswerDue

LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]


def state_bodies() -> QuerySet[Organisation]:
    return Organisation.objects.filter(helix=Helix.GOVERNMENT).order_by("name_ru")


class DocketChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}. {obj.dossier.title}"


class MotionChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        day = timezone.localdate(obj.item.meeting.starts_at)
        return f"{day:%d.%m.%Y} · {obj.text[:120]}"


class BodyChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.addressee)


def dockets_of(council: Council) -> QuerySet[Docket]:
    return council.dockets.public().for_display().order_by("-number")


class RecommendationForm(WordedForm):
    body_kk = area(_("What is recommended, in full, in Kazakh"), rows=6, required=False)
    body_ru = area(_("What is recommended, in full, in Russian"), rows=6, required=False)
    body_en = area(_("What is recommended, in full, in English"), rows=6, required=False)
    docket = DocketChoice(
        Docket.objects.none(), label=_("Matter"), required=False, empty_label=_("None")
    )
    field_order = ["form_key", "docket"]

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "docket", dockets_of(council))

    @classmethod
    def initial_of(cls, recommendation: Recommendation) -> dict[str, Any]:
        return {**cls.words_of(recommendation.dossier), "docket": recommendation.docket_id}


class EvidenceForm(OnceForm):
    kind = forms.ChoiceField(label=_("What it is"), choices=RecommendationEvidence.Kind.choices)
    dossier = ReferenceField(
        label=_("Number of the hearing, the meeting or the matter where it stands"),
        required=False,
        help_text=_("For example PM-2026-00012. Leave it empty if you give an address."),
    )
    number = forms.CharField(
        label=_("Number of the question, the submission or the line"), max_length=40, required=False
    )
    url = WebAddressField(label=_("Address of the document"), required=False)
    text = area(_("What it says, in its own words"), rows=3, longest=500)
    language = forms.ChoiceField(label=_("Language of these words"), choices=LANGUAGES)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("dossier") and not data.get("url"):
            self.add_error(
                "dossier", _("Say where it stands: a number of this site, or an address.")
            )
        return data

    def proof(self) -> Proof:
        names = ("kind", "text", "dossier", "number", "url", "language")
        return Proof(**{name: self.cleaned_data[name] for name in names})


class AdoptForm(OnceForm):
    motion = MotionChoice(Motion.objects.none(), label=_("The motion by which it was adopted"))

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Motion.objects.filter(
            item__meeting__council=council, state=Motion.State.ADOPTED
        ).select_related("item__meeting")
        offer(self, "motion", found.order_by("-item__meeting__starts_at", "number"))


class DeliverForm(OnceForm):
    bodies = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("State bodies that owe an answer"),
        widget=forms.CheckboxSelectMultiple,
    )
    on = DayField(label=_("Delivered on"), help_text=_("Working days are counted from this day."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "bodies", state_bodies())
        self.fields["on"].initial = timezone.localdate


class CommitmentForm(ToldForm):
    answer_due = BodyChoice(AnswerDue.objects.none(), label=_("Whose commitment"))
    due_on = DayField(label=_("By when"))
    field_order = ["form_key", "answer_due", "due_on"]

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dues = recommendation.dossier.answers_due.filter(answered_on__isnull=False, comment=None)
        offer(self, "answer_due", dues.select_related("addressee"))


class UpdateForm(ToldForm):
    kind = forms.ChoiceField(
        label=_("How it stands"),
        choices=ImplementationUpdate.Kind.choices,
        widget=forms.RadioSelect,
    )
    commitment = forms.ModelChoiceField(
        Commitment.objects.none(),
        label=_("Which commitment it is about"),
        required=False,
        empty_label=_("The whole recommendation"),
    )
    field_order = ["form_key", "kind", "commitment"]

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "commitment", recommendation.commitments.all())


class ActForm(OnceForm):
    body = forms.ModelChoiceField(Organisation.objects.none(), label=_("Adopted by"))
    number = forms.CharField(label=_("Number of the act"), max_length=60)
    adopted_on = DayField(label=_("Adopted on"))
    name_kk = forms.CharField(label=_("Name of the act in Kazakh"), max_length=200)
    name_ru = forms.CharField(label=_("Name of the act in Russian"), max_length=200)
    name_en = forms.CharField(label=_("Name of the act in English"), max_length=200, required=False)
    url = WebAddressField(label=_("Address of the act"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "body", state_bodies())

    def name(self) -> Told:
        data = self.cleaned_data
        return Told(data["name_kk"], data["name_ru"], data["name_en"])


class CloseForm(OnceForm):
    reason = area(
        _("Reason"), longest=2000, help_text=_("It is published, with the days of silence.")
    )


class CheckForm(OnceForm):
    """Opens a round of asking."""

    closes_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty for the number of working days that the council's rules name."),
    )


class CheckAnswerForm(OnceForm):
    value = forms.ChoiceField(
        label=_("Has it changed?"), choices=CheckAnswer.Value.choices, widget=forms.RadioSelect
    )
