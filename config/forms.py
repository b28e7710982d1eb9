"""How Django draws forms: GOV.UK markup, hints and errors tied to their fields."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

# The first class of widgets that fits; a widget's own classes are kept behind it.
WIDGET_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.HiddenInput, ""),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.SelectDateWidget, "govuk-select"),
    (forms.MultiWidget, "govuk-input govuk-input--width-10"),
    (forms.NumberInput, "govuk-input govuk-input--width-10"),
    (forms.DateInput, "govuk-input govuk-input--width-10"),
    (forms.TimeInput, "govuk-input govuk-input--width-10"),
    (forms.DateTimeInput, "govuk-input govuk-input--width-20"),
    (Input, "govuk-input"),
]
SHORT_TEXT = 12  # characters; a field for so few is drawn short


class GovukBoundField(BoundField):
    """A field that knows its GOV.UK classes and where an error summary must lead."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        classes = [self._widget_class(widget), built.get("class"), widget.attrs.get("class")]
        if joined := " ".join(str(name) for name in classes if name):
            built["class"] = joined
        if "placeholder" in widget.attrs:
            built["placeholder"] = False  # the label says it, and stays when one types
        if isinstance(widget, forms.RadioSelect):
            built.pop("aria-invalid", None)  # not allowed on a single radio
        if isinstance(self.field, forms.IntegerField) and "inputmode" not in widget.attrs:
            built["inputmode"] = "numeric"
        return built

    def _widget_class(self, widget: forms.Widget) -> str:
        css = next((css for kind, css in WIDGET_CLASSES if isinstance(widget, kind)), "")
        if css == "govuk-input" and self._is_short():
            return "govuk-input govuk-input--width-10"
        return css

    def _is_short(self) -> bool:
        if isinstance(self.field, forms.IntegerField):
            return True
        longest = getattr(self.field, "max_length", None)
        return longest is not None and longest <= SHORT_TEXT

    def label_tag(
        self,
        contents: str | None = None,
        attrs: dict[str, Any] | None = None,
        label_suffix: str | None = None,
        tag: str | None = None,
    ) -> Any:
        """GOV.UK labels carry no colon; a suffix is drawn only where a caller asks for one."""
        css = (
            "govuk-fieldset__legend govuk-fieldset__legend--s" if tag == "legend" else "govuk-label"
        )
        if self.is_single_checkbox:
            css = "govuk-label govuk-checkboxes__label"
        attrs = {**(attrs or {})}
        attrs["class"] = f"{css} {attrs.get('class', '')}".strip()
        return super().label_tag(contents, attrs, label_suffix or "", tag)

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_password(self) -> bool:
        return isinstance(self.field.widget, forms.PasswordInput)

    @property
    def counts_characters(self) -> int | None:
        """The limit to count down to, where a text is long enough for the count to help."""
        if isinstance(self.field.widget, forms.Textarea):
            return getattr(self.field, "max_length", None)
        return None

    @property
    def error_target(self) -> str:
        """The id of the control that an error summary's link moves to."""
        widget = self.field.widget
        identifier = widget.attrs.get("id") or self.auto_id
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget):
            return f"{identifier}_0"
        return widget.id_for_label(identifier) or identifier


class GovukRenderer(TemplatesSetting):
    """FORM_RENDERER: our templates under templates/django/forms/, Django's own behind them."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = GovukBoundField
