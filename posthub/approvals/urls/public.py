from django.urls import path

from posthub.approvals.views import certificate

# No namespace: the same name on both kinds of hosts would be two.
urlpatterns = [path("certificate/", certificate.check_certificate, name="check_certificate")]
