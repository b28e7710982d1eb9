"""The shape of what is sent about draws by lot; rules are checked by the services."""

import re
from fractions import Fraction
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from councils.apportionment import seats_by_share
from councils.forms.selection import TextsForm
from councils.models import Draw
from councils.services.draws.pool import Value, Volunteer
from participation.fields import DayField, MomentField
from participation.forms import OnceForm

PARTS_OF_A_VALUE = 6
SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?) ?%")
ROUNDED = 1  # per cent by which published shares may miss 100


class DrawForm(TextsForm):
    size = forms.IntegerField(label=_("Seats of the panel"), min_value=1, max_value=500)
    registers_until = MomentField(
        label=_("Volunteers register until"), help_text=_("For example 27.03.2027 18:00.")
    )
    replaces_until = DayField(
        label=_("Seats are filled again until"),
        required=False,
        help_text=_("Later the panel has heard too much for newcomers."),
    )

    def fields_of_row(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("size", "registers_until",
                                                           "replaces_until")}  # fmt: skip


def _share(number: int, parts: list[str]) -> Fraction:
    found = SHARE.fullmatch(parts[-1])
    if found is None:
        raise forms.ValidationError(
            _now("Line %(number)s: give every line a share, or none.") % {"number": number}
        )
    return Fraction(found[1].replace(",", "."))


def _value(number: int, parts: list[str]) -> Value:
    is_whole = len(parts) == PARTS_OF_A_VALUE and all(
        part.isascii() and part.isdigit() and len(part) < 4 for part in parts[4:]
    )
    code = parts[0]
    is_plain = code.replace("-", "").replace("_", "").isalnum() and code.isascii()
    if not (is_whole and is_plain and len(code) <= 20 and int(parts[4]) <= int(parts[5])):
        raise forms.ValidationError(
            _now("Line %(number)s: write code; Kazakh; Russian; English; least; most.")
            % {"number": number}
        )
    return Value(code, parts[1], parts[2], parts[3], int(parts[4]), int(parts[5]))


