"""Amounts and references of the grant record as templates write them."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reporting.grants.wording import kroner

register = template.Library()
register.filter("kroner", kroner)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


@register.simple_tag
def evidence(text: str, language: str) -> SafeString:
    """Where something can be seen: an address as a link, anything else as it was typed."""
    if _ADDRESS.fullmatch(text):
        return format_html('<a class="ds-link" href="{}" rel="noopener noreferrer">{}</a>', text, text)
    return format_html('<span lang="{}">{}</span>', language, text)
