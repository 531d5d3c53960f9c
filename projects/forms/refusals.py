"""A form whose action may refuse: the refusal becomes an error at its field, and a stale edit shows both versions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.actions.setup import StaleEdit

Made = TypeVar("Made")
if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

SLUG_TAKEN = _("Noen andre bruker denne adressen allerede. Velg en annen.")
DATES_OUT_OF_ORDER = _("Slutten må komme etter starten.")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field two people have changed: what this one typed, and what is stored now."""

    label: "Words"
    mine: str
    theirs: str


class Refusable(forms.Form):
    """`refusals` says at which field each of the action's exceptions is shown, and how it is worded."""

    refusals: ClassVar[dict[type[Exception], tuple[str | None, "Words"]]] = {}
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    conflicts: Sequence[Conflict] = ()
    is_stale = False

    def attempt(self, action: Callable[[], Made]) -> Made | None:
        """What the action returns; None when it refused, with the reason at its field."""
        try:
            return action()
        except StaleEdit:
            self.is_stale = True
        except tuple(self.refusals) as refusal:
            field, words = self.refusals[type(refusal)]
            self.add_error(field if field in self.fields else None, words)
        return None

    @property
    def based_on(self) -> int:
        """The version the edit was based on; none is as stale as any other."""
        return self.cleaned_data.get("version") or 0

    def keep_unchecked(self) -> None:
        """Show what was typed so far, without judging it yet."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def compare(self, stored: dict[str, Any]) -> None:
        """Show what is stored now beside what was typed; sending again is then based on what is stored now."""
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed["version"] = str(stored["version"])
        self.data = typed
        differing = [name for name in stored if name in self.fields and self._shown(name, stored[name])]
        self.conflicts = [
            Conflict(self.fields[name].label or name, *self._both(name, stored[name])) for name in differing
        ]

    def _shown(self, name: str, stored: Any) -> bool:
        mine, theirs = self._both(name, stored)
        return name != "version" and mine != theirs

    def _both(self, name: str, stored: Any) -> tuple[str, str]:
        return self._as_text(name, self.cleaned_data.get(name)), self._as_text(name, stored)

    def _as_text(self, name: str, value: Any) -> str:
        """A value as it would stand in its field."""
        field = self.fields[name]
        if isinstance(value, bool):
            return gettext("ja") if value else gettext("nei")
        chosen = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        shown = value if chosen else field.prepare_value(value)
        items = shown if isinstance(shown, list | tuple) else [shown]
        return ", ".join(chosen.get(str(item), str(item)) for item in items if item not in (None, ""))
