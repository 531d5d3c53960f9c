"""What an administrator types about a round and its form."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.forms.refusals import Refusable
from reporting.annual.actions.forms import (
    LONGEST_GROUND,
    LONGEST_HELP,
    LONGEST_TITLE,
    InvalidPart,
    SectionPlan,
    StaleForm,
    is_ground,
)
from reporting.annual.actions.rounds import (
    AlreadyBegun,
    DatesOutOfOrder,
    DeadlinePassed,
    DeadlineTooLate,
    NobodyReports,
    NotClosed,
    OpensOutsidePeriod,
    RoundExists,
    RoundPlan,
    StaleRound,
    YearNotInPeriod,
    moved,
)
from reporting.annual.actions.wiping import AlreadySubmitted, DraftsLeft
from reporting.annual.models import Question, Round, Section
from saman.fields import DayInput, DecimalInput, TextInput, YearInput
from saman.formatting import day, joined

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

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
        except DeadlineTooLate as refusal:
            words = _("Fristen kan ikke være senere enn %(latest)s.")
            self.add_error("deadline", words % {"latest": day(refusal.latest)})
        return None


class RoundForm(Stale):
    """The dates and rules of a round."""

    refusals = {
        RoundExists: ("year", _("Programmet har allerede en slik runde for dette året.")),
        YearNotInPeriod: ("year", _("Perioden er ikke i dette året. Rett året eller perioden.")),
        OpensOutsidePeriod: (
            "opens_on",
            _(
                "Runden må åpne etter at perioden starter, og senest et år etter at den er slutt. En oppstartsrapport "
                "kan åpne inntil et år før perioden starter."
            ),
        ),
        DeadlinePassed: ("deadline", _("Fristen er allerede passert. Velg i dag eller en senere dag.")),
    }

    # Where dates that are out of order are shown, by the plan's field.
    out_of_order: ClassVar[dict[str, "Words"]] = {
        "period_end": _("Perioden må slutte etter at den starter."),
        "deadline": _("Fristen kan ikke være før runden åpner."),
    }

    kind = forms.CharField(widget=forms.HiddenInput, required=False)
    year = YearInput(label=_("År"), help_text=_("Året rapporten handler om."))
    period_start = DayInput(label=_("Perioden starter"))
    period_end = DayInput(label=_("Perioden slutter"))
    opens_on = DayInput(label=_("Runden åpner"), help_text=_("Fra denne dagen kan prosjektene skrive."))
    deadline = DayInput(
        label=_("Frist"),
        help_text=_(
            "Senest et halvt år etter at perioden er slutt eller runden åpner. Faller den på en helg eller helligdag, "
            "gjelder første virkedag etter."
        ),
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

    reminds = forms.BooleanField(
        label=_("Send påminnelser på e-post før og etter fristen"), required=False, initial=True
    )
    is_test = forms.BooleanField(
        label=_("Dette er en prøverunde"),
        help_text=_(
            "Rapportene er merket, teller ingen steder og sendes ikke til noen. Du kan slette dem når du er ferdig. "
            "En runde kan ikke gjøres om til prøverunde senere, eller omvendt."
        ),
        required=False,
    )

    def __init__(self, *args: Any, kind: str, stored: Round | None = None, **kwargs: Any) -> None:
        """`stored`: the round that is changed; what kind it is and whether it is a test is settled then."""
        super().__init__(*args, **kwargs)
        self.settled: dict[str, Any] = {"kind": kind}
        if kind != Round.Kind.YEAR:
            del self.fields["offers_short"]
            self.settled["offers_short"] = False
        if stored is not None:
            del self.fields["is_test"]
            self.settled["is_test"] = stored.is_test

    def attempt(self, action: Callable[[], Made]) -> Made | None:
        """As `Stale.attempt`; dates that are out of order are shown at the one that is."""
        try:
            return super().attempt(action)
        except DatesOutOfOrder as refusal:
            self.add_error(refusal.field, self.out_of_order[refusal.field])
        return None

    def plan(self) -> RoundPlan:
        """The valid form as what the action takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"} | self.settled
        return RoundPlan(**{**data, "year": int(data["year"]), "grace_days": int(data["grace_days"])})


