"""What an administrator types about a threshold."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.actions.thresholds import NothingChanged, OutOfBounds, ReasonMissing
from benefits.engine.threshold_specs import Unit
from benefits.engine.thresholds import SPECS
from benefits.programme_thresholds import default_of
from benefits.wording.thresholds import bounds_text, threshold_name, threshold_value, unit_word
from projects.forms.refusals import Refusable
from saman.fields import DecimalInput, TextInput

LONGEST_REASON = 500
HUNDREDTH = Decimal("0.01")


class ThresholdForm(Refusable):
    """A value and the reason for it; `seen` is the value whose consequences were shown the last time."""

    refusals = {
        OutOfBounds: ("value", _("Verdien er utenfor grensene.")),
        NothingChanged: ("value", _("Programmet bruker allerede denne verdien.")),
        ReasonMissing: ("reason", _("Fyll ut dette feltet.")),
    }

    value = DecimalInput()  # made for the threshold in __init__
    reason = TextInput(
        label=_("Hvorfor"),
        help_text=_("Én setning er nok. Den står i historikken, så andre forstår valget."),
        limit=LONGEST_REASON,
        rows=2,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spec = SPECS[name]
        self.name, self.factor = name, Decimal(100) if spec.unit is Unit.SHARE else Decimal(1)
        self.fields["value"] = DecimalInput(
            label=threshold_name(name),
            help_text=bounds_text(name),
            unit=unit_word(spec.unit),
            min_value=Decimal(str(spec.low)) * self.factor,
            max_value=Decimal(str(spec.high)) * self.factor,
            decimals=2 if spec.unit is Unit.SHARE else 3,
            whole=spec.is_whole,
        )
        self.order_fields(["value", "reason"])

    def chosen(self) -> float | None:
        """The value as the engine takes it; None when it is the engine's own."""
        value = float(self.cleaned_data["value"] / self.factor)
        return None if value == default_of(self.name) else value

    def shows(self, value: float) -> Decimal:
        """A stored value as it is typed."""
        typed = Decimal(str(value)) * self.factor
        return typed.normalize() if typed else Decimal(0)

    def key(self) -> str:
        """The chosen value as the hidden field carries it."""
        return str(self.chosen())

    @property
    def was_seen(self) -> bool:
        """Whether the consequences of this very value were shown before it was sent."""
        return bool(self.cleaned_data["seen"] == self.key())

    def wanted(self) -> str:
        """The chosen value in words; nothing while it cannot be read."""
        if not self.is_bound or self.errors:
            return ""
        value = self.chosen()
        return threshold_value(self.name, default_of(self.name) if value is None else value)


class DefaultForm(ThresholdForm):
    """Back to the engine's own value: only the reason is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["value"]

    def chosen(self) -> float | None:
        """None: the engine's own."""
        return None
