"""Write docs/rules.md from the code: every state, rule and threshold, with the numbers the engine uses.

`python scripts/rules_document.py` writes it; a test fails while it differs. Words are those people meet, in English.
"""

import ast
import inspect
import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saman.settings")
os.environ.setdefault("SAMAN_DEMO", "1")

import django  # noqa: E402

django.setup()

from django.utils import translation  # noqa: E402

from benefits.engine.assess import RULE_VERSION  # noqa: E402
from benefits.engine.codes import CAUSES, Cause  # noqa: E402
from benefits.engine.definitions import SECTIONS, STATES, SYMBOLS  # noqa: E402
from benefits.engine.rules import RULES, Rule  # noqa: E402
from benefits.engine.rules.registry import is_graced  # noqa: E402
from benefits.engine.threshold_specs import Spec, Subject, Unit  # noqa: E402
from benefits.engine.thresholds import DEFAULT, SPECS  # noqa: E402
from benefits.engine.verdicts import RESULT_OF, Severity  # noqa: E402
from benefits.wording import actions, asked, concerns, evidence, rules, states, thresholds  # noqa: E402
from saman import words  # noqa: E402
from scripts.translations import catalogue  # noqa: E402

DOCUMENT = ROOT / "docs" / "rules.md"
INTRODUCTION = """\
# Rules

Made from the code by `python scripts/rules_document.py`; do not edit. Rule version {version}.

What the engine answers, from which facts, and with which numbers. Results come from measurements only, risks from
pitfalls only. Each rule is one function in `benefits/engine/rules`; each number is a field of
`benefits/engine/thresholds.py`, and a programme's administrator may choose another, dated and with a reason. Sources:
`statistics`, `domain` and `decisions` are the design papers; «our own» has no source but our judgement."""


@cache
def _english() -> dict[str, str]:
    """The English catalogue by bokmål text; it is read from the source, since what is compiled may be older."""
    found: dict[str, str] = {}
    for entry in catalogue("en"):
        if entry.id:
            single = isinstance(entry.id, str)
            found[entry.id if single else entry.id[0]] = entry.string if single else entry.string[-1]
    return found


def english(text: object) -> str:
    """A text of the product in English, its placeholders named in brackets."""
    with translation.override("nb"):
        source = str(text)
    return re.sub(r"%\((\w+)\)s", r"[\1]", _english().get(source) or source)


def document() -> str:
    """The whole page."""
    parts = [INTRODUCTION.format(version=RULE_VERSION), *_states(), *_prose(), *_rules(), *_thresholds()]
    return "\n\n".join(parts) + "\n"


def filled(text: str) -> str:
    """A text with the default of each threshold it names."""
    return text.format(**{name: value(name) for name in SPECS})


def value(name: str) -> str:
    """A threshold's default, in the decimal notation of code."""
    number, spec = getattr(DEFAULT, name), SPECS[name]
    return f"{number * 100:g} %" if spec.unit is Unit.SHARE else f"{number:g}"


def _states() -> Iterator[str]:
    yield "## States of a target"
    yield table(("symbol", "is"), ((symbol, filled(meaning)) for symbol, meaning in SYMBOLS))
    rows = (
        (f"`{state}`", english(states.STATES[state]), english(words.result_sign(RESULT_OF[state]).word), d.means,
         filled(d.formula))
        for state, d in STATES.items()
    )  # fmt: skip
    yield table(("state", "in words", "counted as", "meaning", "formula"), rows)


def _prose() -> Iterator[str]:
    for heading, paragraphs in SECTIONS:
        yield f"## {heading}"
        yield from (filled(paragraph) for paragraph in paragraphs)


def _rules() -> Iterator[str]:
    yield "## Rules"
    severities = ", ".join(f"{s.name} «{english(words.risk_sign(s).word)}»" for s in Severity)
    unknown, unused = english(words.NOT_ASSESSABLE.word), english(words.NOT_IN_USE.word)
    yield f"Severities: {severities}; «{unknown}» where an input is missing, «{unused}» where nobody has opened a room."
    for rule in RULES.values():
        yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.code} {english(rules.TITLES.get(rule.code, rule.title))}"
    labels = evidence_of(rule)
    facts = {
        "asks": english(asked.ASKS.get(rule.code, "")) or _first_line(rule),
        "kind": f"{rule.family}; {_first_line(rule)}",
        "reads": ", ".join(english(rules.INPUTS[code]) for code in rule.inputs),
        "severities": ", ".join(severity.name for severity in rule.ladder),
        "thresholds": ", ".join(f"`{name}` = {value(name)}" for name in rule.thresholds) or "none",
        "evidence": ", ".join(english(evidence.LABELS.get(label, label)).lower() for label in labels) or "none",
        "against false alarms": english(rules.FALSE_ALARMS.get(rule.code, "")) or "nothing of its own",
        "source": rule.source,
    }
    yield "\n".join(f"- {name}: {text}" for name, text in facts.items() if text)
    rows = ((_cause(code, cause)) for code, cause in CAUSES.items() if cause.rule == rule.code)
    yield table(("cause", "in words", "severity", "in the first days", "what to do", "closed by", "asked"), rows)


def _cause(code: str, cause: Cause) -> tuple[str, ...]:
    return (
        f"`{code}`",
        english(concerns.TITLES.get(code, code)),
        cause.severity.name,
        "as it is" if cause.severity <= Severity.WATCH else "WATCH at most" if is_graced(code) else "at once",
        english(actions.ACTIONS.get(cause.action, cause.action)),
        english(rules.CLOSES_WHEN.get(cause.closes_when, cause.closes_when)),
        ", ".join(role.replace("_", " ") for role in cause.roles),
    )


def _first_line(rule: Rule) -> str:
    return (inspect.getdoc(rule.find) or "").splitlines()[0].rstrip(".")


def evidence_of(rule: Rule) -> list[str]:
    """The labels of evidence the rule's function, and those of its module it calls, may give, in the code's order."""
    module = inspect.getmodule(rule.find)
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    reached, waiting = [], [rule.find.__name__]
    while waiting:
        name = waiting.pop()
        if name in functions and name not in reached:
            reached.append(name)
            waiting += [node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)]
    constants = (
        (node.lineno, node.value)
        for name in reached
        for node in _but_inputs(functions[name])
        if isinstance(node, ast.Constant) and node.value in evidence.LABELS
    )
    return list(dict.fromkeys(label for _, label in sorted(constants)))


def _but_inputs(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below, but for what is said to be missing: inputs may be called what evidence is called."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "not_assessable":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _but_inputs(child)


def _thresholds() -> Iterator[str]:
    yield "## Thresholds"
    yield "Any of them may be another in a programme, within the bounds, from a date on."
    for subject in Subject:
        chosen = {name: spec for name, spec in SPECS.items() if spec.subject is subject}
        if chosen:
            yield f"### {english(thresholds.SUBJECTS[subject])}"
            yield table(("name", "default", "bounds", "what it is", "source"), map(_threshold, chosen, chosen.values()))


def _threshold(name: str, spec: Spec) -> tuple[str, ...]:
    factor, sign = (100, " %") if spec.unit is Unit.SHARE else (1, "")
    bounds = f"{spec.low * factor:g}–{spec.high * factor:g}{sign}"
    return f"`{name}`", value(name), bounds, spec.about, spec.source


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
    print(f"{len(RULES)} rules, {len(STATES)} states, {len(SPECS)} thresholds written to {DOCUMENT.relative_to(ROOT)}")
