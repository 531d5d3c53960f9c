"""Which day an adviser asks the dashboard about: today, or one that is past."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.models import Cohort, Programme
from reporting.portfolio.filters import DatedFilters
from reporting.portfolio.queries import portfolio
from reporting.portfolio.rows import Portfolio
from reporting.portfolio.then import portfolio_then
from saman.fields import DayInput
from saman.htmx import wants_fragment


class DayForm(forms.Form):
    """The field of the day, which may be left empty."""

    per = DayInput(label=_("Per dato"), required=False)

    def __init__(self, data: dict[str, Any] | None = None, *, shown: date | None, earliest: date | None, today: date):
        super().__init__(data, auto_id="%s", initial={"per": shown})
        field = self.fields["per"]
        assert isinstance(field, DayInput)
        field.earliest, field.latest = earliest, today


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the filters, with the day as an ISO date, and the day itself.

    `day` None: what was typed is no day that can be shown, and `form` says why; then the filters are without it.
    """

    filters: DatedFilters
    form: DayForm
    day: date | None
    today: date

    @property
    def is_past(self) -> bool:
        """Whether it is another day than today."""
        return self.day is not None and self.day < self.today

    def portfolio(self, programme: Programme) -> Portfolio:
        """The programme on the day; as it is today where the day cannot be shown."""
        if self.day is None or self.day >= self.today:
            return portfolio(programme, self.today)
        return portfolio_then(programme, self.day, self.today)


def asked(request: HttpRequest, programme: Programme, today: date) -> Asked:
    """The filters and the day of an address; one question more where there is a day, of when the programme began."""
    filters = DatedFilters.read(request.GET.dict())
    if not filters.day:
        return Asked(filters, DayForm(shown=None, earliest=None, today=today), today, today)
    first = Cohort.objects.filter(programme=programme).aggregate(first=Min("starts_on"))["first"]
    form = DayForm({"per": filters.day}, shown=None, earliest=first, today=today)
    if not form.is_valid():
        return Asked(replace(filters, day=""), form, None, today)
    day = form.cleaned_data["per"] or today
    shown = DayForm(shown=day, earliest=first, today=today)
    return Asked(replace(filters, day=day.isoformat()), shown, day, today)


def without_day(request: HttpRequest) -> HttpResponse | None:
    """Where a page that shows things only as they are today leads when its address names a day: to itself without."""
    if not request.GET.get("per", "").strip() or wants_fragment(request):
        return None
    query = request.GET.copy()
    del query["per"]
    messages.info(request, gettext("Denne siden viser prosjektene slik de er i dag. Datoen er ikke brukt."))
    return redirect(request.path + (f"?{query.urlencode()}" if query else ""))
