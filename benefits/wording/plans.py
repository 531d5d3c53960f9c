"""Words for the plan: what is missing in it, and what has become of a version."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from benefits.models import PlanVersion
from benefits.wording.values import Text, Variants

State = PlanVersion.State

# What a benefit is asked for, as it is said to be missing.
ITEMS: dict[str, Text] = {
    "description": _("beskrivelse"),
    "kind": _("type gevinst"),
    "line_owner": _("gevinstansvarlig"),
    "indicator": _("indikator"),
    "baseline": _("nullpunkt"),
    "target_value": _("måltall"),
    "realised_from": _("når den skal tas ut"),
    "initiative": _("tiltak"),
    "assumption": _("forutsetning"),
    "measured_after": _("første måling etter prosjektet"),
}
# Where each is filled in: the field of the benefit's form, or of the target's sheet.
FIELDS: dict[str, str] = {
    "description": "id_description",
    "kind": "id_kind",
    "line_owner": "id_owner_position",
    "realised_from": "id_realised_from",
    "initiative": "id_initiatives",
    "assumption": "id_assumption",
    "measured_after": "id_first_measured_after_end",
}
TARGET_FIELDS: dict[str, str] = {
    "indicator": "id_kind",
    "baseline": "id_baseline_value",
    "target_value": "id_target_value",
}

# F1, by its causes: in a few words, then in a sentence; see `benefits.wording.concerns`.
PLAN_TITLES: dict[str, Text] = {
    "plan_unapproved": _("Planen er ikke godkjent"),
    "plan_missing": _("Gevinstrealiseringsplan mangler"),
    "plan_incomplete": _("Planen sier for lite"),
    "plan_before_phase": _("Planen er fra en tidligere fase"),
    "plan_outdated": _("Planen er over ett år gammel"),
}
PLAN_SENTENCES: dict[str, Variants] = {
    "plan_unapproved": (
        _(
            "Prosjektets sluttdato er %(project_ends_on)s, og prosjekteier har ikke godkjent noen "
            "gevinstrealiseringsplan."
        ),
        _("Gevinstene skal tas ut nå, og prosjekteier har ikke godkjent noen gevinstrealiseringsplan."),
    ),
    "plan_missing": (
        _("Prosjektet har gått i %(days_without_plan)s dager uten at en plan er sendt til prosjekteier."),
        _("Ingen gevinstrealiseringsplan er sendt til prosjekteier."),
    ),
    "plan_incomplete": (
        ngettext_lazy(
            "Planen sier %(items_said)s av %(items_asked)s ting om gevinsten av effektmål %(numbers)s.",
            "Planen sier for lite om gevinstene av effektmål %(numbers)s.",
            "targets",
        ),
        _("Planen sier for lite om gevinstene av effektmål %(numbers)s."),
    ),
    "plan_before_phase": (
        _(
            "Planen ble godkjent %(plan_approved_on)s. Siden er en fase av prosjektet avsluttet, uten at planen er "
            "sett på."
        ),
        _("Planen er ikke sett på siden forrige fase."),
    ),
    "plan_outdated": (
        _("Planen ble godkjent %(plan_approved_on)s, og er ikke oppdatert siden."),
        _("Planen er ikke oppdatert på lenge."),
    ),
}


@dataclass(frozen=True, slots=True)
class PlanSign:
    """How a state looks: Designsystemet's `colour` and the `icon` of the sprite beside its word."""

    word: str
    colour: str
    icon: str


_LOOKS: dict[str, tuple[str, str]] = {
    State.SUBMITTED: ("info", "send"),
    State.APPROVED: ("success", "check"),
    State.RETURNED: ("warning", "left"),
    State.REPLACED: ("neutral", "trukket"),
}


def plan_sign(state: str) -> PlanSign:
    """The sign of a version's state. Raises KeyError for a value that is not one."""
    colour, icon = _LOOKS[state]
    return PlanSign(str(State(state).label), colour, icon)


def item_text(code: str) -> str:
    """Something a plan is asked for."""
    return str(ITEMS.get(code, code))
