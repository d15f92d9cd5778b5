from django.urls import path

from posthub.delivery.views import calendar, moving, results, subscribing

app_name = "delivery"
urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/move/", moving.move_day, name="move_day"),
    path("calendar/move/<str:token>/undo/", moving.move_back, name="move_back"),
    path("calendar/posts/<uuid:pk>/move/", moving.move_post, name="move_post"),
    path("results/weeks/", results.results, name="weeks"),
    path("results/weeks/table/", results.results_file, name="results_file"),
    path("calendar/subscription/", subscribing.subscription, name="subscription"),
    path("calendar/subscription/make/", subscribing.make_link, name="make_link"),
    path("calendar/subscription/revoke/", subscribing.revoke_link, name="revoke_link"),
    path("calendar/<str:token>.ics", subscribing.feed, name="feed"),
]
