"""Form fields for numbers, dates and text as people type them. Text inputs all: browsers read number and date inputs
by their own language, and throw away what they cannot read."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from saman import formatting
from saman.parsing import Refused, clean_text, example_day, parse_day, parse_decimal

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

# For a choice that begins with nothing chosen, where the field has no better words of its own.
CHOOSE = {"required": _("Velg ett av alternativene.")}


def _with_example(text: "StrOrPromise") -> str:
    return str(text) % example_day()


# A text with `%(day)s`, read when it is shown, with a date near that day as an example.
with_example = lazy(_with_example, str)

P = ParamSpec("P")
T = TypeVar("T")


class DecimalInput(forms.Field):
    """A number; the cleaned value is a Decimal or None. `unit` is shown beside the field and may be typed after it."""

    widget = forms.TextInput
    default_error_messages = {"required": _("Skriv et tall, for eksempel 12,5")}

    def __init__(
        self,
        *,
        unit: "StrOrPromise" = "",
        min_value: Decimal | int | None = None,
        max_value: Decimal | int | None = None,
        decimals: int = 4,
        whole: bool = False,
        is_asked_at_times: bool = False,
        **options: Any,
    ) -> None:
        self.is_asked_at_times = is_asked_at_times
        self.unit, self.min_value, self.max_value = unit, min_value, max_value
        self.decimals = 0 if whole else decimals
        if whole:
            options.setdefault("error_messages", {"required": _("Skriv et helt tall, for eksempel 40")})
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A number pad on telephones, but only where no minus is needed: theirs has none."""
        never_negative = self.min_value is not None and self.min_value >= 0
        return {"inputmode": "decimal" if never_negative else "text", "autocomplete": "off", "size": 10}

    def to_python(self, value: Any) -> Decimal | None:
        """The number that was typed. Raises ValidationError with an example."""
        if value is None or isinstance(value, Decimal):
            return value
        if not str(value).strip():
            return None
        number = _or_error(parse_decimal, str(value), str(self.unit))
        if number != round(number, self.decimals):
            raise ValidationError(_too_many_decimals(self.decimals), code="too_many_decimals")
        return number

    def validate(self, value: Decimal | None) -> None:
        """Required, and between the least and the greatest value."""
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(too_low(Decimal(self.min_value), str(self.unit)), "min_value")
        if self.max_value is not None and value > self.max_value:
            limit = formatting.with_unit(self.max_value, str(self.unit))
            raise ValidationError(_("Tallet kan ikke være over %(limit)s."), "max_value", {"limit": limit})

    def prepare_value(self, value: Any) -> Any:
        """A stored number as it would be typed; what was typed stays as it was."""
        return typed(value) if isinstance(value, Decimal | int | float) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another number was typed, however it was written."""
        try:
            return self.to_python(data) != (None if initial is None else Decimal(str(initial)))
        except ValidationError:
            return True


class YearInput(DecimalInput):
    """A year of four digits, from 2000 to 2100; the cleaned value is a Decimal or None."""

    FIRST, LAST = 2000, 2100

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": _("Skriv året med fire siffer, for eksempel 2015.")})
        super().__init__(min_value=self.FIRST, max_value=self.LAST, whole=True, **options)

    def clean(self, value: Any) -> Any:
        """The year that was typed. Raises ValidationError that says how a year is written, or which years there are."""
        try:
            return super().clean(value)
        except ValidationError as error:
            typed = str(value).strip()
            if len(typed) == 4 and typed.isdecimal():
                limits = {"first": self.FIRST, "last": self.LAST}
                raise ValidationError(_("Året må være fra %(first)s til %(last)s."), "out_of_range", limits) from error
            raise ValidationError(self.error_messages["required"], error.code) from error


class DayInput(forms.Field):
    """A date; the cleaned value is a date or None."""

    widget = forms.TextInput
    default_error_messages = {"required": with_example(_("Skriv dag, måned og år, for eksempel %(day)s"))}

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **options: Any) -> None:
        self.earliest, self.latest = earliest, latest
        options.setdefault("help_text", with_example(_("Dag, måned og år, for eksempel %(day)s")))
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Room for dd.mm.åååå, and a number pad on telephones."""
        return {"inputmode": "numeric", "autocomplete": "off", "size": 10}

    def to_python(self, value: Any) -> date | None:
        """The date that was typed. Raises ValidationError with an example."""
        if value is None or isinstance(value, date):
            return value
        return _or_error(parse_day, str(value)) if str(value).strip() else None

    def validate(self, value: date | None) -> None:
        """Required, and between the earliest and the latest date."""
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            limit = formatting.day(self.earliest)
            raise ValidationError(_("Datoen kan ikke være før %(limit)s."), "too_early", {"limit": limit})
        if value and self.latest and value > self.latest:
            limit = formatting.day(self.latest)
            raise ValidationError(_("Datoen kan ikke være etter %(limit)s."), "too_late", {"limit": limit})

    def prepare_value(self, value: Any) -> Any:
        """A stored date as it would be typed; what was typed stays as it was."""
        return formatting.day_input(value) if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another date was typed, however it was written."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class TextInput(forms.Field):
    """A text of at most `limit` characters, over several lines when `rows` is given; empty is the empty text.

    `is_asked_at_times` marks one that some answers to other fields make necessary, so that it is not called optional.
    """

    default_error_messages = {"required": _("Fyll ut dette feltet.")}

    def __init__(self, *, limit: int, rows: int | None = None, is_asked_at_times: bool = False, **options: Any) -> None:
        self.limit, self.is_asked_at_times = limit, is_asked_at_times
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows, "cols": False}) if rows else forms.TextInput)
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """The cleaned text, on one line unless the field has several. Raises ValidationError."""
        text = "" if value is None else str(value)
        if not isinstance(self.widget, forms.Textarea):
            text = " ".join(text.splitlines())
        return _or_error(clean_text, text, self.limit)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the text differs once cleaned."""
        try:
            return self.to_python(data) != (initial or "")
        except ValidationError:
            return True


def typed(value: Decimal | float) -> str:
    """A number as a person types it: decimal sign of the language, no spaces between thousands, an ordinary minus."""
    return formatting.number(value).replace(formatting.THOUSANDS, "").replace(formatting.MINUS, "-")


def _or_error(parse: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """What `parse` makes of the arguments, its refusal as the field's error."""
    try:
        return parse(*arguments, **options)
    except Refused as refused:
        raise ValidationError(refused.message, code=refused.reason) from refused


def too_low(limit: Decimal, unit: str) -> str:
    """What is said of a number below `limit` in `unit`; of things that are counted, that there can be none of them."""
    is_counted = len(unit) > 2 and unit.isalpha() and not unit.lower().startswith(("prosent", "percent"))
    if limit == 0 and is_counted:
        return gettext("Skriv 0 eller flere %(unit)s.") % {"unit": unit}
    return gettext("Tallet kan ikke være under %(limit)s.") % {"limit": formatting.with_unit(limit, unit)}


def _too_many_decimals(decimals: int) -> str:
    if decimals == 0:
        return gettext("Skriv et helt tall, uten desimaler.")
    return ngettext(
        "Skriv tallet med høyst %(count)d desimal.", "Skriv tallet med høyst %(count)d desimaler.", decimals
    ) % {"count": decimals}
