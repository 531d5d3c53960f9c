"""The people who may sign in: found, corrected, closed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import StalePerson, change_user
from accounts.actor import SignedInRequest, actor_from
from accounts.models import User
from projects import queries
from projects.forms.people import PersonForm, person_values
from projects.views.pages import administrator_only, crumbs, form_page, sent
from saman import clock
from saman.htmx import redirect_after_post

LONGEST_SEARCH = 100


@require_safe
@administrator_only
def people(request: SignedInRequest) -> HttpResponse:
    """Everyone with an account, or those a search finds."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    found, total = queries.people_found(query, clock.today())
    context = {"people": found, "total": total, "query": query, "crumbs": [*crumbs(), (_("Personer"), request.path)]}
    return render(request, "setup/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_only
def person(request: SignedInRequest, person: int) -> HttpResponse:
    """Correct a person's account, close it or open it again."""
    found = get_object_or_404(User, pk=person)
    form = PersonForm(sent(request), initial=person_values(found))
    way = [*crumbs(), (_("Personer"), reverse("setup_people"))]
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.attempt(lambda: _save(request, found, form))
        except StalePerson:
            saved, form.is_stale = False, True
            form.compare(person_values(User.objects.get(pk=found.pk)))
        if saved:
            messages.success(request, _("Endringene er lagret."))
            return redirect_after_post(request, reverse("setup_people"))
    return form_page(request, form, heading=found.name or found.email, action=_("Lagre"), way=way)


def _save(request: SignedInRequest, found: User, form: PersonForm) -> bool:
    change_user(by=actor_from(request), person=found, version=form.based_on, **form.facts())
    return True
