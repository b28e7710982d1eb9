"""A list of guests, pasted or from a file: shown before anybody is invited."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from edp.dataset_files import UnfitDataset, decode
from edp.invitation_lines import (
    BAD_ADDRESS,
    BAD_HELIX,
    MOST_LINES,
    NOBODY,
    TOO_LONG,
    TWICE,
    Line,
    read_lines,
)
from participation.forms import OnceForm

LARGEST = 200_000  # bytes; five hundred lines are a tenth of it
PROBLEMS = {
    BAD_HELIX: _("Which side? Write government, business, academia or civil society."),
    NOBODY: _("A name or an e-mail address is needed."),
    BAD_ADDRESS: _("This is no e-mail address."),
    TWICE: _("This address stands further up already."),
    TOO_LONG: _("This is too long."),
}


class InvitationListForm(OnceForm):
    """What a file holds comes into the field, so that it is seen and sent with the rest."""

    PREVIEW, SEND = "preview", "send"

    lines = forms.CharField(
        label=_("One guest a line: side; name; e-mail address"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "For example: business; Taraz Gips; office@example.kz. The name or the address may be "
            "missing, the side may not."
        ),
    )
    file = forms.FileField(
        label=_("Or a table in CSV"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: list[Line] = []

    @property
    def is_to_send(self) -> bool:
        return self.data.get("act") == self.SEND

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text = "\n".join(filter(None, [data.get("lines", ""), self._text_of(data.get("file"))]))
        if len(text) > LARGEST:
            self.add_error("lines", _("The list is too long."))
        if self.errors:
            return data
        self.found = read_lines(text)
        if not self.found:
            self.add_error("lines", _("There is no line in it."))
        elif len(self.found) > MOST_LINES:
            message = _("At most %(most)s lines at once.") % {"most": MOST_LINES}
            self.add_error("lines", message)
        elif self.is_to_send and any(line.problem for line in self.found):
            self.add_error("lines", _("Some lines cannot be taken: they are marked below."))
        # Shown again with what the file held: a browser does not keep a chosen file.
        self.data = cast(QueryDict, self.data).copy()
        self.data["lines"] = text
        return data

    def _text_of(self, file: UploadedFile | None) -> str:
        if not file:
            return ""
        if (file.size or 0) > LARGEST:
            self.add_error("file", _("The file is too large for a list of guests."))
            return ""
        try:
            return decode(file.read())[0]
        except UnfitDataset as refusal:
            self.add_error("file", str(refusal))
            return ""
