from django.urls import path

from posthub.personas import views

app_name = "personas"
urlpatterns = [
    path("welcome/personas/", views.welcome_personas, name="welcome_personas"),
    path("welcome/personas/chosen/", views.chosen, name="chosen"),
    path("personas/", views.persona_list, name="persona_list"),
    path("personas/propose/", views.propose_personas, name="propose_personas"),
    path("personas/<uuid:pk>/", views.persona, name="persona"),
    path("personas/<uuid:pk>/activate/", views.activate_persona, name="activate_persona"),
    path("personas/<uuid:pk>/retire/", views.retire_persona, name="retire_persona"),
]
