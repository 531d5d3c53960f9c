"""What addresses name, made through the product's own actions: a plan, a grant, reports."""

from datetime import date

from accounts.actor import Actor
from benefits.actions import benefits, initiatives, plans
from benefits.actions.benefits import Profile
from benefits.actions.initiatives import InitiativePlan
from reporting.across.actions import marking
from reporting.annual.actions import reviews
from reporting.grants import actions as grants
from reporting.grants.kinds import KINDS
from saman import clock
from tests.reporting.annual.writing import a_round, approved, begun, filled, submitted


def plan_of(project, leader):
    """A benefit and an initiative, sent to the owner."""
    by = Actor(leader, clock.now())
    benefit = benefits.create(by=by, project=project, profile=Profile(title="Lavere vikarbruk", form="budget"))
    made = initiatives.create(by=by, project=project, plan=InitiativePlan(title="Ny turnus", kind="roster"))
    plans.submit(by=by, project=project, digest=plans.digest_of(project))
    return {"benefit": benefit.pk, "initiative": made.pk}


def grant_of(project, leader, adviser):
    """One row of each kind in the grant record."""
    day = date(2014, 4, 8)
    rows = {
        "promise": (adviser, {"amount": 500_000, "promised_on": day, "reference": "14/412-3"}),
        "condition": (adviser, {"text": "Planen er vedtatt", "due_on": day}),
        "payment": (adviser, {"amount": 200_000, "paid_on": day, "reference": "Bilag 7"}),
        "funding": (leader, {"source": "Egne midler", "amount": 100_000, "reference": ""}),
        "account": (leader, {"year": 2014, "spent": 190_000, "reference": "Ansvar 1234"}),
    }
    return {
        kind: grants.add(by=Actor(person, clock.now()), project=project, kind=KINDS[kind], values=values).pk
        for kind, (person, values) in rows.items()
    }


def annual_reports(project, leader, adviser):
    """A report of the year before, submitted and under review, and this year's begun."""
    earlier = a_round(
        project.cohort.programme, year=2013, period_start=date(2013, 1, 1), period_end=date(2013, 12, 31),
        opens_on=date(2013, 12, 1), deadline=date(2014, 2, 3),
    )  # fmt: skip
    submission = submitted(filled(begun(project, leader, earlier), leader), leader)
    published = submitted(filled(begun(project, leader, a_round(project.cohort.programme, 2012)), leader), leader)
    approved(published, adviser)
    begun(project, leader, a_round(project.cohort.programme))
    trial = a_round(project.cohort.programme, is_test=True)
    shown = {
        "round": "2014", "section": "videre", "receipt": submission.number, "published": "2012", "test_round": trial.pk,
        "dataset": "prosjekter", "notation": "ttl",
    }  # fmt: skip
    return {**shown, **under_review(submission, adviser)}


def under_review(submission, adviser):
    """The submission's review with a comment, its round, and a passage of it with two codes."""
    review = reviews.open_review(by=Actor(adviser, clock.now()), submission=submission)
    key = submission.contents["content"]["sections"][0]["key"]
    comment = reviews.comment(by=Actor(adviser, clock.now()), review=review, section=key, text="Hva skjedde?")
    question = submission.report.form.sections.first().questions.first()
    passage = {"submission": submission, "question": "virket_ikke", "spans": [(0, 20)]}
    (coding, *_more) = marking.mark(by=Actor(adviser, clock.now()), codes=["laeringspunkt", "F3"], **passage)
    return {
        "asked": "virket_ikke", "coding": coding.pk, "code": "F3", "language": "nb",
        "submission": submission.pk, "comment": comment.pk, "setup_round": submission.report.round_id,
        "kind": "full", "setup_section": question.section.key, "question": question.key,
    }  # fmt: skip
