"""The shape of what analysts send: files, assets, trends, lines of the SWOT and their evidence."""

import datetime
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from edp.asset_kinds import KINDS, LABELS, dimension_of
from edp.dataset_files import LARGEST
from edp.evidence_page import result_text
from edp.models import (
    DiscoveryProcess,
    RegionalAsset,
    SpecialisationResult,
    Statement,
    SwotEntry,
    TrendSignal,
)
from participation.fields import WebAddressField, offer
from participation.forms import OnceForm
from participation.models import Territory
from participation.models.territory import lies_within

OTHER = "other:"
CLASSIFICATIONS = [
    ("OKED", _("OKED (as NACE Rev. 2)")),
    ("NACE2", "NACE Rev. 2"),
    ("ISIC4", "ISIC Rev. 4"),
    ("HS", _("HS (customs)")),
    ("OTHER", _("another one, named in the licence or source")),
]


def text(label: Any, *, rows: int = 3, most: int = 1000, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, **more)


class DatasetForm(OnceForm):
    """What a table is called and where it comes from; the files follow."""

    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=200)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    classification = forms.ChoiceField(
        label=_("Classification of activities"), choices=CLASSIFICATIONS
    )
    source_url = WebAddressField(label=_("Address of the source"), max_length=200, required=False)
    licence = forms.CharField(label=_("Licence"), max_length=100, required=False)
    is_synthetic = forms.BooleanField(
        label=_("The figures are made up, for demonstration or training"), required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("source_url") and not data.get("is_synthetic") and "source_url" in data:
            self.add_error("source_url", _("Say where the figures come from."))
        return data

    def told(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class FileForm(OnceForm):
    """A table in CSV. Its size is asked before a byte of it is read."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        help_text=format_lazy(
            _("CSV in UTF-8 or Windows-1251, up to {size}. The first line names the columns."),
            size=filesizeformat(LARGEST),
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
        allow_empty_file=True,
    )
    retrieved_on = forms.DateField(
        label=_("Taken from the source on"), help_text=_("For example 27.03.2026.")
    )
    has_today_borders = forms.BooleanField(
        label=_("All years are counted within the borders of the last year"),
        required=False,
        help_text=_(
            "If not, years before and after a change of borders are shown as different series."
        ),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            told = {"size": filesizeformat(file.size or 0), "most": filesizeformat(LARGEST)}
            message = _("The file has %(size)s, more than %(most)s. Split it by year.")
            raise forms.ValidationError(message, params=told)
        return file

    def clean_retrieved_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["retrieved_on"]
        if not datetime.date(1990, 1, 1) <= day <= timezone.localdate():
            raise forms.ValidationError(_("Check the date: it must not lie in the future."))
        return day


class AssetForm(OnceForm):
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=200)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    other_kind = forms.CharField(
        label=_("Another kind"),
        max_length=40,
        required=False,
        help_text=_("Only if you chose “another kind” above."),
    )
    mobility = forms.ChoiceField(
        label=_("How easily it could leave"), choices=RegionalAsset.Mobility.choices
    )
    capital = forms.ChoiceField(
        label=_("Kind of capital"),
        choices=[("", _("not said")), *RegionalAsset.Capital.choices],
        required=False,
    )
    description_kk = text(_("Description in Kazakh"), required=False)
    description_ru = text(_("Description in Russian"), required=False)
    description_en = text(_("Description in English"), required=False)
    territory = forms.ModelChoiceField(Territory.objects.none(), label=_("Place"), empty_label=None)
    latitude = forms.FloatField(
        label=_("Latitude"), min_value=-90, max_value=90, required=False, localize=True,
        help_text=_("For the map, in degrees, for example 42.9."),
    )  # fmt: skip
    longitude = forms.FloatField(
        label=_("Longitude"), min_value=-180, max_value=180, required=False, localize=True
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def __init__(self, *args: Any, process: DiscoveryProcess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["kind"]).choices = [
            (
                dimension.label,
                [*KINDS[dimension].items(), (f"{OTHER}{dimension}", _("another kind"))],
            )
            for dimension in RegionalAsset.Dimension
        ]
        region = process.dossier.territory
        within = Territory.objects.filter(
            Q(pk=region.pk) | lies_within("parent", [region.pk]), valid_to=None
        )
        offer(self, "territory", within.exclude(kind__in=_SMALL).order_by("kind", "name_kk"))
        self.fields["territory"].initial = region

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind", "").startswith(OTHER) and not data.get("other_kind"):
            self.add_error("other_kind", _("Say which kind it is."))
        for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if data.get(one) is not None and other in data and data[other] is None:
                self.add_error(other, _("Give both, latitude and longitude, or neither."))
        return data

    def told(self) -> dict[str, Any]:
        names = set(self.cleaned_data) - {"form_key", "other_kind"}
        data = {name: self.cleaned_data[name] for name in names}
        kind = data["kind"]
        if kind.startswith(OTHER):
            return data | {
                "dimension": kind.removeprefix(OTHER),
                "kind": self.cleaned_data["other_kind"],
            }
        return data | {"dimension": dimension_of(kind)}

    @classmethod
    def initial_of(cls, asset: RegionalAsset) -> dict[str, Any]:
        names = [name for name in cls.base_fields if name not in ("form_key", "other_kind")]
        given = {name: getattr(asset, name) for name in names}
        if asset.kind not in LABELS:
            given |= {"kind": f"{OTHER}{asset.dimension}", "other_kind": asset.kind}
        return given


_SMALL = (
    Territory.Kind.RURAL_OKRUG,
    Territory.Kind.SETTLEMENT,
    Territory.Kind.TOWN,
    Territory.Kind.CITY_DISTRICT,
)


class TrendForm(OnceForm):
    text_kk = text(_("The trend in Kazakh"))
    text_ru = text(_("The trend in Russian"))
    text_en = text(_("The trend in English"), required=False)
    factor = forms.ChoiceField(label=_("Factor"), choices=TrendSignal.Factor.choices)
    kind = forms.ChoiceField(label=_("Kind"), choices=TrendSignal.Kind.choices)
    impact = forms.IntegerField(
        label=_("Impact on the region, 1 (small) to 5 (large)"), min_value=1, max_value=5
    )
    uncertainty = forms.IntegerField(
        label=_("Uncertainty, 1 (nearly sure) to 5 (open)"), min_value=1, max_value=5
    )
    horizon = forms.IntegerField(
        label=_("By the year"), min_value=2000, max_value=2100, required=False
    )
    source = forms.CharField(label=_("Source"), max_length=300)

    def __init__(self, *args: Any, process: DiscoveryProcess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def told(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}

    @classmethod
    def initial_of(cls, trend: TrendSignal) -> dict[str, Any]:
        return {name: getattr(trend, name) for name in cls.base_fields if name != "form_key"}


class SwotForm(OnceForm):
    quadrant = forms.ChoiceField(label=_("Quadrant"), choices=SwotEntry.Quadrant.choices)
    text_kk = text(_("The line in Kazakh"), rows=2, most=400)
    text_ru = text(_("The line in Russian"), rows=2, most=400)
    text_en = text(_("The line in English"), rows=2, most=400, required=False)

    def __init__(self, *args: Any, process: DiscoveryProcess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def told(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}

    @classmethod
    def initial_of(cls, entry: SwotEntry) -> dict[str, Any]:
        return {name: getattr(entry, name) for name in cls.base_fields if name != "form_key"}


class ResultChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.activity} {result_text(obj)}"


class StatementChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"№ {obj.number}: {obj.text[:100]}"


class EvidenceForm(OnceForm):
    """What a line of the SWOT stands on: one of four."""

    NAMES = ("result", "asset", "trend", "statement")

    result = ResultChoice(SpecialisationResult.objects.none(), label=_("A figure"), required=False)
    asset = forms.ModelChoiceField(
        RegionalAsset.objects.none(), label=_("An asset"), required=False
    )
    trend = forms.ModelChoiceField(TrendSignal.objects.none(), label=_("A trend"), required=False)
    statement = StatementChoice(Statement.objects.none(), label=_("A statement"), required=False)

    def __init__(self, *args: Any, process: DiscoveryProcess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = SpecialisationResult.objects.filter(
            version__dataset__process=process, territory=process.dossier.territory_id
        )
        offer(self, "result", own.order_by("version", "activity"))
        offer(self, "asset", process.assets.all())
        offer(self, "trend", process.trends.all())
        offer(self, "statement", process.statements.public().filter(erased_at=None))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [name for name in self.NAMES if data.get(name)]
        if not self.errors and len(chosen) != 1:
            raise forms.ValidationError(_("Choose exactly one of the four."))
        return data

    def evidence(self) -> Any:
        return next(self.cleaned_data[name] for name in self.NAMES if self.cleaned_data[name])
