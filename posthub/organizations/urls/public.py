from django.urls import path

from posthub.organizations.views import deletion, entrances, registration

app_name = "organizations"

urlpatterns = [
    path("register/", registration.register, name="register"),
    path("register/address/", registration.check_address, name="check_address"),
    path("organizations/", entrances.organization_list, name="organization_list"),
    path("organizations/new/", registration.new_organization, name="new_organization"),
    path("organizations/<uuid:pk>/keep/", deletion.keep_organization, name="keep_organization"),
    path("organizations/<uuid:pk>/export/", deletion.export_organization, name="export_organization"),
]
