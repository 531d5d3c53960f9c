"""Reading reports (adviser) and setting up rounds (administrator)."""

from django.urls import path

from reporting.annual.views import archive, questions, queue, review, round_projects, rounds

REPORTS = "oversikt/<slug:programme>/arsrapporter/"
REPORT = f"{REPORTS}<int:submission>/"
ROUNDS = "oppsett/program/<slug:programme>/runder/"
ROUND = f"{ROUNDS}<int:round>/"
SECTION = f"{ROUND}<slug:kind>/<slug:section>/"
QUESTION = f"{SECTION}<slug:question>/"

urlpatterns = [
    path(REPORTS, queue.report_queue, name="report_queue"),
    path(f"{REPORTS}last-ned/<slug:form>/", queue.report_queue_download, name="report_queue_download"),
    path(f"{REPORTS}godkjenn/", queue.report_approve_several, name="report_approve_several"),
    path(REPORT, review.report_review, name="report_review"),
    path(f"{REPORT}kommentar/", review.report_comment, name="report_comment"),
    path(
        f"{REPORT}kommentar/<int:comment>/trekk/",
        review.report_comment_withdraw,
        name="report_comment_withdraw",
    ),
    path(f"{REPORT}lest/", review.report_section_read, name="report_section_read"),
    path(f"{REPORT}sporsmal/", review.report_questions, name="report_questions"),
    path(f"{REPORT}offentlig/", review.report_public_preview, name="report_public_preview"),
    path(f"{REPORT}sporsmal/uavhengig/", review.report_second_reading, name="report_second_reading"),
    path(f"{REPORT}sporsmal/se/", review.report_see_answers, name="report_see_answers"),
    path(f"{REPORT}avgjorelse/", review.report_decide, name="report_decide"),
    path("oppsett/prosjekt/<slug:slug>/arkiv/", archive.setup_archive, name="setup_archive"),
    path(ROUNDS, rounds.setup_rounds, name="setup_rounds"),
    path(f"{ROUNDS}ny/", rounds.setup_round_new, name="setup_round_new"),
    path(ROUND, rounds.setup_round, name="setup_round"),
    path(f"{ROUND}endre/", rounds.setup_round_edit, name="setup_round_edit"),
    path(f"{ROUND}steng/", rounds.setup_round_close, name="setup_round_close"),
    path(f"{ROUND}apne/", rounds.setup_round_reopen, name="setup_round_reopen"),
    path(f"{ROUND}fjern/", round_projects.setup_round_remove, name="setup_round_remove"),
    path(f"{ROUND}forhandsvis/", rounds.setup_round_preview, name="setup_round_preview"),
    path(f"{ROUND}prosjekter/", round_projects.setup_round_projects, name="setup_round_projects"),
    path(f"{ROUNDS}<int:test_round>/slett/", round_projects.setup_round_wipe, name="setup_round_wipe"),
    path(SECTION, questions.setup_round_section, name="setup_round_section"),
    path(f"{SECTION}nytt-sporsmal/", questions.setup_round_question_new, name="setup_round_question_new"),
    path(QUESTION, questions.setup_round_question, name="setup_round_question"),
    path(f"{QUESTION}ta-bort/", questions.setup_round_question_remove, name="setup_round_question_remove"),
    path(f"{QUESTION}flytt/", questions.setup_round_question_move, name="setup_round_question_move"),
]
