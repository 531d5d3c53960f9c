"""What belongs to the municipality: what people outside are told of warnings that rest on its own registrations.

Figures about few people (R0 and others): no number is told that they could be worked out from.

Objections (F2), source: decision 18f. Advisers see them while they are shared, and never a group of under five people,
or of nobody knows how many: then attitudes could be tied to persons. What a warning rests on they see only when
nothing of it is withheld; otherwise that there is a sign, and that its grounds stay with the project. A closed warning
keeps its words, so each is judged by every group that was there while it was open, also one since taken out, or since
grown larger.

Freed time (F6): where a post is of under five positions the ledger shows no amount to people outside, and so does no
warning: the others', taken from a sum, would tell it. The sign and what to do about it are told; amounts, and people's
own words about them, are not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from benefits.engine.codes import CAUSES, WITHHELD
from benefits.models import (
    Concern,
    FreedTimeVersion,
    PitfallWarning,
    StakeholderGroup,
    StakeholderRegistration,
    StakeholderSharing,
)
from benefits.models.stakeholders import FEWEST
from benefits.suppression import FEWEST as FEWEST_POSITIONS
from benefits.suppression import FIGURES, hidden_targets, targets_behind

MUNICIPAL = frozenset({"F2"})  # rules that rest on what belongs to the municipality
LEDGER = frozenset({"F6"})  # rules that rest on the ledger of freed time
AMOUNTS = frozenset({"freed", "allocated", "unallocated", "cut_fte"})


def withhold(concerns: Iterable[Concern] = (), warnings: Iterable[PitfallWarning] = ()) -> None:
    """Take from rows about to be shown to someone outside what rests on registrations they may not read.

    The rows are changed, and not to be saved. At most two questions for each kind, and none where there is nothing to
    withhold.
    """
    told, found = list(concerns), list(warnings)
    _withhold_figures([row for row in told if FIGURES & row.values.keys()], [row for row in found if _figures_in(row)])
    _withhold_amounts([row for row in told if _rule(row) in LEDGER], [row for row in found if row.rule in LEDGER])
    _withhold_grounds([row for row in told if _rule(row) in MUNICIPAL], [row for row in found if row.rule in MUNICIPAL])


def _rule(concern: Concern) -> str:
    return CAUSES[concern.cause].rule if concern.cause in CAUSES else ""


def _projects(concerns: Iterable[Concern], warnings: Iterable[PitfallWarning]) -> set[int]:
    return {row.project_id for row in concerns} | {row.project_id for row in warnings}


def _figures_in(warning: PitfallWarning) -> bool:
    return any(row["label"] in FIGURES for row in warning.evidence)


def _withhold_figures(concerns: Sequence[Concern], warnings: Sequence[PitfallWarning]) -> None:
    """Leave out what a figure about few could be worked out from. A concern of many targets names none of them."""
    behind = {row.pk: targets_behind(row.target_id, row.evidence) for row in warnings}
    hidden = hidden_targets(set().union(*behind.values(), {row.target_id for row in concerns if row.target_id}))
    for concern in concerns:
        if concern.target_id is None or concern.target_id in hidden:
            _leave_out(FIGURES, concern)
    for warning in warnings:
        if behind[warning.pk] & hidden:
            _leave_out(FIGURES, warning)


def _leave_out(labels: frozenset[str], row: Concern | PitfallWarning) -> None:
    if isinstance(row, Concern):
        row.values = {name: value for name, value in row.values.items() if name not in labels}
    else:
        row.evidence = [item for item in row.evidence if item["label"] not in labels]


def _withhold_grounds(concerns: Sequence[Concern], warnings: Sequence[PitfallWarning]) -> None:
    """Leave only that there is a sign, where the registrations behind it are not the reader's."""
    groups = _groups(_projects(concerns, warnings))
    for concern in concerns:
        if _is_withheld(groups[concern.project_id], None):
            concern.cause, concern.action, concern.values, concern.due_on = WITHHELD, WITHHELD, {}, None
    for warning in warnings:
        if _is_withheld(groups[warning.project_id], warning.opened_on):
            warning.cause, warning.action, warning.closes_when = WITHHELD, WITHHELD, ""
            warning.evidence, warning.threshold, warning.due_on = [], {}, None
            warning.is_wordless = True


def _withhold_amounts(concerns: Sequence[Concern], warnings: Sequence[PitfallWarning]) -> None:
    """Leave out the amounts of projects whose ledger has a post of few, and what people have said of them.

    An open warning says what the ledger is now; a closed one, and one that is held, what it was when last seen.
    """
    ledgers = _small_ledgers(_projects(concerns, warnings))
    for concern in concerns:
        if any(until >= (held or date.max) for until, held in ledgers[concern.project_id]):
            _leave_out(AMOUNTS, concern)
    for warning in warnings:
        is_now = warning.closed_on is None and warning.held_since is None
        said_on = date.max if is_now else warning.last_seen_on
        if any(until >= said_on for until, _held in ledgers[warning.project_id]):
            _leave_out(AMOUNTS, warning)
            warning.is_wordless = True


def _small_ledgers(projects: set[int]) -> dict[int, list[tuple[date, date | None]]]:
    """For each post of few, by project: the last day it said so, and when the sign was seen that is open and held."""
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    if not projects:
        return found
    held = PitfallWarning.objects.filter(
        project=OuterRef("freed_time__project"), rule__in=LEDGER, closed_on=None, held_since__isnull=False
    )
    rows = FreedTimeVersion.objects.filter(freed_time__project__in=projects, posts__lt=FEWEST_POSITIONS).values_list(
        "freed_time__project", TruncDate("superseded_at"), Subquery(held.values("last_seen_on")[:1])
    )
    for project, until, seen in rows:
        found[project].append((until or date.max, seen))
    return found


@dataclass(frozen=True, slots=True)
class _Group:
    """One group, whether it was ever too small or of unknown size, and the last day it was there.

    `sign_since`: when the sign that is open in its project was first seen, which is what its concerns rest on.
    """

    is_shared: bool
    is_small: bool
    last: date
    sign_since: date | None


def _groups(projects: set[int]) -> dict[int, list[_Group]]:
    """Every group of some projects, also those taken out. What a correction has replaced never was so."""
    found: dict[int, list[_Group]] = defaultdict(list)
    if not projects:
        return found
    small = StakeholderRegistration.objects.live().filter(Q(size=None) | Q(size__lt=FEWEST), group=OuterRef("pk"))
    shared = StakeholderSharing.objects.live().filter(project=OuterRef("project"))
    signs = PitfallWarning.objects.filter(project=OuterRef("project"), rule__in=MUNICIPAL, closed_on=None)
    rows = StakeholderGroup.objects.filter(project__in=projects).values_list(
        "project", Exists(shared), Exists(small), TruncDate("removed_at"), Subquery(signs.values("opened_on")[:1])
    )
    for project, is_shared, is_small, removed, since in rows:
        found[project].append(_Group(is_shared, is_small, removed or date.max, since))
    return found


def _is_withheld(groups: Sequence[_Group], since: date | None) -> bool:
    """Whether nothing is shared, or a group that is too small was there on a day (None: the open sign's) or later."""
    too_small = [group for group in groups if group.is_small]
    return not any(group.is_shared for group in groups) or any(
        group.last >= (since or group.sign_since or date.max) for group in too_small
    )
