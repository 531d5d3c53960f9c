"""What of a report is public: decided section by section in the form, and kept with what was submitted.

Public means that it is published when the report is approved. What is exempt may still be asked for, and is then judged
as the law says; what nobody has judged is not published.
"""

from collections.abc import Mapping
from typing import Any

from reporting.annual.models.forms import Section


def is_public(section: Section | Mapping[str, Any]) -> bool:
    """Whether a section is for everybody: one of a form, or one of a content, as it was when that was submitted."""
    return section.is_public if isinstance(section, Section) else bool(section.get("access", {}).get("public"))


def ground_of(section: Section | Mapping[str, Any]) -> str:
    """The legal ground a section is exempt on; "" for one that is public, or that nobody has judged."""
    if is_public(section):
        return ""
    return section.ground if isinstance(section, Section) else str(section.get("access", {}).get("ground", ""))


def access_of(section: Section) -> dict[str, Any]:
    """What a content keeps of it."""
    return {"public": is_public(section), "ground": ground_of(section)}
