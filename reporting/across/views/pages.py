"""What the pages of this room share: the way to them, the tabs between them, and files handed over."""

from itertools import chain

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from projects.access import advised_programmes
from projects.models import Programme
from reporting.annual.models import Round
from reporting.annual.queue import rounds_of
from saman import clock

Crumb = tuple[str, str]
PAGES = ("across", "across_codes", "across_lessons", "letters")


def is_adviser(user: User, programme: Programme) -> bool:
    """Whether the adviser's other pages are open to the person."""
    return advised_programmes(user, clock.today()).filter(pk=programme.pk).exists()


def crumbs(user: User, programme: Programme, *more: Crumb) -> list[Crumb]:
    """The way down: through the adviser's pages, or through the set-up for an administrator."""
    here = (_("Lese på tvers"), reverse("across", args=[programme.slug]))
    if is_adviser(user, programme):
        return [
            (_("Oversikt"), reverse("dashboard", args=[programme.slug])),
            (_("Rapporter"), reverse("report_queue", args=[programme.slug])),
            here,
            *more,
        ]
    above = (programme.name, reverse("setup_programme", args=[programme.slug]))
    return [(_("Oppsett"), reverse("setup")), above, here, *more]


def tabs(programme: Programme, current: str, round_: Round | None) -> list[dict[str, object]]:
    """The room's pages, in the same round."""
    words = (_("Ett spørsmål"), _("Koder"), _("Læringspunkter"), _("Brev"))
    query = f"?runde={round_.pk}" if round_ else ""
    return [
        {"label": word, "href": reverse(name, args=[programme.slug]) + query, "current": name == current}
        for name, word in zip(PAGES, words, strict=True)
    ]


def rounds_and_chosen(programme: Programme, asked: str) -> tuple[list[Round], Round | None]:
    """The rounds that have opened, test rounds left out, and the one that is asked for.

    Unless told, the newest yearly one: few take part in the others. Where there is none yet, the newest.
    """
    rounds = [row for row in rounds_of(programme, clock.today()) if not row.is_test]
    for row in rounds:
        row.programme = programme
    told = (row for row in rounds if str(row.pk) == asked)
    yearly = (row for row in rounds if row.kind == Round.Kind.YEAR)
    return rounds, next(chain(told, yearly, rounds), None)


def file(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to save."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
