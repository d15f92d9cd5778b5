from django.urls import path

from posthub.company.views import dna, documents, wizard

app_name = "company"
urlpatterns = [
    path("welcome/", wizard.welcome, name="welcome"),
    path("welcome/company/", wizard.welcome_company, name="welcome_company"),
    path("welcome/dna/", wizard.welcome_dna, name="welcome_dna"),
    path("welcome/rhythm/", wizard.welcome_rhythm, name="welcome_rhythm"),
    path("company/", dna.dna, name="dna"),
    path("company/read/", dna.read_website, name="read_website"),
    path("company/versions/<int:number>/", dna.dna_version, name="dna_version"),
    path("company/versions/<uuid:pk>/accept/", dna.accept_dna, name="accept_dna"),
    path("company/versions/<uuid:pk>/dismiss/", dna.dismiss_dna, name="dismiss_dna"),
    path("company/points/<uuid:pk>/", dna.point, name="point"),
    path("company/points/<uuid:pk>/edit/", dna.edit_point, name="edit_point"),
    path("company/points/<uuid:pk>/judge/", dna.judge_point, name="judge_point"),
    path("company/points/<uuid:pk>/take/", dna.take_new_value, name="take_new_value"),
    path("company/points/<uuid:pk>/keep/", dna.keep_old_value, name="keep_old_value"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<uuid:pk>/file/", documents.document_file, name="document_file"),
    path("documents/<uuid:pk>/read/", documents.read_document_again, name="read_document_again"),
    path("documents/<uuid:pk>/remove/", documents.remove_document, name="remove_document"),
]
