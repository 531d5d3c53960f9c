"""Ending someone's role: refused, with the list, while open points are left without anybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import SignedInRequest, actor_from
from benefits.actions.role_endings import HandoverMissing, end
from benefits.open_points import handed_over
from benefits.queries.handovers import point_lines, who_hands_over
from projects.forms.roles import RoleEndForm
from projects.models import RoleAssignment
from projects.views.pages import administrator_only, crumbs, form_page, sent
from saman import clock, formatting
from saman.htmx import redirect_after_post


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_only
def role_end(request: SignedInRequest, role: int) -> HttpResponse:
    """Say which day is someone's last in a role, and perhaps who has it after."""
    rows = RoleAssignment.objects.select_related("person", "project__cohort__programme", "programme")
    row = get_object_or_404(rows, pk=role)
    of = row.project or row.programme
    assert of is not None  # a constraint of the table
    form, left = RoleEndForm(sent(request), initial={"ends_on": row.ends_on or clock.today()}), []
    if request.method == "POST" and form.is_valid():
        last, after = form.cleaned_data["ends_on"], form.successor()
        try:
            done = form.attempt(lambda: end(by=actor_from(request), assignment=row, ends_on=last, successor=after))
        except HandoverMissing as refusal:
            done = None
            left = point_lines(refusal.points, handed_over(row.project).get(row.person_id) if row.project else None)
            form.add_error(None, _("Rollen kan ikke avsluttes før de åpne punktene er overlevert og godtatt."))
        if done:
            messages.success(request, _("Rollen er avsluttet."))
            home = "setup_project" if row.project else "setup_programme"
            return redirect_after_post(request, reverse(home, args=[of.slug]))
    lead = _("%(name)s har vært %(role)s siden %(day)s.") % {
        "name": row.person.name,
        "role": row.get_role_display().lower(),
        "day": formatting.day(row.starts_on),
    }
    return form_page(
        request,
        form,
        heading=_("Avslutt rollen"),
        action=_("Avslutt"),
        way=crumbs(of),
        lead=lead,
        template="benefits/role_end.html",
        row=row,
        left=left,
        is_all_waiting=all(point.is_waiting for point in left),
        asked=who_hands_over(request.user, row, clock.today()) if left else None,
    )
