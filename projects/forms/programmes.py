"""Programmes, their themes and their cohorts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects import catalogue
from projects.actions.setup import DatesOutOfOrder, ProgrammePlan, SlugTaken
from projects.forms.refusals import DATES_OUT_OF_ORDER, SLUG_TAKEN, Refusable
from projects.models import LANGUAGES, Cohort, Programme, Theme
from saman.fields import DayInput, DecimalInput, TextInput
from saman.slugs import slug_of

SLUG_LABEL = _("Nettadresse")
SLUG_HELP = _("Små bokstaver, tall og bindestreker. Lar du feltet stå tomt, lager vi adressen av navnet.")
NOT_A_SLUG = _("Bruk bare bokstavene a–z, tall og bindestrek.")
LONGEST_HEAD_START = 60  # days


def chosen_slug(form: forms.Form, name: str, limit: int) -> str:
    """The address that was typed, else one made of the name. Raises ValidationError when neither can be spelt."""
    typed: str = form.cleaned_data.get("slug", "")
    if typed and typed != slug_of(typed, limit):
        raise ValidationError(NOT_A_SLUG, code="not_a_slug")
    made = typed or slug_of(form.cleaned_data.get(name, ""), limit)
    if not made and form.cleaned_data.get(name):
        raise ValidationError(_("Vi kan ikke lage en adresse av navnet. Skriv en her."), code="no_slug")
    return made


class ProgrammeForm(Refusable):
    """What a programme is, who is behind it, and when others see its concerns."""

    refusals = {SlugTaken: ("slug", SLUG_TAKEN)}

    name = TextInput(label=_("Navn på programmet"), limit=160)
    slug = TextInput(label=SLUG_LABEL, help_text=SLUG_HELP, limit=60, required=False)
    description = TextInput(
        label=_("Kort om programmet"), help_text=_("Står på de åpne sidene."), limit=4000, rows=4, required=False
    )
    language = forms.ChoiceField(
        label=_("Målform i programmet"),
        help_text=_("Språket navn og tekster i programmet er skrevet på."),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        initial="nb",
    )
    ministry = TextInput(
        label=_("Ansvarlig departement eller virksomhet"),
        help_text=_("Får det et nytt navn, skriver du det her med datoen det gjelder fra. Det gamle blir stående."),
        limit=120,
        required=False,
    )
    ministry_from = DayInput(label=_("Navnet gjelder fra"), required=False)
    concerns_open = forms.ChoiceField(
        label=_("Når rådgiveren ser nye saker"),
        help_text=_("De som arbeider i prosjektet, ser sakene med en gang. Tilbakefall vises straks for alle."),
        choices=Programme.ConcernsOpen.choices,
        widget=forms.RadioSelect,
        initial=Programme.ConcernsOpen.MONDAYS,
    )
    head_start_days = DecimalInput(
        label=_("Forsprang til kommunen"),
        help_text=_("Så mange dager får kommunen på seg til å svare på en sak før rådgiveren ser den."),
        unit=_("dager"),
        min_value=0,
        max_value=LONGEST_HEAD_START,
        whole=True,
        initial=0,
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["slug"]

    def clean_slug(self) -> str:
        """Typed, or made of the name."""
        return chosen_slug(self, "name", 60)

    def clean(self) -> dict[str, Any]:
        """A date needs a name."""
        if self.cleaned_data.get("ministry_from") and not self.cleaned_data.get("ministry"):
            self.add_error("ministry", _("Skriv navnet som gjelder fra denne datoen."))
        return self.cleaned_data

    def plan(self, slug: str = "") -> ProgrammePlan:
        """What was typed."""
        fields = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "slug")}
        return ProgrammePlan(
            slug=slug or self.cleaned_data["slug"], **{**fields, "head_start_days": int(fields["head_start_days"])}
        )


def programme_values(programme: Programme) -> dict[str, Any]:
    """A stored programme as the form's values."""
    ministry = programme.ministry_names.last()
    return {
        "version": programme.version,
        "name": programme.name,
        "description": programme.description,
        "language": programme.language,
        "ministry": ministry.name if ministry else "",
        "ministry_from": ministry.valid_from if ministry else None,
        "concerns_open": programme.concerns_open,
        "head_start_days": programme.head_start_days,
    }


class ThemeForm(Refusable):
    """Themes the indicator catalogue knows, and one of the programme's own."""

    refusals = {SlugTaken: ("name_nb", _("Programmet har allerede et tema med dette navnet."))}

    known = forms.MultipleChoiceField(
        label=_("Temaer med ferdige indikatorer"), widget=forms.CheckboxSelectMultiple, required=False
    )
    name_nb = TextInput(label=_("Eget tema, på bokmål"), limit=80, required=False)
    name_nn = TextInput(label=_("Eget tema, på nynorsk"), limit=80, required=False)
    name_en = TextInput(label=_("Eget tema, på engelsk"), limit=80, required=False)

    def __init__(self, *args: Any, language: str, taken: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._entries = {entry.key: entry for entry in catalogue.read().themes if entry.key not in taken}
        choices = [(key, getattr(entry, f"name_{language}")) for key, entry in self._entries.items()]
        self.fields["known"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["known"]

    def clean(self) -> dict[str, Any]:
        """Something must be chosen, and an own theme needs its bokmål name."""
        data = self.cleaned_data
        own = data.get("name_nb")
        if not own and (data.get("name_nn") or data.get("name_en")):
            self.add_error("name_nb", _("Skriv navnet på bokmål også."))
        elif not own and not data.get("known") and not self.errors:
            raise ValidationError(_("Velg minst ett tema, eller skriv et eget."), code="nothing")
        elif own and not slug_of(own, 40):
            self.add_error("name_nb", _("Skriv navnet med bokstaver."))
        return data

    def themes(self) -> list[dict[str, str]]:
        """Key and names of each theme to add."""
        data = self.cleaned_data
        chosen = [self._entries[key] for key in data.get("known", [])]
        rows = [{"key": e.key, "name_nb": e.name_nb, "name_nn": e.name_nn, "name_en": e.name_en} for e in chosen]
        if data["name_nb"]:
            names = {name: data[name] for name in ("name_nb", "name_nn", "name_en")}
            rows.append({"key": slug_of(data["name_nb"], 40), **names})
        return rows


class CohortForm(Refusable):
    """A group of projects admitted together."""

    refusals = {SlugTaken: ("slug", SLUG_TAKEN), DatesOutOfOrder: ("ends_on", DATES_OUT_OF_ORDER)}

    name = TextInput(label=_("Navn på puljen"), help_text=_("For eksempel «Pulje 3»."), limit=80)
    slug = TextInput(label=SLUG_LABEL, help_text=SLUG_HELP, limit=60, required=False)
    starts_on = DayInput(label=_("Starter"))
    ends_on = DayInput(label=_("Slutter"), required=False)

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["slug"]

    def clean_slug(self) -> str:
        """Typed, or made of the name."""
        return chosen_slug(self, "name", 60)

    def facts(self) -> dict[str, Any]:
        """What was typed, as the action's arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def cohort_values(cohort: Cohort) -> dict[str, Any]:
    """A stored cohort as the form's values."""
    return {
        "version": cohort.version,
        "name": cohort.name,
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
    }


def theme_choices(themes: list[Theme]) -> list[tuple[int, str]]:
    """Themes to choose among, by their names in the active language."""
    return [(theme.pk, str(theme)) for theme in themes]
