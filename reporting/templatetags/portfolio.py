"""What the dashboard has hundreds of: drawn in one go, as a template takes its time over each."""

from datetime import date

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from projects.models import Programme
from reporting.portfolio.matrix import Cell, Line
from saman.templatetags.saman_ui import level, level_key, not_in_use

register = template.Library()


@register.simple_tag
def pitfall_cells(line: Line, programme: Programme, past: date | None = None) -> SafeString:
    """The pitfalls of one project in the matrix: a sign each, and where there is evidence, a link that opens it.

    The evidence is that of today. Of a `past` day the link goes to what the project's own page said that day.
    """
    return format_html_join("", "{}", ((_cell(cell, line, programme, past),) for cell in line.cells))


def _cell(cell: Cell, line: Line, programme: Programme, past: date | None) -> SafeString:
    if cell.is_unused:
        return format_html('<td data-level="unused">{}</td>', not_in_use())
    sign = level(cell.severity)
    if not cell.is_sign:
        return format_html('<td data-level="{}">{}</td>', level_key(cell.severity), sign)
    if past:
        there = reverse("project_history", args=[line.row.slug])
        link = format_html('<a class="cell" href="{}?dato={}#dag">{}</a>', there, past.isoformat(), sign)
        return format_html('<td data-level="{}">{}</td>', level_key(cell.severity), link)
    return format_html(
        '<td data-level="{}"><a class="cell" id="c{}-{}" href="{}" hx-get="{}">{}</a></td>',
        level_key(cell.severity),
        line.row.pk,
        cell.rule,
        cell.address,
        reverse("dashboard_evidence", args=[programme.slug, line.row.slug, cell.rule]),
        sign,
    )
