"""The simple path to a target: one sentence with slots, at most ten fields (decision 18e)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from benefits import indicators
from benefits.actions.measurements import LARGEST, MOST_PEOPLE, possible_range
from benefits.actions.targets import Definition
from benefits.forms.fields import PeriodInput
from benefits.indicators import OWN, Indicator
from benefits.keeping import stored_value
from benefits.models import TargetVersion
from benefits.periods import MONTHS, Period, Span
from benefits.planning import planned_points, years_after
from benefits.sentences import statement
from projects.models import Project, Theme
from saman.fields import DayInput, DecimalInput, TextInput

Kind = TargetVersion.Kind
KEEP = 0  # the direction of a figure that is to stay within limits
LONGEST_WAIT = 15  # years to the target date
_WITHIN: dict[str, Any] = {"min_value": -LARGEST, "max_value": LARGEST}


def indicator_choices(themes: list[Theme], own: frozenset[int]) -> list[tuple[str, Any]]:
    """The catalogue by theme, the project's own themes first; each option names its unit."""
    language = get_language()
    ordered = sorted(themes, key=lambda theme: (theme.pk not in own, theme.order))
    groups: list[tuple[str, Any]] = [("", gettext_lazy("Velg hva dere måler"))]
    for theme in ordered:
        options = [(entry.key, _option(entry, language)) for entry in indicators.for_theme(theme.key)]
        if options:
            groups.append((str(theme), options))
    if len(groups) == 1:
        groups += [(entry.key, _option(entry, language)) for entry in indicators.catalogue().values()]
    return [*groups, (OWN, gettext_lazy("En egen indikator …"))]


def _option(entry: Indicator, language: str | None) -> str:
    return f"{entry.name.in_language(language)} ({entry.unit.in_language(language)})"


