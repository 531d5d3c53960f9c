"""docs/rules.md says what the code does: every state, rule and threshold, with the numbers in force."""

from benefits.engine.rules import RULES
from benefits.engine.thresholds import SPECS
from benefits.engine.verdicts import State
from benefits.wording import asked, rules, thresholds
from scripts import rules_document


def test_the_document_is_what_the_code_says():
    written = rules_document.DOCUMENT.read_text(encoding="utf-8")
    assert written == rules_document.document(), "run: python scripts/rules_document.py"


def test_it_names_every_state_rule_and_threshold():
    text = rules_document.document()
    assert not [code for code in RULES if f"### {code} " not in text]
    assert not [name for name in (*State, *SPECS) if f"`{name}`" not in text]


def test_every_rule_and_threshold_has_its_words():
    assert not set(RULES) - set(asked.ASKS), "say what they ask, in benefits/wording/asked.py"
    assert not set(RULES) - set(rules.TITLES), "give them a title, in benefits/wording/rules.py"
    assert not set(SPECS) ^ set(thresholds.NAMES), "name each in plain words, in benefits/wording/thresholds.py"


def test_what_a_rule_rests_on_is_read_from_its_own_functions():
    assert "signature_days" in RULES["F4"].thresholds
    assert {"received_on", "days_unsigned"} <= set(rules_document.evidence_of(RULES["F4"]))
    assert "baseline" not in rules_document.evidence_of(RULES["R0"])
