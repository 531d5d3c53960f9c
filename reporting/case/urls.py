"""The case for the management meeting, made of one warning."""

from django.urls import path

from reporting.case import views

CASE = "prosjekt/<slug:slug>/varsel/<int:pk>/sak"

urlpatterns = [
    path(f"{CASE}/", views.case_page, name="case"),
    path(f"{CASE}.docx", views.case_docx, name="case_docx"),
    path(f"{CASE}.pdf", views.case_pdf, name="case_pdf"),
]
