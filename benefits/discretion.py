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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
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

# A post of few: the last day it said so, and when the sign was seen that is open and held.
_Ledger = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class _Group:
    """One group, whether it was ever too small or of unknown size, and the last day it was there.

    `sign_since`: when the sign that is open in its project was first seen, which is what its concerns rest on.
    """

    is_shared: bool
    is_small: bool
    last: date
    sign_since: date | None


def withhold(concerns: Iterable[Concern] = (), warnings: Iterable[PitfallWarning] = ()) -> None:
    """Take from rows about to be shown to someone outside what rests on registrations they may not read.

    The rows are changed, and not to be saved. Two questions: one for figures, one for what is registered of groups and
    of freed time; none where there is nothing to withhold.
    """
    told, found = list(concerns), list(warnings)
    _withhold_figures([row for row in told if FIGURES & row.values.keys()], [row for row in found if _figures_in(row)])
    amounts = [row for row in told if _rule(row) in LEDGER], [row for row in found if row.rule in LEDGER]
    grounds = [row for row in told if _rule(row) in MUNICIPAL], [row for row in found if row.rule in MUNICIPAL]
    ledgers, groups = _registered(_projects(*amounts), _projects(*grounds))
    _withhold_amounts(*amounts, ledgers)
    _withhold_grounds(*grounds, groups)


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


def _withhold_grounds(
    concerns: Sequence[Concern], warnings: Sequence[PitfallWarning], groups: Mapping[int, Sequence[_Group]]
) -> None:
    """Leave only that there is a sign, where the registrations behind it are not the reader's."""
    for concern in concerns:
        if _is_withheld(groups[concern.project_id], None):
            concern.cause, concern.action, concern.values, concern.due_on = WITHHELD, WITHHELD, {}, None
    for warning in warnings:
        if _is_withheld(groups[warning.project_id], warning.opened_on):
            warning.cause, warning.action, warning.closes_when = WITHHELD, WITHHELD, ""
            warning.evidence, warning.threshold, warning.due_on = [], {}, None
            warning.is_wordless = True


def _withhold_amounts(
    concerns: Sequence[Concern], warnings: Sequence[PitfallWarning], ledgers: Mapping[int, Sequence[_Ledger]]
) -> None:
    """Leave out the amounts of projects whose ledger has a post of few, and what people have said of them.

    An open warning says what the ledger is now; a closed one, and one that is held, what it was when last seen.
    """
    for concern in concerns:
        if any(until >= (held or date.max) for until, held in ledgers[concern.project_id]):
            _leave_out(AMOUNTS, concern)
    for warning in warnings:
        is_now = warning.closed_on is None and warning.held_since is None
        said_on = date.max if is_now else warning.last_seen_on
        if any(until >= said_on for until, _held in ledgers[warning.project_id]):
            _leave_out(AMOUNTS, warning)
            warning.is_wordless = True


def _registered(
    with_ledgers: set[int], with_groups: set[int]
) -> tuple[Mapping[int, Sequence[_Ledger]], Mapping[int, Sequence[_Group]]]:
    """Posts of few, and groups of stakeholders, by project: one question for both, and none where there are none."""
    parts = [part(projects) for part, projects in ((_ledgers, with_ledgers), (_groups, with_groups)) if projects]
    rows = parts[0].union(*parts[1:], all=True) if parts else ()
    ledgers: dict[int, list[_Ledger]] = defaultdict(list)
    groups: dict[int, list[_Group]] = defaultdict(list)
    for is_ledger, project, is_shared, is_small, until, seen in rows:
        if is_ledger:
            ledgers[project].append((until or date.max, seen))
        else:
            groups[project].append(_Group(bool(is_shared), bool(is_small), until or date.max, seen))
    return ledgers, groups


def _ledgers(projects: set[int]) -> QuerySet[Any, Any]:
    """Each post of few: the last day it said so, and when the sign was seen that is open and held."""
    held = PitfallWarning.objects.filter(
        project=OuterRef("freed_time__project"), rule__in=LEDGER, closed_on=None, held_since__isnull=False
    )
    rows = FreedTimeVersion.objects.filter(freed_time__project__in=projects, posts__lt=FEWEST_POSITIONS)
    return rows.order_by().values_list(
        Value(True),
        "freed_time__project",
        Value(False),
        Value(False),
        TruncDate("superseded_at"),
        Subquery(held.values("last_seen_on")[:1]),
    )


def _groups(projects: set[int]) -> QuerySet[Any, Any]:
    """Every group of some projects, also those taken out. What a correction has replaced never was so."""
    small = StakeholderRegistration.objects.live().filter(Q(size=None) | Q(size__lt=FEWEST), group=OuterRef("pk"))
    shared = StakeholderSharing.objects.live().filter(project=OuterRef("project"))
    signs = PitfallWarning.objects.filter(project=OuterRef("project"), rule__in=MUNICIPAL, closed_on=None)
    rows = StakeholderGroup.objects.filter(project__in=projects)
    return rows.order_by().values_list(
        Value(False),
        "project",
        Exists(shared),
        Exists(small),
        TruncDate("removed_at"),
        Subquery(signs.values("opened_on")[:1]),
    )


def _is_withheld(groups: Sequence[_Group], since: date | None) -> bool:
    """Whether nothing is shared, or a group that is too small was there on a day (None: the open sign's) or later."""
    too_small = [group for group in groups if group.is_small]
    return not any(group.is_shared for group in groups) or any(
        group.last >= (since or group.sign_since or date.max) for group in too_small
    )
