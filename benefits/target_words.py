"""What the page of a target says in words and numbers; figures a reader may not see never reach it."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django.urls import reverse
from django.utils.translation import gettext as _

from benefits.concepts import concept_name
from benefits.keeping import limits_words
from benefits.models import PitfallWarning
from benefits.queries.target_page import TargetPage
from benefits.wording import (
    action_label,
    action_url,
    as_of_words,
    cause_sentence,
    chance_word,
    closes_when_text,
    concern_title,
    concern_url,
    difference_unit,
    evidence_lines,
    finding_values,
    no_forecast_text,
    reason_sentences,
    signal_sentences,
    state_word,
    threshold_text,
)
from saman import formatting
from saman.words import result_sign

WATCH, WARN = 2, 3


@dataclass(frozen=True, slots=True)
class Alert:
    """An open finding about the target: what, why, what to do, and what it rests on."""

    color: str
    rule: str
    title: str
    text: str
    action: str
    href: str
    evidence: list[tuple[str, str]]
    threshold: str
    closes_when: str


class TargetWords:
    """A target's page in the active language."""

    def __init__(self, page: TargetPage) -> None:
        self.page = page
        self.unit, self.decimals = page.version.unit, page.decimals
        self.difference_unit = difference_unit(self.unit)

    @property
    def latest(self) -> str:
        """The newest value with its unit."""
        row = self.page.latest
        return "" if row is None or row.figure.value is None else self._value(row.figure.value)

    @property
    def change(self) -> float | None:
        """The newest value's distance from the one before it; None where either is missing or hidden."""
        new, old = self.page.latest, self.page.previous
        if new is None or old is None or new.figure.value is None or old.figure.value is None:
            return None
        return float(new.figure.value - old.figure.value)

    @property
    def change_size(self) -> str:
        """How far the newest value lies from the one before it, without its sign."""
        return self._difference(abs(self.change or 0.0))

    @property
    def deviation(self) -> str:
        """The newest value's distance from the plan, with its sign."""
        row = self.page.latest
        return "" if row is None else formatting.signed(row.deviation, max(self.decimals, 1))

    @property
    def expected(self) -> str:
        """The plan on the newest value's day."""
        row = self.page.latest
        return "" if row is None or row.expected is None else self._value(row.expected)

    @property
    def tolerance(self) -> str:
        """The accepted distance behind plan."""
        usual = 0 if self.page.kept else self.page.version.mmc or 0
        widest = max(self.page.version.tolerance or 0, usual)
        return formatting.number(widest) if widest else ""

    @property
    def baseline(self) -> str:
        """The baseline and its day."""
        version = self.page.version
        if version.baseline_value is None:
            return ""
        return f"{self._value(version.baseline_value)}, {formatting.day(version.baseline_on)}"

    @property
    def final(self) -> str:
        """The target value and its day."""
        final = self.page.final
        if final is None:
            return ""
        if self.page.kept:
            limits = limits_words(self.page.kept, self.unit, self.decimals)
            return _("Skal holdes %(limits)s til %(day)s") % {"limits": limits, "day": formatting.day(final[0])}
        return f"{self._value(final[1])}, {formatting.day(final[0])}"

    @property
    def concept(self) -> str:
        """What the target is about, where that is said."""
        return concept_name(self.page.version.concept)

    @property
    def rationale(self) -> str:
        """Why the target value is what it is."""
        last = max(self.page.version.values.all(), key=lambda value: value.on, default=None)
        return last.rationale if last else ""

    @property
    def inside(self) -> str:
        """How many measurements lay within the limits, of a target to keep."""
        if self.page.status is None or self.page.status.attainment is None or not self.page.kept:
            return ""
        points = {name: value for reason in self.page.status.reasons for name, value in reason["values"].items()}
        if "inside" not in points:
            return ""
        text = _("%(inside)s av %(points)s hele år") if "years" in points else _("%(inside)s av %(points)s målinger")
        return text % points

    @property
    def as_of(self) -> str:
        """The day the status is of, where a newer measurement should have been made."""
        status, today = self.page.status, self.page.today
        return as_of_words(status.result, status.measured_on, status.next_due_on, today) if status else ""

    @property
    def finer_state(self) -> str:
        """The fine state, where it says more than the result's word."""
        if self.page.status is None:
            return ""
        state = state_word(self.page.status.state)
        return "" if state == str(result_sign(self.page.status.result).word) else state

    @property
    def reasons(self) -> list[str]:
        """Why the state holds; nothing where it would give a hidden figure away."""
        if self.page.status is None or self.page.hides_figures:
            return []
        return reason_sentences(self.page.status.reasons, self.unit)

    @property
    def chance(self) -> str:
        """The word for the chance of reaching the target; nothing where there is no forecast that far."""
        return "" if self._hides_trend else chance_word(self.page.status.chance)  # type: ignore[union-attr]

    @property
    def forecast(self) -> str:
        """Where the series is heading, as far as it can be foreseen."""
        if self._hides_trend or not self.page.status.forecast:  # type: ignore[union-attr]
            return ""
        last = self.page.status.forecast[-1]  # type: ignore[union-attr]
        values = {name: self._value(last[name]) for name in ("value", "low", "high")}
        values |= {
            "on": formatting.day(date.fromisoformat(last["on"])),
            "share": formatting.percent(self.page.coverage),
        }
        return (
            _("Prognose for %(on)s: %(value)s. %(share)s av gangene havner målingen mellom %(low)s og %(high)s.")
            % values
        )

    @property
    def trend(self) -> list[str]:
        """What the series says beyond its newest point, in sentences."""
        status = self.page.status
        if self._hides_trend or status is None:
            return []
        said = ["" if self.chance else self.forecast, no_forecast_text(status.no_forecast)]
        if status.forecast and not status.chance:
            said.append(_("Måldatoen er lenger fram enn det målingene kan si noe om."))
        return [*filter(None, said), *signal_sentences(status.signals, self.unit)]

    @property
    def _hides_trend(self) -> bool:
        return self.page.status is None or self.page.hides_figures

    @property
    def alerts(self) -> list[Alert]:
        """The open findings people see, worst first."""
        return [self._alert(warning) for warning in self.page.warnings if warning.severity >= WATCH]

    def _alert(self, warning: PitfallWarning) -> Alert:
        hides = self.page.hides_figures
        concern = self._concern(warning)
        may_act = self.page.may_write or self.page.may_measure
        return Alert(
            color="danger" if warning.severity > WARN else "warning" if warning.severity == WARN else "info",
            rule=warning.rule,
            title=concern_title(concern),
            text="" if hides else cause_sentence(warning.cause, concern.values),
            action=action_label(warning.action) if may_act and warning.action else "",
            href=self._where_to_act(concern),
            evidence=[] if hides else evidence_lines(warning.evidence),
            threshold=threshold_text(warning.cause, warning.threshold),
            closes_when=closes_when_text(warning.closes_when),
        )

    def _where_to_act(self, concern: SimpleNamespace) -> str:
        """Where the action is done; on from here to the answers, where it would only lead to this page."""
        address, here = action_url(concern), reverse("target", args=[self.page.project.slug, self.page.target.number])
        return concern_url(concern) if address == here else address

    def _concern(self, warning: PitfallWarning) -> SimpleNamespace:
        """A warning about one target as the wording of concerns takes it."""
        values = finding_values(warning.evidence, warning.threshold, self.page.target.number)
        return SimpleNamespace(
            cause=warning.cause,
            action=warning.action,
            values=values,
            project=self.page.project,
            target=self.page.target,
            kind="",
            due_on=warning.due_on,
        )

    def _value(self, value: object) -> str:
        return formatting.with_unit(value, self.unit, self.decimals)  # type: ignore[arg-type]

    def _difference(self, value: float) -> str:
        return formatting.with_unit(formatting.number(value, self.decimals), self.difference_unit)
