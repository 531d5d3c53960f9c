"""Fields of this app's forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from benefits.periods import Period, parse_period
from saman.parsing import InvalidDay


class PeriodInput(forms.Field):
    """A year, a quarter, a month or a date; the cleaned value is a `Period` or None."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("År, kvartal eller dato: 2013, 2013 K2 eller 30.06.2013"))
        super().__init__(**options)
        self.error_messages["required"] = _("Skriv et år, et kvartal eller en dato, for eksempel 2013")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Room for a date."""
        return {"autocomplete": "off", "size": 10}

    def to_python(self, value: Any) -> Period | None:
        """The period that was typed. Raises ValidationError with an example."""
        if value is None or isinstance(value, Period):
            return value
        if not str(value).strip():
            return None
        try:
            return parse_period(str(value))
        except InvalidDay as refused:
            raise ValidationError(refused.message, code=refused.reason) from refused

    def prepare_value(self, value: Any) -> Any:
        """A period as it would be typed; what was typed stays as it was."""
        return str(value) if isinstance(value, Period) else value
