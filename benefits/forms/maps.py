"""What people type about the map: a box, and a line between two."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.actions.maps import SHOWS, BoxPlan, LinePlan
from benefits.models import MapNode
from benefits.queries.benefit_map import BenefitMap, MapBox
from benefits.queries.map_choices import Choices
from benefits.wording.maps import COLUMNS
from saman.fields import CHOOSE, DecimalInput, TextInput

Kind, Driver = MapNode.Kind, MapNode.Driver
DOCUMENTED, ASSUMED = "documented", "assumed"
BEYOND = (Driver.INHABITANTS, Driver.VOLUNTEERS, Driver.OTHERS)


def kind_choices() -> list[tuple[str, Any]]:
    """The kinds of boxes in the map's order, the drivers each by what they are («driver:unions»)."""
    inside = [(f"driver:{one}", one.label) for one in Driver if one not in BEYOND]
    return [
        *((kind.value, kind.label) for kind in MapNode.COLUMNS),
        (_("Drivere: det som får tiltakene til å virke"), inside),
        (_("Drivere utenfor kommunen"), [(f"driver:{one}", one.label) for one in BEYOND]),
    ]


def _title() -> TextInput:
    return TextInput(
        limit=120,
        required=False,
        is_asked_at_times=True,
        label=gettext_lazy("Hva boksen heter"),
        help_text=gettext_lazy("Kort, for eksempel «Faste ansatte dekker fravær»."),
    )


def _shown(value: str) -> tuple[str, int] | None:
    """«target:12» as the actions take it; None for nothing."""
    name, _colon, pk = value.partition(":")
    return (name, int(pk)) if pk else None


class VersionedForm(forms.Form):
    """A form that says which version it was opened on."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class BoxForm(forms.Form):
    """A new box: of which kind, and either something the project has or a name of its own."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Hva slags boks er det?"),
        error_messages={"required": gettext_lazy("Velg hva slags boks det er.")},
    )
    shows = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Viser boksen noe dere har fra før?"),
        help_text=gettext_lazy("Da henter den navn og status derfra."),
    )
    title = _title()

    def __init__(self, *args: Any, free: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self._choices("kind", [("", _("Velg")), *kind_choices()])
        self._choices("shows", [("", _("Nei, boksen får et eget navn")), *free])
        if not free:
            del self.fields["shows"]

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> None:
        """A name where the box shows nothing, and nothing shown that is not for its kind."""
        super().clean()
        kind, shows = self.cleaned_data.get("kind"), self.cleaned_data.get("shows", "")
        if shows and kind and shows.partition(":")[0] not in SHOWS[kind.partition(":")[0]]:
            self.add_error("shows", ValidationError(_("En slik boks kan ikke vise dette. Velg noe annet."), "kind"))
        elif not shows and not self.cleaned_data.get("title") and "title" not in self.errors:
            self.add_error("title", ValidationError(_("Skriv hva boksen heter."), "required"))

    def plan(self) -> BoxPlan:
        """The valid form as what the action takes."""
        kind, _colon, driver = self.cleaned_data["kind"].partition(":")
        shown = _shown(self.cleaned_data.get("shows", ""))
        return BoxPlan(kind, "" if shown else self.cleaned_data["title"], driver, shown)


class BoxChangeForm(VersionedForm):
    """Another name for a box, or something of the project's it shall show from now on."""

    shows = forms.ChoiceField(
        required=False,
        label=gettext_lazy("La boksen vise noe dere har fra før"),
        help_text=gettext_lazy(
            "Da henter den status derfra, og navnet hvis den ikke har et eget. Det kan ikke gjøres om."
        ),
    )
    title = _title()

    def __init__(self, *args: Any, free: Choices, shown: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_shown = bool(shown)
        field = self.fields["shows"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Nei, boksen har et eget navn")), *free]
        if not free or shown:
            del self.fields["shows"]
        if shown:
            said = _("Boksen viser «%(shown)s». La feltet stå tomt hvis den skal hete det samme.")
            self.fields["title"].help_text = said % {"shown": shown}

    def clean(self) -> None:
        """A name where the box shows nothing."""
        super().clean()
        shows = self.is_shown or self.cleaned_data.get("shows")
        if not shows and not self.cleaned_data.get("title") and "title" not in self.errors:
            self.add_error("title", ValidationError(_("Skriv hva boksen heter."), "required"))

    def shown(self) -> tuple[str, int] | None:
        """What the box shall show from now on."""
        return _shown(self.cleaned_data.get("shows", ""))


class OriginForm(forms.Form):
    """The first step of a line: where it begins."""

    fra = forms.ChoiceField(label=gettext_lazy("Fra hvilken boks?"), error_messages=CHOOSE)

    def __init__(self, *args: Any, read: BenefitMap, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["fra"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = by_column([box for box in read.boxes.values() if box.node.kind != Kind.OBJECTIVE])


class LineForm(forms.Form):
    """What is known of a line."""

    known = forms.ChoiceField(
        label=gettext_lazy("Hvordan vet dere det?"),
        choices=[
            (DOCUMENTED, gettext_lazy("Sammenhengen er dokumentert")),
            (ASSUMED, gettext_lazy("Vi antar det")),
        ],
        widget=forms.RadioSelect,
        initial=ASSUMED,
    )
    share = DecimalInput(
        required=False,
        unit="%",
        min_value=0,
        max_value=100,
        whole=True,
        label=gettext_lazy("Hvor stor del står den for?"),
        help_text=gettext_lazy("Av det den fører til. Delene til én boks skal ikke bli mer enn 100 % til sammen."),
    )
    note = TextInput(
        limit=500,
        rows=3,
        required=False,
        label=gettext_lazy("Begrunnelse"),
        help_text=gettext_lazy("Hva dere bygger på: en undersøkelse, en erfaring, en annen kommune."),
    )

    def line(self) -> LinePlan:
        """The valid form as what the actions take."""
        share = self.cleaned_data["share"]
        return LinePlan(
            is_documented=self.cleaned_data["known"] == DOCUMENTED,
            share=None if share is None else int(share),
            note=self.cleaned_data["note"],
        )


class NewLineForm(LineForm):
    """The second step of a line: where it leads, and what is known of it."""

    til = forms.ChoiceField(label=gettext_lazy("Til hvilken boks?"), error_messages=CHOOSE)
    field_order = ("til", "known", "share", "note")

    def __init__(self, *args: Any, ahead: list[MapBox], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["til"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = by_column(ahead)


class LineChangeForm(VersionedForm, LineForm):
    """Something else said of a line."""


def ahead_of(read: BenefitMap, origin: MapBox) -> list[MapBox]:
    """The boxes a line from here may lead to: those further on it does not lead to already."""
    linked = {line.leads_to.id for line in origin.onwards}
    return [box for box in read.boxes.values() if box.node.column > origin.node.column and box.id not in linked]


def by_column(boxes: list[MapBox]) -> list[tuple[str, Any]]:
    """Boxes to choose between, in the map's order, each under its column."""
    groups = [
        (str(word), [(str(box.id), box.title) for box in boxes if box.node.column == number])
        for number, (word, _icon) in enumerate(COLUMNS)
    ]
    return [("", _("Velg")), *(group for group in groups if group[1])]
