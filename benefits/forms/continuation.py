"""The form for a decision about going on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from benefits.actions.continuation import Decided, DecisionInFuture, FollowedTooShort, OwnerOutside
from benefits.models import ContinuationDecision
from benefits.models.continuation import LEAST_MONTHS
from projects.forms.refusals import Refusable
from saman.fields import DayInput, DecimalInput, TextInput

MOST_MONTHS = 120


class DecisionForm(Refusable):
    """What was decided, where, and with which means. `replaces`: the decision the form was opened on."""

    refusals = {
        DecisionInFuture: ("decided_on", _("Datoen er ikke kommet ennå.")),
        FollowedTooShort: ("follow_up_months", _("Følg gevinstene i minst 24 måneder.")),
        OwnerOutside: ("owner_id", _("Den ansvarlige må ha eller ha hatt en rolle i prosjektet.")),
    }

    replaces = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Hva ble besluttet?"),
        choices=ContinuationDecision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva som ble besluttet.")},
    )
    forum = forms.ChoiceField(label=_("Hvor ble det besluttet?"), choices=ContinuationDecision.Forum.choices)
    decided_on = DayInput(label=_("Dato for beslutningen"))
    reference = TextInput(
        label=_("Saksnummer eller protokoll"),
        help_text=_("For eksempel «PS 14/15». En protokoll på papir teller også."),
        limit=120,
        required=False,
    )
    owner_unit = TextInput(
        label=_("Enheten eller stillingen som har ansvaret videre"),
        help_text=_("For eksempel «Kommunalsjef helse og omsorg»."),
        limit=120,
    )
    owner_id = forms.TypedChoiceField(label=_("Person i prosjektet"), coerce=int, empty_value=None, required=False)
    means = TextInput(
        label=_("Midler og tiltak som følger med"),
        help_text=_("Hva som er satt av, og hva som blir en del av ordinær drift."),
        limit=2000,
        rows=4,
        required=False,
    )
    budget = DecimalInput(
        label=_("Kroner per år"), unit=_("kr"), min_value=0, max_value=10**10, whole=True, required=False
    )
    workload = DecimalInput(
        label=_("Årsverk"), unit=_("årsverk"), min_value=0, max_value=9999, decimals=2, required=False
    )
    follow_up_months = DecimalInput(
        label=_("Gevinstene følges etter prosjektet"),
        help_text=_("Minst 24 måneder: prosjektets slutt er ikke slutten på målingene."),
        unit=_("måneder"),
        min_value=LEAST_MONTHS,
        max_value=MOST_MONTHS,
        whole=True,
    )

    def __init__(self, *args: Any, people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Ingen enkeltperson")), *((person.pk, person.name) for person in people)]
        self.fields["owner_id"].choices = choices  # type: ignore[attr-defined]

    def compare_with(self, current: ContinuationDecision | None) -> None:
        """Show the decision someone else has recorded meanwhile beside this one; sending again replaces it."""
        self.is_stale = True
        stored = initial(current, self.cleaned_data["decided_on"])
        self.compare({**{name: stored.get(name) for name in Decided.__dataclass_fields__}, "version": 1})
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed["replaces"] = str(current.pk) if current else ""
        self.data = typed

    def decided(self) -> Decided:
        """What was typed, as the action takes it."""
        data = {name: self.cleaned_data[name] for name in Decided.__dataclass_fields__}
        return Decided(**{**data, "follow_up_months": int(data["follow_up_months"])})


def initial(row: ContinuationDecision | None, today: date) -> dict[str, Any]:
    """What the form says when it is opened."""
    if row is None:
        return {"decided_on": today, "follow_up_months": LEAST_MONTHS, "forum": ContinuationDecision.Forum.MANAGEMENT}
    return {"replaces": row.pk, **{name: getattr(row, name) for name in Decided.__dataclass_fields__}}
