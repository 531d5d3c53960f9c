"""Form fields: what was typed is understood or stays in the field with an error beside it."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from saman.fields import DayInput, DecimalInput, TextInput, YearInput


class Measurement(forms.Form):
    """A form such as those of the product."""

    value = DecimalInput(label="Verdi", unit="%", min_value=0, max_value=100, help_text="Bruk komma")
    measured_on = DayInput(label="Målt", latest=date(2015, 1, 22))
    note = TextInput(label="Merknad", limit=20, rows=3, required=False)
    source = forms.ChoiceField(label="Kilde", choices=[("a", "Register"), ("b", "Spørring")], widget=forms.RadioSelect)
    preliminary = forms.BooleanField(label="Foreløpig", required=False)


GOOD = {"value": "12,5 %", "measured_on": "21.1.2015", "note": " a\r\nb ", "source": "a"}


@pytest.fixture(autouse=True)
def _bokmal():
    with translation.override("nb"):
        yield


def errors(**changed):
    form = Measurement({**GOOD, **changed})
    form.is_valid()
    return {name: str(messages[0]) for name, messages in form.errors.items()}


def test_what_people_type_becomes_values():
    form = Measurement(GOOD)
    assert form.is_valid()
    assert form.cleaned_data["value"] == Decimal("12.5")
    assert form.cleaned_data["measured_on"] == date(2015, 1, 21)
    assert form.cleaned_data["note"] == "a\nb"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"value": "ca. 12"}, {"value": "Skriv bare tallet, med siffer, for eksempel 12,5"}),
        ({"value": " "}, {"value": "Skriv et tall, for eksempel 12,5"}),
        ({"value": "104"}, {"value": "Tallet kan ikke være over 100\u00a0%."}),
        ({"value": "\u22121"}, {"value": "Tallet kan ikke være under 0\u00a0%."}),
        ({"value": "1,23456"}, {"value": "Skriv tallet med høyst 4 desimaler."}),
        ({"measured_on": "23.01.2015"}, {"measured_on": "Datoen kan ikke være etter 22. januar 2015."}),
        ({"note": "x" * 21}, {"note": "Teksten er 1 tegn for lang. Den kan ha høyst 20 tegn."}),
        (
            {"note": "a\u202eb"},
            {"note": "Teksten inneholder usynlige styretegn. Skriv eller lim den inn på nytt som ren tekst."},
        ),
    ],
)
def test_errors_stand_at_their_field(changed, message):
    assert errors(**changed) == message


@pytest.mark.parametrize("typed", ["20155", "abc", "", "15", "12,5", "\u22122015"])
def test_what_is_no_year_is_told_how_a_year_is_written(typed):
    with pytest.raises(forms.ValidationError) as refused:
        YearInput().clean(typed)
    assert refused.value.messages == ["Skriv året med fire siffer, for eksempel 2015."]


def test_a_year_is_of_this_century():
    assert YearInput().clean(" 2015 ") == Decimal(2015)
    for typed in ("1999", "2101"):
        with pytest.raises(forms.ValidationError) as refused:
            YearInput().clean(typed)
        assert refused.value.messages == ["Året må være fra 2000 til 2100."]


def test_an_example_of_a_date_is_near_the_day_it_is_read(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)
    assert errors(measured_on="") == {"measured_on": "Skriv dag, måned og år, for eksempel 31.12.2014"}
    settings.DEMO_TODAY = date(2016, 3, 1)
    assert errors(measured_on="") == {"measured_on": "Skriv dag, måned og år, for eksempel 29.02.2016"}


def test_zeros_at_the_end_are_not_decimals_too_many():
    assert DecimalInput(whole=True).clean("12,0") == 12
    with pytest.raises(forms.ValidationError, match="helt tall"):
        DecimalInput(whole=True).clean("12,5")


def test_a_text_over_several_lines_has_no_odd_attributes():
    assert "cols" not in str(Measurement()["note"])


def test_an_empty_optional_number_is_none_and_not_zero():
    assert DecimalInput(required=False).clean("") is None
    assert DayInput(required=False).clean(" ") is None
    assert TextInput(limit=5, required=False).clean(None) == ""


def test_an_invisible_text_does_not_fill_a_required_field():
    with pytest.raises(forms.ValidationError):
        TextInput(limit=5).clean("\u200b\u00a0")


def test_a_text_on_one_line_stays_on_one_line():
    assert TextInput(limit=20).clean("Heltid\r\ni Sørum") == "Heltid i Sørum"


def test_what_was_typed_stays_and_stored_values_are_shown_as_typed():
    html = str(Measurement({**GOOD, "value": "<ca. 12>"})["value"])
    assert 'value="&lt;ca. 12&gt;"' in html
    form = Measurement(initial={"value": Decimal("1234.50"), "measured_on": date(2015, 1, 2)})
    assert 'value="1234,5"' in str(form["value"])
    assert 'value="02.01.2015"' in str(form["measured_on"])


def test_writing_the_same_differently_is_no_change():
    form = Measurement(
        {**GOOD, "value": "12,50", "measured_on": "2015-01-21"},
        initial={
            "value": Decimal("12.5"),
            "measured_on": date(2015, 1, 21),
            "note": "a\nb",
            "source": "a",
            "preliminary": False,
        },
    )
    assert form.changed_data == []


def test_browsers_never_read_numbers_and_dates_themselves():
    html = str(Measurement())
    assert 'type="number"' not in html
    assert 'type="date"' not in html
    assert html.count('inputmode="decimal"') == 1
    assert html.count('inputmode="numeric"') == 1


def test_a_number_that_may_be_negative_gets_the_full_keyboard():
    assert 'inputmode="text"' in str(DecimalInput().widget.render("x", None))


def test_markup_ties_label_help_error_and_field_together():
    html = str(Measurement({**GOOD, "value": "x", "source": ""}))
    assert '<label for="id_value">Verdi</label>' in html
    assert 'aria-describedby="id_value_helptext id_value_error"' in html
    assert 'id="id_value_helptext"' in html
    assert 'id="id_value_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<span class="ds-field-affix">%</span>' in html
    assert 'href="#id_value"' in html
    assert "(valgfritt)" in html
    assert "Rett 2 ting før du går videre" in html
    assert "style=" not in html


def test_choices_are_grouped_under_a_legend():
    html = str(Measurement(GOOD)["source"].as_field_group())
    assert html.startswith("<fieldset")
    assert "<legend>Kilde</legend>" in html
    assert html.count('type="radio"') == 2


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("dager", "Skriv 0 eller flere dager."),
        ("%", "Tallet kan ikke være under 0\u00a0%."),
        ("kr", "Tallet kan ikke være under 0\u00a0kr."),
    ],
)
def test_fewer_than_none_is_refused_in_the_words_of_its_unit(unit, said):
    with pytest.raises(ValidationError) as refused:
        DecimalInput(unit=unit, min_value=0).clean("-1")
    assert refused.value.messages == [said]
