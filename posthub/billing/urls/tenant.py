from django.urls import path

from posthub.billing.views import buying, changing, networks, showing

app_name = "billing"

urlpatterns = [
    path("settings/networks/", networks.networks, name="networks"),
    path("billing/", showing.billing, name="billing"),
    path("billing/returned/", showing.returned, name="returned"),
    path("billing/details/", showing.billing_details, name="billing_details"),
    path("billing/portal/", buying.open_portal, name="open_portal"),
    path("billing/plans/<slug:code>/", buying.choose_plan, name="choose_plan"),
    path("billing/plans/<slug:code>/up/", changing.move_up, name="move_up"),
    path("billing/plans/<slug:code>/down/", changing.move_down, name="move_down"),
    path("billing/keep/", changing.keep_plan, name="keep_plan"),
    path("billing/add-ons/<slug:code>/", changing.set_add_on, name="set_add_on"),
    path("billing/cancel/", changing.cancel_plan, name="cancel_plan"),
    path("billing/resume/", changing.resume_plan, name="resume_plan"),
    path("billing/survey/", changing.exit_survey, name="exit_survey"),
]
