"""Reading across a programme's submitted reports."""

from django.urls import path

from reporting.across.views import lessons, letters, reading

HERE = "oversikt/<slug:programme>/arsrapporter/pa-tvers/"
ANSWER = f"{HERE}svar/<int:submission>/<slug:asked>/"

urlpatterns = [
    path(HERE, reading.across, name="across"),
    path(f"{HERE}last-ned/<slug:form>/", reading.across_download, name="across_download"),
    path(ANSWER, reading.across_answer, name="across_answer"),
    path(f"{ANSWER}kode/<int:coding>/trekk/", reading.across_withdraw, name="across_withdraw"),
    path(f"{HERE}koder/", reading.across_codes, name="across_codes"),
    path(f"{HERE}koder/last-ned/<slug:form>/", reading.across_codes_download, name="across_codes_download"),
    path(f"{HERE}koder/<slug:code>/last-ned/<slug:form>/", reading.across_code_download, name="across_code_download"),
    path(f"{HERE}koder/<slug:code>/", reading.across_code, name="across_code"),
    path(f"{HERE}laeringspunkter/", lessons.across_lessons, name="across_lessons"),
    path(f"{HERE}laeringspunkter.docx", lessons.across_lessons_docx, name="across_lessons_docx"),
    path(f"{HERE}laeringspunkter.odt", lessons.across_lessons_odt, name="across_lessons_odt"),
    path(f"{HERE}brev/", letters.letters, name="letters"),
    path(f"{HERE}brev/mal/<slug:language>/", letters.letter_template, name="letter_template"),
    path(f"{HERE}brev/<int:submission>/", letters.letter, name="letter"),
    path(f"{HERE}brev/<int:submission>.docx", letters.letter_docx, name="letter_docx"),
]
