"""The page of one effect target, as every view of it answers: the whole page, or the part of it htmx swaps."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext

from benefits.figures import chart_of, chart_points, checks_of, forecast_steps, usual_name
from benefits.forms.breaks import BreakForm
from benefits.forms.evaluations import DecisionForm, EvaluationForm
from benefits.forms.measurements import CorrectionForm, MeasurementForm
from benefits.models import Measurement
from benefits.navigation import project_crumbs, project_tabs
from benefits.plausibility import Reference
from benefits.queries.target_page import SHOWN, Row, TargetPage
from benefits.target_words import TargetWords
from projects.models import Project
from saman.htmx import render_page, wants_fragment


@dataclass(frozen=True, slots=True)
class Shown:
    """What a request adds to the page: a form with its errors, the row being corrected, the row just saved."""

    form: MeasurementForm | None = None
    editing: int | None = None
    correction: CorrectionForm | None = None
    taken: Measurement | None = None
    saved: int | None = None
    all_rows: bool = False
    announcement: str = ""
    break_form: BreakForm | None = None
    evaluation_form: EvaluationForm | None = None
    deciding: int | None = None
    decision_form: DecisionForm | None = None


def render_target(request: HttpRequest, page: TargetPage, shown: Shown, status: int = 200) -> HttpResponse:
    """The page with its forms, or for htmx the part below the breadcrumbs."""
    for point in page.evaluations:
        point.form = DecisionForm(auto_id=f"beslutning_{point.pk}_%s")  # type: ignore[attr-defined]
    form = shown.form or (_empty_form(page) if page.may_measure else None)
    _mark_focus(shown, form, "data-focus" if wants_fragment(request) else "autofocus")
    rows = page.rows if shown.all_rows or shown.editing else page.rows[:SHOWN]
    checks, _found = checks_of(page)
    points = chart_points(page)
    context = {
        "page": page,
        "project": page.project,
        "target": page.target,
        "version": page.version,
        "status": page.status,
        "shown": shown,
        "form": form,
        "rows": rows,
        "break_form": shown.break_form or (BreakForm() if page.may_write else None),
        "evaluation_form": shown.evaluation_form or (EvaluationForm(today=page.today) if page.may_write else None),
        "older": len(page.rows) - len(rows),
        "chart": chart_of(page),
        "has_plan": page.facts.baseline is not None and page.final is not None and not page.kept,
        "forecast_covers": page.coverage if forecast_steps(page) else None,
        "usual_name": usual_name(page),
        "has_relapse": any(point.is_relapse for point in points),
        "has_preliminary": any(point.is_preliminary for point in points),
        "checks": checks,
        "checks_ok": sum(check.sign == "ok" for check in checks),
        "crumbs": crumbs(page.project, page.version.title, page.target.number),
        "words": TargetWords(page),
        "tabs": project_tabs(page.project, "targets"),
    }
    return render_page(request, "benefits/target.html", "benefits/_target.html", context, status)


def _mark_focus(shown: Shown, form: MeasurementForm | None, attribute: str) -> None:
    """Where the person goes on: the first error, the row being corrected, or the next date."""
    chosen = shown.correction or shown.break_form or form
    if chosen is None:
        return
    wrong = next((name for name in chosen.errors if name in chosen.fields), None)
    if shown.break_form:
        shown.break_form.fields[wrong or "on"].widget.attrs[attribute] = True
    elif chosen.errors or shown.correction or (shown.announcement and attribute == "data-focus"):
        chosen.fields[wrong or "measured_on"].widget.attrs[attribute] = True


def _empty_form(page: TargetPage) -> MeasurementForm:
    """A form for the next value, dated when it is due or today."""
    due = page.status.next_due_on if page.status else None
    initial: dict[str, Any] = {"source": last_source(page)}
    if due is not None and due <= page.today:
        initial["measured_on"] = due.strftime("%d.%m.%Y")
    return MeasurementForm(initial=initial, **form_options(page))


def form_options(page: TargetPage, row: Row | None = None) -> dict[str, Any]:
    """What a form for a value needs to know; `row`: the one it corrects."""
    known = known_values(page, row)
    if row is not None:
        one = row.measurement
        known = {None: known[one.municipality_id] or [Reference(one.measured_on, one.value)]}
    return {
        "version": page.version,
        "known": known,
        "today": page.today,
        "municipalities": page.municipalities,
    }


def last_source(page: TargetPage) -> str:
    """The source of the newest value, else the indicator's."""
    return page.latest.measurement.source if page.latest else page.version.source


def known_values(page: TargetPage, but: Row | None = None) -> dict[int | None, list[Reference]]:
    """Live values by municipality, and the baseline with those of the whole, to compare a new value with."""
    known: dict[int | None, list[Reference]] = defaultdict(list)
    for row in page.rows:
        if row is not but:
            one = row.measurement
            known[one.municipality_id].append(Reference(one.measured_on, one.value))
    if page.version.baseline_value is not None and page.version.baseline_on is not None:
        known[None].append(Reference(page.version.baseline_on, page.version.baseline_value))
    return known


def target_url(page: TargetPage, fragment: str = "", **query: object) -> str:
    """The address of the page, perhaps at a place in it."""
    address = reverse("target", args=[page.project.slug, page.target.number])
    if query:
        address += "?" + "&".join(f"{name}={value}" for name, value in query.items())
    return f"{address}#{fragment}" if fragment else address


def crumbs(project: Project, title: str, number: int, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """From the project to the target, and further."""
    targets = f"{reverse('project_overview', args=[project.slug])}#em"
    here = reverse("target", args=[project.slug, number])
    return project_crumbs(project, (pgettext("flere", "Effektmål"), targets), (title, here), *more)


def existing_values(page: TargetPage) -> dict[int | None, dict[date, Decimal]]:
    """The live values of the whole and of each municipality, by day."""
    found: dict[int | None, dict[date, Decimal]] = defaultdict(dict)
    for row in page.rows:
        found[row.measurement.municipality_id][row.measurement.measured_on] = row.measurement.value
    return found
