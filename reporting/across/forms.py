"""What an adviser types here: a passage and its codes, and the letter's template."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reporting.across.actions.marking import LONGEST_NOTE
from reporting.across.codes import Code, groups
from reporting.across.letters import LONGEST_BODY, LONGEST_TITLE, BadTemplate, check, fields
from reporting.across.words import NotThere, SeveralPlaces, Span, find, joined, sentences
from reporting.annual.answers import LONGEST
from saman.fields import TextInput
from saman.formatting import joined as listed


class PassageForm(forms.Form):
    """A passage, by its sentences or its own words, with codes and a note."""

    quote = TextInput(
        label=gettext_lazy("Ordene du vil merke"),
        help_text=gettext_lazy(
            "Marker teksten i svaret, eller lim inn ordene her, akkurat som de står. Du kan også velge hele setninger."
        ),
        limit=LONGEST,
        rows=3,
        required=False,
        is_asked_at_times=True,
    )
    near = forms.CharField(required=False, widget=forms.HiddenInput)
    sentences = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Velg hele setninger"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Svaret har ingen slik setning. Velg på nytt.")},
    )
    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Koder"),
        help_text=gettext_lazy("Velg én eller flere."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Velg minst én kode."),
            "invalid_choice": gettext_lazy("Koden finnes ikke i programmet. Velg på nytt."),
        },
    )
    note = TextInput(
        label=gettext_lazy("Notat"),
        help_text=gettext_lazy("Bare rådgivere og administratorer leser det. Det kommer ikke med i utkastet."),
        limit=LONGEST_NOTE,
        rows=2,
        required=False,
    )

    def __init__(self, *args: Any, words: str, codes: Mapping[str, Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words, self.parts = words, sentences(words)
        self.fields["sentences"].choices = [  # type: ignore[attr-defined]
            (number, words[start:end]) for number, (start, end) in enumerate(self.parts)
        ]
        self.fields["sentences"].is_asked_at_times = True  # type: ignore[attr-defined]
        self.fields["codes"].choices = groups(dict(codes))  # type: ignore[attr-defined]
        self.spans: list[Span] = []

    def clean_near(self) -> int | None:
        """A hint from the page; what is not a number is no hint."""
        near = self.cleaned_data["near"]
        return int(near) if re.fullmatch("[0-9]{1,6}", near) else None

    def clean(self) -> dict[str, Any]:
        """Where the passages are; the words must stand in the answer."""
        data = self.cleaned_data
        chosen, quote = data.get("sentences") or [], data.get("quote") or ""
        self.spans = joined(chosen, self.parts)
        if quote:
            self._add(quote, data.get("near"))
        elif not chosen and not {"sentences", "quote"} & set(self.errors):
            self.add_error("quote", _("Velg en setning, eller skriv ordene du vil merke."))
        return data

    def _add(self, quote: str, near: int | None) -> None:
        try:
            self.spans.append(find(quote, self.words, near))
        except NotThere:
            self.add_error("quote", _("Ordene står ikke i svaret. Kopier dem akkurat slik de står der."))
        except SeveralPlaces:
            self.add_error("quote", _("Ordene står flere steder i svaret. Ta med litt mer av teksten rundt."))


class TemplateForm(forms.Form):
    """The letter's template in one written language."""

    based_on = forms.CharField(widget=forms.HiddenInput, required=False)
    title = TextInput(label=gettext_lazy("Overskrift"), limit=LONGEST_TITLE)
    body = TextInput(
        label=gettext_lazy("Brevet"),
        help_text=gettext_lazy(
            "En tom linje gir nytt avsnitt. Et felt som står alene i et avsnitt, blir borte når det er tomt."
        ),
        limit=LONGEST_BODY,
        rows=18,
    )

    def clean_based_on(self) -> int:
        """The version the text was made from; 0 where none is told."""
        based_on = self.cleaned_data["based_on"]
        return int(based_on) if re.fullmatch("[0-9]{1,6}", based_on) else 0

    def clean_title(self) -> str:
        """Only fields there are."""
        return _checked(self.cleaned_data["title"])

    def clean_body(self) -> str:
        """Only fields there are."""
        return _checked(self.cleaned_data["body"])


def _checked(text: str) -> str:
    try:
        check(text)
    except BadTemplate as bad:
        raise ValidationError(_refusal(bad)) from bad
    return text


def _refusal(bad: BadTemplate) -> str:
    if not bad.unknown:
        return _("En krøllparentes, { eller }, står alene. Skriv feltet slik: {kommune}.")
    names = listed([f"{{{name}}}" for name in bad.unknown])
    wrong = ngettext("Feltet %(names)s finnes ikke.", "Feltene %(names)s finnes ikke.", len(bad.unknown))
    known = _("Du kan bruke %(fields)s.") % {"fields": listed([f"{{{name}}}" for name in fields()])}
    return f"{wrong % {'names': names}} {known}"
