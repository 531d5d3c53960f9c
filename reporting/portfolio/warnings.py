"""«Varslene»: what each rule has said in a programme, for advisers and administrators; and letting a held rule go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import NotAllowed, SignedInRequest, actor_from
from accounts.models import User
from benefits import wording
from benefits.actions import governor
from benefits.engine.governor import (
    CHANCE_UNKNOWN,
    CRITICAL_SHARE,
    FALSE_SHARE,
    FEWEST_OPENINGS,
    FEWEST_PROJECTS,
    RELEASE,
    expected_behind,
)
from benefits.governor import RuleRecord, looks_in, records
from benefits.models import GovernorHold
from projects.access import watched_programme
from projects.models import Programme
from saman import clock, formatting
from saman.fields import TextInput
from saman.htmx import redirect_after_post

Ground = GovernorHold.Ground


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as the page shows it: its record, and what holds it, if anything does."""

    record: RuleRecord
    kind: str
    short: str
    heading: str
    expected: str
    days: str
    hold: GovernorHold | None
    why: str

    @property
    def about(self) -> str:
        """What stands under the short name: the kind of rule and its longer name, each where it says more."""
        return ": ".join(words for words in (self.kind, self.heading) if words != self.short)


@dataclass(frozen=True, slots=True)
class Past:
    """A hold that an administrator has ended."""

    hold: GovernorHold
    heading: str
    why: str


class ReleaseForm(forms.Form):
    """Why a held rule may speak as it would again."""

    reason = TextInput(limit=1000, rows=3, label=gettext_lazy("Hva har du sett på, og hvorfor kan regelen slippes?"))


@require_safe
def rule_record(request: SignedInRequest, programme: str) -> HttpResponse:
    """What each rule has said in a year: how often, how often wrongly, and which are held."""
    today = clock.today()
    found = watched_programme(request.user, programme, today)
    holds = list(GovernorHold.objects.filter(programme=found).select_related("released_by").order_by("-pk"))
    lines = _lines(records(found, today), holds)
    looks = looks_in(found, today)
    context: dict[str, Any] = {
        "programme": found,
        "lines": lines,
        "held": [line for line in lines if line.hold],
        "past": [Past(row, wording.rule_heading(row.rule), why_held(row)) for row in holds if row.released_on],
        "opened": sum(line.record.opened for line in lines),
        "false": sum(line.record.tally.false for line in lines),
        "looks": sum(looks.values()),
        "behind": round(expected_behind(looks)),
        "unknown": [line.heading for line in lines if line.record.rule in CHANCE_UNKNOWN],
        "may_release": request.user.is_administrator,
        "crumbs": _way(request.user, found),
        "limits": {
            "critical": formatting.percent(CRITICAL_SHARE),
            "false": formatting.percent(FALSE_SHARE),
            "projects": FEWEST_PROJECTS,
            "openings": FEWEST_OPENINGS,
            "days": RELEASE.days,
        },
    }
    return render(request, "portfolio/warnings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_release(request: SignedInRequest, programme: str, rule: str) -> HttpResponse:
    """An administrator has looked at a held rule, and lets it go with a reason."""
    found = watched_programme(request.user, programme, clock.today())
    if not request.user.is_administrator:
        raise NotAllowed
    hold = GovernorHold.objects.filter(programme=found, rule=rule, released_on=None).first()
    here = reverse("rule_record", args=[programme])
    if hold is None:
        messages.info(request, _("Regelen er ikke holdt igjen lenger."))
        return redirect_after_post(request, here) if request.method == "POST" else redirect(here)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _release(request, found, rule, form.cleaned_data["reason"])
    context = {
        "programme": found,
        "form": form,
        "hold": hold,
        "heading": wording.rule_heading(rule),
        "why": why_held(hold),
        "days": RELEASE.days,
        "crumbs": [*_way(request.user, found), (wording.rule_heading(rule), request.path)],
    }
    return render(request, "portfolio/warnings_release.html", context, status=422 if form.errors else 200)


def _release(request: SignedInRequest, programme: Programme, rule: str, reason: str) -> HttpResponse:
    try:
        governor.release(by=actor_from(request), programme=programme, rule=rule, reason=reason)
    except governor.NotHeld:
        messages.info(request, _("Regelen er ikke holdt igjen lenger."))
    else:
        messages.success(request, _("Regelen er sluppet. Prosjektene vurderes på nytt."))
    return redirect_after_post(request, reverse("rule_record", args=[programme.slug]))


def why_held(row: GovernorHold) -> str:
    """What held a rule, with the figures then."""
    values = {"part": row.part, "whole": row.whole, "share": formatting.percent(row.part / row.whole)}
    if row.ground == Ground.CRITICAL:
        return _("Alvorlig i %(part)s av %(whole)s prosjekter (%(share)s)") % values
    return _("Meldt som feil: %(part)s av %(whole)s varsler (%(share)s)") % values


def rule_lines(programme: Programme, today: date) -> list[RuleLine]:
    """Every rule with its record of a year and what holds it."""
    return _lines(records(programme, today), GovernorHold.objects.filter(programme=programme, released_on=None))


def _lines(found: Iterable[RuleRecord], holds: Iterable[GovernorHold]) -> list[RuleLine]:
    held = {row.rule: row for row in holds if row.released_on is None}
    return [_line(record, held.get(record.rule)) for record in found]


def _line(record: RuleRecord, hold: GovernorHold | None) -> RuleLine:
    days = record.days_to_close
    return RuleLine(
        record=record,
        kind=wording.rule_kind(record.rule),
        short=wording.rule_short(record.rule),
        heading=wording.rule_heading(record.rule),
        expected=_expected(record),
        days="" if days is None else ngettext("%(n)s dag", "%(n)s dager", round(days)) % {"n": round(days)},
        hold=hold,
        why=why_held(hold) if hold else "",
    )


def _expected(record: RuleRecord) -> str:
    """How many warnings chance alone would have opened, or that it is not known; nothing where it has no part."""
    if record.rule in CHANCE_UNKNOWN:
        return _("ikke kjent")
    return "" if record.expected_false is None else formatting.number(record.expected_false, 1)


def _way(user: User, programme: Programme) -> list[tuple[str, str]]:
    here = (_("Varslene"), reverse("rule_record", args=[programme.slug]))
    if user.is_administrator:
        above = (programme.name, reverse("setup_programme", args=[programme.slug]))
        return [(_("Oppsett"), reverse("setup")), above, here]
    return [(programme.name, reverse("dashboard", args=[programme.slug])), here]
