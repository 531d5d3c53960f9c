"""In every language: no verdict, finding or concern is told with a raw code, an empty value or an unwritten number."""

import re

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings

from benefits import wording
from benefits.engine import codes
from benefits.engine.assess import assess
from benefits.engine.rules import RULES
from benefits.engine.verdicts import State
from benefits.wording import asked, meanings, rules
from benefits.wording.values import ANSWER_LATER
from tests.benefits.engine.test_properties import AS_OF, worlds
from tests.benefits.test_wording import REAL_CAUSES, a_concern, sample

LANGUAGES = ("nb", "nn", "en")
CODES = {
    *codes.REASONS, *codes.CAUSES, *codes.EVIDENCE, *codes.INPUTS, *codes.ACTIONS, *codes.CLOSES_WHEN, *State,
}  # fmt: skip
RAW_CODES = re.compile(rf"\b({'|'.join(sorted(code for code in CODES if '_' in code))})\b")
UNWRITTEN = re.compile(r"\d\.\d|\d{4}-\d{2}-\d{2}|\d{5,}|\bNone\b|\bnan\b|\binf\b|%\(|[{}]|-\d")


def faults(sentence, language):
    """What a reader should never meet in a sentence."""
    shown = sentence.replace("\u202f", "").replace("\u00a0", " ")
    pattern = UNWRITTEN if language != "en" else re.compile(UNWRITTEN.pattern.replace(r"\d\.\d|", r"\d\.\d{5}|"))
    return [found.group() for found in (RAW_CODES.search(shown), pattern.search(shown)) if found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_text_of_its_own_in_each_language(language):
    told = []
    with translation.override(language):
        told += [wording.state_word(state) for state in State]
        told += [str(meanings.MEANINGS[state]) for state in State]
        told += [wording.cause_title(cause) for cause in REAL_CAUSES]
        told += [wording.action_label(code) + wording.action_advice(code) for code in codes.ACTIONS]
        told += [wording.closes_when_text(code) for code in codes.CLOSES_WHEN]
        told += [wording.evidence_label(code) for code in codes.EVIDENCE]
        told += [rules.input_text(code) for code in codes.INPUTS]
        told += [text(code) for code in RULES for text in (wording.rule_title, wording.rule_heading, asked.rule_asks)]
        bare = (*codes.EVIDENCE, *codes.INPUTS, *codes.ACTIONS, *codes.CLOSES_WHEN, *REAL_CAUSES, *State)
        assert not [text for text in told if not text or (text in bare and "_" in text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_cause_is_told_with_written_numbers(language):
    wrong = []
    with translation.override(language):
        for code, names in codes.REASONS.items():
            sentence = wording.reason_sentence({"code": code, "values": {name: sample(name) for name in names}}, "%")
            wrong += [(code, sentence)] if faults(sentence, language) or not sentence.endswith((".", "?")) else []
        for cause in REAL_CAUSES:
            sentence = wording.concern_sentence(a_concern(cause))
            wrong += [(cause, sentence)] if faults(sentence, language) or not sentence.endswith(".") else []
    assert not wrong


def sentences_of(verdict):
    """Everything a verdict is told with."""
    for target in verdict.targets:
        yield from wording.reason_sentences([{"code": r.code, "values": r.values} for r in target.reasons], "%")
        yield wording.state_word(target.state)
    for finding in verdict.findings:
        evidence = [{"label": e.label, "value": e.value, "unit": e.unit} for e in finding.evidence]
        yield from (f"{label}: {value}" for label, value in wording.evidence_lines(evidence))
        yield wording.threshold_text(finding.cause, finding.threshold or {})
        yield wording.closes_when_text(finding.closes_when)
        yield from (rules.input_text(code) for code in finding.missing)
    for concern in verdict.concerns:
        yield wording.cause_sentence(concern.cause, concern.values)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_no_verdict_shows_a_code_or_an_unwritten_number(world):
    verdicts = assess(*world, AS_OF)
    for language in LANGUAGES:
        with translation.override(language):
            told = [sentence for verdict in verdicts for sentence in sentences_of(verdict)]
            assert not [sentence for sentence in told if faults(sentence, language)]
            assert str(ANSWER_LATER) not in told
