"""The building blocks of pages as template tags; numbers and dates as filters. Markup only: words are in words.py."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import Any, ParamSpec

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from saman import charts, formatting, words

register = template.Library()

for _filter in (
    formatting.number,
    formatting.signed,
    formatting.percent,
    formatting.with_unit,
    formatting.day,
    formatting.day_and_month,
    formatting.day_short,
    formatting.day_medium,
    formatting.day_long,
    formatting.day_input,
    formatting.month,
    formatting.clock_time,
    formatting.moment,
    formatting.due_in,
    formatting.ago,
    formatting.lasting,
    formatting.joined,
):
    register.filter(_filter.__name__, _filter)

register.simple_tag(charts.bar)
register.simple_tag(charts.stackbar)
register.simple_tag(charts.sparkline)


Given = ParamSpec("Given")


def drawn_once(draw: Callable[Given, SafeString]) -> Callable[Given, SafeString]:
    """Keep what a sign looks like in each language: a page has hundreds of the same few."""

    @lru_cache(maxsize=500)
    def kept(_language: str | None, /, *given: Any, **named: Any) -> SafeString:
        return draw(*given, **named)

    @wraps(draw)
    def sign(*given: Given.args, **named: Given.kwargs) -> SafeString:
        return kept(get_language(), *given, **named)  # type: ignore[arg-type]

    return sign


@register.simple_tag
@drawn_once
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite (scripts/icons.json). It says nothing by itself: there is always a word beside it."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {css}" if css else "",
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def tag(text: str, color: str = "neutral", icon_name: str = "") -> SafeString:
    """A small label with a word, a colour of Designsystemet and perhaps an icon."""
    sign = icon(icon_name) if icon_name else ""
    return format_html('<span class="ds-tag" data-color="{}">{}{}</span>', color, sign, text)


@register.simple_tag
def status_tag(result: str, text: str | None = None) -> SafeString:
    """A result as a label: icon, word and colour."""
    sign = words.result_sign(result)
    return format_html(
        '<span class="ds-tag" data-color="{}" data-status="{}">{}{}</span>',
        sign.colour,
        sign.key,
        icon(sign.key),
        text or sign.word,
    )


@register.simple_tag
@drawn_once
def status_icon(result: str, label: bool = True) -> SafeString:
    """A result as an icon alone, with its word for screen readers unless `label` is False (a word stands beside it)."""
    sign = words.result_sign(result)
    hidden = format_html('<span class="ds-sr-only">{}</span>', sign.word) if label else ""
    return format_html(
        '<svg class="i st" data-status="{}" aria-hidden="true"><use href="{}#{}"/></svg>{}',
        sign.key,
        static("vendor/icons.svg"),
        sign.key,
        hidden,
    )


@register.simple_tag
@drawn_once
def status_text(result: str) -> SafeString:
    """A result in a table: icon and word, without a frame."""
    return format_html(
        '<span class="nowrap">{} {}</span>',
        status_icon(result, label=False),
        status_word(result),
    )


@register.simple_tag
def status_word(result: str) -> str:
    """The word of a result."""
    return str(words.result_sign(result).word)


@register.simple_tag
def status_key(result: str) -> str:
    """The name of a result's icon, which is also its place on «Slik regner vi»."""
    return words.result_sign(result).key


@register.simple_tag
@drawn_once
def level(severity: int | None, word: bool = False) -> SafeString:
    """The sign of a risk. `word`: show the word beside it, else it is there for screen readers only."""
    return _leveled(words.risk_sign(severity), word)


@register.simple_tag
@drawn_once
def not_in_use(word: bool = False) -> SafeString:
    """The sign of a pitfall about a room nobody has opened, like `level`."""
    return _leveled(words.NOT_IN_USE, word)


def _leveled(sign: words.RiskSign, word: bool) -> SafeString:
    symbol = level_symbol(sign)
    if word:
        return format_html('<span class="leveled">{}{}</span>', symbol, sign.word)
    return format_html('{}<span class="ds-sr-only">{}</span>', symbol, sign.word)


def level_symbol(sign: words.RiskSign) -> SafeString:
    """The drawn part of a risk sign."""
    if sign is words.NOT_IN_USE:
        return format_html('<span class="lv" data-level="{}" aria-hidden="true">–</span>', sign.level)
    return format_html(
        '<span class="lv" data-level="{}">{}</span>',
        sign.level,
        icon(f"level-{sign.level}"),
    )


@register.simple_tag
def level_word(severity: int | None) -> str:
    """The word of a risk."""
    return str(words.risk_sign(severity).word)


@register.simple_tag
def level_key(severity: int | None) -> str:
    """The level of a risk for `data-level` on a matrix cell: 0 to 3, or none."""
    return words.risk_sign(severity).level


@register.inclusion_tag("components/risk_legend.html")
def risk_legend() -> dict[str, object]:
    """Every risk sign with its word."""
    return {"signs": [(level_symbol(sign), sign.word) for sign in words.RISK_LEGEND]}


@register.inclusion_tag("components/status_legend.html")
def status_legend(counts: dict[str, int]) -> dict[str, object]:
    """Results that occur, with icon, number and word: the legend of a stacked bar. `counts`: result -> number."""
    return {"results": [(result, counts[result]) for result in words.RESULTS if counts.get(result)]}


@register.simple_tag
def time_tag(value: date, text: str) -> SafeString:
    """A date as people read it, with the machine's form in the markup."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.simple_tag(takes_context=True)
def table_address(context: Context, form: str, path: str = "") -> str:
    """Where the page's table is as a file (`saman.sheets`), with the filters of the page's own address.

    `table_query` in the context says them where a page is the answer to something sent.
    """
    request = context["request"]
    query = context.get("table_query", request.GET.urlencode())
    return f"{path or request.path}last-ned/{form}/{'?' if query else ''}{query}"


@register.simple_block_tag
def scroll(content: str, labelledby: str, css: str = "bare") -> SafeString:
    """A wide table that scrolls by itself, by keyboard too. `labelledby`: its heading's id; `css`: bare or tall."""
    return format_html(
        '<div class="scroll {}" tabindex="0" role="group" aria-labelledby="{}">{}</div>', css, labelledby, content
    )
