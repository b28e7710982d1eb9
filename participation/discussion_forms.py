"""The shape of what people send to a discussion; rules are checked by the services."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from participation.forms import OnceForm
from participation.models import Comment, Decision, ModerationReason
from participation.uploads import ACCEPT, LARGEST, UnfitFile, Upload, examine

LONGEST_TEXT = 5000
MOST_FILES = 3


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to so many files, each examined by its content; cleans to a list of Upload."""

    widget = SeveralFilesInput(attrs={"accept": ACCEPT})
    too_many = ngettext_lazy(
        "Add at most %(number)s file.", "Add at most %(number)s files.", "number"
    )

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MOST_FILES:
            raise forms.ValidationError(self.too_many % {"number": MOST_FILES})
        return [self._examined(file) for file in files]

    def _examined(self, file: UploadedFile) -> Upload:
        try:
            # A byte more than is allowed is enough to know that it is too large.
            return examine(file.name or "", file.read(LARGEST + 1))
        except UnfitFile as refusal:
            message = f"{refusal} {refusal.way_out}"
            raise forms.ValidationError(message) from refusal


class ReplyForm(OnceForm):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In the language you like. You can edit it for half an hour."),
    )
    attachments = FilesField(
        label=_("Photos or documents"),
        required=False,
        help_text=_("Up to three: images, PDF, DOCX, XLSX, 10 MB each."),
    )


class CommentForm(ReplyForm):
    position = forms.ChoiceField(
        label=_("Your position"),
        required=False,
        initial="",
        widget=forms.RadioSelect,
        choices=[*Comment.Position.choices, ("", pgettext_lazy("position of a comment", "None"))],
    )
    field_order = ["form_key", "text", "position", "attachments"]


class EditForm(forms.Form):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What stood here before stays readable beside it."),
    )


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=ModerationReason.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("A word to the moderator"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only moderators read it."),
    )


class DecisionForm(OnceForm):
    last_decision = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1, required=False
    )
    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Reason, if it is hidden"),
        required=False,
        choices=[("", _("Choose one")), *ModerationReason.choices],
        help_text=_("From the published list; shown in place of the comment."),
    )
    explanation = forms.CharField(
        label=_("Explanation to the author"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the author and moderators read it."),
    )

    LABELS = {
        Decision.Outcome.KEEP: _("Nothing is wrong: it stays public"),
        Decision.Outcome.HIDE: _("Hide it"),
        Decision.Outcome.RESTORE: _("Make it public again"),
    }

    def __init__(self, *args: Any, outcomes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(code, self.LABELS[Decision.Outcome(code)]) for code in outcomes]


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("Why is the decision wrong?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Another moderator reads it, never the one who decided."),
    )