class SimpleTargetForm(forms.Form):
    """«Vi vil [redusere] [sykefravær] i [pleie og omsorg] fra [10,8] % i [2013] til [9,0] % i [2015]»."""

    direction = forms.TypedChoiceField(
        label=gettext_lazy("Retning"),
        choices=[("-1", gettext_lazy("redusere")), ("1", gettext_lazy("øke")), (str(KEEP), gettext_lazy("holde"))],
        coerce=int,
    )
    indicator = forms.ChoiceField(
        label=gettext_lazy("Hva"), error_messages={"required": gettext_lazy("Velg hva dere måler")}
    )
    scope = TextInput(label=gettext_lazy("Hvor"), limit=120)
    baseline_value = DecimalInput(label=gettext_lazy("Nullpunkt"), **_WITHIN, required=False)
    baseline_on = PeriodInput(label=gettext_lazy("Målt"), required=False, help_text="")
    target_value = DecimalInput(label=pgettext_lazy("effektmål", "Mål"), **_WITHIN, required=False)
    keep_min = DecimalInput(label=gettext_lazy("På minst"), **_WITHIN, required=False)
    keep_max = DecimalInput(label=gettext_lazy("På høyst"), **_WITHIN, required=False)
    target_on = PeriodInput(label=gettext_lazy("Nådd"), help_text="")
    population = DecimalInput(
        label=gettext_lazy("Hvor mange gjelder det?"),
        help_text=gettext_lazy(
            "Antall ansatte, eller innbyggere når målet gjelder dem. Et omtrentlig tall holder: det sier hvor mye "
            "tallene svinger av seg selv."
        ),
        whole=True,
        min_value=1,
        max_value=MOST_PEOPLE,
    )
    measures_after_end = TextInput(
        label=gettext_lazy("Hvem måler etter at prosjektet er slutt?"),
        help_text=gettext_lazy("En stilling eller enhet i linjen, for eksempel «leder for pleie og omsorg»."),
        limit=120,
        required=False,
    )
    baseline_due_on = DayInput(
        label=gettext_lazy("Er nullpunktet ikke målt? Når skal det være det?"),
        help_text=gettext_lazy("La nullpunktet stå tomt, og skriv en dato, for eksempel 01.06.2015."),
        required=False,
    )
    own_name = TextInput(label=gettext_lazy("Navn på indikatoren"), limit=80, required=False)
    own_kind = forms.ChoiceField(
        label=gettext_lazy("Hva slags tall er det?"), choices=[("", "–"), *Kind.choices], required=False
    )
    own_unit = TextInput(
        label=gettext_lazy("Enhet"), help_text=gettext_lazy("For eksempel %, dager, poeng"), limit=40, required=False
    )

    def __init__(self, *args: Any, project: Project, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.project, self.today = project, today
        self.themes = list(project.cohort.programme.themes.all())
        self.own_themes = frozenset(project.themes.values_list("pk", flat=True))
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = indicator_choices(self.themes, self.own_themes)
        for name in ("baseline_value", "target_value", "keep_min", "keep_max"):
            self.fields[name].unit = self.unit  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["size"] = 6

    @property
    def chosen(self) -> Indicator | None:
        """The catalogue's indicator, None when none or one's own is chosen."""
        return indicators.indicator(str(self["indicator"].value() or ""))

    @property
    def chosen_name(self) -> str:
        """The chosen indicator's name, in the project's language."""
        return self.chosen.name.in_language(self.project.language) if self.chosen else ""

    @property
    def chosen_definition(self) -> str:
        """The chosen indicator's definition, in the project's language."""
        return self.chosen.definition.in_language(self.project.language) if self.chosen else ""

    @property
    def is_own(self) -> bool:
        """Whether it is an indicator of the project's own."""
        return self["indicator"].value() == OWN

    @property
    def unit(self) -> str:
        """The unit of the values, in the project's language; empty until something is chosen."""
        if self.chosen:
            return self.chosen.unit.in_language(self.project.language)
        return str(self["own_unit"].value() or "").strip()[:40] if self.is_own else ""

    def clean(self) -> dict[str, Any]:
        """Check the slots against each other."""
        cleaned = super().clean() or {}
        if self.is_own:
            self._require("own_name", "own_kind", "own_unit")
        self._check_goal(cleaned)
        self._check_baseline(cleaned)
        self._check_values(cleaned)
        self._check_direction(cleaned)
        return cleaned

    @property
    def is_kept(self) -> bool:
        """Whether the figure is to stay within limits, as far as the form has been filled in."""
        return str(self["direction"].value()) == str(KEEP)

    def _check_goal(self, cleaned: dict[str, Any]) -> None:
        """A value to reach, or one limit or two to stay within."""
        low, high, goal = (cleaned.get(name) for name in ("keep_min", "keep_max", "target_value"))
        if {"keep_min", "keep_max", "target_value", "direction"} & set(self.errors):
            return
        if not self.is_kept:
            if goal is None:
                self.add_error("target_value", _("Skriv et tall, for eksempel 12,5"))
            if low is not None or high is not None:
                self.add_error("direction", _("Velg «holde» når tallet skal holde seg innenfor grenser."))
        elif low is None and high is None:
            self.add_error("keep_min", _("Skriv minst én grense tallet skal holdes innenfor."))
        elif low is not None and high is not None and low >= high:
            self.add_error("keep_max", _("«Høyst» må være mer enn «minst»."))
        elif goal is not None:
            self.add_error("target_value", _("La dette stå tomt når tallet skal holdes innenfor grenser."))

    def _kind(self) -> str:
        return self.chosen.kind if self.chosen else str(self.cleaned_data.get("own_kind") or "")

    def _require(self, *names: str) -> None:
        for name in names:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("Fyll ut dette for en egen indikator."))

    def _check_baseline(self, cleaned: dict[str, Any]) -> None:
        """Either a value and when it was measured, or a date it is to be measured by."""
        if {"baseline_value", "baseline_on", "baseline_due_on"} & set(self.errors):
            return
        value, on, due = (cleaned[name] for name in ("baseline_value", "baseline_on", "baseline_due_on"))
        if value is None and on is None and due is None and not self.is_kept:
            self.add_error("baseline_value", _("Skriv nullpunktet, eller når det skal være målt."))
        elif value is None and on is not None:
            self.add_error("baseline_value", _("Skriv verdien som ble målt."))
        elif value is not None and on is None:
            self.add_error("baseline_on", _("Skriv når nullpunktet ble målt, for eksempel 2013."))
        elif value is not None and due is not None:
            self.add_error("baseline_due_on", _("La datoen stå tom når nullpunktet er målt."))
        elif due is not None and due < self.today:
            self.add_error("baseline_due_on", _("Datoen er passert. Velg en dato som kommer."))
        elif on is not None and on.ends_on > self.today:
            self.add_error("baseline_on", _("Perioden er ikke over ennå. Skriv en som er det, eller en dato."))
        elif on is not None and self._kind() == Kind.ABSENCE_RATE and on.span is not Span.YEAR:
            self.add_error(
                "baseline_on",
                _("Sykefravær svinger med årstidene. Oppgi snittet for et helt år, og skriv året."),
            )

    def _check_values(self, cleaned: dict[str, Any]) -> None:
        low, high = possible_range(self._kind(), self.unit)
        for name in ("baseline_value", "target_value", "keep_min", "keep_max"):
            value = cleaned.get(name)
            if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
                limits = _("Tallet må være mellom 0 og 100.") if high else _("Tallet kan ikke være under 0.")
                self.add_error(name, limits)
        when: Period | None = cleaned.get("target_on")
        if when is None:
            return
        first = cleaned["baseline_on"].ends_on if cleaned.get("baseline_on") else None
        if first and when.ends_on <= first:
            self.add_error("target_on", _("Målet må være etter nullpunktet."))
        elif when.ends_on > years_after(self.today, LONGEST_WAIT):
            self.add_error("target_on", _("Målet er mer enn femten år fram. Sjekk året."))
        elif cleaned.get("baseline_due_on") and when.ends_on <= cleaned["baseline_due_on"]:
            self.add_error("target_on", _("Målet må være etter at nullpunktet er målt."))

    def _check_direction(self, cleaned: dict[str, Any]) -> None:
        direction, baseline, target = (cleaned.get(name) for name in ("direction", "baseline_value", "target_value"))
        if direction is None or direction == KEEP:
            return
        if self.chosen and direction != self.chosen.direction:
            words = _("For denne indikatoren er lavere bedre. Velg «redusere».")
            if self.chosen.direction > 0:
                words = _("For denne indikatoren er høyere bedre. Velg «øke».")
            self.add_error("direction", words)
        elif baseline is not None and target is not None and (target - baseline) * direction <= 0:
            words = _("Målet må være høyere enn nullpunktet når dere vil øke.")
            if direction < 0:
                words = _("Målet må være lavere enn nullpunktet når dere vil redusere.")
            self.add_error("target_value", words)

    @property
    def frequency(self) -> str:
        """How often it is measured: the catalogue's, but every year when both slots are years."""
        chosen = self.chosen.frequency if self.chosen else TargetVersion.Frequency.YEARLY
        slots = [self.cleaned_data.get(name) for name in ("baseline_on", "target_on")]
        periods = [slot for slot in slots if slot is not None]
        return "yearly" if periods and all(slot.span is Span.YEAR for slot in periods) else str(chosen)

    def definition(self) -> Definition:
        """The target the sentence makes, with what the catalogue knows about its indicator."""
        data, language = self.cleaned_data, self.project.language
        entry, own = self.chosen, self.is_own
        assert entry or own
        name = entry.name.in_language(language) if entry else data["own_name"]
        baseline: Period | None = data["baseline_on"]
        target: Period = data["target_on"]
        frequency = self.frequency
        limits = (data["keep_min"], data["keep_max"]) if self.is_kept else (None, None)
        goal = stored_value(*limits) if self.is_kept else Decimal(data["target_value"])
        assert goal is not None
        return Definition(
            title=name,
            statement=statement(
                language=language,
                direction=data["direction"],
                indicator=name,
                scope=data["scope"],
                unit=self.unit,
                baseline=(data["baseline_value"], baseline) if baseline else None,
                target=(goal, target),
                kept=limits if self.is_kept else None,
            ),
            theme_id=self._theme_id(),
            level=entry.level if entry else TargetVersion.Level.EFFECT,
            indicator=entry.key if entry else OWN,
            definition=entry.definition.in_language(language) if entry else "",
            kind=self._kind(),
            unit=self.unit,
            direction=self._own_direction(entry, limits) if self.is_kept else data["direction"],
            scope=data["scope"],
            source=entry.source.in_language(language) if entry else "",
            frequency=frequency,
            population=int(data["population"]),
            mmc=entry.mmc if entry else None,
            plausible_min=entry.plausible[0] if entry else None,
            plausible_max=entry.plausible[1] if entry else None,
            declared_sd=entry.declared_sd if entry else None,
            keep_min=limits[0],
            keep_max=limits[1],
            baseline_value=data["baseline_value"],
            baseline_on=baseline.ends_on if baseline else None,
            baseline_points=points_behind(baseline, frequency) if baseline else 1,
            baseline_due_on=data["baseline_due_on"],
            measures_after_end=data["measures_after_end"],
            values=((target.ends_on, goal),),
            planned=planned_points(
                frequency,
                baseline_on=baseline.ends_on if baseline else None,
                target_on=target.ends_on,
                today=self.today,
                baseline_due_on=data["baseline_due_on"],
            ),
        )

    @staticmethod
    def _own_direction(entry: Indicator | None, limits: tuple[Decimal | None, Decimal | None]) -> int | None:
        """What is better for a figure to keep: the catalogue's word, else what its only limit says."""
        if entry:
            return entry.direction
        low, high = limits
        return (1 if high is None else -1) if low is None or high is None else None

    def _theme_id(self) -> int | None:
        """The programme's theme of the indicator, one of the project's own if there is one."""
        keys = self.chosen.themes if self.chosen else ()
        found = [theme for theme in self.themes if theme.key in keys]
        found.sort(key=lambda theme: (theme.pk not in self.own_themes, keys.index(theme.key)))
        if not found and len(self.own_themes) == 1:
            return next(iter(self.own_themes))
        return found[0].pk if found else None


def points_behind(baseline: Period, frequency: str) -> int:
    """How many points of the frequency a baseline averages: a year of a quarterly indicator is four."""
    return 12 // MONTHS[frequency] if baseline.span is Span.YEAR else 1
