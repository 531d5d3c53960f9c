"""What an administrator types about a question: its texts, its answers, and when it is asked."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from reporting.annual.actions.forms import InvalidPart, UnknownPart
from reporting.annual.actions.questions import (
    GREATEST_NUMBER,
    LONGEST_CHOICE,
    LONGEST_UNIT,
    MOST,
    MOST_CHOICES,
    WITH_CHOICES,
    NeededByOthers,
    QuestionPlan,
)
from reporting.annual.models import Question
from reporting.annual.report_page import Field, field_of
from reporting.annual.round_forms import LANGUAGES, TextsForm, text_values
from saman.fields import DecimalInput, TextInput
from saman.formatting import joined
from saman.slugs import slug_of

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

Made = TypeVar("Made")
Type = Question.Type
MORE = 3  # empty rows for choices that a press gives
LONGEST_KEY = 36
# What each type asks for, for the one who chooses between them.
ABOUT: dict[Type, "Words"] = {
    Type.TEXT: _("Et svar med egne ord."),
    Type.NUMBER: _("Ett tall. 0 og tomt er to ulike svar."),
    Type.CHOICE: _("Ett av svarene du skriver på forhånd."),
    Type.MULTIPLE: _("Ett eller flere av svarene du skriver på forhånd."),
    Type.LESSONS: _("Noe prosjektet har lært, med tema og om det virket."),
    Type.CONFIRMATION: _("En avkryssing på at noe er gjort."),
    Type.MEASUREMENTS: _("Effektmålene med nullpunkt, fjorårets tall og det nyeste. Fylles ut av seg selv."),
    Type.PITFALLS: _("Varslene som er åpne. Fylles ut av seg selv."),
    Type.ROLES: _("Hvem som har hvilken rolle. Fylles ut av seg selv."),
}


class QuestionForm(TextsForm):
    """A question of one type. `others` are those whose answer may decide whether it is asked; `key` None: a new one."""

    # Where each of the action's refusals is shown, by the plan's field.
    wrong: dict[str, tuple[str, "Words"]] = {
        "choices": ("choice_0_nb", _("Skriv minst to svar på bokmål. To svar kan ikke være like.")),
        "condition": ("condition_question", _("Velg et spørsmål som kommer før dette, og hvilke svar det gjelder.")),
        "limit": ("limit", _("Grensen må være minst 1.")),
        "highest": ("highest", _("Det største tallet kan ikke være mindre enn det minste.")),
        "unit": ("unit_nb", _("Enheten er for lang.")),
    }

    def __init__(self, *args: Any, kind: str, others: list[Question], key: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.others, self.key = Type(kind), others, key
        for language, words in LANGUAGES:
            self.fields[f"title_{language}"].label = _("Spørsmålet på %(language)s") % {"language": words}
        if self.kind in Question.FACTS:
            return
        self.fields["required"] = forms.BooleanField(label=_("Må besvares før innsending"), required=False)
        if self.kind in MOST:
            self.fields["limit"] = self._limit()
        if self.kind == Type.NUMBER:
            for language, words in LANGUAGES:
                label = _("Enhet på %(language)s") % {"language": words}
                self.fields[f"unit_{language}"] = TextInput(label=label, limit=LONGEST_UNIT, required=False)
            self.fields["lowest"] = self._bound(_("Minste tall som kan være riktig"))
            self.fields["highest"] = self._bound(_("Største tall som kan være riktig"))
        if self.kind in WITH_CHOICES:
            self._add_choices()
        if others:
            self._add_condition()

    def attempt(self, action: Callable[[], Made]) -> Made | None:
        """As `Refusable.attempt`, with what the form's actions refuse."""
        try:
            return super().attempt(action)
        except InvalidPart as refusal:
            field, words = self.wrong.get(refusal.field, ("title_nb", _("Spørsmålet kan ikke stilles slik.")))
            self.add_error(field if field in self.fields else None, words)
        except NeededByOthers as refusal:
            self.add_error("choice_0_nb" if "choice_0_nb" in self.fields else None, needed_by(refusal.questions))
        except UnknownPart:
            self.add_error(None, _("Spørsmålet finnes ikke lenger i skjemaet. Det du skrev, er ikke lagret."))
        return None

    def clean(self) -> dict[str, Any]:
        """Every choice has bokmål, and the answers of a question that decides are chosen too."""
        data = super().clean() or {}
        for n in range(self.rows if self.kind in WITH_CHOICES else 0):
            has_other = any(data.get(f"choice_{n}_{language}") for language in ("nn", "en"))
            if has_other and not data.get(f"choice_{n}_nb") and f"choice_{n}_nb" not in self.errors:
                self.add_error(f"choice_{n}_nb", _("Skriv svaret på bokmål også, eller tøm hele linjen."))
        if data.get("condition_question") and not (data.get("condition_in") or data.get("condition_above") is not None):
            name = "condition_above" if "condition_above" in self.fields else "condition_in"
            if name not in self.errors:
                self.add_error(name, _("Velg hvilke svar som gjør at spørsmålet stilles."))
        return data

    def give_more_rows(self) -> None:
        """Room for more choices than were sent."""
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed["rows"] = str(min(self.rows + MORE, MOST_CHOICES))
        self.data = typed
        self._add_choices()

    @property
    def rows(self) -> int:
        """How many choices there is room for."""
        sent = str(self.data.get("rows", ""))
        count = int(sent) if sent.isdecimal() and len(sent) < 4 else max(len(self.initial.get("choices", [])) + 2, 4)
        return min(max(count, 2), MOST_CHOICES)

    @property
    def choice_rows(self) -> list[tuple[list[Any], Any]]:
        """The choices' fields, language by language, and whether each is chosen alone (None: not asked)."""
        rows = range(self.rows) if self.kind in WITH_CHOICES else ()
        alone = [self[f"choice_{n}_excludes"] if self.kind == Type.MULTIPLE else None for n in rows]
        return [([self[f"choice_{n}_{language}"] for language, _words in LANGUAGES], alone[n]) for n in rows]

    @property
    def language_names(self) -> list["Words"]:
        """What the columns of the choices are called."""
        return [words for _language, words in LANGUAGES]

    @property
    def plain_fields(self) -> list[Any]:
        """The visible fields that are not in a group of their own."""
        return [field for field in self.visible_fields() if not field.name.startswith(("choice_", "condition_"))]

    @property
    def condition_fields(self) -> list[Any]:
        """The fields that say when the question is asked."""
        return [field for field in self.visible_fields() if field.name.startswith("condition_")]

    def plan(self) -> QuestionPlan:
        """The question as it was typed."""
        data = self.cleaned_data
        limit = data.get("limit")
        return QuestionPlan(
            type=self.kind,
            title=self.texts("title"),
            help=self.texts("help"),
            required=bool(data.get("required")),
            limit=None if limit is None else int(limit),
            unit=self.texts("unit"),
            choices=self._choices(),
            lowest=data.get("lowest"),
            highest=data.get("highest"),
            condition=self._condition(),
        )

    def new_key(self, taken: Iterable[str]) -> str:
        """A key for a new question, made of its bokmål title."""
        words = slug_of(self.cleaned_data["title_nb"], LONGEST_KEY).replace("-", "_").lstrip("0123456789_")
        return free_key(words or "sporsmal", {*taken, "unchanged"})

    def shown_in(self, language: str) -> Field:
        """The question as a field, as its readers will meet it in a language."""
        plan = self.plan()
        columns = {name: getattr(plan, name) for name in QuestionPlan.__dataclass_fields__}
        with override(language):
            return field_of(Question(key=f"{self.key or 'ny'}-{language}", **columns))

    def preview(self) -> list[dict[str, Any]]:
        """How it will be met in each language; where a text is missing, the bokmål one."""
        shown = super().preview()
        return [{**row, "field": self.shown_in(row["language"])} for row in shown]

    def _limit(self) -> forms.Field:
        if self.kind == Type.LESSONS:
            label, unit = _("Høyst så mange læringspunkter"), _("læringspunkter")
        else:
            label, unit = _("Lengste svar"), _("tegn")
        return DecimalInput(label=label, unit=unit, min_value=1, max_value=MOST[self.kind], whole=True, required=False)

    def _bound(self, label: "Words") -> forms.Field:
        return DecimalInput(
            label=label,
            help_text=_("La feltet stå tomt hvis det ikke er noen grense."),
            min_value=-GREATEST_NUMBER,
            max_value=GREATEST_NUMBER,
            required=False,
        )

    def _add_choices(self) -> None:
        self.fields["rows"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=str(self.rows))
        for n in range(self.rows):
            self.fields[f"choice_{n}_key"] = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=40)
            for language, words in LANGUAGES:
                label = _("Svar %(n)s på %(language)s") % {"n": n + 1, "language": words}
                self.fields[f"choice_{n}_{language}"] = TextInput(
                    label=label, limit=LONGEST_CHOICE, required=False, is_asked_at_times=True
                )
            if self.kind == Type.MULTIPLE:
                label = _("Svar %(n)s kan ikke velges sammen med andre") % {"n": n + 1}
                self.fields[f"choice_{n}_excludes"] = forms.BooleanField(label=label, required=False)

    def _add_condition(self) -> None:
        asked = [(row.key, row.title_text) for row in self.others]
        self.fields["condition_question"] = forms.ChoiceField(
            label=_("Spørsmålet stilles"), choices=[("", _("alltid")), *asked], required=False
        )
        self.fields["condition_question"].is_asked_at_times = True  # type: ignore[attr-defined]
        source = self._source
        if source is None:
            return
        if source.type == Type.NUMBER:
            label = _("Når svaret på «%(question)s» er større enn") % {"question": source.title_text}
            self.fields["condition_above"] = DecimalInput(
                label=label, unit=source.unit_text, min_value=0, max_value=1_000_000, whole=True, required=False
            )
        else:
            label = _("Når svaret på «%(question)s» er ett av disse") % {"question": source.title_text}
            self.fields["condition_in"] = forms.MultipleChoiceField(
                label=label, choices=source.choice_texts, widget=forms.CheckboxSelectMultiple, required=False
            )

    @cached_property
    def _source(self) -> Question | None:
        """The question that decides, as it is chosen now."""
        chosen = self.data.get("condition_question") if self.is_bound else self.initial.get("condition_question")
        return next((row for row in self.others if row.key == chosen), None)

    def _choices(self) -> list[dict[str, Any]]:
        """Rows with a bokmål text; a new one gets a key made of it."""
        if self.kind not in WITH_CHOICES:
            return []
        rows = [self._row(n) for n in range(self.rows)]
        taken = {row["key"] for row in rows if row["key"]}
        for row in rows:
            if row.get("nb") and not row["key"]:
                row["key"] = free_key(slug_of(row["nb"], LONGEST_KEY).replace("-", "_") or "svar", taken)
                taken.add(row["key"])
        return [row for row in rows if row.get("nb")]

    def _row(self, n: int) -> dict[str, Any]:
        texts = {language: self.cleaned_data.get(f"choice_{n}_{language}", "") for language, _words in LANGUAGES}
        filled = {language: text for language, text in texts.items() if text}
        alone = {"excludes": True} if self.cleaned_data.get(f"choice_{n}_excludes") else {}
        return {"key": self.cleaned_data.get(f"choice_{n}_key", ""), **filled, **alone}

    def _condition(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("condition_question"):
            return {}
        if data.get("condition_above") is not None:
            return {"question": data["condition_question"], "above": int(data["condition_above"])}
        return {"question": data["condition_question"], "in": data.get("condition_in", [])}


def question_values(row: Question, version: int) -> dict[str, Any]:
    """A stored question as the form's values."""
    values = text_values(row, version) | {
        "required": row.required,
        "limit": row.limit,
        "choices": row.choices,
        "lowest": row.lowest,
        "highest": row.highest,
    }
    values |= {f"unit_{language}": row.unit.get(language, "") for language, _words in LANGUAGES}
    for n, choice in enumerate(row.choices):
        values[f"choice_{n}_key"] = choice["key"]
        values[f"choice_{n}_excludes"] = bool(choice.get("excludes"))
        values |= {f"choice_{n}_{language}": choice.get(language, "") for language, _words in LANGUAGES}
    names = {"question": "condition_question", "in": "condition_in", "above": "condition_above"}
    return values | {names[name]: value for name, value in row.condition.items()}


def needed_by(questions: Iterable[Question]) -> str:
    """Why a question, or one of its answers, cannot be taken away."""
    titles = joined([f"«{question.title_text}»" for question in questions])
    return gettext("Noen spørsmål stilles bare etter svar på dette: %(titles)s. Endre dem først.") % {"titles": titles}


def free_key(wanted: str, taken: Iterable[str]) -> str:
    """A key nobody has: the wanted one, or with the first free number after it."""
    used = set(taken)
    numbered = (f"{wanted}_{n}" for n in range(2, len(used) + 3))
    return next(key for key in (wanted, *numbered) if key not in used)
