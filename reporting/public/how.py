"""«Slik regner vi»: what the words mean, how chance is handled, how warnings work, with the numbers in force."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from benefits.engine import demands
from benefits.engine.concerns import PEOPLE_SEE
from benefits.engine.rules import RULES, Family
from benefits.engine.rules.registry import Rule
from benefits.engine.threshold_specs import Subject
from benefits.engine.thresholds import DEFAULT, SPECS, Thresholds
from benefits.engine.verdicts import RESULT_OF, Result, State
from benefits.programme_thresholds import default_of
from benefits.wording import rule_heading, rule_title, state_word
from benefits.wording.asked import rule_asks
from benefits.wording.meanings import MEANINGS, state_meaning, values_of
from benefits.wording.rules import false_alarms_text
from benefits.wording.thresholds import subject_heading, threshold_name, threshold_value
from benefits.wording.trends import CHANCES
from reporting.public.worked import EXAMPLES, chance_rows, worked
from saman import formatting, words


@dataclass(frozen=True, slots=True)
class ResultShown:
    """A status word with the finer states behind it: (word, meaning)."""

    result: str
    anchor: str
    word: str
    states: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule: what it asks, its numbers as (name, value). `advice` stands for its worst level where it only advises."""

    anchor: str
    title: str
    heading: str
    asks: str
    false_alarms: str
    worst: int
    advice: str
    thresholds: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NumberShown:
    """A threshold: what it is, its value, and the default where the programme has another."""

    label: str
    value: str
    default: str


def page_of(thresholds: Thresholds = DEFAULT) -> dict[str, object]:
    """Everything the page says that depends on the code or on a programme's thresholds."""
    values = values_of(thresholds)
    return {
        "results": [_result(result, values) for result in words.RESULTS],
        "rules": [_rule(rule, thresholds) for rule in RULES.values()],
        "examples": {key: worked(key, thresholds) for key in EXAMPLES},
        "chance": chance_rows(thresholds),
        "t": values,
        "wrong": _wrong(),
        "chances": [str(word) for word in CHANCES.values()],
        "numbers": [(s.value, subject_heading(s), _numbers(s, thresholds)) for s in Subject if _named(s)],
    }


def _result(result: str, values: dict[str, str]) -> ResultShown:
    sign = words.result_sign(result)
    states = [state for state in MEANINGS if RESULT_OF[State(state)] is Result(result)]
    told = [(state_word(state), state_meaning(State(state), values)) for state in states]
    return ResultShown(result, sign.key, str(sign.word), told)


def _rule(rule: Rule, thresholds: Thresholds) -> RuleShown:
    numbers = asdict(thresholds)
    return RuleShown(
        anchor=rule.code.lower(),
        title=rule_title(rule.code),
        heading=rule_heading(rule.code),
        asks=rule_asks(rule.code),
        false_alarms=false_alarms_text(rule.code),
        worst=int(max(rule.ladder)),
        advice=_advice(rule),
        thresholds=[(threshold_name(name), threshold_value(name, numbers[name])) for name in rule.thresholds],
    )


def _advice(rule: Rule) -> str:
    """What is said of a rule that never gives a concern, instead of a level; nothing of any other."""
    if max(rule.ladder) >= PEOPLE_SEE:
        return ""
    if rule.family is Family.MEASURE:
        return _("Gir bare råd i skjemaet, og blir aldri en sak.")
    return _("Gir bare råd, og blir aldri en sak.")


def _wrong() -> dict[str, str]:
    """The demanded rates, written."""
    low, high = demands.FORECAST_COVERED
    shares = {
        "behind": demands.BEHIND_WRONG,
        "calm": demands.RELAPSE_WRONG_CALM,
        "noisy": demands.RELAPSE_WRONG_NOISY,
        "found_calm": demands.RELAPSE_FOUND_CALM,
        "found_noisy": demands.RELAPSE_FOUND_NOISY,
        "low": low,
        "high": high,
    }
    return {name: formatting.percent(share) for name, share in shares.items()}


def _named(subject: Subject) -> list[str]:
    return [name for name, spec in SPECS.items() if spec.subject is subject]


def _numbers(subject: Subject, thresholds: Thresholds) -> list[NumberShown]:
    numbers = asdict(thresholds)
    return [
        NumberShown(
            threshold_name(name),
            threshold_value(name, numbers[name]),
            "" if numbers[name] == default_of(name) else threshold_value(name, default_of(name)),
        )
        for name in _named(subject)
    ]
