"""The form of a handover: who takes over, when, and who receives each open point."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from benefits.actions.handovers import HandoverPlan, PointsChanged, ReceiverOutside
from benefits.queries.handovers import PointLine
from projects.forms.refusals import Refusable
from saman.fields import DayInput, TextInput

POINT = "point-"


class HandoverForm(Refusable):
    """What one person hands over. A point without a receiver of its own goes to the one who takes over."""

    refusals = {
        ReceiverOutside: ("to_person", _("Den som overtar, må ha en rolle i prosjektet.")),
        PointsChanged: (None, _("De åpne punktene har endret seg siden du åpnet siden. Se gjennom dem på nytt.")),
    }

    to_person = forms.TypedChoiceField(
        label=_("Hvem overtar?"),
        coerce=int,
        error_messages={"required": _("Velg hvem som overtar.")},
    )
    to_unit = TextInput(
        label=_("Enhet i linjen"),
        help_text=_("Hvor ansvaret ligger etterpå, for eksempel «Hjemmetjenesten nord»."),
        limit=120,
        required=False,
    )
    on = DayInput(label=_("Dato for overleveringen"))
    note = TextInput(
        label=_("Hva må den som overtar, vite?"),
        help_text=_("Avtaler, avhengigheter og hvor ting ligger. Skriv ikke om enkeltpersoner."),
        limit=4000,
        rows=5,
        required=False,
    )

    def __init__(self, *args: Any, people: Iterable[User], points: Sequence[PointLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.points = points
        choices = [(person.pk, person.name) for person in people]
        self.fields["to_person"].choices = [("", _("Velg person")), *choices]  # type: ignore[attr-defined]
        for point in points:
            self.fields[f"{POINT}{point.key}"] = forms.TypedChoiceField(
                label=point.text,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[("", _("Den som overtar")), *choices],
            )

    @property
    def receiving(self) -> list[tuple[PointLine, forms.BoundField]]:
        """Each open point with the field for who receives it."""
        return [(point, self[f"{POINT}{point.key}"]) for point in self.points]

    def plan(self, from_person: int) -> HandoverPlan:
        """What was typed, as the action takes it. Only points the page had are handed over."""
        data = self.cleaned_data
        asked = [point.key for point in self.points if f"{POINT}{point.key}" in self.data]
        return HandoverPlan(
            from_person=from_person,
            to_person=data["to_person"],
            on=data["on"],
            receivers={key: data[f"{POINT}{key}"] or data["to_person"] for key in asked},
            to_unit=data["to_unit"],
            note=data["note"],
        )


class DeclineForm(forms.Form):
    """Why one does not take over."""

    reason = TextInput(
        label=_("Hvorfor ikke?"),
        help_text=_(
            "Prosjektlederen, prosjekteieren og den som leverer over, ser det du skriver. "
            "Foreslå gjerne hvem som heller kan."
        ),
        limit=1000,
        rows=2,
    )
