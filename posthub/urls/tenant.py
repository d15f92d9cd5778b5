"""An organization's host."""

from django.urls import include, path

from posthub.accounts import views as accounts

handler403 = "posthub.core.pages.forbidden"
handler404 = "posthub.core.pages.not_found"
handler500 = "posthub.core.pages.broken"

urlpatterns = [
    path("", include("posthub.accounts.urls")),
    path("", include("posthub.organizations.urls.tenant")),
    path("", include("posthub.backoffice.urls.tenant")),
    path("", include("posthub.ai.urls")),
    path("", include("posthub.billing.urls.tenant")),
    path("", include("posthub.ui.urls")),
    path("", include("posthub.content.urls")),
    path("", include("posthub.approvals.urls.tenant")),
    path("", include("posthub.delivery.urls")),
    path("accounts/signup/", accounts.sign_up),
    path("accounts/", include("allauth.urls")),
    path("jobs/", include("posthub.jobs.urls")),
    path("", include("posthub.company.urls")),
    path("", include("posthub.personas.urls")),
]