def round_values(round_: Round) -> dict[str, Any]:
    """A stored round as the form's values."""
    names = (
        "version", "kind", "year", "period_start", "period_end", "opens_on", "deadline", "grace_days", "signature",
        "reminds",
    )  # fmt: skip
    return {name: getattr(round_, name) for name in names} | {"offers_short": round_.short_form_id is not None}


def next_values(last: Round, today: date) -> dict[str, Any]:
    """A round's values for the next one: a year later, or as many years as it takes for the deadline to lie ahead."""
    values = round_values(last)
    years = 1
    while moved(last.deadline, years) < today:
        years += 1
    dates = {name: moved(values[name], years) for name in ("period_start", "period_end", "opens_on", "deadline")}
    return {**values, **dates, "year": last.year + years, "version": None}


def first_values(kind: str, today: date) -> dict[str, Any]:
    """A first round of a kind: the annual report is of last year, opens in December and is due on 1 February.

    When that deadline has passed, it is the next year's round.
    """
    year = today.year - 1 if kind in (Round.Kind.YEAR, Round.Kind.FINAL, Round.Kind.FOLLOW_UP) else today.year
    dates = _first_dates(kind, year, today)
    if dates[-1] < today:
        year += 1
        dates = _first_dates(kind, year, today)
    return {
        **dict(zip(("period_start", "period_end", "opens_on", "deadline"), dates, strict=True)),
        "kind": kind,
        "year": year,
        "grace_days": 0,
        "signature": Round.Signature.BEFORE,
        "offers_short": True,
        "reminds": True,
    }


def _first_dates(kind: str, year: int, today: date) -> tuple[date, date, date, date]:
    """The start and end of the period, the opening and the deadline."""
    return {
        Round.Kind.START_UP: (date(year, 1, 1), date(year, 12, 31), today, today + timedelta(weeks=6)),
        Round.Kind.HALF_YEAR: (date(year, 1, 1), date(year, 6, 30), date(year, 6, 15), date(year, 9, 1)),
        Round.Kind.YEAR: (date(year, 1, 1), date(year, 12, 31), date(year, 12, 1), date(year + 1, 2, 1)),
        Round.Kind.FINAL: (date(year, 1, 1), date(year, 12, 31), date(year, 12, 1), date(year + 1, 3, 1)),
        Round.Kind.FOLLOW_UP: (date(year, 1, 1), date(year, 12, 31), date(year + 1, 1, 15), date(year + 1, 4, 1)),
    }[Round.Kind(kind)]


class ReopenForm(Stale):
    """When a closed round that takes reports again is due."""

    refusals = {
        DeadlinePassed: ("deadline", _("Fristen er allerede passert. Velg i dag eller en senere dag.")),
        NotClosed: (None, _("Runden er ikke stengt.")),
    }
    deadline = DayInput(
        label=_("Ny frist"), help_text=_("Senest et halvt år fra i dag, eller fra fristen runden hadde.")
    )


