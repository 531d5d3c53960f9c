"""What people type about stakeholders: a group, how it looks at the project, what it is answered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from benefits.actions.objections import DuePast, Promise
from benefits.actions.stakeholders import DayTaken, GroupThere, InFuture, NotAGroup, ObjectionMissing, Seen
from benefits.groups_only import personal
from benefits.models import ObjectionAnswer, StakeholderGroup, StakeholderRegistration
from benefits.wording.stakeholders import personal_text
from projects.forms.refusals import Refusable
from saman.fields import DayInput, DecimalInput, TextInput, with_example

LARGEST = 10_000_000
Attitude, Influence = StakeholderRegistration.Attitude, StakeholderRegistration.Influence
_WHAT = _("Skriv hva innvendingen er. Da kan den få et svar.")
_PERSON = _("Skriv om gruppen, ikke om enkeltpersoner.")


class GroupsOnly(TextInput):
    """A text about a group; one that seems to name a person is refused, with what it was that did."""

    def clean(self, value: Any) -> str:
        """The text. Raises ValidationError that says which words."""
        text: str = super().clean(value)
        if found := personal(text):
            raise ValidationError(personal_text(*found), code="personal")
        return text


class RegistrationForm(Refusable):
    """How a group looks at the project on a date."""

    refusals = {
        InFuture: ("on", _("Datoen er ikke kommet ennå.")),
        DayTaken: ("on", _("Det er alt registrert noe om gruppen denne dagen. Rett den registreringen i stedet.")),
        ObjectionMissing: ("objection", _WHAT),
        NotAGroup: ("objection", _PERSON),
    }

    attitude = forms.TypedChoiceField(
        label=_("Hvordan ser gruppen på endringen?"),
        choices=list(reversed(Attitude.choices)),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvordan gruppen ser på endringen.")},
    )
    objection = GroupsOnly(
        limit=1000,
        rows=3,
        required=False,
        is_asked_at_times=True,
        label=_("Hva er innvendingen?"),
        help_text=_("Må fylles ut når gruppen har innvendinger. Skriv det de selv ville sagt: de kan ha rett."),
    )
    influence = forms.TypedChoiceField(
        label=_("Hvor stor innflytelse har gruppen på om det lykkes?"),
        choices=Influence.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvor stor innflytelse gruppen har.")},
    )
    size = DecimalInput(
        label=_("Hvor mange er de?"),
        help_text=_(
            "La feltet stå tomt hvis dere ikke vet det. En gruppe på under fem, eller uten antall, deles aldri."
        ),
        whole=True,
        min_value=1,
        max_value=LARGEST,
        required=False,
    )
    on = DayInput(label=_("Dato"), help_text=with_example(_("Dagen vurderingen gjelder, for eksempel %(day)s")))

    def clean_size(self) -> int | None:
        """A whole number of people."""
        size = self.cleaned_data["size"]
        return None if size is None else int(size)

    def clean(self) -> None:
        """An objection is said."""
        super().clean()
        data = self.cleaned_data
        if data.get("attitude") == Attitude.AGAINST and data.get("objection") == "":
            self.add_error("objection", ValidationError(_WHAT, "required"))

    def seen(self) -> Seen:
        """The valid form as what the actions take."""
        return Seen(**{name: self.cleaned_data[name] for name in Seen.__dataclass_fields__})

    def compare_with(self, version: int, current: StakeholderRegistration | None) -> None:
        """Show what someone else has registered meanwhile; sending again adds this beside it."""
        self.is_stale = True
        self.compare({**initial(current), "version": version})


class GroupForm(RegistrationForm):
    """A new group, with how it looks at the project."""

    refusals = {
        **RegistrationForm.refusals,
        GroupThere: (
            "kind",
            _("Gruppen er lagt til før. Gi denne et navn som skiller dem, eller bruk den som er der."),
        ),
    }

    kind = forms.ChoiceField(
        label=_("Hvilken gruppe?"),
        choices=[("", "–"), *StakeholderGroup.Kind.choices],
        error_messages={"required": _("Velg en gruppe.")},
    )
    name = GroupsOnly(
        limit=80,
        required=False,
        is_asked_at_times=True,
        label=_("Navn på gruppen"),
        help_text=_(
            "For eksempel «Nattevaktene på sykehjemmet». Må fylles ut for en annen gruppe enn de vanlige. Aldri navn "
            "på personer."
        ),
    )
    field_order = ["kind", "name"]

    def clean(self) -> None:
        """A group that is none of the usual has a name."""
        super().clean()
        data = self.cleaned_data
        if data.get("kind") == StakeholderGroup.Kind.OTHER and data.get("name") == "":
            self.add_error("name", ValidationError(_("Skriv hvilken gruppe det er."), "required"))


class VersionForm(forms.Form):
    """A press of a button about a group as it was shown."""

    version = forms.IntegerField(min_value=1)


class AnswerForm(Refusable):
    """What a group is answered, by whom and by when. `version`: the planned answer it corrects, by its id."""

    refusals = {
        DuePast: ("due_on", _("Velg en dato fra og med i dag.")),
        NotAGroup: ("text", _PERSON),
    }

    text = GroupsOnly(
        limit=1000,
        rows=4,
        label=_("Hva er svaret på innvendingen?"),
        help_text=_(
            "Hva dere gjør med den, eller hvorfor dere ikke gjør noe. Det er ikke en plan for å overtale noen."
        ),
    )
    responsible = GroupsOnly(
        limit=80,
        label=_("Hvilken rolle svarer?"),
        help_text=_("Rollen, ikke navnet: for eksempel «Prosjekteier» eller «Enhetsleder»."),
    )
    due_on = DayInput(label=_("Innen"))

    def compare_with(self, current: ObjectionAnswer) -> None:
        """Show what someone else has planned instead meanwhile; sending again replaces it."""
        self.is_stale = True
        self.compare(answer_initial(current))

    def promise(self) -> Promise:
        """The valid form as what the actions take."""
        return Promise(**{name: self.cleaned_data[name] for name in Promise.__dataclass_fields__})


def initial(row: StakeholderRegistration | None) -> dict[str, Any]:
    """What a registration says, as its form takes it."""
    return {} if row is None else {name: getattr(row, name) for name in Seen.__dataclass_fields__}


def answer_initial(row: ObjectionAnswer) -> dict[str, Any]:
    """What a planned answer says, as its form takes it."""
    return {"version": row.pk, **{name: getattr(row, name) for name in Promise.__dataclass_fields__}}
