from django.urls import path

from posthub.backoffice.views import failed_jobs, mails, portfolio, team

app_name = "backoffice"

urlpatterns = [
    path("staff/", portfolio.portfolio, name="portfolio"),
    path("staff/team/", team.team, name="team"),
    path("staff/team/assign/", team.assign, name="assign"),
    path("staff/team/<uuid:marketer_id>/<uuid:organization_id>/unassign/", team.unassign, name="unassign"),
    path("staff/failed/", failed_jobs.failed_jobs, name="failed_jobs"),
    path("staff/failed/retry/", failed_jobs.retry_group, name="retry_group"),
    path("staff/failed/dismiss/", failed_jobs.dismiss_group, name="dismiss_group"),
    path("staff/failed/<uuid:pk>/retry/", failed_jobs.retry_job, name="retry_job"),
    path("staff/failed/<uuid:pk>/dismiss/", failed_jobs.dismiss_job, name="dismiss_job"),
    path("staff/mails/", mails.mails, name="mails"),
    path("staff/mails/<slug:name>/", mails.mail_sample, name="mail_sample"),
    path("staff/mails/<slug:name>/send/", mails.send_mail_sample, name="send_mail_sample"),
]
