"""The shape of what is sent about public control; rules are checked by the services."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from councils.forms.recommendations import DocketChoice, dockets_of, state_bodies
from councils.forms.wording import ToldForm, WordedForm
from councils.models import Council, Docket, PublicControlAction, Recommendation
from councils.services.control import Plan
from participation.fields import DayField, offer


class RecommendationChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}. {obj.dossier.title}"


class ControlForm(WordedForm):
    kind = forms.ChoiceField(label=_("Form of control"), choices=PublicControlAction.Kind.choices)
    body = forms.ModelChoiceField(Organisation.objects.none(), label=_("Whose work"))
    starts_on = DayField(label=_("Begins on"))
    ends_on = DayField(label=_("Planned to end on"))
    docket = DocketChoice(
        Docket.objects.none(), label=_("Matter"), required=False, empty_label=_("None")
    )
    field_order = ["form_key", "kind", "body", "starts_on", "ends_on", "docket"]

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "body", state_bodies())
        offer(self, "docket", dockets_of(council))
        self.fields["starts_on"].initial = timezone.localdate

    def plan(self) -> Plan:
        names = ("kind", "body", "starts_on", "ends_on", "docket")
        return Plan(**{name: self.cleaned_data[name] for name in names})


class FinishForm(ToldForm):
    final = forms.ChoiceField(
        label=_("Final document"),
        choices=PublicControlAction.Final.choices,
        widget=forms.RadioSelect,
    )
    number = forms.CharField(label=_("Number of the document"), max_length=60, required=False)
    on = DayField(label=_("Date of the document"))
    recommendation = RecommendationChoice(
        Recommendation.objects.none(),
        label=_("The recommendation, if it ends in one"),
        required=False,
        empty_label=_("None"),
    )
    field_order = ["form_key", "final", "number", "on", "recommendation"]

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = council.recommendations.public().for_display().order_by("-number")
        offer(self, "recommendation", rows)
        self.fields["on"].initial = timezone.localdate
        self.fields["text_kk"].label = _("What was found, in Kazakh")
        self.fields["text_ru"].label = _("What was found, in Russian")
        self.fields["text_en"].label = _("What was found, in English")


class DropForm(ToldForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text_kk"].label = _("Why it ends without a document, in Kazakh")
        self.fields["text_ru"].label = _("Why it ends without a document, in Russian")
        self.fields["text_en"].label = _("Why it ends without a document, in English")
