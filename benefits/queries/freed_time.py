"""A project's ledger of freed time as its page shows it: posts with their uses, and balances that add up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from benefits.counting import not_counted_in
from benefits.engine.freed_time import busiest_day, used_on
from benefits.models import Allocation, FreedTimeVersion
from benefits.models.freed_time import SLACK, Unit
from benefits.suppression import FEWEST
from projects.access import is_inside
from projects.models import Project, RoleAssignment
from projects.roles import ROLES_WITH, Access, Role

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Balance:
    """In årsverk on a day: planned, freed, and what is decided on of that, if only from later on.

    `ahead` is freed later; `attested` is the part the line stands for.
    """

    planned: Decimal = ZERO
    freed: Decimal = ZERO
    used: Decimal = ZERO
    ahead: Decimal = ZERO
    attested: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What is freed and not put to use."""
        rest = self.freed - self.used
        return ZERO if abs(rest) <= SLACK else rest

    @property
    def share_used(self) -> float | None:
        """The part of the freed time that is used; None when nothing is freed."""
        return float(self.used / self.freed) if self.freed else None


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post with what its time is used for. `used`: decided on, from today or its first day on."""

    version: FreedTimeVersion
    uses: list[Allocation]
    is_ahead: bool
    is_over: bool
    used: Decimal
    may_attest: bool
    is_counted: bool

    @property
    def left(self) -> Decimal:
        """What nobody has decided on; below zero where more is used than there is."""
        rest = self.version.fte - self.used
        return ZERO if abs(rest) <= SLACK else rest

    @property
    def left_typed(self) -> Decimal:
        """The same in the unit of the post, as the next use would be typed."""
        return in_unit(self.version, self.left)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything the page shows. `places`: (municipality, balance) in a joint project; `steps` for the chart.

    `is_hidden`: a post is of so few that somebody could be known by it, and the reader is outside the project. Then no
    amount is shown: the others', taken from a sum, would tell it.
    """

    rows: list[PostRow]
    balance: Balance
    places: list[tuple[str, Balance]] = field(default_factory=list)
    steps: list[tuple[date, Decimal, Decimal]] = field(default_factory=list)
    withdrawn: list[FreedTimeVersion] = field(default_factory=list)
    is_hidden: bool = False

    @property
    def unattested(self) -> int:
        """Posts whose time has come and that nobody in the line has attested."""
        return sum(not row.is_ahead and not row.is_over and row.version.attested_on is None for row in self.rows)


def ledger_of(project: Project, today: date, roles: frozenset[Role] = frozenset(), person: int | None = None) -> Ledger:
    """A project's ledger on a date, as one person may act on it. What is counted elsewhere is in no sum."""
    versions = list(
        FreedTimeVersion.objects.live()
        .filter(freed_time__project=project)
        .select_related("freed_time", "benefit", "target", "municipality", "attested_by")
        .order_by("freed_time__number")
    )
    uses: dict[int, list[Allocation]] = defaultdict(list)
    for use in Allocation.objects.live().filter(freed_time__project=project).order_by("starts_on", "pk"):
        uses[use.freed_time_id].append(use)
    counted = [version for version in versions if version.withdrawn_on is None]
    places = _attested_places(project, today, person) if set(roles) & ROLES_WITH[Access.ATTEST] else []
    gone = not_counted_in(project, today)
    is_of_few = any(one.posts is not None and one.posts < FEWEST for one in versions)
    rows = [_row(version, uses[version.freed_time_id], today, places, gone) for version in counted]
    counted = [row.version for row in rows if row.is_counted]
    return Ledger(
        rows=rows,
        balance=balance_of(counted, uses, today),
        places=_by_place(counted, uses, today),
        steps=_steps(counted, uses),
        withdrawn=[version for version in versions if version.withdrawn_on is not None],
        is_hidden=is_of_few and not is_inside(roles),
    )


def balance_of(versions: Iterable[FreedTimeVersion], uses: dict[int, list[Allocation]], today: date) -> Balance:
    """The sum of several posts. What is over counts no more, and what is ahead counts as planned only."""
    here = [version for version in versions if version.ends_on is None or version.ends_on >= today]
    now = [version for version in here if version.starts_on <= today]
    return Balance(
        planned=sum((version.planned_fte for version in here), ZERO),
        freed=sum((version.fte for version in now), ZERO),
        used=sum((_disposed(version, uses[version.freed_time_id], today) for version in now), ZERO),
        ahead=sum((version.fte for version in here if version.starts_on > today), ZERO),
        attested=sum((version.fte for version in now if version.attested_on), ZERO),
    )


def in_unit(version: FreedTimeVersion, fte: Decimal) -> Decimal:
    """Årsverk in the unit a post is written in."""
    return round(fte if version.unit == Unit.FTE else fte * version.hours_per_fte, 2)


def _row(
    version: FreedTimeVersion,
    uses: list[Allocation],
    today: date,
    places: Sequence[int | None],
    gone: frozenset[str],
) -> PostRow:
    is_ahead = version.starts_on > today
    is_over = version.ends_on is not None and version.ends_on < today
    can = any(place is None or place == version.municipality_id or not version.municipality_id for place in places)
    return PostRow(
        version=version,
        uses=uses,
        is_ahead=is_ahead,
        is_over=is_over,
        used=_disposed(version, uses, version.starts_on if is_over else today),
        may_attest=can and not is_ahead and version.attested_on is None,
        is_counted=f"freed_time:{version.freed_time_id}" not in gone,
    )


def _disposed(version: FreedTimeVersion, uses: Sequence[Allocation], today: date) -> Decimal:
    """What somebody has decided on of a post's time, from a day on: what is used on the busiest day to come."""
    day = busiest_day(uses, max(today, version.starts_on), version.ends_on)
    return sum(used_on(uses, day), ZERO)


def _attested_places(project: Project, today: date, person: int | None) -> list[int | None]:
    """The municipalities a person takes out benefits in; None stands for all."""
    held = RoleAssignment.objects.active_on(today).filter(project=project, person=person)
    return list(held.filter(role__in=ROLES_WITH[Access.ATTEST]).values_list("municipality", flat=True))


def _by_place(
    versions: Sequence[FreedTimeVersion], uses: dict[int, list[Allocation]], today: date
) -> list[tuple[str, Balance]]:
    """The balance of each municipality of a joint project, by name; none where there is only one."""
    by_place: dict[str, list[FreedTimeVersion]] = defaultdict(list)
    for version in versions:
        if version.municipality is not None:
            by_place[version.municipality.name].append(version)
    return [(name, balance_of(own, uses, today)) for name, own in sorted(by_place.items())]


def _steps(
    versions: Sequence[FreedTimeVersion], uses: dict[int, list[Allocation]]
) -> list[tuple[date, Decimal, Decimal]]:
    """(day, freed, used) on every day one of them changes."""
    every: list[FreedTimeVersion | Allocation] = [*versions]
    every += [use for version in versions for use in uses[version.freed_time_id]]
    days = {span.starts_on for span in every}
    days |= {span.ends_on + timedelta(days=1) for span in every if span.ends_on}
    return [(day, sum(used_on(versions, day), ZERO), sum(_used(versions, uses, day), ZERO)) for day in sorted(days)]


def _used(versions: Sequence[FreedTimeVersion], uses: dict[int, list[Allocation]], day: date) -> list[Decimal]:
    """What is used on a day of the posts that last then."""
    return [amount for one in versions if one.lasts_on(day) for amount in used_on(uses[one.freed_time_id], day)]
