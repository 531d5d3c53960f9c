"""Rounds and forms, drafts and their versions, submissions that never change, reviews, and what is published."""

from reporting.annual.models.archive import ArchiveAddress
from reporting.annual.models.forms import FormVersion, Question, Section
from reporting.annual.models.reports import ConflictCopy, Report, ReportSection, SaveReceipt, SectionHistory
from reporting.annual.models.reviews import (
    Published,
    PublishedTarget,
    Review,
    ReviewComment,
    SecondAnswer,
    SecondReading,
    SectionRead,
    TargetAnswer,
)
from reporting.annual.models.rounds import Round
from reporting.annual.models.statements import UnionStatement
from reporting.annual.models.submissions import OwnerSignature, Submission

__all__ = [
    "ArchiveAddress",
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
    "SecondAnswer",
    "SecondReading",
    "Section",
    "SectionHistory",
    "SectionRead",
    "Submission",
    "TargetAnswer",
    "UnionStatement",
]
