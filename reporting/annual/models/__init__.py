"""Rounds and forms, drafts and their versions, submissions that never change, reviews, and what is published."""

from reporting.annual.models.forms import FormVersion, Question, Section
from reporting.annual.models.reports import ConflictCopy, Report, ReportSection, SaveReceipt, SectionHistory
from reporting.annual.models.reviews import (
    Published,
    PublishedTarget,
    Review,
    ReviewComment,
    SectionRead,
    TargetAnswer,
)
from reporting.annual.models.rounds import Round
from reporting.annual.models.submissions import OwnerSignature, Submission

__all__ = [
    "ConflictCopy",
    "FormVersion",
    "OwnerSignature",
    "Published",
    "PublishedTarget",
    "Question",
    "Report",
    "ReportSection",
    "Review",
    "ReviewComment",
    "Round",
    "SaveReceipt",
    "Section",
    "SectionHistory",
    "SectionRead",
    "Submission",
    "TargetAnswer",
]
