"""Saved views of the dashboard: those a person may open, and the pages where they are made, changed and deleted."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from accounts.models import User
from projects.access import programme_for
from projects.models import Programme
from reporting.portfolio import actions
from reporting.portfolio.dates import asked
from reporting.portfolio.filters import DatedFilters
from reporting.portfolio.matrix import columns
from reporting.portfolio.models import LONGEST_NAME, SavedView
from reporting.portfolio.queries import portfolio
from reporting.portfolio.rows import Portfolio
from reporting.portfolio.selects import in_words, offered
from saman import clock, formatting
from saman.fields import TextInput
from saman.htmx import by_button, redirect_after_post


@dataclass(frozen=True, slots=True)
class SavedLink:
    """A view as a reader meets it: `of` is whose it is when it is somebody else's, who has shared it."""

    pk: int
    name: str
    query: str
    is_shared: bool
    of: str

    @property
    def is_mine(self) -> bool:
        """Whether the reader may change it."""
        return not self.of


class SavedViewForm(forms.Form):
    """A name for the view, and whether the others may see it."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)
    name = TextInput(limit=LONGEST_NAME, label=gettext_lazy("Navn på visningen"))
    is_shared = forms.BooleanField(
        label=gettext_lazy("Del med de andre rådgiverne i programmet"),
        help_text=gettext_lazy("De ser navnet på visningen og ditt navn. Bare du kan endre eller slette den."),
        required=False,
    )


def saved_links(programme: Programme, user: User) -> tuple[SavedLink, ...]:
    """The person's own first, then those others have shared; one question."""
    rows = SavedView.objects.filter(Q(person=user) | Q(is_shared=True), programme=programme).values_list(
        "pk", "name", "query", "is_shared", "person", "person__name"
    )
    found = (
        SavedLink(pk, name, query, is_shared, "" if person == user.pk else str(whose))
        for pk, name, query, is_shared, person, whose in rows
    )
    return tuple(sorted(found, key=lambda link: not link.is_mine))


def _described(programme: Programme, *queries: str) -> dict[str, str]:
    """What each query asks for in words, "" where it asks for nothing; the programme is read once, if at all."""
    if not any(queries):
        return dict.fromkeys(queries, "")
    whole = portfolio(programme, clock.today())
    return {query: _in_words(whole, DatedFilters.read(QueryDict(query).dict())) for query in queries}


def _in_words(whole: Portfolio, filters: DatedFilters) -> str:
    """The filters, the order and the day, as the dashboard calls them."""
    words = in_words(whole, filters)
    if filters.sort:
        heading = next((one.word for one in columns([], filters) if one.key == filters.sort.removeprefix("-")), "")
        words.append((_("Sortert etter"), heading))
    if filters.show_all:
        words.append((_("Kan du hjelpe her?"), _("alle")))
    with suppress(ValueError):  # no day, or one an old address has
        words.append((_("Per dato"), formatting.day(date.fromisoformat(filters.day))))
    return " · ".join(f"{label}: {word}" for label, word in words)


