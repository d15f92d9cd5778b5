from django.urls import path

from posthub.delivery import views

app_name = "delivery"
urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/posts/<uuid:pk>/move/", views.move_post, name="move_post"),
]