class RemoveForm(Stale):
    """Whether the drafts of a round nobody has submitted in go with it. `begun`: the titles of the projects."""

    refusals = {AlreadySubmitted: (None, _("Noen har signert eller sendt inn i runden. Da kan den ikke slettes."))}
    takes_drafts = forms.BooleanField(required=False)

    def __init__(self, *args: Any, begun: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = self.fields.pop("takes_drafts")
        if begun:
            self.ask_about(begun)

    def ask_about(self, begun: list[str]) -> None:
        """Ask whether what these have written may go."""
        self.asked.label = _("Slett også utkastene til %(titles)s") % {"titles": joined(begun)}
        self.fields["takes_drafts"] = self.asked

    def attempt(self, action: Callable[[], Made]) -> Made | None:
        """As `Stale.attempt`; drafts are asked about."""
        try:
            return super().attempt(action)
        except DraftsLeft as refusal:
            self.ask_about(refusal.titles)
            error = _("Disse har skrevet i rapporten. Kryss av hvis det de har skrevet, skal slettes.")
            self.add_error("takes_drafts", error)
        return None


class ProjectsForm(Stale):
    """Which projects report in a round. `may_report`: (id, title) of those that may."""

    refusals = {NobodyReports: ("projects", _("Velg minst ett prosjekt."))}
    who = forms.ChoiceField(
        label=_("Hvem rapporterer i denne runden?"),
        choices=(("all", _("Alle prosjekter i bruk")), ("some", _("Bare de jeg velger"))),
        widget=forms.RadioSelect,
    )
    projects = forms.TypedMultipleChoiceField(
        label=_("Prosjektene"),
        help_text=_("Gjelder når du har valgt «Bare de jeg velger». En rapport som er påbegynt, blir stående."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, may_report: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["projects"].choices = may_report  # type: ignore[attr-defined]
        self.fields["projects"].is_asked_at_times = True  # type: ignore[attr-defined]

    def attempt(self, action: Callable[[], Made]) -> Made | None:
        """As `Stale.attempt`; who has begun is named."""
        try:
            return super().attempt(action)
        except AlreadyBegun as refusal:
            words = _("Disse har begynt på rapporten og kan ikke tas ut: %(titles)s.")
            self.add_error("projects", words % {"titles": joined(refusal.titles)})
        return None

    def chosen(self) -> set[int] | None:
        """Those chosen; None for all."""
        return set(self.cleaned_data["projects"]) if self.cleaned_data["who"] == "some" else None


def projects_values(round_: Round) -> dict[str, Any]:
    """Who reports in a stored round, as the form's values."""
    projects = [str(pk) for pk in round_.reports.values_list("project", flat=True)]
    return {"version": round_.version, "who": "some" if round_.is_chosen else "all", "projects": projects}


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

    def left_behind(self) -> list[str]:
        """The languages where a text stands as it stood, though its bokmål was changed."""
        changed = set(self.changed_data)
        bases = [name.removesuffix("nb") for name in changed if name.endswith("_nb") and self.initial.get(name)]
        return [
            str(words)
            for language, words in LANGUAGES[1:]
            if any(self.initial.get(base + language) and base + language not in changed for base in bases)
        ]

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


class SectionForm(TextsForm):
    """A section's texts, and whether what is written in it becomes public."""

    refusals = {
        InvalidPart: (
            "ground",
            _("Skriv lov og paragraf unntaket bygger på, for eksempel «offentleglova § 13 første ledd»."),
        )
    }
    access = forms.ChoiceField(
        label=_("Er delen offentlig?"),
        help_text=_(
            "Det som er offentlig, blir lagt ut når rapporten er godkjent, uten navnene vi kjenner og tallene om få "
            "som vi finner. Rådgiveren leser det først."
        ),
        choices=(("public", _("Offentlig")), ("exempt", _("Unntatt offentlighet"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om delen er offentlig eller unntatt.")},
    )
    ground = TextInput(
        label=_("Hjemmel for unntaket"),
        help_text=_("For eksempel «offentleglova § 23 første ledd». Hjemmelen står i den offentlige versjonen."),
        limit=LONGEST_GROUND,
        required=False,
        is_asked_at_times=True,
    )

    def clean(self) -> dict[str, Any]:
        """What is exempt has a ground."""
        data = super().clean() or {}
        if data.get("access") == "exempt" and "ground" not in self.errors and not is_ground(data.get("ground", "")):
            self.add_error("ground", self.refusals[InvalidPart][1])
        return data

    def plan(self) -> SectionPlan:
        """The valid form as what the action takes."""
        data = self.cleaned_data
        return SectionPlan(self.texts("title"), self.texts("help"), data["access"] == "public", data["ground"])


def section_values(row: Section, version: int) -> dict[str, Any]:
    """A stored section as the form's values; one that nobody has judged has no access yet."""
    access = "public" if row.is_public else "exempt" if row.ground else None
    return text_values(row, version) | {"access": access, "ground": row.ground}


def text_values(row: Section | Question, version: int) -> dict[str, Any]:
    """The texts of a section or question as the form's values."""
    values: dict[str, Any] = {"version": version}
    for language, _words in LANGUAGES:
        values[f"title_{language}"] = row.title.get(language, "")
        values[f"help_{language}"] = row.help.get(language, "")
    return values
