"""Facts: targets, measurements, plan, map, milestones, handovers, freed time, stakeholders. Derived: verdicts."""

from benefits.models.attempts import AssessmentAttempt
from benefits.models.benefits import Benefit, BenefitVersion, BenefitYear
from benefits.models.breaks import SeriesBreak
from benefits.models.confirmations import StandInConfirmation
from benefits.models.continuation import ContinuationDecision
from benefits.models.counting import CountedElsewhere, MapShare
from benefits.models.evaluations import EvaluationPoint
from benefits.models.freed_time import Allocation, FreedTime, FreedTimeVersion
from benefits.models.governor import GovernorHold
from benefits.models.handovers import HandoverAcceptance, HandoverDecline, HandoverPoint, HandoverRecord
from benefits.models.initiatives import Initiative, InitiativeReview, InitiativeVersion
from benefits.models.maps import MapLink, MapNode
from benefits.models.measurements import Measurement
from benefits.models.milestones import Milestone
from benefits.models.phases import PhaseStep
from benefits.models.plans import Plan, PlanDecision, PlanText, PlanVersion
from benefits.models.stakeholders import (
    ObjectionAnswer,
    StakeholderGroup,
    StakeholderRegistration,
    StakeholderSharing,
)
from benefits.models.targets import EffectTarget, MainTarget, PlannedPoint, TargetValue, TargetVersion
from benefits.models.thresholds import ProgrammeThreshold
from benefits.models.verdicts import Assessment, AssessmentHistory, Concern, PitfallWarning, TargetStatus, WarningEvent

__all__ = [
    "Allocation",
    "Assessment",
    "AssessmentAttempt",
    "AssessmentHistory",
    "Benefit",
    "BenefitVersion",
    "BenefitYear",
    "Concern",
    "ContinuationDecision",
    "CountedElsewhere",
    "EffectTarget",
    "EvaluationPoint",
    "FreedTime",
    "FreedTimeVersion",
    "GovernorHold",
    "HandoverAcceptance",
    "HandoverDecline",
    "HandoverPoint",
    "HandoverRecord",
    "Initiative",
    "InitiativeReview",
    "InitiativeVersion",
    "MainTarget",
    "MapLink",
    "MapNode",
    "MapShare",
    "Measurement",
    "Milestone",
    "ObjectionAnswer",
    "PhaseStep",
    "PitfallWarning",
    "Plan",
    "PlanDecision",
    "PlanText",
    "PlanVersion",
    "PlannedPoint",
    "ProgrammeThreshold",
    "SeriesBreak",
    "StakeholderGroup",
    "StakeholderRegistration",
    "StakeholderSharing",
    "StandInConfirmation",
    "TargetStatus",
    "TargetValue",
    "TargetVersion",
    "WarningEvent",
]
