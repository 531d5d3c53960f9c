"""Reading reports (adviser) and setting up rounds (administrator)."""

from django.urls import path

from reporting.annual.views import review

REPORTS = "oversikt/<slug:programme>/arsrapporter/"
REPORT = f"{REPORTS}<int:submission>/"

urlpatterns = [
    path(REPORTS, review.report_queue, name="report_queue"),
    path(REPORT, review.report_review, name="report_review"),
    path(f"{REPORT}kommentar/", review.report_comment, name="report_comment"),
    path(
        f"{REPORT}kommentar/<int:comment>/trekk/",
        review.report_comment_withdraw,
        name="report_comment_withdraw",
    ),
    path(f"{REPORT}lest/", review.report_section_read, name="report_section_read"),
    path(f"{REPORT}sporsmal/", review.report_questions, name="report_questions"),
    path(f"{REPORT}avgjorelse/", review.report_decide, name="report_decide"),
]
