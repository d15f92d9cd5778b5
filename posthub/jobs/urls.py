from django.urls import path

from posthub.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<uuid:pk>/", views.job, name="job"),
    path("<uuid:pk>/cancel/", views.cancel_job, name="cancel_job"),
    path("<uuid:pk>/retry/", views.retry_job, name="retry_job"),
]
