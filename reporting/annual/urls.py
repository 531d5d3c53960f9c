"""The project's side of the annual report."""

from django.urls import path

from reporting.annual.views import archive, files, history, receipt, report, section, signing, statement

REPORTS = "prosjekt/<slug:slug>/arsrapport/"
RECEIPT = f"{REPORTS}kvittering/<str:receipt>/"
ROUND = f"{REPORTS}<slug:round>/"

urlpatterns = [
    path(REPORTS, report.report_list, name="report_list"),
    path(RECEIPT, receipt.report_receipt, name="report_receipt"),
    path(f"{RECEIPT}rapport/", receipt.report_submitted, name="report_submitted"),
    path(f"{REPORTS}kvittering/<str:receipt>.pdf", files.report_pdf, name="report_pdf"),
    path(f"{REPORTS}kvittering/<str:receipt>.zip", files.report_package, name="report_package"),
    path(f"{REPORTS}arkiv/", archive.report_archive, name="report_archive"),
    path(ROUND, report.report_round, name="report_round"),
    path(f"{ROUND}se-over/", signing.report_preview, name="report_preview"),
    path(f"{ROUND}til-eier/", signing.report_to_owner, name="report_to_owner"),
    path(f"{ROUND}signer/", signing.report_sign, name="report_sign"),
    path(f"{ROUND}send-inn/", signing.report_submit, name="report_submit"),
    path(f"{ROUND}uttalelse/", statement.report_statement, name="report_statement"),
    path(f"{ROUND}uttalelse/be-om/", statement.report_statement_ask, name="report_statement_ask"),
    path(f"{ROUND}<slug:section>/", section.report_section, name="report_section"),
    path(f"{ROUND}<slug:section>/historikk/", history.report_history, name="report_history"),
]
