"""What a project adds to the sums of freed time: only what the line has attested, each hour once, by municipality."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from benefits.engine.claims import not_counted
from benefits.engine.facts import FreedTimeFact, ProjectFacts
from benefits.engine.freed_time import lasts_on
from benefits.engine.rules.freed_time import used
from benefits.engine.verdicts import FreedTotal


def freed_totals(project: ProjectFacts, as_of: date) -> tuple[FreedTotal, ...]:
    """One sum for each municipality that has posts, None first; nothing where nobody has opened the ledger.

    What has not begun, is over, or is counted elsewhere is not in it, and adds nothing.
    """
    gone = not_counted(project)
    by_place: dict[int | None, list[FreedTimeFact]] = defaultdict(list)
    for post in project.freed_time:
        by_place[post.municipality].append(post)
    return tuple(_total(place, by_place[place], as_of, gone) for place in sorted(by_place, key=lambda pk: pk or 0))


def _total(place: int | None, posts: Sequence[FreedTimeFact], as_of: date, gone: frozenset[str]) -> FreedTotal:
    here = [post for post in posts if lasts_on(post, as_of) and f"freed_time:{post.id}" not in gone]
    there = [post for post in here if post.is_attested]
    waiting = [post for post in here if not post.is_attested]
    return FreedTotal(
        place=place,
        freed=round(sum(post.fte for post in there), 6),
        used=round(sum(min(used(post, as_of), post.fte) for post in there), 6),
        unattested=round(sum(post.fte for post in waiting), 6),
        positions=_positions(there),
        positions_unattested=_positions(waiting),
    )


def _positions(posts: Sequence[FreedTimeFact]) -> int | None:
    """How many the post of the fewest is spread over; None where no post says.

    Never their sum: a post of few beside one of many would be told by the day the sum grew by it.
    """
    return min((post.posts for post in posts if post.posts is not None), default=None)
