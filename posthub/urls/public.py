"""The apex host."""

from django.contrib import admin
from django.urls import include, path

from posthub.accounts import views as accounts
from posthub.billing.views.front import landing

handler403 = "posthub.core.pages.forbidden"
handler404 = "posthub.core.pages.not_found"
handler500 = "posthub.core.pages.broken"

urlpatterns = [
    path("", landing, name="landing"),
    path("", include("posthub.accounts.urls")),
    path("", include("posthub.organizations.urls.public")),
    path("", include("posthub.backoffice.urls.public")),
    path("", include("posthub.approvals.urls.public")),
    path("", include("posthub.billing.urls.public")),
    path("", include("posthub.demo.urls")),
    path("", include("posthub.ui.urls")),
    path("accounts/signup/", accounts.sign_up),
    path("accounts/", include("allauth.urls")),
    path("admin/login/", accounts.admin_door),
    path("admin/", admin.site.urls),
]
