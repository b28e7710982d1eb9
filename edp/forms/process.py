"""The organiser's forms: the shape of what is sent; rules are checked by the services."""

import datetime
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Helix, Organisation, User
from edp.models import Decision, DiscoveryProcess, GroupMembership, ProcessOutput
from edp.phases import PHASE_KINDS
from edp.presets import PRESETS
from edp.services.processes import PLANNED, Outline, PhaseDates
from participation.fields import AmountField, DayField, WebAddressField, offer
from participation.forms import OnceForm
from participation.models import DossierText, Territory
from participation.services import Wording

LANGUAGES = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}
OFFICIAL = ("kk", "ru")
PLACES = (
    Territory.Kind.COUNTRY,
    Territory.Kind.REGION,
    Territory.Kind.NATIONAL_CITY,
    Territory.Kind.CITY,
    Territory.Kind.DISTRICT,
)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OutlineForm(OnceForm):
    """What a process says of itself."""

    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=160)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    scope_kk = forms.CharField(
        label=_("What it is about, in Kazakh"), max_length=1000, required=False, widget=_area(3)
    )
    scope_ru = forms.CharField(
        label=_("What it is about, in Russian"), max_length=1000, required=False, widget=_area(3)
    )
    scope_en = forms.CharField(
        label=_("What it is about, in English"), max_length=1000, required=False, widget=_area(3)
    )
    what_can_change_kk = forms.CharField(
        label=_("What can still change, in Kazakh"),
        max_length=1000,
        required=False,
        widget=_area(2),
        help_text=_("Say honestly what people can influence and what is fixed already."),
    )
    what_can_change_ru = forms.CharField(
        label=_("What can still change, in Russian"),
        max_length=1000,
        required=False,
        widget=_area(2),
    )
    what_can_change_en = forms.CharField(
        label=_("What can still change, in English"),
        max_length=1000,
        required=False,
        widget=_area(2),
    )
    period_start = forms.IntegerField(label=_("First year"), min_value=2000, max_value=2100)
    period_end = forms.IntegerField(label=_("Last year"), min_value=2000, max_value=2100)
    lead_body = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Lead body"), empty_label=_("Choose one")
    )
    centre = forms.ModelChoiceField(
        Territory.objects.none(),
        label=_("Centre"),
        required=False,
        empty_label=_("The same place"),
        help_text=_("Meetings elsewhere count as held outside the centre."),
    )
    contact = forms.CharField(
        label=_("Whom to ask"),
        max_length=200,
        required=False,
        help_text=_("A name, an e-mail address or a telephone number; shown on the page."),
    )
    subject_plan = forms.CharField(
        label=_("The plan it is about"),
        max_length=300,
        required=False,
        help_text=_("Only for a process around an existing plan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "lead_body", Organisation.objects.order_by("helix", "name_ru"))
        offer(self, "centre", Territory.objects.filter(kind__in=PLACES).order_by("name_ru"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("The last year comes after the first."))
        return data

    def outline(self, territory: Territory) -> Outline:
        data = self.cleaned_data
        return Outline(
            territory=territory,
            centre=data["centre"] or territory,
            lead_body=data["lead_body"],
            period_start=data["period_start"],
            period_end=data["period_end"],
            wordings=[
                Wording(
                    code,
                    data[f"title_{code}"],
                    data[f"scope_{code}"],
                    origin=DossierText.Origin.OFFICIAL,
                )
                for code in LANGUAGES
                if data[f"title_{code}"]
            ],
            contact=data["contact"],
            subject_plan=data["subject_plan"],
            what_can_change={code: data[f"what_can_change_{code}"] for code in LANGUAGES},
        )

    @staticmethod
    def initial_of(process: DiscoveryProcess) -> dict[str, Any]:
        texts = {text.language: text for text in process.dossier.texts.all()}
        names = ("period_start", "period_end", "lead_body", "centre", "contact", "subject_plan")
        return {
            **{name: getattr(process, name) for name in names},
            **{f"title_{code}": text.title for code, text in texts.items()},
            **{f"scope_{code}": text.summary for code, text in texts.items()},
            **{
                f"what_can_change_{code}": getattr(process, f"what_can_change_{code}")
                for code in LANGUAGES
            },
        }


class NewProcessForm(OutlineForm):
    """Which place, and when it begins: for a new process and for a clone."""

    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Region, city or district"), empty_label=_("Choose one")
    )
    starts_on = DayField(
        label=_("Begins on"),
        initial=timezone.localdate,
        help_text=_("The stages follow one after the other from this day; change them later."),
    )

    field_order = ("preset", "territory", "starts_on")

    def __init__(self, *args: Any, territories: QuerySet[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "territory", territories.filter(kind__in=PLACES).order_by("name_ru"))

    def slug(self) -> str:
        data = self.cleaned_data
        return slugify(f"{data['territory'].slug[:70]}-{data['period_start']}")


class ProcessForm(NewProcessForm):
    preset = forms.ChoiceField(
        label=_("What for"),
        widget=forms.RadioSelect,
        choices=[(code, preset.label) for code, preset in PRESETS.items()],
        initial="regional-strategy",
        help_text=_("Kind, rules and lengths of the stages; all can be changed before the start."),
    )


class DatesForm(OnceForm):
    """From and to of every stage, as days; the last day is included."""

    def __init__(self, *args: Any, process: DiscoveryProcess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dated = {phase.kind: phase for phase in process.dossier.phases.all()}
        for kind in PHASE_KINDS:
            phase = dated.get(kind.code)
            for end, label in (("from", _("%(stage)s: from")), ("to", _("%(stage)s: to"))):
                self.fields[f"{kind.code}_{end}"] = DayField(
                    label=label % {"stage": kind.label},
                    required=kind.code in PLANNED,
                    initial=phase and _day(phase.opens_at if end == "from" else phase.closes_at),
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for kind in PHASE_KINDS:
            opens, closes = data.get(f"{kind.code}_from"), data.get(f"{kind.code}_to")
            if bool(opens) != bool(closes) or (opens and closes and closes <= opens):
                self.add_error(f"{kind.code}_to", _("The end comes after the beginning."))
        return data

    def dates(self) -> list[PhaseDates]:
        """Those that were changed."""
        data = self.cleaned_data
        return [
            PhaseDates(
                kind.code, _moment(data[f"{kind.code}_from"]), _moment(data[f"{kind.code}_to"])
            )
            for kind in PHASE_KINDS
            if {f"{kind.code}_from", f"{kind.code}_to"} & set(self.changed_data)
            and data[f"{kind.code}_from"]
        ]


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment)


def _moment(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


class DecisionForm(OnceForm):
    """Who decided what, when and why."""

    body = forms.CharField(label=_("Decided by"), max_length=200)
    decided_on = DayField(label=_("On"), initial=timezone.localdate)
    reasons_kk = forms.CharField(
        label=_("Reasons in Kazakh"),
        max_length=4000,
        widget=_area(4),
        help_text=_("Published at once, and cannot be changed."),
    )
    reasons_ru = forms.CharField(label=_("Reasons in Russian"), max_length=4000, widget=_area(4))
    reasons_en = forms.CharField(
        label=_("Reasons in English"), max_length=4000, required=False, widget=_area(4)
    )
    votes_for = forms.IntegerField(label=_("Votes for"), min_value=0, required=False)
    votes_against = forms.IntegerField(label=_("Votes against"), min_value=0, required=False)
    abstentions = forms.IntegerField(label=_("Abstained"), min_value=0, required=False)
    document_url = WebAddressField(label=_("Address of the act"), required=False)

    def clean_decided_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day of a decision cannot lie in the future."))
        return day

    def decision(self) -> dict[str, Any]:
        """For the services: who decided, when, with which reasons and votes."""
        data = self.cleaned_data
        votes = (data["votes_for"], data["votes_against"], data["abstentions"])
        return {
            "body": data["body"],
            "decided_on": data["decided_on"],
            "reasons": {code: data[f"reasons_{code}"] for code in LANGUAGES},
            "votes": None if votes[0] is None else tuple(vote or 0 for vote in votes),
            "document_url": data["document_url"],
        }


class OtherDecisionForm(DecisionForm):
    """On what no form of its own is for: the reasons say what was decided, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in (
            ("kk", _("What is decided, and why, in Kazakh")),
            ("ru", _("What is decided, and why, in Russian")),
            ("en", _("What is decided, and why, in English")),
        ):
            self.fields[f"reasons_{code}"].label = label


class WaiverForm(DecisionForm):
    condition = forms.ChoiceField(label=_("Condition to set aside"), widget=forms.RadioSelect)
    field_order = ("condition",)

    def __init__(self, *args: Any, conditions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["condition"]).choices = conditions


class MoveForm(DecisionForm):
    kind = forms.ChoiceField(label=_("What is decided"), widget=forms.RadioSelect)
    field_order = ("kind",)

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            **dict(Decision.Kind.choices),
            Decision.Kind.PASS_GATE: pgettext_lazy("decision", "To begin the review"),
        }
        choices = [(kind, labels[Decision.Kind(kind)]) for kind in kinds]
        cast(forms.ChoiceField, self.fields["kind"]).choices = choices


class SeatForm(OnceForm):
    """A seat for somebody with an account, or for somebody by name."""

    group = forms.ChoiceField(label=_("Group"), choices=GroupMembership.Group.choices)
    email = forms.EmailField(
        label=_("E-mail address of the person's account"),
        required=False,
        help_text=_("The helix is then the one of their organisation."),
    )
    name = forms.CharField(
        label=_("Name"), max_length=150, required=False, help_text=_("Where there is no account.")
    )
    helix = forms.ChoiceField(
        label=_("Helix"),
        required=False,
        choices=[("", _("As their organisation")), *Helix.choices],
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        empty_label=_("Choose one"),
    )
    is_chair = forms.BooleanField(label=_("Chairs the group"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person: User | None = None
        offer(self, "organisation", Organisation.objects.order_by("helix", "name_ru"))

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        self.person = User.objects.filter(email__iexact=email, is_active=True).first()
        if email and self.person is None:
            raise forms.ValidationError(_("No account has this address."))
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and self.person is None:
            if not data.get("name"):
                self.add_error("name", _("Give a name, or the e-mail address of an account."))
            elif not data.get("helix") and not data.get("organisation"):
                self.add_error("helix", _("Choose the helix, or the organisation."))
        return data


class InterestsForm(OnceForm):
    interests = forms.CharField(
        label=_("Interests"),
        max_length=1000,
        widget=_area(4),
        help_text=_(
            "Employment, ownership, family: whatever could matter to a decision here. Published "
            'with the name. If there are none, write "none".'
        ),
    )


class ResourcesForm(OnceForm):
    people = forms.IntegerField(label=_("People"), min_value=1, max_value=10_000)
    person_days = forms.IntegerField(label=_("Person-days"), min_value=1, max_value=1_000_000)
    money = AmountField(label=_("Money, in tenge"), min_value=0, max_value=10**13)
    gaps_kk = forms.CharField(
        label=_("What is lacking, in Kazakh"), max_length=2000, required=False, widget=_area(2)
    )
    gaps_ru = forms.CharField(
        label=_("What is lacking, in Russian"), max_length=2000, required=False, widget=_area(2)
    )
    gaps_en = forms.CharField(
        label=_("What is lacking, in English"), max_length=2000, required=False, widget=_area(2)
    )


class OutputsForm(OnceForm):
    """The four results of discovery; one that is begun is written in both official languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in ProcessOutput.Code.choices:
            for language, name in LANGUAGES.items():
                self.fields[f"{code}_{language}"] = forms.CharField(
                    label=_("%(output)s, %(language)s") % {"output": label, "language": name},
                    max_length=4000,
                    required=False,
                    widget=_area(3),
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for code in ProcessOutput.Code.values:
            if any(data.get(f"{code}_{language}") for language in LANGUAGES):
                for language in OFFICIAL:
                    if not data.get(f"{code}_{language}"):
                        self.add_error(
                            f"{code}_{language}", _("Write it in Kazakh and in Russian.")
                        )
        return data

    def written(self) -> dict[str, dict[str, str]]:
        """By code and language: those that were changed."""
        data = self.cleaned_data
        return {
            code: {language: data[f"{code}_{language}"] for language in LANGUAGES}
            for code in ProcessOutput.Code.values
            if data[f"{code}_kk"]
            and {f"{code}_{language}" for language in LANGUAGES} & set(self.changed_data)
        }


class LeadForm(OnceForm):
    stage = forms.ChoiceField(
        label=_("Stage"), choices=[(kind.code, kind.label) for kind in PHASE_KINDS]
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Led by"), empty_label=_("Choose one")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", Organisation.objects.order_by("helix", "name_ru"))
