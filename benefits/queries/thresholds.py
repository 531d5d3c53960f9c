"""What the set-up pages ask about a programme's thresholds."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benefits.engine.threshold_specs import Subject
from benefits.engine.thresholds import SPECS
from benefits.models import ProgrammeThreshold
from benefits.programme_thresholds import default_of
from projects.models import Programme


@dataclass(frozen=True, slots=True)
class Chosen:
    """A threshold in a programme: the engine's own value, the one in force, and the row that says so, if any."""

    name: str
    default: float
    value: float
    row: ProgrammeThreshold | None

    @property
    def is_own(self) -> bool:
        """Whether the programme has chosen a value of its own."""
        return self.row is not None and self.row.value is not None


def rows_of(programme: Programme) -> Sequence[ProgrammeThreshold]:
    """Every change of the programme's thresholds, newest first, with those who made them."""
    rows = ProgrammeThreshold.objects.filter(programme=programme, name__in=SPECS)
    return list(rows.select_related("recorded_by").order_by("-recorded_at", "-pk"))


def by_subject(programme: Programme, as_of: date) -> list[tuple[Subject, list[Chosen]]]:
    """Every threshold as it is in the programme on a date, under the subject it is about."""
    rows = ProgrammeThreshold.objects.filter(programme=programme).select_related("recorded_by")
    own = rows.in_force(as_of, None)
    groups: dict[Subject, list[Chosen]] = defaultdict(list)
    for name, spec in SPECS.items():
        groups[spec.subject].append(_chosen(name, own.get((programme.pk, name))))
    return [(subject, groups[subject]) for subject in Subject if groups[subject]]


def one(programme: Programme, name: str, as_of: date) -> tuple[Chosen, list[ProgrammeThreshold]]:
    """A threshold as it is in the programme, and all its changes, newest first. Raises KeyError for another name."""
    default_of(name)
    rows = ProgrammeThreshold.objects.filter(programme=programme, name=name)
    history = list(rows.select_related("recorded_by").order_by("-recorded_at", "-pk"))
    return _chosen(name, rows.in_force(as_of, None).get((programme.pk, name))), history


def _chosen(name: str, row: ProgrammeThreshold | None) -> Chosen:
    default = default_of(name)
    return Chosen(name, default, default if row is None or row.value is None else row.value, row)
