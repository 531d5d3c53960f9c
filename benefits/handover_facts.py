"""What the engine needs to know about going on: handovers, continuation decisions, and benefits without an owner."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from benefits.models import ContinuationDecision, HandoverAcceptance, HandoverDecline, HandoverRecord
from benefits.said import benefits_said
from projects.asked import Asked
from projects.roles import Role


def load(asked: Asked) -> dict[int, dict[str, Any]]:
    """Leaders' handovers and continuation decisions, and how many benefits name nobody in the line, per project."""
    decided = _decisions(asked) if asked.has(ContinuationDecision) else {}
    unowned = _unowned(asked)
    held: dict[int, list[date]] = defaultdict(list)
    waiting: dict[int, list[date]] = defaultdict(list)
    for row in _handovers(asked) if asked.has(HandoverRecord) else ():
        recorded = row.recorded_at.astimezone(timezone.get_default_timezone()).date()
        if recorded > asked.as_of:
            continue
        dates = {acceptance.person_id: acceptance.accepted_on for acceptance in row.acceptances.all()}
        silent = receivers(row) - set(dates) - {one.person_id for one in row.declines.all()}
        if receivers(row) <= set(dates):
            held[row.project_id].append(max(dates.values()))
        elif silent:
            waiting[row.project_id].append(recorded)
    return {
        pk: {
            "keeps_handovers": True,
            "handover_recorded_on": max(held[pk], default=None),
            "handover_waits_since": max(waiting[pk], default=None),
            "keeps_decisions": True,
            "benefits_without_owner": unowned[pk],
            **decided.get(pk, {}),
        }
        for pk in asked.project_ids
    }


def _handovers(asked: Asked) -> QuerySet[HandoverRecord]:
    """Leaders' handovers, with those who had accepted or declined by the day."""
    accepted = HandoverAcceptance.objects.filter(accepted_on__lte=asked.as_of)
    declined = HandoverDecline.objects.filter(declined_on__lte=asked.as_of)
    if asked.known_at is not None:
        accepted = accepted.filter(recorded_at__lte=asked.known_at)
        declined = declined.filter(recorded_at__lte=asked.known_at)
    rows = HandoverRecord.objects.known_at(asked.known_at).filter(project__in=asked.project_ids, role=Role.LEADER)
    given = (Prefetch("acceptances", accepted.order_by("pk")), Prefetch("declines", declined.order_by("pk")))
    return rows.order_by("pk").prefetch_related("points", *given)


def _decisions(asked: Asked) -> dict[int, dict[str, Any]]:
    """The continuation decisions in force."""
    rows = ContinuationDecision.objects.known_at(asked.known_at).made_by(asked.as_of)
    rows = rows.filter(project__in=asked.project_ids).order_by("-recorded_at", "-pk")
    return {
        project: {"continuation_decided_on": decided_on, "goes_on": outcome != ContinuationDecision.Outcome.STOP}
        for project, decided_on, outcome in rows.values_list("project", "decided_on", "outcome")
    }


def _unowned(asked: Asked) -> Counter[int]:
    """How many benefits name nobody in the line, by project."""
    return Counter(
        said.benefit.project_id
        for said, _ in asked.once(benefits_said)
        if not said.has_owner
        and not said.is_dis_benefit
        and (said.withdrawn_on is None or said.withdrawn_on > asked.as_of)
    )


def receivers(record: HandoverRecord) -> set[int]:
    """The ids of everyone who receives something; `points` are prefetched."""
    return {record.to_person_id, *(point.receiver_id for point in record.points.all())}
