"""The indicator catalogue says everything a target needs."""

import pytest

from benefits.indicators import catalogue, counters_of, for_theme, indicator
from benefits.models import TargetVersion

THEMES = ("heltid", "sykefravaer", "kompetanse", "omdomme")


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_has_a_choice(theme):
    assert len(for_theme(theme)) >= 4
    assert for_theme(theme)[0].themes[0] == theme


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.key)
def test_an_indicator_is_complete(entry):
    assert entry.kind in TargetVersion.Kind.values
    assert entry.frequency in TargetVersion.Frequency.values
    assert entry.direction in (-1, 1)
    assert entry.level in TargetVersion.Level.values
    assert set(entry.themes) <= set(THEMES)
    assert entry.mmc > 0
    assert entry.plausible[0] < entry.plausible[1]
    assert (entry.declared_sd is not None) == (entry.kind in {"mean", "index"})
    for text in (entry.name, entry.definition, entry.source, entry.unit):
        assert text.nb
        assert text.nn
        assert text.en
    assert len(entry.name.nb) <= 80


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.key)
def test_counter_indicators_exist_and_are_others(entry):
    assert entry.counters
    assert all(key in catalogue() and key != entry.key for key in entry.counters)


def test_texts_come_in_the_language_asked_for():
    entry = indicator("heltidsandel")
    assert entry.name.in_language("nn") == "Del i heiltidsstilling"
    assert entry.name.in_language("en") == "Share in full-time posts"
    assert entry.name.in_language(None) == "Andel i heltidsstilling"


def test_an_own_indicator_has_no_counters_and_a_measured_counter_is_seen():
    assert counters_of("egen", []) == ([], False)
    assert counters_of("heltidsandel", ["vikarbruk"])[1]
    assert not counters_of("heltidsandel", ["heltidsandel"])[1]
