"""What an adviser types about a report: a comment, the answers to the official questions, and the decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from benefits.models import EffectTarget
from reporting.annual.actions.decisions import Decision, Left
from reporting.annual.actions.reviews import LONGEST_LINE, LONGEST_TEXT, latest_return
from reporting.annual.earlier import EarlierAnswer, Key
from reporting.annual.models import Review, Round, SecondAnswer, TargetAnswer
from reporting.annual.review_page import TargetLine
from saman import formatting
from saman.fields import DayInput, TextInput


class CommentForm(forms.Form):
    """A comment on a section."""

    section = forms.SlugField(widget=forms.HiddenInput)
    text = TextInput(
        label=_("Kommentar til delen"),
        help_text=_("Vær konkret: hva må endres, og hvorfor? Prosjektet ser den hvis rapporten sendes tilbake."),
        limit=LONGEST_TEXT,
        rows=3,
    )


class DecisionForm(forms.Form):
    """Two outcomes that are never mixed: the report, and the project."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    report = forms.ChoiceField(
        label=_("Rapporten"),
        help_text=_(
            "At prosjektet har problemer, er ingen grunn til å sende rapporten tilbake. At fakta mangler, er det."
        ),
        choices=Review.Report.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om rapporten er god nok, eller skal sendes tilbake.")},
    )
    leaves_questions = forms.BooleanField(label=_("Godkjenn likevel"), required=False)
    new_deadline = DayInput(label=_("Ny frist, hvis rapporten sendes tilbake"), required=False)
    is_sooner = forms.BooleanField(label=_("Ja, fristen skal være før rundens egen"), required=False)
    project = forms.ChoiceField(
        label=_("Prosjektet"),
        choices=Review.Project.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om prosjektet skal følges opp.")},
    )
    note = TextInput(
        label=_("Melding til prosjektet"),
        help_text=_("Prosjektleder og prosjekteier får lese den."),
        limit=LONGEST_TEXT,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, today: date, round_: Round, left: Left, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.round, self.left = today, round_, left
        self.asks_sooner = False
        self.fields["new_deadline"].is_asked_at_times = True  # type: ignore[attr-defined]
        if not left.count:
            del self.fields["leaves_questions"]

    @property
    def asks_about_questions(self) -> bool:
        """Whether it has been asked, after a refusal, if the report is approved with questions left unanswered."""
        name = "leaves_questions"
        return name in self.fields and self.is_bound and bool(self.errors.get(name) or self[name].value())

    def clean(self) -> dict[str, Any]:
        """A report that is sent back has a deadline ahead; one approved with questions left is meant to be."""
        data = self.cleaned_data
        if data.get("report") == Review.Report.APPROVED and self.left.count and not data.get("leaves_questions"):
            self.add_error("leaves_questions", left_error(self.left))
        if data.get("report") == Review.Report.RETURNED and "new_deadline" in data:
            if data["new_deadline"] is None:
                self.add_error("new_deadline", _("Skriv når den rettede rapporten skal være her."))
            else:
                self._check_deadline(data["new_deadline"])
        return data

    def _check_deadline(self, day: date) -> None:
        """Ahead and within the round's time; one before the round's own deadline is asked about."""
        first, latest = self.today + timedelta(1), latest_return(self.round, self.today)
        if not first <= day <= latest:
            error = gettext("Velg en dag fra %(first)s til %(latest)s.")
            self.add_error("new_deadline", error % {"first": formatting.day(first), "latest": formatting.day(latest)})
        elif day < self.round.due_on:
            self.asks_sooner = True
            if not self.cleaned_data.get("is_sooner"):
                error = gettext(
                    "Rundens frist er %(due)s. Velg den eller en senere dag, eller kryss av for at det er ment."
                )
                self.add_error("is_sooner", error % {"due": formatting.day(self.round.due_on)})

    def decision(self) -> Decision:
        """The valid form as what the action takes."""
        data = self.cleaned_data
        return Decision(
            report=data["report"],
            project=data["project"],
            note=data["note"],
            new_deadline=data["new_deadline"],
            leaves_questions=data.get("leaves_questions", False),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about one target: the answer and its line as fields, and what is stored (None: nothing).

    `earlier` is what was answered about an earlier version of the report; it `is_proposed` when the fields hold it.
    """

    answer: forms.BoundField
    line: forms.BoundField
    stored: TargetAnswer | None
    earlier: EarlierAnswer | None

    @property
    def chosen(self) -> str:
        """The answer in words, as it was sent; "" where it is none of them."""
        return str(dict(TargetAnswer.Answer.choices).get(self.answer.value(), ""))

    @property
    def is_proposed(self) -> bool:
        """Whether the fields hold the earlier answer, which nobody has saved for this version."""
        return self.stored is None and self.earlier is not None and self.earlier.is_unchanged


class QuestionsForm(forms.Form):
    """The three official questions about each target: yes, partly or no, and one line."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, targets: Iterable[TargetLine], kept: Mapping[Key, SecondAnswer], **kwargs: Any
    ) -> None:
        """`kept`: answers that stand, whatever is sent."""
        super().__init__(*args, **kwargs)
        self.targets = list(targets)
        for target in self.targets:
            for question, words in TargetAnswer.Question.choices:
                name = f"{question}-{target.pk}"
                self.fields[name] = forms.ChoiceField(
                    label=words if len(self.targets) == 1 else f"{words} ({target.code})",
                    choices=TargetAnswer.Answer.choices,
                    widget=forms.RadioSelect,
                    required=False,
                )
                self.fields[name].is_asked_at_times = True  # type: ignore[attr-defined]
                self.fields[f"line-{name}"] = TextInput(
                    label=_("Begrunnelse på én linje"), limit=LONGEST_LINE, required=False
                )
                if (target.pk, question) in kept:
                    self.fields[name].disabled = self.fields[f"line-{name}"].disabled = True
        self.initial.update(answer_values(kept))

    def clean(self) -> dict[str, Any]:
        """A line without an answer says nothing about which answer it explains."""
        for name in list(self.cleaned_data):
            answered = self.cleaned_data.get(name.removeprefix("line-"))
            if name.startswith("line-") and self.cleaned_data[name] and not answered:
                self.add_error(name.removeprefix("line-"), _("Velg Ja, Delvis eller Nei også."))
        return self.cleaned_data

    def ask_for_the_rest(self) -> None:
        """An error at each question without an answer, where all must be answered."""
        for target in self.targets:
            for question in TargetAnswer.Question.values:
                name = f"{question}-{target.pk}"
                if name not in self.errors and not self.cleaned_data.get(name):
                    self.add_error(name, _("Velg Ja, Delvis eller Nei."))

    def groups(
        self, stored: Mapping[Key, TargetAnswer], earlier: Mapping[Key, EarlierAnswer]
    ) -> list[tuple[TargetLine, list[Asked]]]:
        """Each target with its three questions, to be drawn; `stored` is what is answered now, `earlier` what was."""
        return [
            (target, [self._asked(target, q, stored, earlier) for q in TargetAnswer.Question.values])
            for target in self.targets
        ]

    def _asked(
        self,
        target: TargetLine,
        question: str,
        stored: Mapping[Key, TargetAnswer],
        earlier: Mapping[Key, EarlierAnswer],
    ) -> Asked:
        name, key = f"{question}-{target.pk}", (target.pk, question)
        return Asked(self[name], self[f"line-{name}"], stored.get(key), earlier.get(key))

    def answers(self) -> list[tuple[EffectTarget, str, str, str]]:
        """(target, question, answer, line) of those that are answered."""
        rows = EffectTarget.objects.in_bulk([target.pk for target in self.targets])
        data = self.cleaned_data
        return [
            (rows[target.pk], question, data[f"{question}-{target.pk}"], data[f"line-{question}-{target.pk}"])
            for target in self.targets
            for question in TargetAnswer.Question.values
            if data[f"{question}-{target.pk}"]
        ]


def left_words(left: Left) -> str:
    """How many official questions nobody has answered: 3 av 9 spørsmål om målene er ikke besvart."""
    return gettext("%(n)s av %(of)s spørsmål om målene er ikke besvart") % {"n": left.count, "of": left.of}


def left_error(left: Left) -> str:
    """What is asked of somebody who approves all the same."""
    return gettext("%(left)s. Svar på dem først, eller kryss av for at du vil godkjenne likevel.") % {
        "left": left_words(left)
    }


def answer_values(answers: Mapping[Key, TargetAnswer | SecondAnswer]) -> dict[str, str]:
    """Answers as the form's values."""
    values = {f"{question}-{pk}": row.answer for (pk, question), row in answers.items()}
    return values | {f"line-{question}-{pk}": row.line for (pk, question), row in answers.items()}
