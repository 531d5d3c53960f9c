"""V9: is every gain counted once, and does no box on the map get more than the whole of it?

Source: domain.md §4, feature 14. A share on the map is somebody's estimate, and another project's figures are another
project's, so these are looked at; what is counted twice in one's own sums is to be decided.
"""

from benefits.engine.claims import doubles
from benefits.engine.rules.case import Case, no_sign
from benefits.engine.verdicts import Evidence, Finding


def find(case: Case) -> list[Finding]:
    """One finding for the project: the gravest cause that holds, with the first pair and how many more there are."""
    found = doubles(case.project, case.as_of)
    if found:
        first = found[0]
        more = sum(one.cause == first.cause for one in found) - 1
        evidence = [
            Evidence("claim", first.claim.name, first.claim.source),
            Evidence("claim_too", first.other.name, first.other.source),
        ]
        evidence += [Evidence("claims_more", more)] if more else []
        return [case.finding(first.cause, evidence=evidence)]
    return [_over_whole(case) or no_sign("V9")]


def _over_whole(case: Case) -> Finding | None:
    boxes = sorted(case.project.over_whole, key=lambda box: (-box.share, box.id))
    if not boxes:
        return None
    evidence = [Evidence("box", boxes[0].title, f"map_node:{boxes[0].id}"), Evidence("box_share", boxes[0].share / 100)]
    evidence += [Evidence("boxes_more", len(boxes) - 1)] if len(boxes) > 1 else []
    return case.finding("over_whole", evidence=evidence)
