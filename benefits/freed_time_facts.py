"""What the engine needs to know of the ledger of freed time, and of the time the plan promises."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from benefits.engine.facts import FreedTimeFact, TimePromise, UseFact
from benefits.models import Allocation, BenefitVersion, FreedTime, FreedTimeVersion
from benefits.said import benefits_said
from projects.asked import Asked


def load(asked: Asked) -> dict[int, dict[str, Any]]:
    """Posts with their uses, and promised time no post is of, per project; one without either has none here."""
    posts = _posts(asked) if asked.has(FreedTime) else []
    uses = _uses(posts, asked)
    facts: dict[int, dict[str, Any]] = defaultdict(lambda: {"freed_time": (), "promised_time": ()})
    for row in posts:
        facts[row.freed_time.project_id]["freed_time"] += (_post(row, uses.get(row.freed_time_id, ())),)
    entered = {row.benefit_id for row in posts}
    for said, _ in asked.once(benefits_said):
        on = said.realised_from
        if said.benefit_id not in entered and _promises_time(said) and on is not None and on <= asked.as_of:
            facts[said.benefit.project_id]["promised_time"] += (TimePromise(said.benefit_id, said.benefit.code, on),)
    return dict(facts)


def _posts(asked: Asked) -> list[FreedTimeVersion]:
    rows = FreedTimeVersion.objects.in_force(asked.as_of, asked.known_at)
    rows = rows.filter(freed_time__project__in=asked.project_ids, withdrawn_on=None).select_related("freed_time")
    return list(rows.order_by("freed_time__project_id", "freed_time__number"))


def _promises_time(said: BenefitVersion) -> bool:
    """Whether a benefit of the plan frees time."""
    frees = said.form == BenefitVersion.Form.ALTERNATIVE or said.kind == BenefitVersion.Kind.TIME_SAVED
    return frees and said.withdrawn_on is None and not said.is_dis_benefit


def _post(row: FreedTimeVersion, uses: Sequence[UseFact]) -> FreedTimeFact:
    return FreedTimeFact(
        id=row.freed_time_id,
        number=row.freed_time.number,
        fte=float(row.fte),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_attested=row.attested_on is not None,
        posts=row.posts,
        uses=tuple(uses),
        title=row.title,
        source=_source(row),
        municipality=row.municipality_id,
    )


def _source(row: FreedTimeVersion) -> str:
    """What the time comes from, as evidence names it."""
    if row.benefit_id:
        return f"benefit:{row.benefit_id}"
    return f"target:{row.target_id}" if row.target_id else ""


def _uses(posts: Sequence[FreedTimeVersion], asked: Asked) -> dict[int, list[UseFact]]:
    """What each post's time is used for, as decided by the day."""
    found: dict[int, list[UseFact]] = defaultdict(list)
    if not posts:
        return found
    rows = Allocation.objects.known_at(asked.known_at).filter(
        freed_time__in=[row.freed_time_id for row in posts], decided_on__lte=asked.as_of
    )
    for row in rows.order_by("pk"):
        use = UseFact(row.use, float(row.fte), row.starts_on, row.ends_on, row.decided_on, bool(row.reference))
        found[row.freed_time_id].append(use)
    return found
