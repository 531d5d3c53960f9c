"""What an administrator types about a round and its form."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.forms.refusals import Refusable
from reporting.annual.actions.forms import LONGEST_HELP, LONGEST_TITLE, StaleForm
from reporting.annual.actions.rounds import DatesOutOfOrder, RoundExists, RoundPlan, StaleRound
from reporting.annual.models import Question, Round, Section
from saman.fields import DayInput, DecimalInput, TextInput

Made = TypeVar("Made")
LANGUAGES = (("nb", _("bokmål")), ("nn", _("nynorsk")), ("en", _("engelsk")))


class Stale(Refusable):
    """A form that may have been opened before someone else saved the round."""

    def attempt(self, action: Callable[[], Made]) -> Made | None:
        """As `Refusable.attempt`, with the round's own refusals."""
        try:
            return super().attempt(action)
        except (StaleRound, StaleForm):
            self.is_stale = True
        return None


class RoundForm(Stale):
    """The dates and rules of a round."""

    refusals = {
        RoundExists: ("year", _("Programmet har allerede en slik runde for dette året.")),
        DatesOutOfOrder: (
            "deadline",
            _("Fristen kan ikke være før runden åpner, og perioden må slutte etter at den starter."),
        ),
    }

    kind = forms.ChoiceField(label=_("Hva slags rapport"), choices=Round.Kind.choices)
    year = DecimalInput(
        label=_("År"), help_text=_("Året rapporten handler om."), min_value=2000, max_value=2100, whole=True
    )
    period_start = DayInput(label=_("Perioden starter"))
    period_end = DayInput(label=_("Perioden slutter"))
    opens_on = DayInput(label=_("Runden åpner"), help_text=_("Fra denne dagen kan prosjektene skrive."))
    deadline = DayInput(
        label=_("Frist"), help_text=_("Faller den på en helg eller helligdag, gjelder første virkedag etter.")
    )
    grace_days = DecimalInput(
        label=_("Dager etter fristen før en rapport er forsinket"),
        unit=_("dager"),
        min_value=0,
        max_value=60,
        whole=True,
        initial=0,
    )
    signature = forms.ChoiceField(
        label=_("Når prosjekteier signerer"),
        help_text=_("Når fristen er kommet, kan prosjektlederen sende inn uten signatur. Da blir rapporten merket."),
        choices=Round.Signature.choices,
        widget=forms.RadioSelect,
        initial=Round.Signature.BEFORE,
    )
    offers_short = forms.BooleanField(
        label=_("Små prosjekter kan bruke det korte skjemaet"), required=False, initial=True
    )

    def plan(self) -> RoundPlan:
        """The valid form as what the action takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return RoundPlan(**{**data, "year": int(data["year"]), "grace_days": int(data["grace_days"])})


def round_values(round_: Round) -> dict[str, Any]:
    """A stored round as the form's values."""
    names = ("version", "kind", "year", "period_start", "period_end", "opens_on", "deadline", "grace_days", "signature")
    return {name: getattr(round_, name) for name in names} | {"offers_short": round_.short_form_id is not None}


def next_values(last: Round) -> dict[str, Any]:
    """A round's values a year later, for the next one."""
    values = round_values(last)
    dates = ("period_start", "period_end", "opens_on", "deadline")
    moved = {name: _year_later(values[name]) for name in dates}
    return {**values, **moved, "year": last.year + 1, "version": None}


def first_values(today: date) -> dict[str, Any]:
    """The first round's: last year, opening in December, due on 1 February."""
    year = today.year - 1
    return {
        "kind": Round.Kind.YEAR,
        "year": year,
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "opens_on": date(year, 12, 1),
        "deadline": date(year + 1, 2, 1),
        "grace_days": 0,
        "signature": Round.Signature.BEFORE,
        "offers_short": True,
    }


class TextsForm(Stale):
    """A title and a help text in the three languages: of a section, and the ground for a question's."""

    title_nb = TextInput(label=_("Overskrift på bokmål"), limit=LONGEST_TITLE)
    title_nn = TextInput(label=_("Overskrift på nynorsk"), limit=LONGEST_TITLE, required=False)
    title_en = TextInput(label=_("Overskrift på engelsk"), limit=LONGEST_TITLE, required=False)
    help_nb = TextInput(label=_("Forklaring på bokmål"), limit=LONGEST_HELP, rows=2, required=False)
    help_nn = TextInput(label=_("Forklaring på nynorsk"), limit=LONGEST_HELP, rows=2, required=False)
    help_en = TextInput(label=_("Forklaring på engelsk"), limit=LONGEST_HELP, rows=2, required=False)

    def texts(self, name: str) -> dict[str, str]:
        """What was typed for `title` or `help`; languages left open are left out, and bokmål stands for them."""
        typed = {language: self.cleaned_data.get(f"{name}_{language}", "") for language, _words in LANGUAGES}
        return {language: text for language, text in typed.items() if text}

    def preview(self) -> list[dict[str, Any]]:
        """How it will be met in each language; where a text is missing, the bokmål one."""
        titles, helps = self.texts("title"), self.texts("help")
        return [
            {
                "language": language,
                "words": words,
                "title": titles.get(language) or titles.get("nb", ""),
                "help": helps.get(language) or helps.get("nb", ""),
                "is_missing": language not in titles,
            }
            for language, words in LANGUAGES
        ]


def text_values(row: Section | Question, version: int) -> dict[str, Any]:
    """The texts of a section or question as the form's values."""
    values: dict[str, Any] = {"version": version}
    for language, _words in LANGUAGES:
        values[f"title_{language}"] = row.title.get(language, "")
        values[f"help_{language}"] = row.help.get(language, "")
    return values


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
