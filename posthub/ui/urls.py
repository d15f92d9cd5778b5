from django.urls import path

from posthub.ui import views

app_name = "ui"

urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("rail/", views.rail, name="rail"),
    path("language/", views.language, name="language"),
    path("visual-book/", views.visual_book, name="visual_book"),
]
