"""Registering, correcting, withdrawing and pasting measurements, all from the target's page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import measurements
from benefits.actions.measurements import DateTaken, InFuture, NotFollowed, OutOfRange, Superseded
from benefits.forms.measurements import CorrectionForm, MeasurementForm, PasteForm
from benefits.queries.target_page import Row, TargetPage, target_page
from benefits.views.target_page import (
    Shown,
    crumbs,
    existing_values,
    form_options,
    render_target,
    target_url,
)
from projects.access import project_for
from projects.roles import Access
from saman import clock
from saman.fields import typed
from saman.formatting import day, with_unit
from saman.htmx import by_button, redirect_after_post, render_page, wants_fragment


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Register one value: counts at once, and the answer shows what it did to the status."""
    page = _page(request, slug, number)
    if request.method != "POST":
        return redirect(target_url(page, "ny"))
    form = MeasurementForm(request.POST, **form_options(page))
    if not form.is_valid():
        return render_target(request, page, Shown(form=form), status=422)
    value = form.measured()
    try:
        place = form.cleaned_data.get("municipality")
        row = measurements.register(
            by=actor_from(request),
            target=page.target,
            value=value,
            municipality_id=place,
            is_doubted=bool(form.doubt),
        )
    except DateTaken as taken:
        if taken.existing.value == value.value:
            return _saved(request, page, taken.existing.pk, _("Målingen er allerede lagret."))
        form.add_error("measured_on", _taken(taken, page))
        return render_target(request, page, Shown(form=form, taken=taken.existing), status=422)
    except (InFuture, OutOfRange, NotFollowed) as refusal:
        form.add_error(None, _refusal(refusal))
        return render_target(request, page, Shown(form=form), status=422)
    if row.state == row.State.DRAFT:
        return _saved(
            request, page, None, _("Tallet skiller seg ut, og er lagret som utkast. Det teller når det registreres.")
        )
    return _saved(request, page, row.pk, _("Målingen er lagret."))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Correct a value: the row becomes a form; what it said before stays in the history."""
    page = _page(request, slug, number)
    row = _row(page, pk)
    if row is None:
        return _gone(request, page, pk)
    options = form_options(page, row)
    if request.method != "POST":
        form = CorrectionForm(initial=_as_typed(row), auto_id="rett_%s", **options)
        return render_target(request, page, Shown(editing=pk, correction=form))
    form = CorrectionForm(request.POST, auto_id="rett_%s", **options)
    if not form.is_valid():
        return render_target(request, page, Shown(editing=pk, correction=form), status=422)
    try:
        new_row = measurements.correct(
            by=actor_from(request),
            measurement=row.measurement,
            value=form.measured(),
            reason=form.cleaned_data["reason"],
        )
    except DateTaken as taken:
        form.add_error("measured_on", _taken(taken, page))
        return render_target(request, page, Shown(editing=pk, correction=form), status=422)
    except Superseded:
        return _gone(request, page, pk)
    except (InFuture, OutOfRange, NotFollowed) as refusal:
        form.add_error(None, _refusal(refusal))
        return render_target(request, page, Shown(editing=pk, correction=form), status=422)
    return _saved(request, page, new_row.pk, _("Målingen er rettet."))


@by_button("target", "slug", "number", where="#malinger")
def withdraw(request: SignedInRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Take a value out of the series; it stays in the history."""
    page = _page(request, slug, number)
    row = _row(page, pk)
    if row is None:
        return _gone(request, page, pk)
    try:
        measurements.withdraw(by=actor_from(request), measurement=row.measurement)
    except Superseded:
        return _gone(request, page, pk)
    return _saved(request, page, None, _("Målingen er trukket. Den står fortsatt i historikken."))


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Read pasted lines and say them back; store them when every line is right and the person agrees."""
    page = _page(request, slug, number)
    form = PasteForm(
        request.POST or None,
        existing=existing_values(page),
        **form_options(page),
    )
    if request.method != "POST" or not form.is_valid() or form.wrong:
        return _paste_page(request, page, form, status=422 if request.method == "POST" else 200)
    values, doubted = form.values(), form.doubted
    if not values:
        return _saved(request, page, None, _("Alle tallene er lagret fra før. Ingenting er endret."))
    if "store" not in request.POST or (form.doubted and not form.cleaned_data["confirmed"]):
        return _paste_page(request, page, form, status=422 if "store" in request.POST else 200)
    try:
        place = form.cleaned_data.get("municipality")
        measurements.register_many(
            by=actor_from(request), target=page.target, values=values, municipality_id=place, doubted=doubted
        )
    except (DateTaken, InFuture, OutOfRange, NotFollowed) as refusal:
        form.add_error("text", _taken(refusal, page) if isinstance(refusal, DateTaken) else _refusal(refusal))
        return _paste_page(request, page, form, status=422)
    count = len(values)
    words = ngettext("%(count)s måling er lagret.", "%(count)s målinger er lagret.", count) % {"count": count}
    if doubted:
        waiting = {"count": len(doubted)}
        words += (
            " "
            + ngettext(
                "%(count)s av dem skiller seg ut, og er utkast til det registreres.",
                "%(count)s av dem skiller seg ut, og er utkast til de registreres.",
                len(doubted),
            )
            % waiting
        )
    return _saved(request, page, None, words)


def _page(request: SignedInRequest, slug: str, number: int) -> TargetPage:
    project, roles = project_for(request.user, slug, Access.MEASURE, clock.today())
    return target_page(project, number, roles, clock.today())


def _row(page: TargetPage, pk: int) -> Row | None:
    """The live row with an id; None when it has been corrected or withdrawn. Raises Http404 for any other id."""
    for row in page.rows:
        if row.measurement.pk == pk:
            return row
        if any(earlier.measurement.pk == pk for earlier in row.earlier):
            return None
    if any(measurement.pk == pk for measurement, _figure in page.withdrawn):
        return None
    raise Http404


def _saved(request: SignedInRequest, page: TargetPage, pk: int | None, words: str) -> HttpResponse:
    """The page anew, with what the change did to it; without htmx a redirect, so that reloading repeats nothing."""
    if wants_fragment(request):
        project, roles = project_for(request.user, page.project.slug, Access.MEASURE, page.today)
        fresh = target_page(project, page.target.number, roles, page.today)
        return render_target(request, fresh, Shown(saved=pk, announcement=words))
    messages.success(request, words)
    address = target_url(page, f"maling-{pk}", lagret=pk) if pk else target_url(page, "malinger")
    return redirect_after_post(request, address)


def _gone(request: SignedInRequest, page: TargetPage, pk: int) -> HttpResponse:
    """Someone else has corrected or withdrawn the value in the meantime: what was typed is said back."""
    typed_value, typed_day = (str(request.POST.get(name, ""))[:40] for name in ("value", "measured_on"))
    words = _("Noen andre har rettet eller trukket denne målingen i mellomtiden. Se hva som står nå.")
    if typed_value:
        words = _(
            "Noen andre har rettet eller trukket denne målingen i mellomtiden. Du skrev %(value)s, %(day)s. "
            "Se hva som står nå, og rett det hvis det fortsatt er galt."
        ) % {"value": typed_value, "day": typed_day}
    return render_target(request, page, Shown(announcement=words, all_rows=True), status=409)


def _taken(taken: DateTaken, page: TargetPage) -> str:
    words = {"value": with_unit(taken.existing.value, page.version.unit), "day": day(taken.existing.measured_on)}
    return _("%(value)s er lagret %(day)s fra før. Rett den målingen, eller velg en annen dato.") % words


def _refusal(refusal: Exception) -> str:
    if isinstance(refusal, InFuture):
        return _("Datoen har ikke vært ennå.")
    if isinstance(refusal, OutOfRange):
        return _("Tallet kan ikke være riktig for denne indikatoren.")
    return _("Prosjektet er ikke tatt i bruk ennå.")


def _as_typed(row: Row) -> dict[str, object]:
    """A stored value as it would be typed."""
    stored = row.measurement
    return {
        "measured_on": stored.measured_on.strftime("%d.%m.%Y"),
        "value": typed(stored.value),
        "source": stored.source,
        "n": stored.n,
        "numerator": stored.numerator,
        "denominator": stored.denominator,
        "reference": stored.reference,
        "note": stored.note,
        "is_preliminary": stored.is_preliminary,
    }


def _paste_page(request: SignedInRequest, page: TargetPage, form: PasteForm, status: int = 200) -> HttpResponse:
    here = (_("Lim inn tall"), request.path)
    context = {
        "page": page,
        "project": page.project,
        "target": page.target,
        "version": page.version,
        "form": form,
        "crumbs": crumbs(page.project, page.version.title, page.target.number, here),
    }
    return render_page(request, "benefits/measurements_paste.html", "benefits/measurements_paste.html", context, status)
