"""From the engine's codes and stored values to sentences in the active language. Tables of words; no queries."""

from benefits.wording.actions import action_advice, action_label, action_url, concern_url
from benefits.wording.concerns import (
    cause_sentence,
    cause_title,
    concern_sentence,
    concern_title,
    finding_values,
    responsible_word,
)
from benefits.wording.counts import counts_sentence
from benefits.wording.events import event_text
from benefits.wording.evidence import evidence_label, evidence_lines, evidence_value
from benefits.wording.rules import (
    closes_when_text,
    false_alarms_text,
    input_text,
    rule_heading,
    rule_kind,
    rule_line,
    rule_short,
    rule_title,
    threshold_text,
)
from benefits.wording.states import as_of_words, reason_sentence, reason_sentences, state_word
from benefits.wording.trends import chance_word, no_forecast_text, signal_sentences
from benefits.wording.values import difference_unit, shown

__all__ = [
    "action_advice",
    "action_label",
    "action_url",
    "as_of_words",
    "cause_sentence",
    "cause_title",
    "chance_word",
    "closes_when_text",
    "concern_sentence",
    "concern_title",
    "concern_url",
    "counts_sentence",
    "difference_unit",
    "event_text",
    "evidence_label",
    "evidence_lines",
    "evidence_value",
    "false_alarms_text",
    "finding_values",
    "input_text",
    "no_forecast_text",
    "reason_sentence",
    "reason_sentences",
    "responsible_word",
    "rule_heading",
    "rule_kind",
    "rule_line",
    "rule_short",
    "rule_title",
    "shown",
    "signal_sentences",
    "state_word",
    "threshold_text",
]