@require_safe
def saved_views(request: SignedInRequest, programme: str) -> HttpResponse:
    """All of them, with the way to change one's own."""
    found = programme_for(request.user, programme, clock.today())
    links = saved_links(found, request.user)
    words = _described(found, *{link.query for link in links})
    context = {
        "programme": found,
        "mine": [(link, words[link.query]) for link in links if link.is_mine],
        "others": [(link, words[link.query]) for link in links if not link.is_mine],
        "crumbs": _way(found),
    }
    return render(request, "portfolio/saved_views.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_new(request: SignedInRequest, programme: str) -> HttpResponse:
    """Give what the address filters by a name."""
    today = clock.today()
    found = programme_for(request.user, programme, today)
    whole = portfolio(found, today)
    filters = asked(request, found, today).filters.among(offered(whole))
    form = SavedViewForm(request.POST or None)
    if form.is_bound and form.is_valid():
        cleaned = form.cleaned_data
        try:
            row = actions.save(
                by=actor_from(request), programme=found, name=cleaned["name"], query=filters.query,
                is_shared=cleaned["is_shared"],
            )  # fmt: skip
        except actions.NameTaken:
            form.add_error("name", _taken())
        except actions.NothingToSave:
            form.add_error(None, _("Velg minst ett filter på oversikten først."))
        except actions.TooMany:
            text = ngettext(
                "Du har %(n)s visning, og flere er det ikke plass til. Slett en først.",
                "Du har %(n)s visninger, og flere er det ikke plass til. Slett en først.",
                actions.MOST,
            )
            form.add_error(None, text % {"n": actions.MOST})
        else:
            messages.success(request, _("Visningen «%(name)s» er lagret.") % {"name": row.name})
            return redirect_after_post(request, _address(found, row.query))
    context: dict[str, Any] = {
        "heading": _("Lagre visningen"),
        "back": _address(found, filters.query),
        "holds": _in_words(whole, filters),
        "is_nothing": not filters.query,
    }
    return _form(request, found, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view(request: SignedInRequest, programme: str, view: int) -> HttpResponse:
    """Another name for one's own, or shared or not."""
    if there := _gone(request, programme_for(request.user, programme, clock.today()), view):
        return there
    found, row = _mine(request, programme, view)
    first = {"name": row.name, "is_shared": row.is_shared, "based_on": row.version}
    form = SavedViewForm(request.POST or None, initial=first)
    if form.is_bound and form.is_valid():
        cleaned = form.cleaned_data
        try:
            actions.change(
                by=actor_from(request), view=row, based_on=cleaned["based_on"] or 0, name=cleaned["name"],
                is_shared=cleaned["is_shared"],
            )  # fmt: skip
        except actions.NameTaken:
            form.add_error("name", _taken())
        except actions.Stale:
            form.data = {**request.POST.dict(), "based_on": str(row.version)}
            form.add_error(None, _("Visningen er endret i et annet vindu. Se over, og lagre på nytt."))
        else:
            messages.success(request, _("Visningen er endret."))
            return redirect_after_post(request, reverse("saved_views", args=[programme]))
    back = reverse("saved_views", args=[programme])
    return _form(request, found, form, {
        "heading": _("Endre visningen"), "view": row, "back": back, "holds": _described(found, row.query)[row.query],
    })  # fmt: skip


@by_button("saved_views", "programme")
def saved_view_delete(request: SignedInRequest, programme: str, view: int) -> HttpResponse:
    """Take one's own away."""
    found = programme_for(request.user, programme, clock.today())
    if there := _gone(request, found, view):
        return there
    _found, row = _mine(request, programme, view)
    actions.delete(by=actor_from(request), view=row)
    messages.success(request, _("Visningen «%(name)s» er slettet.") % {"name": row.name})
    return redirect_after_post(request, reverse("saved_views", args=[programme]))


def _gone(request: SignedInRequest, programme: Programme, view: int) -> HttpResponse | None:
    """Where one who comes back to a view that is deleted is led: to those that are left, with a word of it."""
    if SavedView.objects.filter(pk=view).exists():
        return None
    messages.info(request, _("Visningen finnes ikke lenger. Her er de som er igjen."))
    return redirect_after_post(request, reverse("saved_views", args=[programme.slug]))


def _mine(request: SignedInRequest, programme: str, view: int) -> tuple[Programme, SavedView]:
    """The person's own view; 404 for anybody else's, shared or not."""
    found = programme_for(request.user, programme, clock.today())
    return found, get_object_or_404(
        SavedView.objects.select_related("programme"), pk=view, programme=found, person=request.user
    )


def _form(request: SignedInRequest, programme: Programme, form: SavedViewForm, more: dict[str, Any]) -> HttpResponse:
    way = [*_way(programme), (more["heading"], request.path)]
    context = {"programme": programme, "form": form, "crumbs": way, **more}
    return render(request, "portfolio/saved_view.html", context, status=422 if form.errors else 200)


def _taken() -> str:
    return _("Du har allerede en visning med dette navnet. Velg et annet.")


def _address(programme: Programme, query: str) -> str:
    return reverse("dashboard", args=[programme.slug]) + (f"?{query}" if query else "")


def _way(programme: Programme) -> list[tuple[str, str]]:
    slug = programme.slug
    return [
        (_("Oversikt"), reverse("dashboard", args=[slug])),
        (_("Lagrede visninger"), reverse("saved_views", args=[slug])),
    ]