class FeatureForm(OnceForm):
    code = forms.SlugField(
        label=_("Code"), max_length=20, help_text=_("A Latin word for the files, like age.")
    )
    name_kk = forms.CharField(label=_("Attribute in Kazakh"), max_length=200)
    name_ru = forms.CharField(label=_("Attribute in Russian"), max_length=200)
    name_en = forms.CharField(label=_("Attribute in English"), max_length=200, required=False)
    source = forms.CharField(
        label=_("Where the shares come from"),
        max_length=300,
        help_text=_("For example a census, with its year and address."),
    )
    values = forms.CharField(
        label=_("Values and their quotas"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One a line: code; Kazakh; Russian; English; seats at least; at most. Or write the "
            "share of the people, with its percent sign, in place of both numbers: the seats "
            "follow."
        ),
    )

    def __init__(self, *args: Any, seats: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if code in ("token", "organisation"):
            raise forms.ValidationError(_("This code is taken by the file itself."))
        return code

    def clean_values(self) -> list[Value]:
        lines = [
            (number, [part.strip() for part in line.split(";")])
            for number, line in enumerate(self.cleaned_data["values"].splitlines(), start=1)
            if line.strip()
        ]
        has_shares = any(SHARE.fullmatch(parts[-1]) for _number, parts in lines)
        found = self._of_shares(lines) if has_shares else [_value(*line) for line in lines]
        if len({value.code for value in found}) != len(found):
            raise forms.ValidationError(_("A code stands there twice."))
        return found

    def _of_shares(self, lines: list[tuple[int, list[str]]]) -> list[Value]:
        shares = [_share(number, parts) for number, parts in lines]
        if abs(sum(shares, Fraction(-100))) > ROUNDED:
            raise forms.ValidationError(
                _now("The shares sum to %(total)s, not to 100.") % {"total": float(sum(shares))}
            )
        seats = [str(number) for number in seats_by_share(shares, self.seats)]
        return [
            _value(number, [*parts[:-1], own, own])
            for (number, parts), own in zip(lines, seats, strict=True)
        ]

    def names(self) -> tuple[str, str, str]:
        data = self.cleaned_data
        return data["name_kk"], data["name_ru"], data["name_en"]


class VolunteerForm(OnceForm):
    """A choice for each attribute, and consent."""

    consent = forms.BooleanField(
        label=_("I agree to be drawn; of me only these answers are published, under a number"),
        required=False,
    )

    def __init__(self, *args: Any, draw: Draw, given: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = []
        consent = self.fields.pop("consent")
        for feature in draw.features.prefetch_related("quotas"):
            self.codes.append(feature.code)
            self.fields[feature.code] = forms.ChoiceField(
                label=feature.name,
                choices=[(quota.code, quota.name) for quota in feature.quotas.all()],
                widget=forms.RadioSelect,
                initial=given.get(feature.code),
            )
        self.fields["consent"] = consent

    def attributes(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in self.codes}


class PaperForm(OnceForm):
    """Volunteers from letters, one a line."""

    people = forms.CharField(
        label=_("Volunteers"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        self.fields["people"].help_text = _now(
            "One a line: name; telephone or address; %(codes)s. They have agreed."
        ) % {"codes": "; ".join(codes)}

    def clean_people(self) -> list[Volunteer]:
        found = []
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), start=1):
            parts = [part.strip() for part in line.split(";")]
            if not line.strip():
                continue
            if len(parts) != 2 + len(self.codes):
                raise forms.ValidationError(
                    _now("Line %(number)s has not as many parts as it should.") % {"number": number}
                )
            name, contact, *values = parts
            attributes = dict(zip(self.codes, values, strict=True))
            found.append(Volunteer(name[:150], contact[:200], attributes))
        return found


class RandomnessForm(OnceForm):
    source = forms.ChoiceField(
        label=_("Where the random number comes from"),
        choices=Draw.Source.choices,
        widget=forms.RadioSelect,
    )
    due_at = MomentField(
        label=_("When it comes to be"),
        help_text=_("After the lottery is published. For example 27.03.2027 18:00."),
    )
    place = forms.CharField(
        label=_("Where"),
        max_length=300,
        required=False,
        help_text=_("The hall in which everybody can see it, or the address of the broadcast."),
    )


_HASH = RegexValidator(r"^[0-9a-fA-F]{64}$", _("A SHA-256 has 64 digits and letters a to f."))


class CommitmentForm(OnceForm):
    party = forms.CharField(
        label=_("Who"), max_length=150, help_text=_("The chair, a journalist, a citizen drawn.")
    )
    sha256 = forms.CharField(label=_("SHA-256 of the secret"), validators=[_HASH])
    envelope_sha256 = forms.CharField(
        label=_("SHA-256 of the other secret, in the sealed envelope"), validators=[_HASH]
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("sha256", ""), data.get("envelope_sha256", "")
        if first and first.lower() == second.lower():
            self.add_error("envelope_sha256", _("The envelope holds another secret."))
        return data


class RevealForm(OnceForm):
    number = forms.IntegerField(widget=forms.HiddenInput)
    secret = forms.CharField(label=_("Secret"), max_length=200, strip=False)
    from_envelope = forms.BooleanField(
        label=_("From the sealed envelope: the party did not reveal its own"), required=False
    )


class DiceForm(OnceForm):
    digits = forms.CharField(
        label=_("The three digits"), max_length=3, help_text=_("As thrown, from 000 to 999.")
    )


class SignatureForm(OnceForm):
    signature = forms.CharField(
        label=_("Signature of the round"),
        max_length=200,
        help_text=_("From any public copy of drand's quicknet."),
    )


class NumberForm(OnceForm):
    """Where secrets were revealed, nothing is left to type."""


class ReplacementForm(OnceForm):
    token = forms.CharField(label=_("Number of who does not come"), max_length=40)
    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=300,
        help_text=_("Published; say nothing of the person's health or family."),
    )
