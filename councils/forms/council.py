"""The shape of what is sent about a council, its members and its commissions."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import get_resolver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Helix, Organisation
from councils.models import Commission, Council, InterestDeclaration, Mandate, Post, Side
from councils.services.councils import Outline
from participation.fields import AccountField, DayField, WebAddressField, offer
from participation.forms import OnceForm
from participation.models import Territory
from participation.services import Wording

LANGUAGES = ("kk", "ru", "en")


def words_of_all_councils() -> set[str]:
    """First words of addresses that lead to pages of all councils, such as "calendar"."""
    patterns = get_resolver("councils.urls").url_patterns
    return {str(url.pattern).lstrip("^").split("/")[0] for url in patterns}


class TextsForm(OnceForm):
    """What a council says of itself."""

    title_kk = forms.CharField(label=_("Name in Kazakh"), max_length=160)
    title_ru = forms.CharField(label=_("Name in Russian"), max_length=160)
    title_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    task_kk = forms.CharField(
        label=_("Its task, in Kazakh"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    task_ru = forms.CharField(
        label=_("Its task, in Russian"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    task_en = forms.CharField(
        label=_("Its task, in English"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contact = forms.CharField(
        label=_("Contact"),
        max_length=200,
        required=False,
        help_text=_("An e-mail address or a telephone number of the secretary; it is public."),
    )

    @staticmethod
    def initial_of(council: Council) -> dict[str, Any]:
        texts = council.dossier.texts.all()
        return {
            "contact": council.contact,
            **{f"title_{text.language}": text.title for text in texts},
            **{f"task_{text.language}": text.summary for text in texts},
        }

    def wordings(self) -> list[Wording]:
        data = self.cleaned_data
        return [
            Wording(code, data[f"title_{code}"], data[f"task_{code}"], origin="official")
            for code in LANGUAGES
            if data[f"title_{code}"]
        ]


class CouncilForm(TextsForm):
    """A new council: its place, its seats, its first term."""

    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Region, city or district"), empty_label=_("Choose one")
    )
    level = forms.ChoiceField(label=_("Level"), choices=Council.Level.choices)
    supervised_body = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("The state body it oversees"),
        empty_label=_("Choose one"),
    )
    slug = forms.SlugField(
        label=_("Address"),
        max_length=80,
        help_text=_("Latin letters, digits and hyphens, for example taraz."),
    )
    civil_seats = forms.IntegerField(
        label=_("Seats of civil society"), min_value=1, max_value=100, initial=14
    )
    state_seats = forms.IntegerField(
        label=_("Seats of the state"),
        min_value=0,
        max_value=100,
        initial=7,
        help_text=_("At most a third of all seats."),
    )
    begins_on = DayField(label=_("The term begins on"), initial=timezone.localdate)
    ends_on = DayField(
        label=_("First day after the term"),
        required=False,
        help_text=_("Leave it empty for a term as long as the law's."),
    )

    field_order = ("territory", "level", "supervised_body", "slug")

    def __init__(self, *args: Any, territories: QuerySet[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "territory", territories.order_by("name_ru"))
        bodies = Organisation.objects.filter(helix=Helix.GOVERNMENT)
        offer(self, "supervised_body", bodies.order_by("name_ru"))

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in words_of_all_councils():
            raise forms.ValidationError(_("Choose another address: this one is taken."))
        return slug

    def outline(self) -> Outline:
        data = self.cleaned_data
        return Outline(
            territory=data["territory"],
            level=data["level"],
            supervised_body=data["supervised_body"],
            wordings=self.wordings(),
            contact=data["contact"],
        )

    def seats_and_term(self) -> dict[str, Any]:
        names = ("civil_seats", "state_seats", "begins_on", "ends_on")
        return {name: self.cleaned_data[name] for name in names}


class TermForm(OnceForm):
    begins_on = DayField(label=_("The term begins on"))
    ends_on = DayField(
        label=_("First day after the term"),
        required=False,
        help_text=_("Leave it empty for a term as long as the law's."),
    )


class SeatField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.number} · {obj.get_side_display()}"


class AppointmentForm(OnceForm):
    post = SeatField(Post.objects.none(), label=_("Seat"), empty_label=_("Choose one"))
    name = forms.CharField(
        label=_("Name"), max_length=150, help_text=_("Who sits on a council is public.")
    )
    person = AccountField(
        label=_("E-mail address of the member's account"),
        required=False,
        help_text=_("With an account the member votes here and declares interests; not shown."),
    )
    on_behalf_of = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("On behalf of"),
        required=False,
        empty_label=_("Nobody but themselves"),
    )
    basis = forms.ChoiceField(label=_("How the member was chosen"), choices=Mandate.Basis.choices)
    act = forms.CharField(label=_("Act"), max_length=300, help_text=_("Its kind, number and date."))
    act_url = WebAddressField(label=_("Address of the act"), required=False)
    since = DayField(label=_("Sits from"), initial=timezone.localdate)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = council.mandates.filter(until=None).values("post")
        there = Q(until=None) | Q(until__gt=timezone.localdate())
        offer(self, "post", council.posts.filter(there).exclude(pk__in=taken))
        offer(self, "on_behalf_of", Organisation.objects.order_by("name_ru"))

    def fields_of_row(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class SeatForm(OnceForm):
    """A seat more."""

    side = forms.ChoiceField(label=_("Whose seat"), choices=Side.choices, widget=forms.RadioSelect)
    since = DayField(label=pgettext_lazy("of a seat", "From"), initial=timezone.localdate)
    act = forms.CharField(label=_("Act"), max_length=300, help_text=_("Its kind, number and date."))


class SeatEndForm(OnceForm):
    on = DayField(label=_("First day without the seat"), initial=timezone.localdate)
    act = forms.CharField(label=_("Act"), max_length=300, help_text=_("Its kind, number and date."))


class NameForm(OnceForm):
    name = forms.CharField(label=_("Name"), max_length=150)
    reason = forms.CharField(
        label=_("What was wrong"),
        max_length=300,
        help_text=_("It is published beside the name as it stood before."),
    )


class EndForm(OnceForm):
    on = DayField(
        label=_("First day without the member"),
        initial=timezone.localdate,
        help_text=_("A resignation cannot be refused; the day stands in the letter or the act."),
    )
    reason = forms.ChoiceField(label=_("Why"), choices=Mandate.EndReason.choices)


class OfficeForm(OnceForm):
    office = forms.ChoiceField(label=_("Office"), choices=Mandate.Office.choices)


class DeclarationForm(OnceForm):
    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    kind = forms.ChoiceField(
        label=_("What ties you to it"), choices=InterestDeclaration.Kind.choices
    )
    note = forms.CharField(
        label=_("What it is about"),
        max_length=300,
        required=False,
        help_text=_("For example a share in per cent or a position. Name no relatives."),
    )
    since = DayField(label=_("From"))
    until = DayField(label=_("First day without it"), required=False)

    def fields_of_row(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class EndInterestForm(OnceForm):
    on = DayField(label=_("First day without it"), initial=timezone.localdate)


class CommissionForm(OnceForm):
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=200)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    members = forms.ModelMultipleChoiceField(
        Mandate.objects.none(),
        label=pgettext_lazy("of a council", "Members"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "members", council.mandates.sitting().order_by("post__number"))

    @staticmethod
    def initial_of(commission: Commission) -> dict[str, Any]:
        names = {f"name_{code}": getattr(commission, f"name_{code}") for code in LANGUAGES}
        return {**names, "members": commission.members.all()}

    def names(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"name_{code}"] for code in LANGUAGES}
