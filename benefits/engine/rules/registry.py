"""What is known of a rule besides its findings: what `docs/rules.md` and «Slik regner vi» are made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from benefits.engine.rules.case import EXEMPT_FROM_GRACE, Case
from benefits.engine.verdicts import Finding, Severity


class Family(StrEnum):
    """Where a rule belongs: a pitfall of the deck, the question «Måler vi målet?», or a learning point."""

    PITFALL = "pitfall"
    MEASURE = "measure"
    LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    `inputs` are the facts it reads (codes of `codes.INPUTS`; what is missing is always one of them), `ladder` every
    severity it may answer with, lowest first, `thresholds` the names of the constants it compares with, `source` the
    design paper's page and section. `is_optional`: it is about a room nobody has to open, and finds nothing until
    somebody has. Its words, and how its false alarms are avoided, are in `benefits.wording.rules`.
    """

    code: str
    title: str
    find: Callable[[Case], list[Finding]]
    family: Family
    inputs: tuple[str, ...]
    ladder: tuple[Severity, ...]
    source: str
    thresholds: tuple[str, ...] = ()
    is_optional: bool = False

    @property
    def is_learning(self) -> bool:
        """Whether it is a learning point: INFO or WATCH, shown where the field is edited, never a pitfall's column."""
        return self.family is Family.LEARNING

    @property
    def is_pitfall(self) -> bool:
        """Whether it is one of the programme's pitfalls, and so decides the project's risk."""
        return self.family is Family.PITFALL

    def is_asked_of(self, found: Sequence[Finding]) -> bool:
        """Whether it says something about a project's risk: a pitfall, but not one of a room that is not in use."""
        return self.is_pitfall and (bool(found) or not self.is_optional)


def is_graced(cause: str) -> bool:
    """Whether a cause is held at WATCH in a project's first days."""
    return cause not in EXEMPT_FROM_GRACE
