"""Effect targets and measurements (facts), milestones, and verdicts (derived)."""

from benefits.models.attempts import AssessmentAttempt
from benefits.models.breaks import SeriesBreak
from benefits.models.governor import GovernorHold
from benefits.models.measurements import Measurement
from benefits.models.milestones import Milestone
from benefits.models.targets import EffectTarget, MainTarget, PlannedPoint, TargetValue, TargetVersion
from benefits.models.thresholds import ProgrammeThreshold
from benefits.models.verdicts import Assessment, AssessmentHistory, Concern, PitfallWarning, TargetStatus, WarningEvent

__all__ = [
    "Assessment",
    "AssessmentAttempt",
    "AssessmentHistory",
    "Concern",
    "EffectTarget",
    "GovernorHold",
    "MainTarget",
    "Measurement",
    "Milestone",
    "PitfallWarning",
    "PlannedPoint",
    "ProgrammeThreshold",
    "SeriesBreak",
    "TargetStatus",
    "TargetValue",
    "TargetVersion",
    "WarningEvent",
]
