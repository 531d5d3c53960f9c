"""Projects: what they are, where, from when they are in use, and whether they take part."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from projects.actions.setup import DatesOutOfOrder, ForeignTheme, NoPlace, ProjectPlan, SlugTaken, StillFollowed
from projects.forms.programmes import SLUG_HELP, SLUG_LABEL, chosen_slug, theme_choices
from projects.forms.refusals import DATES_OUT_OF_ORDER, SLUG_TAKEN, Refusable
from projects.models import LANGUAGES, Project, Theme
from saman.fields import DayInput, TextInput

MOST_PLACES = 20
NO_PLACE = _("Skriv minst én kommune.")


class PlacesInput(forms.Widget):
    """One text field for each municipality, with the names to choose among; `rows` are shown at least."""

    template_name = "setup/_places_input.html"
    rows = 1
    offered: Sequence[str] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """All that was typed, row by row."""
        return list(data.getlist(name)) if hasattr(data, "getlist") else data.get(name, [])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the form did not have the field at all."""
        return name not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows: what is there, and empty ones up to the number wanted."""
        context = super().get_context(name, None, attrs)
        filled = [text for text in value or [] if text.strip()]
        context["widget"]["rows"] = filled + [""] * max(0, self.rows - len(filled))
        context["widget"]["offered"] = self.offered
        return context


class PlacesField(forms.Field):
    """Municipalities by name or number, in the order they were typed; the cleaned value is a list of Municipality."""

    widget = PlacesInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.places: list[Municipality] = []

    def offer(self, places: list[Municipality]) -> None:
        """Choose among these."""
        self.places = places
        self.widget.offered = [self.written(place) for place in places]

    def written(self, place: Municipality) -> str:
        """A municipality as it is offered; with its number, as names are used more than once."""
        return f"{place.name} ({place.number})"

    def prepare_value(self, value: Any) -> Any:
        """Stored municipalities as they would be typed."""
        return [self.written(item) if isinstance(item, Municipality) else item for item in value or []]

    def to_python(self, value: Any) -> list[Municipality]:
        """The municipalities that were meant. Raises ValidationError with the rows that cannot be understood."""
        typed = [text for row in (value or [])[:MOST_PLACES] if (text := " ".join(str(row).split()))]
        found, wrong = [], []
        for text in typed:
            try:
                found.append(self._meant(text))
            except ValidationError as error:
                wrong.append(error)
        if wrong:
            raise ValidationError(wrong)
        if len({place.pk for place in found}) < len(found):
            raise ValidationError(_("Samme kommune står to ganger."), code="twice")
        return found

    def _meant(self, text: str) -> Municipality:
        key = text.casefold()
        hits = [p for p in self.places if key in (p.name.casefold(), p.number, self.written(p).casefold())]
        if len(hits) == 1:
            return hits[0]
        if hits:
            choices = ", ".join(self.written(place) for place in hits)
            message = _("Det er flere kommuner som heter %(text)s. Skriv én av dem: %(choices)s.")
            raise ValidationError(message, code="ambiguous", params={"text": text, "choices": choices})
        message = _("Vi finner ingen kommune som heter «%(text)s». Skriv navnet eller kommunenummeret.")
        raise ValidationError(message, code="unknown", params={"text": text[:60]})


class ProjectForm(Refusable):
    """A project's frame."""

    refusals = {
        SlugTaken: ("slug", SLUG_TAKEN),
        DatesOutOfOrder: ("ends_on", DATES_OUT_OF_ORDER),
        NoPlace: ("places", NO_PLACE),
        ForeignTheme: ("themes", _("Velg blant temaene i dette programmet.")),
        StillFollowed: ("starts_on", _("Prosjektet er i bruk, og må ha en startdato.")),
    }

    title = TextInput(label=_("Navn på prosjektet"), limit=160)
    slug = TextInput(label=SLUG_LABEL, help_text=SLUG_HELP, limit=80, required=False)
    places = PlacesField(
        label=_("Kommune"),
        help_text=_("Begynn på navnet eller kommunenummeret. Mangler kommunen, legger du den til under Oppsett."),
        error_messages={"required": NO_PLACE},
    )
    has_host = forms.BooleanField(label=_("Den første er vertskommune for de andre"), required=False)
    language = forms.ChoiceField(
        label=_("Målform i prosjektet"),
        help_text=_("Språket prosjektet skriver på."),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
    )
    themes = forms.TypedMultipleChoiceField(
        label=_("Tema"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    starts_on = DayInput(label=_("Starter"), required=False)
    ends_on = DayInput(label=_("Slutter"), required=False)
    summary = TextInput(label=_("Kort om prosjektet"), limit=2000, rows=3, required=False)

    def __init__(
        self, *args: Any, is_new: bool, offered: list[Municipality], themes: list[Theme], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].offer(offered)  # type: ignore[attr-defined]
        self.fields["themes"].choices = theme_choices(themes)  # type: ignore[attr-defined]
        if not themes:
            del self.fields["themes"]
        if not is_new:
            del self.fields["slug"]

    def show_places(self, rows: int) -> None:
        """Have room for so many municipalities; which of them is host is asked only where there are several."""
        self.fields["places"].widget.rows = min(rows, MOST_PLACES)
        self.fields["places"].widget.use_fieldset = rows > 1
        if rows < 2:
            self.fields["has_host"].widget = forms.HiddenInput()
        else:
            self.fields["places"].label = _("Kommuner")

    def clean_slug(self) -> str:
        """Typed, or made of the title."""
        return chosen_slug(self, "title", 80)

    def plan(self, slug: str = "", sources: dict[int, str] | None = None) -> ProjectPlan:
        """What was typed; `sources` keeps who has said that the project works with a theme."""
        data, known = self.cleaned_data, sources or {}
        ids = tuple(place.pk for place in data["places"])
        return ProjectPlan(
            slug=slug or data["slug"],
            title=data["title"],
            language=data["language"],
            summary=data["summary"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            municipality_ids=ids,
            host_id=ids[0] if len(ids) > 1 and data["has_host"] else None,
            themes={pk: known.get(pk, "") for pk in data.get("themes", [])},
        )


def project_values(project: Project) -> dict[str, Any]:
    """A stored project as the form's values, the host municipality first."""
    links = sorted(project.participations.all(), key=lambda link: (not link.is_host, link.order))
    return {
        "version": project.version,
        "title": project.title,
        "places": [link.municipality for link in links],
        "has_host": any(link.is_host for link in links),
        "language": project.language,
        "themes": [link.theme_id for link in project.theme_links.all()],
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "summary": project.summary,
    }


class FollowForm(Refusable):
    """From when, and until when, a project has duties, a status and warnings."""

    refusals = {DatesOutOfOrder: ("ends_on", DATES_OUT_OF_ORDER)}

    starts_on = DayInput(label=_("Prosjektet starter"))
    ends_on = DayInput(
        label=_("Prosjektet slutter"),
        help_text=_("Gevinstene blir fulgt også etterpå. La feltet stå tomt hvis slutten ikke er bestemt."),
        required=False,
    )


class ParticipationForm(Refusable):
    """Whether a project takes part, from when, and why."""

    participation = forms.ChoiceField(
        label=_("Er prosjektet med?"), choices=Project.Participation.choices, widget=forms.RadioSelect
    )
    on = DayInput(label=_("Avgjort"))
    reason = TextInput(
        label=_("Begrunnelse"),
        help_text=_("Hvem har avgjort det, og hva bygger det på? Teksten vises sammen med prosjektet."),
        limit=1000,
        rows=3,
    )
